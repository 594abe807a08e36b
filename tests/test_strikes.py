"""The example codebook that is not about war: its reports coded end to end from its YAML alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import dateline
from dateline.evaluate.codebook import check
from dateline.extract.triage import Depth, Triage
from dateline.pipeline import Pipeline
from dateline.read import read_paths
from dateline.reconcile import reconcile
from dateline.types import Claim, CodedReport

HERE = Path(dateline.__file__).parent / "examples" / "strikes"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(HERE / "codebook")


@pytest.fixture(scope="module")
def coded(pipeline: Pipeline) -> dict[str, CodedReport]:
    found = list(pipeline.code(read_paths([str(HERE / "reports.jsonl")])))
    assert len(found) == 6
    return {c.report.id: c for c in found if isinstance(c, CodedReport)}


def told(c: Claim) -> tuple[str, str, str, str, str]:
    who = ", ".join(a.text for a in c.agents)
    whom = ", ".join(a.text for a in c.targets)
    return c.type, who, whom, c.place.name if c.place else "", (c.time.earliest or "") if c.time else ""


def test_the_examples_hold() -> None:
    verdict = check(HERE / "codebook")
    assert verdict.tried >= 25
    assert not verdict.failures


def test_what_the_reports_say(coded: dict[str, CodedReport]) -> None:
    by_report = {name: [told(c) for c in r.claims] for name, r in coded.items()}
    assert ("strike", "About 1,200 dockers", "", "Gdańsk", "2024-05-13") in by_report["port-union"]
    assert ("strike", "Only 300 dockers", "", "", "2024-05-13") in by_report["port-agency"]
    assert ("lockout", "owners", "700 miners", "Kitwe", "2022-09-01") in by_report["mine-lockout"]
    assert ("dismissal", "", "40 pilots", "", "2024-11-21") in [
        (t, "", w, "", d) for t, _, w, _, d in by_report["pilots"]
    ]
    assert {t for claims in by_report.values() for t, *_ in claims} == {
        "strike", "lockout", "picket", "demand", "offer", "talks", "settlement", "dismissal",
    }  # fmt: skip


def test_who_says_so_and_how_sure(coded: dict[str, CodedReport]) -> None:
    strikes = [c for c in coded["port-union"].claims if c.type == "strike"]
    assert [c.modality for c in strikes] == ["asserted", "future"]
    assert [s.name for s in strikes[0].sources] == ["Harbour Workers' Union"]
    assert strikes[0].codes.plover is not None
    assert (strikes[0].codes.plover.event, strikes[0].codes.plover.mode) == ("PROTEST", "strike")
    assert strikes[0].codes.acled is not None
    (talks,) = [c for c in coded["port-agency"].claims if c.type == "talks"]
    assert [a.actor_id for a in talks.targets] == ["harbour-workers-union"]  # of the codebook's own list


def test_nothing_of_war_is_coded_and_the_version_stands_everywhere(coded: dict[str, CodedReport]) -> None:
    for r in coded.values():
        assert r.codebook == "strikes 1.0"
        assert r.claims
        for c in r.claims:
            assert c.trigger.text == r.report.text[c.trigger.start : c.trigger.end]
    assert any(len(e.claims) > 1 for e in reconcile(list(coded.values())))


def test_no_word_of_war_is_needed(pipeline: Pipeline) -> None:
    """The default codebook passes over reports without a word of conflict; one's own words always count."""
    text = (
        "The labourers of the town walked out on Monday. "
        + "The ovens stood cold, and the flour stayed in its sacks. " * 8
    )
    lemmas = pipeline._parser.lemmas_of
    assert Triage(pipeline.codebook, lemmas).depth(text) is not Depth.NONE
    assert Triage(Pipeline().codebook, lemmas).depth(text) is Depth.NONE


def test_the_command_line_takes_the_codebook(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "dateline", "code", str(HERE / "reports.jsonl"), "-o", str(out)]
    done = subprocess.run(
        [*command, "--codebook", str(HERE / "codebook"), "--jobs", "1"], capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {r["report"]["codebook"] for r in records} == {"strikes 1.0"}
    assert "lockout" in {c["type"] for r in records for c in r["claims"]}
