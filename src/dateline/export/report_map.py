"""A small map as inline SVG: a coarse outline of land and borders, and a dot for each place of events.

Longitude and latitude are drawn straight, a degree of longitude shortened as at the map's middle.  The outline is
Natural Earth's at 1:110 million (public domain), good for telling where in the world, not for measuring.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from dateline.export.cells import line
from dateline.export.html_claim import family
from dateline.export.words import count
from dateline.types import Event

Point = tuple[float, float]

_WIDTH, _MOST_HEIGHT, _LEAST_HEIGHT = 960.0, 560.0, 300.0
_LEAST_SPAN = 4.0  # degrees of the smallest map
_ROOM = 0.18  # of its span, that a map has around its dots
_LABELS = 14
_BROAD = 4  # UCDP's where_prec from which a place is an area and not a spot
_KM = 111.32  # kilometres a degree of latitude
_SCALES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world that a map shows, in degrees, and its size in pixels."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    def at(self, lon: float, lat: float) -> Point:
        """Where a point is drawn."""
        x = (lon - self.west) / (self.east - self.west) * self.width
        y = (self.north - lat) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map with its events."""

    lon: float
    lat: float
    name: str
    events: tuple[Event, ...]


def map_of(events: Sequence[Event], anchors: dict[str, str]) -> str:
    """The map of the events that have a point; "" where none has.

    Args:
        anchors: event's id → the name of its place in the page.
    """
    found = spots(events)
    if not found:
        return ""
    view = view_of([(s.lon, s.lat) for s in found])
    land = "".join(_path(_inside(ring, view), view, closed=True) for ring in outline()[0])
    borders = "".join(_path(part, view) for b in outline()[1] for part in _parts(b, view))
    dots = "".join(_dot(s, view, anchors) for s in found)
    label = f"Map of {count(len(found), 'place')} of events"
    return (
        f'<svg class="map" viewBox="0 0 {view.width:g} {view.height:g}" role="group" aria-label="{label}">'
        f'<rect class="sea" width="{view.width:g}" height="{view.height:g}"/><path class="land" d="{land}"/>'
        f'<path class="border" d="{borders}"/>{_grid(view)}{dots}{_labels(found, view)}{_scale(view)}</svg>'
    )


def spots(events: Sequence[Event]) -> list[Spot]:
    """The events by their points, the place with most events first."""
    at: dict[Point, list[Event]] = {}
    for e in events:
        if e.place and e.place.lat is not None and e.place.lon is not None:
            at.setdefault((e.place.lon, e.place.lat), []).append(e)
    out = [Spot(lon, lat, line(es[0].place.name if es[0].place else ""), tuple(es)) for (lon, lat), es in at.items()]
    return sorted(out, key=lambda s: (-len(s.events), s.name, s.lon, s.lat))


def view_of(points: Sequence[Point]) -> View:
    """A view with room around all points, of a shape that a page takes."""
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    middle = (min(lats) + max(lats)) / 2
    shrink = max(0.2, math.cos(math.radians(middle)))
    wide = max((max(lons) - min(lons)) * (1 + 2 * _ROOM), _LEAST_SPAN / shrink)
    high = max((max(lats) - min(lats)) * (1 + 2 * _ROOM), _LEAST_SPAN / 2)
    height = _WIDTH * high / (wide * shrink)
    if height > _MOST_HEIGHT:
        wide, height = wide * height / _MOST_HEIGHT, _MOST_HEIGHT
    elif height < _LEAST_HEIGHT:
        high, height = high * _LEAST_HEIGHT / height, _LEAST_HEIGHT
    centre = (min(lons) + max(lons)) / 2
    return View(centre - wide / 2, middle - high / 2, centre + wide / 2, middle + high / 2, _WIDTH, round(height, 1))


# ----------------------------------------------------------------------------------------------------- outline


@cache
def outline() -> tuple[list[list[Point]], list[list[Point]]]:
    """Rings of land and lines of borders, in degrees."""
    raw = json.loads(files("dateline.export").joinpath("assets", "outline.json").read_text("utf-8"))
    return [_unpacked(x) for x in raw["land"]], [_unpacked(x) for x in raw["borders"]]


def _unpacked(steps: Sequence[int]) -> list[Point]:
    x = y = 0
    out = []
    for n in range(0, len(steps), 2):
        x, y = x + steps[n], y + steps[n + 1]
        out.append((x / 100, y / 100))
    return out


def _inside(ring: list[Point], v: View) -> list[Point]:
    """A ring cut to the view, with a little over (Sutherland and Hodgman's way, one side after another)."""
    over = (v.east - v.west) / 50
    for axis, edge, sign in (
        (0, v.west - over, 1),
        (0, v.east + over, -1),
        (1, v.south - over, 1),
        (1, v.north + over, -1),
    ):
        ring = _cut(ring, lambda p, a=axis, e=edge, s=sign: s * (p[a] - e))  # type: ignore[misc]
        if not ring:
            break
    return ring


def _cut(ring: list[Point], depth: Callable[[Point], float]) -> list[Point]:
    out: list[Point] = []
    for a, b in zip([*ring[-1:], *ring], ring, strict=False):
        da, db = depth(a), depth(b)
        if (da < 0) != (db < 0):
            t = da / (da - db)
            out.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        if db >= 0:
            out.append(b)
    return out


def _parts(points: list[Point], v: View) -> Iterable[list[Point]]:
    """The runs of a line that come into the view."""
    run: list[Point] = []
    for a, b in zip(points, points[1:], strict=False):
        meets = (
            min(a[0], b[0]) <= v.east
            and max(a[0], b[0]) >= v.west
            and min(a[1], b[1]) <= v.north
            and max(a[1], b[1]) >= v.south
        )
        if meets:
            run = [*run, b] if run else [a, b]
        elif run:
            yield run
            run = []
    if run:
        yield run


def _path(points: Sequence[Point], v: View, closed: bool = False) -> str:
    drawn = list(dict.fromkeys(v.at(*p) for p in points)) if closed else [v.at(*p) for p in points]
    if len(drawn) < 2:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in drawn) + ("Z" if closed else "")


# ------------------------------------------------------------------------------------------------------- marks


def _dot(s: Spot, v: View, anchors: dict[str, str]) -> str:
    x, y = v.at(s.lon, s.lat)
    size = min(22.0, 4.5 + 2.2 * math.sqrt(len(s.events)))
    kinds = [family(e.type) for e in s.events]
    kind = max(sorted(set(kinds)), key=kinds.count)
    if all(e.place and e.place.precision >= _BROAD for e in s.events):
        kind += " broad"
    title = escape(f"{s.name}: {count(len(s.events), 'event')}")
    return (
        f'<a href="#{anchors[s.events[0].id]}"><circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{size:.1f}">'
        f"<title>{title}</title></circle></a>"
    )


def _labels(found: Sequence[Spot], v: View) -> str:
    """Names of the places with most events, as many as do not stand in each other's way."""
    taken: list[tuple[float, float, float, float]] = []
    out = []
    for s in found:
        x, y = v.at(s.lon, s.lat)
        wide = 7.2 * len(s.name)
        left = x + 10 + wide > v.width
        box = (x - 10 - wide if left else x + 10, y - 9, x - 10 if left else x + 10 + wide, y + 9)
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            continue
        taken.append(box)
        anchor = ' text-anchor="end"' if left else ""
        out.append(f'<text x="{x - 9 if left else x + 9:g}" y="{y + 4:g}"{anchor}>{escape(s.name)}</text>')
        if len(out) == _LABELS:
            break
    return "".join(out)


def _grid(v: View) -> str:
    step = next((s for s in (0.5, 1, 2, 5, 10, 20, 30) if (v.east - v.west) / s <= 8), 45)
    out = []
    for n in range(math.ceil(v.west / step), math.floor(v.east / step) + 1):
        x, _ = v.at(n * step, v.north)
        out.append(
            f'<path class="grid" d="M{x:g} 0V{v.height:g}"/><text class="deg" x="{x + 3:g}" y="12">{_degrees(n * step, "EW")}</text>'
        )
    for n in range(math.ceil(v.south / step), math.floor(v.north / step) + 1):
        _, y = v.at(v.west, n * step)
        out.append(
            f'<path class="grid" d="M0 {y:g}H{v.width:g}"/><text class="deg" x="3" y="{y - 3:g}">{_degrees(n * step, "NS")}</text>'
        )
    return "".join(out)


def _degrees(value: float, sides: str) -> str:
    turned = (value + 180) % 360 - 180 if sides == "EW" else value
    return f"{abs(turned):g}°{sides[turned < 0] if turned else ''}"


def _scale(v: View) -> str:
    """A bar of a round number of kilometres, as at the map's middle."""
    middle = math.radians((v.south + v.north) / 2)
    per_km = v.width / ((v.east - v.west) * _KM * max(0.2, math.cos(middle)))
    km = max((s for s in _SCALES if s * per_km <= v.width / 4), default=_SCALES[0])
    y, end = v.height - 14, v.width - 20
    start = round(end - km * per_km, 1)
    return (
        f'<path class="scale" d="M{start:g} {y - 5:g}V{y:g}H{end:g}V{y - 5:g}"/>'
        f'<text class="deg" x="{(start + end) / 2:g}" y="{y - 4:g}" text-anchor="middle">{km} km</text>'
    )
