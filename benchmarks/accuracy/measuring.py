"""What the measures of all sets share: figures with intervals, groups, and the parts of the program that they run.

An interval is the middle 95 % of 1,000 bootstrap samples (Efron 1979) drawn over units: documents, sentences or
incidents, whichever stand or fall together.  The same seed gives the same interval.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.errors import RejectedReport
from dateline.parse import Parser
from dateline.pipeline import Pipeline
from dateline.read.text import make_report
from dateline.types import CodedReport, Place, Reject, Report

BENCHMARKS = Path(__file__).parents[1]
ROOT = BENCHMARKS.parent
RESAMPLES, SEED = 1000, 0
_CHUNK = 50  # resamples at a time

Matrix = npt.NDArray[np.float64]
Statistic = Callable[[Matrix], Matrix]
"""Sums over units, one row a sample → the statistic of each row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One measured figure.

    ``group`` says of which part: "" the whole, else "type: shelling", "outlet: sana"…; ``n`` counts ``unit``s.
    """

    measure: str
    group: str
    value: float
    low: float | None
    high: float | None
    n: int
    unit: str


@dataclass(slots=True)
class Tally:
    """Counts by unit, for the whole and for its parts."""

    unit: str
    rows: dict[str, dict[str, list[float]]] = field(default_factory=dict)  # group → unit → counts

    def add(self, unit: object, counts: Sequence[float], *groups: str) -> None:
        """Add a unit's counts to the whole ("") and to these groups."""
        for group in ("", *groups):
            self.only(unit, counts, group)

    def only(self, unit: object, counts: Sequence[float], group: str) -> None:
        """Add a unit's counts to one group alone."""
        here = self.rows.setdefault(group, {})
        known = here.setdefault(str(unit), [0.0] * len(counts))
        for i, c in enumerate(counts):
            known[i] += c

    def scores(self, measure: str, statistic: Statistic, least: int = 5) -> Iterator[Score]:
        """The statistic of the whole, then of each group of at least ``least`` units, the larger first."""
        order = sorted(self.rows, key=lambda g: (g != "", g.split(":")[0], -len(self.rows[g]), g))
        for group in order:
            rows = self.rows[group]
            if group and len(rows) < least:
                continue
            value, low, high = interval(np.array(list(rows.values()), dtype=float), statistic)
            yield Score(
                measure=measure, group=group, value=value, low=low, high=high, n=len(rows), unit=self.unit
            )  # fmt: skip


def interval(counts: Matrix, statistic: Statistic) -> tuple[float, float | None, float | None]:
    """The statistic of units' counts (units × columns), and its bootstrap interval (None of a single unit)."""
    n = len(counts)
    value = round(float(statistic(counts.sum(axis=0, keepdims=True))[0]), 4)
    if n < 2:
        return value, None, None
    random = np.random.default_rng(SEED)
    drawn = []
    for _ in range(RESAMPLES // _CHUNK):
        picks = random.multinomial(n, np.full(n, 1 / n), size=_CHUNK).astype(float)
        drawn.append(statistic(picks @ counts))
    low, high = np.quantile(np.concatenate(drawn), (0.025, 0.975))
    return value, round(float(low), 4), round(float(high), 4)


def share(sums: Matrix) -> Matrix:
    """Columns right, all → the share right."""
    return sums[:, 0] / np.maximum(sums[:, 1], 1)


def f1(sums: Matrix) -> Matrix:
    """Columns right, spurious, missed → F1."""
    return 2 * sums[:, 0] / np.maximum(2 * sums[:, 0] + sums[:, 1] + sums[:, 2], 1)


def precision(sums: Matrix) -> Matrix:
    """Columns right, spurious, missed → precision."""
    return sums[:, 0] / np.maximum(sums[:, 0] + sums[:, 1], 1)


def recall(sums: Matrix) -> Matrix:
    """Columns right, spurious, missed → recall."""
    return sums[:, 0] / np.maximum(sums[:, 0] + sums[:, 2], 1)


def f1_of_shares(sums: Matrix) -> Matrix:
    """Columns found right, found, wanted hit, wanted → F1 of precision and recall counted on their own sides."""
    p = sums[:, 0] / np.maximum(sums[:, 1], 1)
    r = sums[:, 2] / np.maximum(sums[:, 3], 1)
    return np.asarray(2 * p * r / np.maximum(p + r, 1e-9))


class Tools:
    """The program's parts, loaded when first asked for."""

    def __init__(self, limit: int | None) -> None:
        self.limit = limit

    @cached_property
    def pipeline(self) -> Pipeline:
        return Pipeline()

    @cached_property
    def by_rules(self) -> Pipeline:
        """The program without its trained model, for sets whose every row the model was trained on."""
        return Pipeline(kinds=False)

    @cached_property
    def parser(self) -> Parser:
        return Parser()

    def code(self, reports: Iterable[Report | Reject], kinds: bool = True) -> dict[str, CodedReport]:
        """Reports coded the whole way, by id; what was put aside is left out."""
        pipeline = self.pipeline if kinds else self.by_rules
        return {c.report.id: c for c in pipeline.code(reports) if isinstance(c, CodedReport)}

    def places(self, reports: Iterable[Report | Reject]) -> Iterator[tuple[Report, list[Place]]]:
        """The places that each report names; what was put aside is left out."""
        return (found for found in self.pipeline.places(reports) if not isinstance(found, Reject))

    def some(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows that are measured: all, or with ``--limit`` so many drawn from the set, the same every time."""
        if not self.limit or len(rows) <= self.limit:
            return rows
        picks = np.random.default_rng(SEED).choice(len(rows), self.limit, replace=False)
        return [rows[i] for i in sorted(picks)]


def text(id: object, text: str, **more: str) -> Report | Reject:
    """A text as ``dateline code`` reads it: its head taken off, put aside where it is none."""
    try:
        return make_report(text, id=str(id), **more)  # type: ignore[arg-type]
    except RejectedReport as e:
        return Reject(id=str(id), origin=str(id), reason=e.reason, detail=e.detail)


def bench(name: str) -> ModuleType:
    """Another benchmark's functions: ``bench("places/re3d")``."""
    path = BENCHMARKS / f"{name}.py"
    key = "bench_" + name.replace("/", "_")
    if key not in sys.modules:
        if str(path.parent) not in sys.path:
            sys.path.append(str(path.parent))
        spec = importlib.util.spec_from_file_location(key, path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[key] = module
        spec.loader.exec_module(module)
    return sys.modules[key]


def records(path: Path) -> list[dict[str, Any]]:
    """A gzipped file of one JSON object a line."""
    import gzip

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def as_rows(scores: Iterable[Score]) -> list[dict[str, Any]]:
    return [asdict(s) for s in scores]
