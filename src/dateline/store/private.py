"""What not everyone should see: names of private persons, and exactly where hospitals, shelters and camps are.

In texts names are covered with as many blocks, so that every offset still holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dateline.codebook.lexicon import lexicon
from dateline.export.redact import after_office, name_pattern, other_persons, parts, told_names
from dateline.types import CodedReport, Place

BLOCK = "█"
WITHHELD = "[withheld]"


@dataclass(frozen=True, slots=True)
class Veil:
    """The private names of some reports, and the names beside them that are public."""

    names: frozenset[str]
    public: frozenset[str]
    persons: bool = True  # whether other names of persons are covered too

    def mask(self, text: str) -> str:
        """A text of the same length in which every private name is covered.

        Covered are the names of the report's private actors and sources, by themselves and in their parts, and any
        other run of capitals that begins with a given name, unless it is public or a title of office stands before it.
        """
        spans = [*self._known(text), *(self._others(text) if self.persons else ())]
        out = list(text)
        for start, end in spans:
            out[start:end] = BLOCK * (end - start)
        return "".join(out)

    def _known(self, text: str) -> Iterable[tuple[int, int]]:
        if self.names:
            for m in name_pattern(self.names, self.public).finditer(text):
                if not m[1]:
                    yield m.span()

    def _others(self, text: str) -> Iterable[tuple[int, int]]:
        for run in set(other_persons(text, self.public)):
            spans, in_office, start = [], False, text.find(run)
            while start >= 0:
                in_office |= after_office(text[max(0, start - 40) : start])
                spans.append((start, start + len(run)))
                start = text.find(run, start + len(run))
            if not in_office:
                yield from spans


def veil_of(coded: Iterable[CodedReport], names: bool = True, places: bool = True) -> Veil:
    """What to cover in some reports, their claims and the events that they are in.

    Args:
        names: private persons' names.
        places: the names of guarded places.
    """
    hidden: set[str] = set()
    public: set[str] = set()
    for c in coded:
        persons, others = told_names(c)
        public |= others
        (hidden if names else public).update(_parts(persons))
        if places:
            guarded = {n for x in c.claims if x.place and is_guarded(x.place) for n in (x.place.name, x.place.text)}
            hidden |= {n for n in guarded if _named(n)}
    return Veil(frozenset(hidden), frozenset(public - hidden), names)


def names_of(names: Iterable[str]) -> frozenset[str]:
    """Private names with their parts, as a veil covers them."""
    return frozenset(_parts(names)).union(names)


def _parts(names: Iterable[str]) -> set[str]:
    return {p for n in names for p in parts(n)}


def _named(words: str) -> bool:
    """Whether words name a place, and not only its kind ("the camp")."""
    return any(w[:1].isupper() and w.lower() not in _guard()[1] for w in words.split())


# --------------------------------------------------------------------------------------------------------- places


@cache
def _guard() -> tuple[frozenset[str], frozenset[str], float, float]:
    raw = lexicon("withheld")
    return frozenset(raw["features"]), frozenset(raw["words"]), float(raw["radius_km"]), float(raw["grid"])


def guarded(name: str, feature: str) -> bool:
    """Whether a place of this name and GeoNames feature is a hospital, a shelter or a camp."""
    features, words, _, _ = _guard()
    return feature in features or not words.isdisjoint(re.findall(r"\w+", name.lower()))


def is_guarded(p: Place) -> bool:
    return guarded(p.name, p.feature) or guarded(p.text, "")


def coarse(degrees: Any) -> Any:
    """Latitude or longitude (a number or an array) rounded so that the exact place cannot be told."""
    grid = _guard()[3]
    return (
        (degrees / grid).round() * grid
        if hasattr(degrees, "round") and not isinstance(degrees, float)
        else (round(round(degrees / grid) * grid, 6))
    )


def coarse_place(p: Place) -> Place:
    """A guarded place as it is shown: without its name, roughly where it is."""
    return replace(
        p,
        text=BLOCK * len(p.text),
        name=WITHHELD,
        geonameid=None,
        lat=None if p.lat is None else coarse(p.lat),
        lon=None if p.lon is None else coarse(p.lon),
        radius_km=least_radius(p.radius_km),
        precision=max(p.precision, 2),
        relation=None,
    )


def least_radius(km: float | None) -> float:
    return max(km or 0.0, _guard()[2])
