"""The reports that come with the program: they are coded whole, well enough, and their quarrels show."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from dateline.evaluate.gold import GoldReport, load_gold
from dateline.evaluate.scoring import score
from dateline.pipeline import Pipeline
from dateline.read.records import read_jsonl
from dateline.types import Claim, CodedReport, Reject
from tests.spans import spans

FLOOR = 0.655
"""F1 over all slots; to be raised with every gain."""

GOLD = load_gold(Path(__file__).parent / "corpus/own_gold.json")


@pytest.fixture(scope="module")
def coded() -> dict[str, CodedReport | Reject]:
    lines = (files("dateline") / "examples/reports.jsonl").read_bytes().splitlines()
    items = Pipeline().code(read_jsonl(lines, "examples", {}, None))
    return {i.report.id if isinstance(i, CodedReport) else i.id: i for i in items}


def claims(coded: dict[str, CodedReport | Reject], id: str, type: str) -> list[Claim]:
    report = coded[id]
    assert isinstance(report, CodedReport), report
    return [c for c in report.claims if c.type == type]


def told(coded: dict[str, CodedReport | Reject], id: str, type: str, place: str) -> set[str]:
    """How claims of a type at a place are told: their modalities."""
    return {c.modality for c in claims(coded, id, type) if c.place and place in (c.place.text, c.place.name)}


def test_the_reports_are_the_annotated_ones(coded: dict[str, CodedReport | Reject]) -> None:
    assert list(coded) == [g.id for g in GOLD]
    for g in GOLD:
        item = coded[g.id]
        assert isinstance(item, CodedReport), item
        assert (item.report.text, item.report.published) == (g.text, g.published)
        assert 90 <= len(g.text.split()) <= 220


@pytest.mark.parametrize("gold", GOLD, ids=lambda g: g.id)
def test_the_annotation_stands_in_its_sentences(gold: GoldReport) -> None:
    sentences = [gold.text[a:b] for a, b in gold.sentences]
    assert " ".join(sentences).split() == gold.text.split()
    for c in gold.claims:
        own = sentences[c.sent]
        assert c.trigger in own
        assert all(a.text in own for a in (*c.agents, *c.targets))
        assert all(f.text in own for f in c.figures)
        assert all(s.text in gold.text for s in c.sources)
        assert c.place is None or c.place in sentences[c.sent if c.place_sent is None else c.place_sent]


@pytest.mark.parametrize("id", [g.id for g in GOLD])
def test_each_is_coded_and_its_spans_fit(coded: dict[str, CodedReport | Reject], id: str) -> None:
    item = coded[id]
    assert isinstance(item, CodedReport), item
    assert item.claims
    text = item.report.text
    for c in item.claims:
        for s in spans(c):
            assert s.start is None or text[s.start : s.end] == s.text
        assert c.trigger.start is not None
        assert c.sentence.start <= c.trigger.start < c.sentence.end
    assert item.primary in {None, *(c.id for c in item.claims)}


def test_no_fall_below_the_floor(coded: dict[str, CodedReport | Reject]) -> None:
    total = score(GOLD, (c for c in coded.values() if isinstance(c, CodedReport))).total
    assert total.f1 >= FLOOR, f"precision {total.precision:.3f}, recall {total.recall:.3f}, F1 {total.f1:.3f}"


def test_the_agency_says_captured_the_monitor_entered_and_not_captured(coded: dict[str, CodedReport | Reject]) -> None:
    assert told(coded, "kafr-nabl-agency", "capture", "Kafr Nabl") == {"asserted"}
    assert told(coded, "kafr-nabl-monitor", "advance", "Kafr Nabl") == {"asserted"}
    assert told(coded, "kafr-nabl-monitor", "capture", "Kafr Nabl") == {"denied"}


def test_one_market_three_tolls(coded: dict[str, CodedReport | Reject]) -> None:
    tolls = {
        id: {
            (f.low, f.high)
            for c in claims(coded, id, "air-strike")
            if c.modality == "asserted" and c.place and c.place.text == "Mellit"
            for f in c.figures
            if f.kind == "killed"
        }
        for id in ("mellit-lawyers", "mellit-radio", "mellit-rsf")
    }
    assert tolls == {"mellit-lawyers": {(60, None)}, "mellit-radio": {(43, 43)}, "mellit-rsf": {(100, None)}}


def test_a_strike_that_the_ministry_denies(coded: dict[str, CodedReport | Reject]) -> None:
    struck = claims(coded, "kupiansk-shelter-governor", "shelling")
    assert {c.modality for c in struck} == {"asserted"}
    (denied,) = [c for c in claims(coded, "kupiansk-shelter-ministry", "air-strike") if c.modality == "denied"]
    assert [s.kind for s in denied.sources] in (["government"], ["military"])
    assert "denied" in {c.modality for c in claims(coded, "mellit-rsf", "air-strike")}


def test_two_counts_of_the_displaced(coded: dict[str, CodedReport | Reject]) -> None:
    counts = {
        f.low: [s.text for s in c.sources]
        for c in claims(coded, "sake-ocha", "displacement")
        for f in c.figures
        if f.kind == "displaced"
    }
    assert counts[135000] == ["humanitarian partners"]
    assert counts[78000] == ["The provincial authorities"]


def test_the_founding_report_breaks_off_and_is_coded_to_its_end(coded: dict[str, CodedReport | Reject]) -> None:
    item = coded["saraqeb-convoy"]
    assert isinstance(item, CodedReport)
    assert item.report.truncated
    assert [c.place.text for c in claims(coded, "saraqeb-convoy", "shelling") if c.place] == ["Saraqeb", "Binnish"]
    (displaced,) = [f for c in claims(coded, "saraqeb-convoy", "displacement") for f in c.figures]
    assert (displaced.kind, displaced.low, displaced.high) == ("displaced", 500_000, None)
