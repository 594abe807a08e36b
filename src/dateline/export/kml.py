"""KML 2.2: a placemark for each event, in folders by status, with its time, its row and its accounts."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from dateline.export.bundle import Bundle, Options, Written
from dateline.export.cells import clean, line
from dateline.export.flat import plain
from dateline.export.geojson import located
from dateline.export.rows import Value, event_row
from dateline.export.told import heading, markup, moment
from dateline.types import Event, When

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_COLOURS = {  # alpha, blue, green, red
    "single-source": "ff808080",
    "corroborated": "ff3c8c28",
    "contested": "ff2832c8",
    "denied": "ff8c3c8c",
    "planned": "ffb4781e",
}


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """One placemark an event that has a point.

    Raises:
        OSError: the file cannot be written.
    """
    shown, dropped = located(bundle)
    root = Element("kml", {"xmlns": _NAMESPACE})
    document = SubElement(root, "Document")
    _child(document, "name", "Dateline")
    for status, colour in _COLOURS.items():
        style = SubElement(document, "Style", {"id": status})
        _child(SubElement(style, "IconStyle"), "color", colour)
    for status in _COLOURS:
        here = [e for e in shown if e.status == status]
        if here:
            folder = SubElement(document, "Folder")
            _child(folder, "name", status)
            for e in here:
                _placemark(folder, bundle, e)
    indent(root)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return Written(rows=len(shown), dropped=dropped)


def _placemark(folder: Element, bundle: Bundle, e: Event) -> None:
    mark = SubElement(folder, "Placemark")
    _child(mark, "name", heading(e))
    _child(mark, "description", markup(bundle, e))
    if e.time:
        _span(mark, e.time)
    _child(mark, "styleUrl", f"#{e.status}")
    data = SubElement(mark, "ExtendedData")
    for name, value in event_row(bundle, e).items():
        if value not in (None, "", []):
            _child(SubElement(data, "Data", {"name": name}), "value", _shown(value))
    if e.place:
        _child(SubElement(mark, "Point"), "coordinates", f"{e.place.lon},{e.place.lat}")


def _span(mark: Element, time: When) -> None:
    if time.earliest or time.latest:
        span = SubElement(mark, "TimeSpan")
        if time.earliest:
            _child(span, "begin", moment(time.earliest))
        if time.latest:
            _child(span, "end", moment(time.latest))


def _shown(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(v for v in value if v)
    return plain(value) if isinstance(value, int | float) else str(value)


def _child(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = clean(text) if "<" in text else line(text)
