"""Whether one coding of annotated reports is worse than another by more than chance among the reports explains.

The two are compared on the same reports: each of the bootstrap's samples draws reports, and takes the difference of the
two F1 over those drawn (the paired bootstrap of Efron and Tibshirani 1993).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.evaluate.scoring import SLOTS, Scores

Counted = Mapping[str, Mapping[str, Sequence[int]]]
"""Report → slot → right, missed, spurious."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """F1 of a slot ("all": every slot) before and after, and the interval of the difference."""

    slot: str
    before: float
    after: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Whether even the upper end of the interval is a loss."""
        return self.high < 0


def counted(scores: Scores) -> dict[str, dict[str, list[int]]]:
    """The counts of each report, as they are kept for later comparison."""
    out: dict[str, dict[str, list[int]]] = {}
    for p in scores.pairs:
        here = out.setdefault(p.report, {s: [0, 0, 0] for s in SLOTS})
        for slot, c in p.slots.items():
            for n, value in enumerate((c.right, c.missed, c.spurious)):
                here[slot][n] += value
    return dict(sorted(out.items()))


def changes(before: Counted, after: Counted, level: float = 0.99, resamples: int = 2000, seed: int = 0) -> list[Change]:
    """What became of each slot and of all together, over the reports that both have.

    Args:
        level: of the intervals: the middle share of the samples.
    """
    reports = sorted(before.keys() & after.keys())
    picks = np.random.default_rng(seed).multinomial(
        len(reports), np.full(len(reports), 1 / len(reports)), size=resamples
    )
    tail = (1 - level) / 2
    out = []
    for slot in ("all", *SLOTS):
        old, new = (np.array([_of(c[r], slot) for r in reports], dtype=np.float64) for c in (before, after))
        drawn = _f1(picks @ new) - _f1(picks @ old)
        low, high = (float(x) for x in np.quantile(drawn, (tail, 1 - tail)))
        once = [float(_f1(c.sum(axis=0, keepdims=True))[0]) for c in (old, new)]
        out.append(
            Change(slot=slot, before=round(once[0], 4), after=round(once[1], 4), low=round(low, 4), high=round(high, 4))
        )
    return out


def _of(slots: Mapping[str, Sequence[int]], slot: str) -> list[int]:
    if slot != "all":
        return list(slots[slot])
    return [sum(slots[s][n] for s in SLOTS) for n in range(3)]


def _f1(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """F1 of rows of right, missed, spurious; 1 where there is nothing to find and nothing found."""
    whole = 2 * sums[:, 0] + sums[:, 1] + sums[:, 2]
    return np.where(whole > 0, 2 * sums[:, 0] / np.maximum(whole, 1), 1.0)
