"""How good a coding is, with how sure that is: rates by slot and type, and the calibration of confidence.

Intervals are 95 % percentile bootstrap intervals over reports (Efron 1979): reports, not claims, are drawn, as the
claims of one report stand or fall together.  The expected calibration error is that of Naeini et al. (2015): over ten
bins of equal width, the mean distance of confidence and share right, weighted by claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.errors import ReadError
from dateline.evaluate.gold import GoldReport
from dateline.evaluate.scoring import SLOTS, Counts, Pair, Scores, score
from dateline.types import CodedReport

BINS = 10
_Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate from 0 to 1 and its interval; None where nothing was there to be counted."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A slot, type or the whole: what is right, missed and made up, and the rates."""

    name: str
    right: int
    missed: int
    spurious: int
    precision: Rate
    recall: Rate
    f1: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The claims whose confidence is above ``low`` and at most ``high``: how many, their mean, the share right."""

    low: float
    high: float
    claims: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Confidence against truth.  A claim is right where the annotation has one of its type in its sentence."""

    claims: int
    ece: Rate
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything that ``dateline evaluate`` says.  ``unscored`` are slots that the annotation does not have."""

    reports: int
    not_coded: tuple[str, ...]
    annotated: int
    coded: int
    slots: tuple[Measure, ...]
    whole: Measure
    types: tuple[Measure, ...]
    calibration: Calibration
    unscored: tuple[str, ...]
    seed: int
    resamples: int


def evaluate(
    gold: Sequence[GoldReport],
    coded: Iterable[CodedReport],
    *,
    slots: Sequence[str] = SLOTS,
    resamples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Hold codings against annotations.

    Args:
        gold: the annotated reports.
        coded: what was coded; reports that were not annotated are left out.
        slots: those that the annotation has; others are not scored.
        resamples: bootstrap samples; none gives no intervals.
        seed: of the bootstrap.

    Raises:
        ReadError: a report was coded from another text than was annotated.
    """
    by_id = {c.report.id: c for c in coded}
    for g in gold:
        _same_text(g, by_id.get(g.id))
    scores = score(gold, by_id.values())
    kept = [s for s in SLOTS if s in slots]
    place = {g.id: n for n, g in enumerate(gold)}
    draws = _draws(len(gold), resamples, seed)

    def measure(name: str, pick: Callable[[Pair], Counts], pairs: Sequence[Pair] = scores.pairs) -> Measure:
        counts = np.zeros((len(gold), 3))
        for p in pairs:
            c = pick(p)
            counts[place[p.report]] += (c.right, c.missed, c.spurious)
        return _measure(name, counts, draws)

    by_type = {t: [p for p in scores.pairs if _type(p) == t] for t in scores.types}
    return Evaluation(
        reports=len(gold),
        not_coded=tuple(g.id for g in gold if g.id not in by_id),
        annotated=sum(p.gold is not None for p in scores.pairs),
        coded=sum(p.coded is not None for p in scores.pairs),
        slots=tuple(measure(s, lambda p, s=s: p.slots[s]) for s in kept),  # type: ignore[misc]
        whole=measure("all", lambda p: sum((p.slots[s] for s in kept), Counts())),
        types=tuple(measure(t, lambda p: p.slots["type"], pairs) for t, pairs in by_type.items()),
        calibration=_calibration(scores, place, draws),
        unscored=tuple(s for s in SLOTS if s not in slots),
        seed=seed,
        resamples=resamples,
    )


def _same_text(gold: GoldReport, coded: CodedReport | None) -> None:
    for c in coded.claims if coded else ():
        t = c.trigger
        if t.start is not None and gold.text[t.start : t.end] != t.text:
            raise ReadError(
                f"was coded from another text than was annotated: {t.text!r} stands not at {t.start}",
                path=gold.id,
                field=c.id,
            )


def _type(pair: Pair) -> str:
    either = pair.gold or pair.coded
    return either.type if either else ""


def _draws(reports: int, resamples: int, seed: int) -> _Matrix:
    """How often each report is in each sample, one row a sample."""
    if not reports or not resamples:
        return np.zeros((0, reports))
    picks = np.random.default_rng(seed).multinomial(reports, np.full(reports, 1 / reports), size=resamples)
    return picks.astype(np.float64)


def _measure(name: str, counts: _Matrix, draws: _Matrix) -> Measure:
    right, missed, spurious = counts.sum(axis=0)
    drawn = draws @ counts
    r, m, s = drawn[:, 0], drawn[:, 1], drawn[:, 2]
    return Measure(
        name=name,
        right=int(right),
        missed=int(missed),
        spurious=int(spurious),
        precision=_rate(right, right + spurious, r, r + s),
        recall=_rate(right, right + missed, r, r + m),
        f1=_rate(2 * right, 2 * right + missed + spurious, 2 * r, 2 * r + m + s),
    )


def _rate(part: float, whole: float, parts: _Matrix, wholes: _Matrix) -> Rate:
    """A share, and where the middle 95 % of its samples lie; samples in which nothing is there are left out."""
    if not whole:
        return Rate(value=None, low=None, high=None)
    seen = wholes > 0
    return _interval(float(part / whole), parts[seen] / wholes[seen])


def _interval(value: float, samples: _Matrix) -> Rate:
    if not len(samples):
        return Rate(value=round(value, 4), low=None, high=None)
    low, high = np.quantile(samples, (0.025, 0.975))
    return Rate(value=round(value, 4), low=round(float(low), 4), high=round(float(high), 4))


# ----------------------------------------------------------------------------------------------- calibration


def _calibration(scores: Scores, place: dict[str, int], draws: _Matrix) -> Calibration:
    claims = np.zeros((len(place), BINS))
    confidence, right = np.zeros_like(claims), np.zeros_like(claims)
    for p in scores.pairs:
        if p.coded is not None:
            at = place[p.report], min(BINS - 1, max(0, int(np.ceil(p.coded.confidence * BINS)) - 1))
            claims[at] += 1
            confidence[at] += p.coded.confidence
            right[at] += p.gold is not None
    n, sure, hit = claims.sum(axis=0), confidence.sum(axis=0), right.sum(axis=0)
    bins = tuple(
        Bin(
            low=round(b / BINS, 2),
            high=round((b + 1) / BINS, 2),
            claims=int(n[b]),
            confidence=round(float(sure[b] / n[b]), 4),
            right=round(float(hit[b] / n[b]), 4),
        )
        for b in range(BINS)
        if n[b]
    )
    off = np.abs(confidence.sum(axis=0) - right.sum(axis=0)).sum()
    drawn = np.abs(draws @ confidence - draws @ right).sum(axis=1)
    return Calibration(
        claims=int(n.sum()), ece=_rate(off, float(n.sum()), drawn, (draws @ claims).sum(axis=1)), bins=bins
    )
