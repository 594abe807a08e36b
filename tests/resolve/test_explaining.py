"""Explanations: they are of the very coding, leave no filled field out, and say what decided."""

from __future__ import annotations

from importlib.resources import files
from math import exp
from pathlib import Path

import pytest

from dateline.pipeline import Pipeline
from dateline.read import Options, read_paths
from dateline.resolve.explaining import Explanation, Reason
from dateline.types import Claim, CodedReport, Report

EXAMPLES = Path(str(files("dateline") / "examples/reports.jsonl"))
STORY = (
    "Syrian regime jets bombed the town of Saraqeb on Thursday, killing at least 12 civilians, the Syrian Observatory"
    " for Human Rights said. The observatory said the strikes also wounded nine people. Rebels may have fired rockets at"
    " Aleppo."
)


@pytest.fixture(scope="module")
def explained(pipeline: Pipeline) -> list[tuple[CodedReport, CodedReport, tuple[Explanation, ...]]]:
    """Each example report: as it is coded, as it is coded for explanation, and the explanations."""
    reports = [r for r in read_paths([str(EXAMPLES)], Options()) if isinstance(r, Report)]
    return [(c, *pipeline.explain(c.report)) for c in pipeline.code(reports) if isinstance(c, CodedReport)]


def story(pipeline: Pipeline) -> tuple[tuple[Claim, ...], tuple[Explanation, ...]]:
    coded, found = pipeline.explain(Report(id="s", text=STORY, published="2020-02-07"))
    return coded.claims, found


def of(e: Explanation, field: str) -> list[Reason]:
    return [r for r in e.reasons if r.field == field]


def test_what_is_explained_is_what_is_coded(
    explained: list[tuple[CodedReport, CodedReport, tuple[Explanation, ...]]],
) -> None:
    assert sum(len(coded.claims) for coded, _, _ in explained) > 50
    for coded, again, found in explained:
        assert coded == again
        assert [(e.claim, e.type) for e in found] == [(c.id, c.type) for c in coded.claims]


def test_every_filled_field_has_its_reason_and_words(
    explained: list[tuple[CodedReport, CodedReport, tuple[Explanation, ...]]],
) -> None:
    for coded, _, found in explained:
        for c, e in zip(coded.claims, found, strict=True):
            filled = {
                "agent": len(c.agents),
                "target": len(c.targets),
                "source": len(c.sources),
                "figure": len(c.figures),
                "time": int(c.time is not None),
                "background": int(c.background),
                "type": 1,
                "modality": 1,
                "confidence": 1,
            }
            assert {f: len(of(e, f)) for f in filled} == filled, (c, e)
            assert bool(c.place) == any(r.value != "none" for r in of(e, "place"))
            for r in e.reasons:
                assert r.because, r
                if r.start is not None:
                    assert coded.report.text[r.start : r.end] == r.words


def test_the_factors_make_the_confidence(
    explained: list[tuple[CodedReport, CodedReport, tuple[Explanation, ...]]],
) -> None:
    for coded, _, found in explained:
        for c, e in zip(coded.claims, found, strict=True):
            (r,) = of(e, "confidence")
            if "breaks off" not in r.because:
                assert c.confidence == pytest.approx(1 / (1 + exp(-sum(o.score for o in r.options))), abs=0.006)


def test_the_rule_the_ways_and_the_words_are_named(pipeline: Pipeline) -> None:
    claims, (strike, again, rockets) = story(pipeline)
    (kind,) = of(strike, "type")
    assert kind.rule.startswith("air-strike: ")
    assert "jets" in kind.because
    assert "killing" in kind.because
    assert of(strike, "agent")[0].because.startswith("it is the subject of “bombed”")
    assert "actor list has syrian-government" in of(strike, "agent")[0].because
    assert of(strike, "target")[0].because.startswith("it is the object of “killing”")
    assert of(strike, "source")[0].rule == "said"
    assert of(strike, "time")[0].because.endswith("2020-02-07")
    assert of(strike, "figure")[0].rule == "killing"
    place, candidates = of(strike, "place")[0], of(strike, "place candidates")[0]
    assert "way=below" in place.rule
    assert candidates.options[0].name == claims[0].place.name if claims[0].place else False
    assert sum(o.score for o in candidates.options) <= 1.01
    assert of(rockets, "modality")[0].words == "may"
    assert "taken from “bombed” of sentence 1" in of(again, "agent")[0].because
    assert "stands for “the Syrian Observatory" in of(again, "source")[0].because


def test_no_grounds_are_kept_where_nobody_asks(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.resolve import claim as resolving

    seen = []
    plain = resolving.Resolver.claims

    def watching(self: resolving.Resolver, drafts: list[resolving.Draft]) -> tuple[Claim, ...]:
        seen.extend(d.grounds for d in drafts)
        return plain(self, drafts)

    monkeypatch.setattr(resolving.Resolver, "claims", watching)
    list(pipeline.code([Report(id="s", text=STORY, published="2020-02-07")]))
    assert seen
    assert not any(seen)


def test_a_claim_of_the_title_alone_has_words_without_offsets(pipeline: Pipeline) -> None:
    report = Report(
        id="t", title="Rebels shelled Aleppo, killing six people", text="Read more.", published="2020-02-07"
    )
    coded, found = pipeline.explain(report)
    assert [e.claim for e in found] == [c.id for c in coded.claims]
    assert found
    assert coded == next(iter(pipeline.code([report])))
    assert all(r.start is None for e in found for r in e.reasons)
