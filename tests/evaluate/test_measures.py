"""Rates, their intervals and the calibration curve, checked by hand on few reports."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.errors import ReadError
from dateline.evaluate.gold import GoldClaim, GoldReport
from dateline.evaluate.measures import evaluate
from dateline.record import encode
from dateline.types import CodedReport
from making import claim as made
from making import report as told

OWN = Path(__file__).parents[1] / "corpus" / "own_gold.json"


def wanted(type: str, sent: int) -> GoldClaim:
    return GoldClaim(
        sent=sent,
        trigger="Words",
        type=type,
        agents=(),
        targets=(),
        place=None,
        date_start=None,
        date_end=None,
        modality="asserted",
        sources=(),
        figures=(),
        background=False,
    )


def gold(id: str, *types: str) -> GoldReport:
    text = "".join(f"Words {n:03}." for n in range(max(1, len(types))))
    sentences = tuple((10 * n, 10 * n + 10) for n in range(max(1, len(types))))
    claims = tuple(wanted(t, n) for n, t in enumerate(types) if t)
    return GoldReport(id=id, text=text, sentences=sentences, claims=claims)


def coded(id: str, *types: str, confidence: float = 0.9) -> CodedReport:
    blank = {"at": None, "on": None, "by": (), "words": "Words"}
    whole = told(id, *(made(t or "none", **blank, confidence=confidence) for t in types))  # type: ignore[arg-type]
    return replace(whole, claims=tuple(c for c in whole.claims if c.type != "none"))


def test_rates_by_slot_and_type() -> None:
    found = evaluate(
        [gold("a", "shelling", "capture"), gold("b", "shelling")],
        [coded("a", "shelling", "advance"), coded("b", "shelling"), coded("elsewhere", "aid")],
        resamples=0,
    )
    assert (found.reports, found.annotated, found.coded, found.not_coded) == (2, 3, 3, ())
    type_ = found.slots[0]
    assert (type_.name, type_.right, type_.missed, type_.spurious) == ("type", 2, 1, 1)
    assert (type_.precision.value, type_.recall.value, type_.f1.value) == (0.6667, 0.6667, 0.6667)
    assert type_.f1.low is None
    types = {t.name: (t.right, t.missed, t.spurious) for t in found.types}
    assert types == {"shelling": (2, 0, 0), "capture": (0, 1, 0), "advance": (0, 0, 1)}
    place = next(s for s in found.slots if s.name == "place")
    assert (place.precision.value, place.recall.value) == (None, None)  # nothing to be right or wrong about
    assert found.whole.right == 4  # type and modality of two


def test_a_report_that_was_not_coded_is_missed_and_named() -> None:
    found = evaluate([gold("a", "shelling"), gold("b", "aid")], [coded("a", "shelling")], resamples=0)
    assert found.not_coded == ("b",)
    assert found.slots[0].recall.value == 0.5


def test_slots_that_were_not_annotated_are_not_scored() -> None:
    found = evaluate([gold("a", "shelling")], [coded("a", "shelling")], slots=("type", "place"), resamples=0)
    assert [s.name for s in found.slots] == ["type", "place"]
    assert "modality" in found.unscored
    assert found.whole.right == 1


def test_calibration_by_hand() -> None:
    """Four claims at 0.9, three of them right; two at 0.35, one right: off by (4·0.15 + 2·0.15) / 6."""
    annotated = [gold("a", "aid", "aid", "aid", "siege"), gold("b", "aid", "siege")]
    found = evaluate(
        annotated,
        [coded("a", "aid", "aid", "aid", "aid"), coded("b", "aid", "aid", confidence=0.35)],
        resamples=50,
    ).calibration
    assert [(b.low, b.high, b.claims, b.confidence, b.right) for b in found.bins] == [
        (0.3, 0.4, 2, 0.35, 0.5),
        (0.8, 0.9, 4, 0.9, 0.75),
    ]
    assert found.ece.value == pytest.approx(0.15, abs=1e-4)
    assert found.ece.low is not None
    assert found.ece.low <= 0.15 + 1e-4


def test_intervals_hold_the_value_and_come_again_with_the_seed() -> None:
    annotated = [gold(str(n), "aid", "siege") for n in range(12)]
    codings = [coded(str(n), "aid", "siege" if n % 3 else "aid") for n in range(12)]
    one, again = (evaluate(annotated, codings, seed=3) for _ in range(2))
    other = evaluate(annotated, codings, seed=4, resamples=7)
    assert one == again
    assert evaluate(annotated, codings, seed=3, resamples=7) != other
    for m in (*one.slots, one.whole):
        if m.f1.value is not None:
            assert m.f1.low is not None
            assert m.f1.high is not None
            assert m.f1.low <= m.f1.value <= m.f1.high
    flawless = evaluate(annotated, [coded(str(n), "aid", "siege") for n in range(12)])
    assert (flawless.whole.f1.low, flawless.whole.f1.high) == (1.0, 1.0)


def test_another_text_is_refused() -> None:
    other = replace(gold("a", "aid"), text="Other text")
    with pytest.raises(ReadError, match="another text"):
        evaluate([other], [coded("a", "aid")])


def test_the_command(tmp_path: Path) -> None:
    def run(*args: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dateline", "evaluate", *map(str, args)]
        return subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)

    done = run(OWN, "--print", "json", "--resamples", "100")
    assert done.returncode == 0, done.stderr
    whole = json.loads(done.stdout)
    assert whole["reports"] == 18
    assert whole["whole"]["f1"]["low"] < whole["whole"]["f1"]["value"] < whole["whole"]["f1"]["high"]
    assert sum(b["claims"] for b in whole["calibration"]["bins"]) == whole["coded"]
    path = tmp_path / "coded.jsonl"
    path.write_bytes(encode(coded("saraqeb-convoy")) + b"\n")
    table = run(OWN, path, "--resamples", "0")
    assert table.returncode == 3
    assert "17 annotated reports are not in the coding" in table.stderr
    assert "precision" in table.stdout
    path.write_text("{}\n", "utf-8")
    wrong = run(OWN, path)
    assert wrong.returncode == 2
    assert "coded.jsonl, line 1" in wrong.stderr
