"""Annotated reports, slot by slot, with the calibration of confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from measuring import ROOT, Score, Tools, text
from types_of import LABELS

from dateline.evaluate.gold import GoldReport, load_gold
from dateline.evaluate.measures import Measure, evaluate
from dateline.read.records import read_jsonl
from dateline.types import CodedReport, Report

OWN = ROOT / "tests/corpus/own_gold.json"


def reports(path: Path, tools: Tools) -> Iterator[Score]:
    """Annotated reports of a file."""
    gold = tools.some(load_gold(path))
    coded = tools.code(text(g.id, g.text, title=g.title, outlet=g.outlet, published=g.published) for g in gold)
    yield from _scores(gold, list(coded.values()))


def own(_: Path, tools: Tools) -> Iterator[Score]:
    """The program's own example reports."""
    gold = tools.some(load_gold(OWN))
    known = {g.id for g in gold}
    path = Path(str(files("dateline") / "examples/reports.jsonl"))
    with path.open("rb") as lines:
        found = [r for r in read_jsonl(lines, path.name, {}, None) if isinstance(r, Report) and r.id in known]
    yield from _scores(gold, list(tools.code(found).values()))


def _scores(gold: Sequence[GoldReport], coded: Sequence[CodedReport]) -> Iterator[Score]:
    whole = evaluate(gold, coded)
    yield _rate("slot F1", "", whole.whole, len(gold))
    for m in whole.slots:
        yield _rate("slot F1", f"slot: {m.name}", m, len(gold))
    for name, side in (("precision", whole.whole.precision), ("recall", whole.whole.recall)):
        assert side.value is not None
        yield Score(
            measure=f"slot {name}",
            group="",
            value=side.value,
            low=side.low,
            high=side.high,
            n=len(gold),
            unit="reports",
        )
    ece = whole.calibration.ece
    if ece.value is not None:
        yield Score(
            measure="expected calibration error", group="", value=ece.value, low=ece.low, high=ece.high,
            n=whole.calibration.claims, unit="claims",
        )  # fmt: skip
    for b in whole.calibration.bins:
        yield Score(
            measure="share right", group=f"confidence: {b.low:.1f} to {b.high:.1f}, mean {b.confidence:.2f}",
            value=b.right, low=None, high=None, n=b.claims, unit="claims",
        )  # fmt: skip
    for m in sorted(whole.types, key=lambda m: -(m.right + m.missed)):
        if m.right + m.missed >= 5:
            yield _rate("claims found, F1", f"type: {m.name}", m, m.right + m.missed, "claims")
    yield from _by(gold, coded, "outlet")
    yield from _by(gold, coded, "English of")


def _by(gold: Sequence[GoldReport], coded: Sequence[CodedReport], what: str) -> Iterator[Score]:
    """All slots of the reports of each outlet, or of each kind of English."""
    groups: dict[str, list[GoldReport]] = {}
    for g in gold:
        known = LABELS["outlets"].get(g.outlet)
        if known:
            groups.setdefault(known["name" if what == "outlet" else "english"], []).append(g)
    for name, some in sorted(groups.items(), key=lambda kv: (-len(kv[1]), kv[0])):
        yield _rate("slot F1", f"{what}: {name}", evaluate(some, coded).whole, len(some))


def _rate(measure: str, group: str, m: Measure, n: int, unit: str = "reports") -> Score:
    return Score(
        measure=measure, group=group, value=m.f1.value or 0.0, low=m.f1.low if n > 1 else None,
        high=m.f1.high if n > 1 else None, n=n, unit=unit,
    )  # fmt: skip
