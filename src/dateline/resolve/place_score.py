"""Which place a name means: each candidate scored by what the report says around it.

One sense a report: the mentions of one name are scored together, unless one of them says where it lies
("Tripoli, Lebanon").  Scores are in powers of ten of belief, near enough; a candidate's share is a softmax.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.gazetteer import Entry, Gazetteer
from dateline.gazetteer.building import distance_km
from dateline.resolve.place_find import within
from dateline.resolve.place_scan import Found
from dateline.types import Sentence

_BEARING = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}
_KEPT = 8  # candidates handed on
_CONSIDERED = 80


@dataclass(slots=True)
class Group:
    """Mentions of one name with one sense."""

    entries: list[Entry]
    members: list[Found]
    scores: list[float] = field(default_factory=list)
    best: Entry | None = None
    share: float = 0.0


@dataclass(slots=True)
class Context:
    """What the report's other names say: weights of countries and areas, and points."""

    countries: dict[str, float]
    areas: dict[tuple[str, str], float]
    points: list[tuple[float, float, float, Group]]  # latitude, longitude, weight


def resolve(
    found: Sequence[Found], sentences: Sequence[Sentence], gazetteer: Gazetteer, home: str = ""
) -> dict[int, tuple[tuple[Entry, float], ...]]:
    """Candidates with their shares for every name, keyed by ``id`` of the Found."""
    groups = group(found)
    spoken = demonyms(sentences, gazetteer)
    for _ in range(3):
        context = gather(groups, spoken)
        for g in groups:
            score(g, context, home)
    out: dict[int, tuple[tuple[Entry, float], ...]] = {}
    for g in groups:
        ranked = sorted(zip(g.scores, g.entries, strict=True), key=lambda p: (-p[0], p[1].id))[:_KEPT]
        top = ranked[0][0]
        weights = [math.exp(1.5 * (v - top)) for v, _ in ranked]
        total = sum(weights)
        shares = tuple((e, round(w / total, 4)) for (_, e), w in zip(ranked, weights, strict=True))
        for f in g.members:
            out[id(f)] = shares
    return out


def group(found: Sequence[Found]) -> list[Group]:
    """Names grouped by sense: by key, apart where the text says that they lie in different areas."""
    by_key: dict[str, list[Found]] = defaultdict(list)
    for f in found:
        if f.entries:
            by_key[f.key if f.anchor is None else f"{f.key}#{f.anchor}"].append(f)
    parts = [part for same in by_key.values() for members in _by_kind(same) for part in _by_holder(members)]
    return [Group(list(part[0].entries[:_CONSIDERED]), part) for part in parts]


def _by_kind(members: list[Found]) -> list[list[Found]]:
    """Apart where the text names both a town and an area of the name: "Idlib city", "Idlib province"."""
    areas = [f for f in members if f.kinds and all(k.startswith("A.") for k in f.kinds)]
    if not areas or not any(f.kinds and f.kinds[0] == "P." for f in members):
        return [members]
    chosen = {id(f) for f in areas}
    return [areas, [f for f in members if id(f) not in chosen]]


def _by_holder(members: list[Found]) -> list[list[Found]]:
    """Apart where the text says that they lie in different areas."""
    holders = sorted({f.container.key for f in members if f.container})
    if len(holders) < 2:
        return [members]
    parts = [[f for f in members if f.container and f.container.key == h] for h in holders]
    parts[0] = parts[0] + [f for f in members if not f.container]
    return parts


def demonyms(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> dict[str, float]:
    """How often the report names each country's people."""
    table = gazetteer.demonyms
    out: dict[str, float] = defaultdict(float)
    for s in sentences:
        for i, w in enumerate(s.words):
            if w[0].isupper() and w.isalpha():
                if (i + 1 < len(s) and (iso := table.get(f"{w} {s.words[i + 1]}"))) or (iso := table.get(w)):
                    out[iso] += 1.0
    return out


def gather(groups: Sequence[Group], spoken: dict[str, float]) -> Context:
    """The weights that the groups' present choices give countries, areas and points."""
    countries: dict[str, float] = defaultdict(float)
    for iso, n in spoken.items():
        countries[iso] += min(n, 4.0) * 0.5
    areas: dict[tuple[str, str], float] = defaultdict(float)
    points: list[tuple[float, float, float, Group]] = []
    for g in groups:
        e, w = _choice(g)
        if e is None:
            continue
        n = min(len(g.members), 3) ** 0.5 * w
        if e.country:
            countries[e.country] += n * (1.0 if e.feature.startswith("A.PCL") else 0.6)
        if e.admin1:
            areas[e.country, e.admin1] += n * (1.5 if e.feature == "A.ADM1" else 1.0)
        if not e.feature.startswith("A.PCL") and e.radius_km < 400:
            points.append((e.lat, e.lon, n, g))
    points.sort(key=lambda p: -p[2])
    return Context(countries, areas, points[:24])


def _choice(g: Group) -> tuple[Entry | None, float]:
    """The group's place as it now stands and how sure it is; at first, only what is hardly in doubt."""
    if g.best is not None:
        return g.best, g.share
    first = g.entries[0]
    if len(g.entries) == 1:
        return first, 0.9
    lead = first.prior - g.entries[1].prior
    return first, min(0.9, 0.3 + lead / 4) if lead > 0 else 0.3


def score(g: Group, context: Context, home: str) -> None:
    """Score the group's candidates by the context, its own part in it left out."""
    own, share = _choice(g)
    mine = min(len(g.members), 3) ** 0.5 * share if own else 0.0
    g.scores = [e.prior + _around(e, g, context, own, mine) + _said(e, g) + (0.4 if home and e.country == home else 0.0)
                for e in g.entries]  # fmt: skip
    order = sorted(range(len(g.entries)), key=lambda i: (-g.scores[i], g.entries[i].id))
    g.best = g.entries[order[0]]
    lead = g.scores[order[0]] - g.scores[order[1]] if len(order) > 1 else 9.0
    g.share = 1 / (1 + math.exp(-1.5 * lead))


def _around(e: Entry, g: Group, context: Context, own: Entry | None, mine: float) -> float:
    """Support from the countries, areas and points that the rest of the report names."""
    country = context.countries.get(e.country, 0.0)
    area = context.areas.get((e.country, e.admin1), 0.0) if e.admin1 else 0.0
    if own is not None:
        if e.country == own.country:
            country -= mine * (1.0 if own.feature.startswith("A.PCL") else 0.6)
        if e.admin1 and (e.country, e.admin1) == (own.country, own.admin1):
            area -= mine * (1.5 if own.feature == "A.ADM1" else 1.0)
    value = 0.0
    if country > 0:
        value += 3.5 * country / (country + 1.5)
    if area > 0:
        value += 3.0 * area / (area + 1.0)
    if e.feature.startswith("A.PCL") or e.radius_km >= 400:
        return value
    near = 0.0
    coslat = math.cos(math.radians(e.lat))
    for lat, lon, weight, other in context.points:
        if other is g:
            continue
        dlat = (lat - e.lat) * 111.2
        if abs(dlat) < 600:
            dlon = lon - e.lon
            d = math.hypot(dlat, dlon * 111.2 * coslat)
            if d < 600:
                near += weight * (1.0 / (1.0 + d / 40.0))
    return value + 2.5 * near / (near + 1.0)


def _said(e: Entry, g: Group) -> float:
    """What the words next to the name say: the kind of place, what holds it, where it lies from another."""
    kind = held = seen = 0.0
    for f in g.members:
        if f.kinds:
            hit = e.feature.startswith(f.kinds)
            kind = max(kind, 3.0 + (0.5 if e.feature.startswith(f.kinds[0]) else 0.0)) if hit else min(kind, -1.5)
        if f.container is not None:
            inside = any(within(e, a) for a in _senses(f.container))
            held = max(held, 5.0) if inside else min(held, -2.0)
        for point, other in f.near:
            seen += _lies(e, point, other)
    return kind + held + max(-3.0, min(3.0, seen))


def _senses(f: Found) -> Sequence[Entry]:
    return [a for a in f.entries[:12] if a.feature[0] in "AL"]


def _lies(e: Entry, point: str, other: Found) -> float:
    """How well a candidate agrees with "X, northwest of Y"."""
    if point == "in":
        return 2.0 if any(within(e, a) for a in _senses(other)) else -0.5
    best = -1.0
    for o in other.entries[:12]:
        d = distance_km(e.lat, e.lon, o.lat, o.lon)
        if d > 80 or e.id == o.id:
            continue
        if point == "near":
            best = max(best, 1.5)
            continue
        off = abs((bearing(o, e) - _BEARING[point] + 180) % 360 - 180)
        best = max(best, 2.5 if off <= 50 else 0.0 if off <= 80 else -0.5)
    return best


def bearing(a: Entry, b: Entry) -> float:
    """Degrees from north in which b is seen from a."""
    dlon = math.radians(b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.degrees(math.atan2(dlon, math.radians(b.lat - a.lat))) % 360
