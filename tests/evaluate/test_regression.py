"""The coding of the program's own reports is not worse than it was, by more than chance.

``tests/corpus/own_baseline.json`` holds what was right, missed and spurious in each report;
``python benchmarks/accuracy/own.py --baseline`` writes it anew, which a change for the better is worth.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from dateline.evaluate.gold import load_gold
from dateline.evaluate.regression import changes, counted
from dateline.evaluate.scoring import SLOTS, score
from dateline.pipeline import Pipeline
from dateline.read.records import read_jsonl
from dateline.types import CodedReport

CORPUS = Path(__file__).parents[1] / "corpus"
BASELINE: dict[str, dict[str, list[int]]] = json.loads((CORPUS / "own_baseline.json").read_text("utf-8"))


def test_no_slot_is_worse_than_it_was(pipeline: Pipeline) -> None:
    path = Path(str(files("dateline") / "examples/reports.jsonl"))
    with path.open("rb") as lines:
        coded = [c for c in pipeline.code(read_jsonl(lines, path.name, {}, None)) if isinstance(c, CodedReport)]
    now = counted(score(load_gold(CORPUS / "own_gold.json"), coded))
    assert now.keys() == BASELINE.keys()
    worse = [f"{c.slot}: F1 {c.before} → {c.after}" for c in changes(BASELINE, now) if c.worse]
    assert not worse


def test_a_real_loss_is_seen_and_chance_is_not() -> None:
    lost = {r: s | {"place": [0, s["place"][0] + s["place"][1], s["place"][2]]} for r, s in BASELINE.items()}
    seen = {c.slot for c in changes(BASELINE, lost) if c.worse}
    assert {"place", "all"} <= seen
    assert "figure" not in seen
    first = next(iter(BASELINE))
    one = BASELINE | {first: {s: [0, 1, 1] if s == "date" else c for s, c in BASELINE[first].items()}}
    assert not any(c.worse for c in changes(BASELINE, one))
    assert not any(c.worse for c in changes(BASELINE, BASELINE))


@pytest.mark.parametrize("slot", ["all", *SLOTS])
def test_the_interval_holds_the_difference(slot: str) -> None:
    better = {r: {s: [c[0] + c[1], 0, c[2]] for s, c in slots.items()} for r, slots in BASELINE.items()}
    (change,) = (c for c in changes(BASELINE, better) if c.slot == slot)
    assert change.low <= change.after - change.before <= change.high
    assert not change.worse
