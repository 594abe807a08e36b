"""Places that could be hurt by being known exactly: hospitals, shelters and camps, shown roughly and without their name.

Which they are, and how roughly, is in ``lexicon/withheld.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from dateline.codebook.lexicon import lexicon
from dateline.types import CodedReport, Place


@cache
def _guard() -> tuple[frozenset[str], frozenset[str], float, float]:
    raw = lexicon("withheld")
    return frozenset(raw["features"]), frozenset(raw["words"]), float(raw["radius_km"]), float(raw["grid"])


def guarded(name: str, feature: str) -> bool:
    """Whether a place of this name and GeoNames feature is a hospital, a shelter or a camp."""
    features, words, _, _ = _guard()
    return feature in features or not words.isdisjoint(re.findall(r"\w+", name.lower()))


def is_guarded(p: Place) -> bool:
    """Whether a place is a hospital, a shelter or a camp, by its name, its feature or the report's words."""
    return guarded(p.name, p.feature) or guarded(p.text, "")


def _names_site(words: str) -> bool:
    """Whether words name a guarded place, and not only its kind ("the camp")."""
    return any(w[:1].isupper() and w.lower() not in _guard()[1] for w in words.split())


def site_names(coded: CodedReport) -> set[str]:
    """The names by which a report's claims tell of guarded places."""
    told = (c.place for c in coded.claims if c.place and is_guarded(c.place))
    return {n for p in told for n in (p.name, p.text) if _names_site(n)}


def coarse(degrees: Any) -> Any:
    """Latitude or longitude (a number or an array) rounded so that the exact place cannot be told."""
    grid = _guard()[3]
    return (
        (degrees / grid).round() * grid
        if hasattr(degrees, "round") and not isinstance(degrees, float)
        else (round(round(degrees / grid) * grid, 6))
    )


def coarse_place(p: Place, name: str, text: str) -> Place:
    """A guarded place as it is shown: with another name and text, roughly where it is."""
    return replace(
        p,
        text=text,
        name=name,
        geonameid=None,
        lat=None if p.lat is None else coarse(p.lat),
        lon=None if p.lon is None else coarse(p.lon),
        radius_km=least_radius(p.radius_km),
        precision=max(p.precision, 2),
        relation=None,
    )


def least_radius(km: float | None) -> float:
    """How far from the true place the shown one may be said to lie, in km."""
    return max(km or 0.0, _guard()[2])
