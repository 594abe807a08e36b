"""What a report is mainly about, told by a small trained encoder beside the codebook's rules.

The encoder reads the words around the claim that the rules take for the main one; a linear layer joins what it makes
of them with what the rules found there.  ``docs/model-card.md`` says what it was trained on and how well it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from dateline.resolve.encoder import encode, layers
from dateline.types import Claim, Extent, Sentence

_LONGEST = 260  # characters of the words that are read


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """How likely each ACLED sub-event and each PLOVER event is what some words are mainly about; each sums to 1.

    "" stands for none.
    """

    acled: dict[str, float]
    plover: dict[str, float]


def kinds(text: str, claims: Sequence[Claim], main: Claim | None) -> Kinds:
    """What some words are mainly about.

    Args:
        text: the words.
        claims: what the rules found in them.
        main: the claim of these that the rules take for the main one.
    """
    told = encode(text)
    found = features(claims, main)
    held = [(n, value) for name, value in found.items() if (n := _columns().get(name)) is not None]
    return Kinds(acled=_likely("acled", told, held), plover=_likely("plover", told, held))


@cache
def _columns() -> dict[str, int]:
    return {str(name): n for n, name in enumerate(layers()["names"])}


def _likely(head: str, told: np.ndarray, found: Sequence[tuple[int, float]]) -> dict[str, float]:
    of = layers()
    value = of[f"{head}.words"] @ told + of[f"{head}.bias"]
    for column, x in found:
        value = value + of[f"{head}.rules"][:, column] * x
    odds = np.exp(value - value.max())
    return {str(name): float(x) for name, x in zip(of[f"{head}.labels"], odds / odds.sum(), strict=True)}


def acled_of(c: Claim) -> str:
    """A claim's ACLED sub-event; "" for none, and for what ACLED calls other."""
    code = c.codes.acled.sub_event_type if c.codes.acled else ""
    return "" if code == "Other" else code


def plover_of(c: Claim) -> str:
    """A claim's PLOVER event, "" for none."""
    return c.codes.plover.event if c.codes.plover else ""


def window(sentences: Sequence[Sentence], at: int) -> Extent:
    """The stretch of text that is read for the sentence that begins at an offset.

    It is that sentence, and whole sentences after and before it while they fit.
    """
    spans = [(s.start, s.end) for s in sentences]
    first = last = max((n for n, (start, _) in enumerate(spans) if start <= at), default=0)
    while True:
        start, end = spans[first][0], spans[last][1]
        if last + 1 < len(spans) and spans[last + 1][1] - start <= _LONGEST:
            last += 1
        elif first and end - spans[first - 1][0] <= _LONGEST:
            first -= 1
        else:
            return Extent(start=start, end=end)


def features(claims: Sequence[Claim], main: Claim | None) -> dict[str, float]:
    """What the rules found in the words: the codes of every claim, those of the main one, and who acts on whom."""
    found: dict[str, float] = {}
    for c in claims:
        found |= {f"type={c.type}": 1.0, f"acled={acled_of(c)}": 1.0, f"plover={plover_of(c)}": 1.0}
    if main is None:
        return found | {"no claim": 1.0}
    found |= {f"main type={main.type}": 1.0, f"main acled={acled_of(main)}": 1.0, f"main plover={plover_of(main)}": 1.0}
    found |= {f"agent={a.sector}": 1.0 for a in main.agents} | {f"target={a.sector}": 1.0 for a in main.targets}
    return found | {f"modality={main.modality}": 1.0}
