"""How much a claim wants a reviewer's eye (lexicon ``review``)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from dateline.codebook.lexicon import lexicon
from dateline.errors import CodebookError
from dateline.types import Claim

_HARM = ("killed", "injured")
CONTESTED, DOUBT, HARM, UNSEEN = "contested", "low confidence", "many casualties", "not yet reviewed"


@dataclass(frozen=True, slots=True)
class Weights:
    """``data/lexicon/review.yaml``, read once."""

    contested: float
    doubt: float
    harm: float
    low_confidence: float
    many: float


@cache
def weights() -> Weights:
    """The weights.

    Raises:
        CodebookError: the file is not as it should be.
    """
    raw = lexicon("review")
    try:
        return Weights(**{str(k): float(v) for k, v in raw.items()})
    except (TypeError, ValueError) as e:
        raise CodebookError(f"review.yaml: {e}") from None


def harmed(c: Claim) -> float:
    """The most people that the claim says were killed and injured."""
    most: dict[str, float] = {}
    for f in c.figures:
        if f.kind in _HARM:
            most[f.kind] = max(most.get(f.kind, 0.0), float(f.high if f.high is not None else f.low or 0))
    return sum(most.values())


def own_weight(confidence: float, people: float) -> float:
    """A claim's weight by what it says itself."""
    w = weights()
    return round(w.doubt * (1.0 - confidence) + w.harm * math.log10(1.0 + people), 6)


def reasons(status: str, confidence: float, people: float, reviewed: bool) -> tuple[str, ...]:
    """Why a claim should be looked at, the weightiest kind first."""
    w = weights()
    found = (
        (CONTESTED, status == "contested"),
        (HARM, people >= w.many),
        (DOUBT, confidence < w.low_confidence),
        (UNSEEN, not reviewed),
    )
    return tuple(name for name, holds in found if holds)
