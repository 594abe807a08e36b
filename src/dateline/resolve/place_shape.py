"""From a gazetteer entry and a relation to a point with an honest radius and UCDP's where_prec.

A relation moves the point and widens the circle: what is told as "north of X" lies somewhere in a sector, and
the circle returned covers it.  Radii are kilometres.
"""

from __future__ import annotations

import math

from dateline.gazetteer import Entry, Gazetteer
from dateline.gazetteer.building import distance_km
from dateline.resolve.place_types import PlaceMention
from dateline.types import Place, Relation

_BEARING = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}
_UNKNOWN = {"A.PCL": 300.0, "A.ADM1": 60.0, "A.ADM2": 25.0, "A.": 30.0, "L.": 80.0, "H.": 100.0, "T.": 20.0,
            "R.": 50.0, "V.": 20.0}  # fmt: skip
_REACH = 8.0  # how far "near X" or "north of X" is taken to reach beyond X, if nothing is said


def place(
    mention: PlaceMention, gazetteer: Gazetteer, relation: Relation | None = None, other: PlaceMention | None = None
) -> Place:
    """The place that a mention stands for, moved and widened by its relation.

    Args:
        mention: the name in the text; without candidates the place has no coordinates.
        gazetteer: for the names of first-order areas.
        relation: how the event's place lies to the one named.
        other: for ``between``: the second place named.
    """
    e = mention.chosen
    if e is None:
        return Place(
            text=mention.text, start=mention.start, end=mention.end, name=mention.text, geonameid=None, country="",
            admin1="", feature="", lat=None, lon=None, radius_km=None, precision=_told_precision(mention),
            relation=relation,
        )  # fmt: skip
    lat, lon, radius, precision = _spot(e, relation, other.chosen if other else None)
    return Place(
        text=mention.text, start=mention.start, end=mention.end, name=e.name, country=e.country,
        geonameid=e.id if e.id > 0 else None,
        admin1=gazetteer.admin1_name(e.country, e.admin1), feature=e.feature, lat=round(lat, 4), lon=round(lon, 4),
        radius_km=round(radius, 1), precision=precision, relation=relation,
    )  # fmt: skip


def radius_of(e: Entry) -> float:
    """How far the place reaches from its point."""
    if e.radius_km > 0:
        return max(1.0, e.radius_km)
    if e.feature[0] == "P":
        return max(1.0, min(30.0, math.sqrt(max(e.population, 0)) / 140))
    if e.feature[0] == "S":
        return 2.0
    return next(v for k, v in [*_UNKNOWN.items(), ("", 10.0)] if e.feature.startswith(k))


def precision_of(e: Entry) -> int:
    """UCDP's where_prec of the place itself."""
    if e.feature in {"H.SEA", "H.OCN", "H.GULF", "H.STRT"}:
        return 7
    if e.feature.startswith("A.PCL"):
        return 6
    if e.feature == "A.ADM1":
        return 4
    if e.feature[0] == "A":
        return 3
    if e.feature[0] in "PS":
        return 1
    return 5 if radius_of(e) > 12 else 2


def _told_precision(m: PlaceMention) -> int:
    """where_prec of a place that no list knows, by what the text calls it."""
    kind = m.kinds[0] if m.kinds else "P."
    return 4 if kind == "A.ADM1" else 3 if kind[0] == "A" else 1 if kind[0] in "PS" else 5


def _spot(e: Entry, r: Relation | None, other: Entry | None) -> tuple[float, float, float, int]:
    radius, precision = radius_of(e), precision_of(e)
    if r is None:
        return e.lat, e.lon, radius, precision
    area = e.feature[0] not in "PS"
    if r.kind == "between" and other is not None:
        half = distance_km(e.lat, e.lon, other.lat, other.lon) / 2
        return (e.lat + other.lat) / 2, (e.lon + other.lon) / 2, half + 1, max(precision, 2 if half <= 25 else 5)
    if r.kind == "in":
        if r.bearing is None:
            return e.lat, e.lon, radius, precision
        lat, lon = moved(e.lat, e.lon, r.bearing, radius * 0.45)
        return lat, lon, radius * 0.65, 5 if precision == 6 else precision
    if r.kind == "edge":
        shift = 0.0 if r.bearing is None else radius
        lat, lon = moved(e.lat, e.lon, r.bearing or "N", shift)
        return lat, lon, radius + 1, precision
    if r.distance_km is not None:
        if r.bearing is None:
            return e.lat, e.lon, r.distance_km + radius, max(precision, 2 if r.distance_km <= 25 else 5)
        lat, lon = moved(e.lat, e.lon, r.bearing, r.distance_km)
        # Newsrooms round, and measure from the edge as often as from the centre.
        return lat, lon, max(2.0, 0.25 * r.distance_km) + radius, max(precision, 2)
    reach = radius * 0.5 if area else {"outskirts": 4.0, "around": 12.0}.get(r.kind, _REACH)
    if r.bearing is not None:
        lat, lon = moved(e.lat, e.lon, r.bearing, radius + reach / 2)
        return lat, lon, reach + radius / 2, max(precision, 2)
    return e.lat, e.lon, radius + reach, max(precision, 2)


def moved(lat: float, lon: float, bearing: str, km: float) -> tuple[float, float]:
    """The point that lies so many kilometres off in the direction of a compass point."""
    angle = math.radians(_BEARING[bearing])
    new = max(-89.9, min(89.9, lat + km * math.cos(angle) / 111.2))
    east = km * math.sin(angle) / (111.2 * max(0.05, math.cos(math.radians(lat))))
    return new, (lon + east + 180) % 360 - 180
