"""What each field of two claims (or of two reports' tellings) says for or against one happening.

Each function here returns (weight, why): weights are those of ``reconcile.yaml``, ``why`` a few words for a person.
A weight of 0 with "" means that the field says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from math import asin, cos, log2, radians, sin, sqrt
from typing import NamedTuple

from dateline.gazetteer.normalise import words
from dateline.reconcile.facts import Window, iso
from dateline.reconcile.rules import Rules, step
from dateline.types import Place


class Said(NamedTuple):
    weight: float
    why: str


NOTHING = Said(0.0, "")
Numbers = Mapping[str, Sequence[tuple[float | None, float | None]]]
"""Figures by kind: (low, high) each."""


def types(a: Iterable[str], b: Iterable[str], r: Rules, within: bool) -> Said:
    """The best of what any type of the one says to any of the other."""
    best = Said(-9.0, "")
    for x in sorted(a):
        for y in sorted(b):
            if x == y:
                return Said(r.same_type, x)
            kin = r.kin.get((x, y))
            weight = kin[within] if kin else (r.within_other_type if within else r.other_type)
            if weight > best.weight:
                best = Said(weight, f"{x} and {y}")
    return best


# ------------------------------------------------------------------------------------------------------- place


def level(place: Place) -> str:
    """How much a place covers: a ``site`` (a town or less), an ``area`` (a province, a region) or a ``country``."""
    if place.feature.startswith("A.PCL") or place.precision >= 6:
        return "country"
    if place.feature.startswith("A.ADM1") or (place.precision in (4, 5) and place.lat is not None):
        return "area"
    return "site"


def places(a: Place | None, b: Place | None, r: Rules) -> Said:
    """The same, one in the other, near or apart; two names where the gazetteer fails."""
    if a is None or b is None:
        return NOTHING
    la, lb = level(a), level(b)
    if a.geonameid is not None and a.geonameid == b.geonameid:
        weight = step(r.place_site, a.radius_km or 0.0) if la == "site" else r.place_same[la]
        return Said(weight, f"both {a.name}")
    if a.country and b.country and a.country != b.country:
        return Said(r.other_country, f"{a.country} and {b.country}")
    if a.geonameid is None or b.geonameid is None:
        return _names(a, b, la, r)
    if "country" in (la, lb):
        return Said(r.place_within["country"], f"{a.name} and {b.name}")
    if la == lb == "area":
        return _apart(a, b, r) if a.admin1 != b.admin1 else Said(r.place_within["area"], f"{a.name} and {b.name}")
    if "area" in (la, lb):
        if a.admin1 and a.admin1 == b.admin1:
            return Said(r.place_within["area"], f"{a.name} and {b.name}")
        return _apart(a, b, r)
    return _apart(a, b, r)


def _names(a: Place, b: Place, kind: str, r: Rules) -> Said:
    if name_key(a.name) == name_key(b.name):
        return Said(r.same_name if kind == "site" else r.place_same[kind], f"both {a.name}")
    return Said(r.other_name, f"{a.name} and {b.name}")


def _apart(a: Place, b: Place, r: Rules) -> Said:
    d = between(a, b)
    if d is None:
        return NOTHING
    d = max(0.0, d - (a.radius_km or 0) - (b.radius_km or 0) - r.slack_km)
    why = f"{a.name} and {b.name}"
    return Said(r.place_near, f"{why}, near") if d == 0 else Said(step(r.place_apart, d), f"{why}, {d:.0f} km apart")


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """A place's name folded, for names that no gazetteer resolves."""
    return " ".join(words(name)) or name.lower()


def between(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres between two places' points; None where one has none."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q = radians(a.lat), radians(b.lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


# -------------------------------------------------------------------------------------------------------- time


def times(a: Window | None, b: Window | None, r: Rules) -> Said:
    """Days told against days told; where a report tells none, its own date stands in, and says less."""
    if a is None or b is None:
        return NOTHING
    gap = max(a.first, b.first) - min(a.last, b.last)
    why = f"{_days(a)} and {_days(b)}"
    if a.told and b.told:
        if gap > 0:
            return Said(step(r.gap, gap), why)
        longest, shortest = sorted((a.last - a.first, b.last - b.first), reverse=True)
        if longest == 0:
            return Said(r.same_day, _days(a))
        if longest < r.short_days:
            return Said(r.overlap, why)
        return Said(r.wide if shortest < r.long_days else 0.0, why)
    if a.told or b.told:
        told, other = (a, b) if a.told else (b, a)
        if gap <= 0:
            return Said(r.told if told.last - told.first < r.short_days else r.wide, why)
        return Said(r.before if told.first > other.last else step(r.weak_gap, gap), why)
    return Said(step(r.published, abs(a.last - b.last)), f"published {why}")


def _days(w: Window) -> str:
    if not w.told:
        return f"by {iso(w.last)}"
    return f"{iso(w.first)}" if w.first == w.last else f"{iso(w.first)}/{iso(w.last)}"


# ------------------------------------------------------------------------------------------------------ actors


def actors(
    doers: tuple[frozenset[str], frozenset[str]], sufferers: tuple[frozenset[str], frozenset[str]], r: Rules
) -> tuple[Said, Said, Said]:
    """What the doers say, what those it was done to say, and what both together say."""
    agent = _sides(*doers, r.agent, r)
    target = _sides(*sufferers, r.target, r)
    together = NOTHING
    if agent.weight < 0 and target.weight < 0:
        turned = doers[0] & sufferers[1] and doers[1] & sufferers[0]
        together = Said(r.turned, "the other way round") if turned else Said(r.both, "neither agrees")
    return agent, target, together


def _sides(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float], r: Rules) -> Said:
    if not a or not b:
        return NOTHING
    if shared := a & b:
        named = any(s not in r.unarmed and "rebels" not in s for s in shared)
        return Said(weights["same" if named else "side"], ", ".join(sorted(shared)))
    if any(agree(x, y, r) for x in a for y in b):
        return NOTHING
    return Said(weights["conflict"], f"{', '.join(sorted(a))} against {', '.join(sorted(b))}")


def agree(x: str, y: str, r: Rules) -> bool:
    """Two sides that may be one: the same, allies that act as one, rebels of no name and a named group."""
    if x == y or (x, y) in r.allies:
        return True
    if x in r.unarmed and y in r.unarmed:
        return True
    for one, other in ((x, y), (y, x)):
        if one.endswith("rebels") and other not in r.unarmed and not other.isupper():
            return True
        if one.endswith("rebels") and other in ("ISIS", "HTS", "SDF", "FSA"):
            return True
    return False


# ----------------------------------------------------------------------------------------------------- figures


def numbers(a: Numbers, b: Numbers, r: Rules, within: bool) -> Said:
    """How well the figures agree, all kinds together; in one report two numbers that differ are two happenings."""
    total, why = 0.0, []
    for kind in sorted(a.keys() & b.keys()):
        weight, told = max(_pair(x, y, r, within) for x in a[kind] for y in b[kind])
        total += weight
        why.append(f"{kind} {told}")
    if not why:
        return NOTHING
    return Said(max(-r.most * 1.5, min(total, r.most)), "; ".join(why))


def _pair(a: tuple[float | None, float | None], b: tuple[float | None, float | None], r: Rules, within: bool) -> Said:
    x, y = _point(a), _point(b)
    why = f"{x:g} and {y:g}"
    if x == y:
        base, factor, most = r.exact
        return Said(min(most, base + factor * log2(max(1.0, x))), f"{x:g}")
    if _covers(a, y) or _covers(b, x):
        return Said(r.open, why)
    if within:
        return Said(r.within_figures, why)
    return Said(step(r.ratio, (max(x, y) + 1) / (min(x, y) + 1)), why)


def _point(n: tuple[float | None, float | None]) -> float:
    low, high = n
    known = low if low is not None else high
    assert known is not None
    return known


def _covers(n: tuple[float | None, float | None], x: float) -> bool:
    low, high = n
    if low == high:
        return False
    if low is None:
        return high is not None and high / 2 <= x <= high
    return low <= x <= (high if high is not None else low * 2)


# ------------------------------------------------------------------------------------------- names, titles, copies


def persons(a: frozenset[str], b: frozenset[str], r: Rules) -> Said:
    """Persons named in both."""
    if not a or not b:
        return NOTHING
    shared = sorted(a & b)
    if not shared:
        return Said(r.other_names, "other names")
    return Said(sum(islice(r.names, len(shared))), ", ".join(shared))


def ages(a: frozenset[int], b: frozenset[int], r: Rules) -> Said:
    """Whether persons of one age are told of."""
    if not a or not b:
        return NOTHING
    shared = sorted(a & b)
    return Said(r.age["same"], f"both aged {shared[0]}") if shared else Said(r.age["other"], "of other ages")


def marks(a: tuple[int, ...], b: tuple[int, ...], r: Rules) -> Said:
    """How much of their rare words two reports share, as the cosine of the angle between them; of few words, less."""
    if min(len(a), len(b)) < r.marks_least:
        return NOTHING
    x, y = _weights(a), _weights(b)
    shared = [x[m] * y[m] for m in x.keys() & y.keys()]
    alike = sum(shared) / 255**2
    alike *= sqrt(len(a) / (len(a) + r.marks_few) * len(b) / (len(b) + r.marks_few))
    return Said(step(r.marks, alike), f"{len(shared)} rare words in both")


@lru_cache(maxsize=1 << 14)
def _weights(marks: tuple[int, ...]) -> dict[int, int]:
    """Each mark's digest with its weight."""
    return {m >> 8: m & 255 for m in marks}


def titles(a: frozenset[str], b: frozenset[str], r: Rules) -> Said:
    """How much of their words the two reports' titles share."""
    if len(a) < 3 or len(b) < 3:
        return NOTHING
    share = len(a & b) / len(a | b)
    weight = next((w for least, w in r.title if share >= least), 0.0)
    return Said(weight, f"titles share {share:.0%}") if weight else NOTHING


def is_copy(a: frozenset[int], b: frozenset[int], r: Rules) -> bool:
    """Whether one report's claims are, word by word, in the other: the one was copied, or both from a third."""
    least = min(len(a), len(b))
    return least >= r.copy_least and len(a & b) >= r.copy_share * least
