"""Agreement between two annotators: alpha against values worked out by hand, and what is compared with what."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import ReadError
from dateline.evaluate.agreement import Agreement, agreement
from dateline.evaluate.gold import GoldActor, GoldClaim, GoldFigure, GoldReport, load_gold

OWN = Path(__file__).parents[1] / "corpus" / "own_gold.json"
TEXT = "Rebels shelled A. Rebels entered B. Rebels left C. Rebels fled D. Rebels shot E. "
SENTENCES = ((0, 17), (18, 35), (36, 50), (51, 65), (66, 80))
VERBS = ("shelled", "entered", "left", "fled", "shot")
TYPES = ("shelling", "advance", "withdraw", "displacement", "attack")


def claim(n: int, **changes: Any) -> GoldClaim:
    base = GoldClaim(
        sent=n,
        trigger=VERBS[n],
        type=TYPES[n],
        agents=(GoldActor(text="Rebels", country="SYR", sector="REB", group=""),),
        targets=(),
        place="ABCDE"[n],
        date_start=None,
        date_end=None,
        modality="asserted",
        sources=(),
        figures=(),
        background=False,
    )
    return replace(base, **changes)


def report(*claims: GoldClaim, **changes: Any) -> GoldReport:
    return replace(GoldReport(id="r", text=TEXT, sentences=SENTENCES, claims=claims), **changes)


def fields(found: Agreement) -> dict[str, tuple[float | None, int, float | None]]:
    return {f.name: (f.alpha, f.units, f.f1) for f in found.fields}


def test_the_same_is_full_agreement() -> None:
    gold = load_gold(OWN)
    found = agreement(gold, gold)
    assert found.paired == found.claims_a == found.claims_b == 184
    assert {f.alpha for f in found.fields} == {1.0}
    assert {f.f1 for f in found.fields} == {1.0, None}


def test_alpha_by_hand() -> None:
    """Five pairs, one of them denied on one side: 1 - (n - 1) · disagreeing values / (products of the two counts).

    Ten values, nine asserted and one denied; observed 2 of 10, expected 2 · 9 · 1 / 90: alpha is 1 - 0.2 / 0.2 = 0.
    """
    a = report(*(claim(n) for n in range(5)))
    b = report(*(claim(n, modality="denied" if n == 4 else "asserted") for n in range(5)))
    found = fields(agreement([a], [b]))
    assert found["modality"] == (0.0, 5, 0.8)
    assert found["type"] == (1.0, 5, None)
    assert found["background"] == (None, 5, None)  # one value only: nothing to agree on
    assert found["agent"] == (None, 5, 1.0)


def test_a_claim_of_one_side_counts_for_finding_only() -> None:
    a = report(claim(0), claim(1), claim(2))
    b = report(claim(0), claim(1))
    found = agreement([a], [b])
    assert found.paired == 2
    by_name = fields(found)
    assert by_name["type"][:2] == (1.0, 2)
    alpha, units, f1 = by_name["claim"]
    assert units == 3
    assert alpha is not None
    assert 0 < alpha < 1
    assert f1 == 0.8


def test_a_pair_may_differ_in_type_but_not_in_everything() -> None:
    a = report(claim(4))
    assert agreement([a], [report(claim(4, type="air-strike"))]).paired == 1  # the same trigger
    assert agreement([a], [report(claim(4, trigger="Rebels"))]).paired == 1  # the same type
    assert agreement([a], [report(claim(4, type="air-strike", trigger="Rebels"))]).paired == 0


def test_figures_are_measured_by_ratio() -> None:
    def with_figure(n: int, low: float) -> GoldClaim:
        return claim(n, figures=(GoldFigure(kind="killed", low=low, high=low, text=str(low)),))

    def alpha(*lows: float) -> float:
        a = report(*(with_figure(n, 10.0 * (n + 1)) for n in range(3)))
        found = fields(agreement([a], [report(*(with_figure(n, low) for n, low in enumerate(lows)))]))["figure"]
        assert found[0] is not None
        return found[0]

    assert alpha(10, 20, 30) == 1.0
    assert 1.0 > alpha(10, 20, 31) > alpha(10, 20, 90)


def test_order_of_the_sides_and_of_the_sentences_does_not_matter() -> None:
    a = report(claim(0), claim(1, modality="denied"), claim(2))
    b = report(claim(0, place="Z"), claim(1), claim(3))
    one, other = agreement([a], [b]), agreement([b], [a])
    assert one.fields == other.fields
    halved = replace(b, sentences=((0, 35), (36, 80)), claims=tuple(replace(c, sent=c.sent // 2) for c in b.claims))
    assert agreement([a], [halved]).paired == one.paired


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ReadError, match="no report in common"):
        agreement([report()], [report(id="s")])
    with pytest.raises(ReadError, match="another text"):
        agreement([report()], [report(text="Else.")])
    assert agreement([report(claim(0)), report(id="s")], [report(claim(0))]).only_a == ("s",)


def test_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dateline", "agreement", str(OWN), str(OWN)]
    done = subprocess.run([*command, "--print", "json"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["paired"] == 184
    table = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout
    assert "agent country" in table
