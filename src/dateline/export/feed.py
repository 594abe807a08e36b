"""Atom (RFC 4287): the newest events as a feed, for a feed reader or another program to follow.

An entry's date is that of the latest report that tells of the event; an event that a later report tells of comes up
anew under the same id.  The same events give the same bytes: no clock is asked.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from dateline.export.bundle import Bundle, Dropped, Options, Written
from dateline.export.cells import clean
from dateline.export.told import accounts, facts, heading, markup
from dateline.types import Event

MOST = 200
"""Entries of a feed; the oldest are left out."""

_ATOM, _GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
_SPACE = uuid.uuid5(uuid.NAMESPACE_OID, "dateline event")


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """One entry an event, the latest reported first.

    Raises:
        OSError: the file cannot be written.
    """
    dated = [e for e in bundle.events if e.last_reported]
    newest = sorted(sorted(dated, key=lambda e: e.id), key=lambda e: e.last_reported or "", reverse=True)
    shown = newest[:MOST]
    root = Element("feed", {"xmlns": _ATOM, "xmlns:georss": _GEORSS})
    _child(root, "title", "Dateline: events")
    _child(root, "id", name(f"feed {bundle.codebook.name}"))
    _child(root, "updated", _moment(shown[0].last_reported if shown else None))
    _child(SubElement(root, "author"), "name", "Dateline")
    for e in shown:
        _entry(root, bundle, e)
    indent(root)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return Written(rows=len(shown), dropped=_left(bundle, shown))


def name(id: str) -> str:
    """An event's name as a URI: the same for the same id."""
    return uuid.uuid5(_SPACE, clean(id)).urn


def _left(bundle: Bundle, shown: list[Event]) -> tuple[Dropped, ...]:
    here = {e.id for e in shown}
    older, undated = f"older than the newest {MOST}", "none of its reports has a date"
    return tuple(Dropped(e.id, older if e.last_reported else undated) for e in bundle.events if e.id not in here)


def _entry(root: Element, bundle: Bundle, e: Event) -> None:
    entry = SubElement(root, "entry")
    _child(entry, "title", heading(e))
    _child(entry, "id", name(e.id))
    _child(entry, "published", _moment(e.first_reported or e.last_reported))
    _child(entry, "updated", _moment(e.last_reported))
    urls = list(dict.fromkeys(a.url for a in accounts(bundle, e) if a.url))
    for n, url in enumerate(urls):
        SubElement(entry, "link", {"rel": "related" if n else "alternate", "href": url})
    for term in (e.type, e.status):
        SubElement(entry, "category", {"term": clean(term)})
    _child(entry, "summary", facts(e))
    content = SubElement(entry, "content", {"type": "html"})
    content.text = clean(markup(bundle, e))
    if e.place and e.place.lat is not None and e.place.lon is not None:
        _child(entry, "georss:point", f"{e.place.lat} {e.place.lon}")


def _moment(day: str | None) -> str:
    """A day as RFC 3339 wants it; of an empty feed, the beginning of the count."""
    return f"{(day or '1970-01-01')[:10]}T00:00:00Z"


def _child(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = clean(text)
