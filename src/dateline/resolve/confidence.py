"""How sure a claim is: the share of claims like it that a person would have coded too.

A logistic model over a few plain features, its weights in ``lexicon/confidence.yaml``, fitted by
``scripts/fit_confidence.py`` on annotated reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp

from dateline.codebook.lexicon import lexicon
from dateline.types import Modality

_BROKEN = 0.35  # of a sentence that breaks off, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the model looks at.

    ``strength`` is how surely the trigger tells of such an event, ``family`` the type's family, ``noun`` whether
    the trigger is one, ``linked`` whether the claim tells again of an earlier one's happening.
    """

    strength: float
    family: str
    noun: bool
    linked: bool
    agent: bool
    target: bool
    place: bool
    time: bool
    figure: bool
    source: bool
    background: bool
    headline: bool
    modality: Modality
    broken: bool


@cache
def weights() -> Mapping[str, float]:
    """The model's weights by feature."""
    return {str(k): float(v) for k, v in lexicon("confidence")["weights"].items()}


def features(t: Traits) -> dict[str, float]:
    """Feature → value, as the weights are keyed."""
    flags = ("noun", "linked", "agent", "target", "place", "time", "figure", "source", "background", "headline")
    found = {name: 1.0 for name in flags if getattr(t, name)}
    found |= {"bias": 1.0, "strength": t.strength, f"family={t.family}": 1.0}
    if t.modality != "asserted":
        found["not asserted"] = 1.0
    return found


def confidence(t: Traits) -> float:
    """0 to 1, rounded to two places."""
    w = weights()
    value = 1 / (1 + exp(-sum(w.get(name, 0.0) * x for name, x in features(t).items())))
    return round(min(value, _BROKEN) if t.broken else value, 2)
