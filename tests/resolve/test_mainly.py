"""The main claim by rules and model: what the model may change, and what never."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pipeline import Pipeline
from dateline.resolve.kinds import Kinds, acled_of, kinds, plover_of, window
from dateline.resolve.mainly import recoded
from dateline.types import Claim, CodedReport, Report, Sentence


def code(pipeline: Pipeline, text: str) -> CodedReport:
    (coded,) = pipeline.code([Report(id="r", text=text, published="2020-02-07")])
    assert isinstance(coded, CodedReport)
    return coded


def main_of(coded: CodedReport) -> Claim:
    return next(c for c in coded.claims if c.id == coded.primary)


@pytest.fixture(scope="module")
def claim(pipeline: Pipeline) -> Claim:
    return main_of(code(pipeline, "Gunmen attacked a village near Mopti on Monday, killing six farmers."))


def surely(acled: str, plover: str, p: float = 0.97) -> Kinds:
    return Kinds(acled={acled: p, "": 1 - p}, plover={plover: p, "": 1 - p})


def test_what_the_model_tells_sums_to_one_and_is_the_same_every_time(claim: Claim) -> None:
    told = kinds("Gunmen attacked a village near Mopti.", [claim], claim)
    assert sum(told.acled.values()) == pytest.approx(1, abs=1e-5)
    assert sum(told.plover.values()) == pytest.approx(1, abs=1e-5)
    assert told == kinds("Gunmen attacked a village near Mopti.", [claim], claim)


@given(st.text(max_size=600))
def test_any_text_can_be_read(text: str) -> None:
    assert max(kinds(text, [], None).acled.values()) > 0


def test_a_sure_model_gives_code_and_type(pipeline: Pipeline, claim: Claim) -> None:
    new = recoded(claim, surely("Air/drone strike", "ASSAULT"), pipeline.codebook)
    assert (new.type, acled_of(new)) == ("air-strike", "Air/drone strike")
    assert new.codes.acled
    assert new.codes.acled.event_type == "Explosions/Remote violence"
    assert new.id != claim.id
    assert new.trigger == claim.trigger


def test_an_unsure_model_changes_nothing(pipeline: Pipeline, claim: Claim) -> None:
    unsure = Kinds(acled={"Grenade": 0.4, "": 0.6}, plover={"AID": 0.4, "": 0.6})
    assert recoded(claim, unsure, pipeline.codebook) == claim


def test_what_has_not_happened_gets_no_event(pipeline: Pipeline, claim: Claim) -> None:
    for modality in ("denied", "future"):
        told = replace(claim, modality=modality, codes=replace(claim.codes, acled=None))
        assert recoded(told, surely("Grenade", "ASSAULT"), pipeline.codebook).codes.acled is None


def test_no_code_is_taken_away(pipeline: Pipeline, claim: Claim) -> None:
    assert recoded(claim, surely("", ""), pipeline.codebook) == claim


def test_a_report_without_the_model_says_so(pipeline: Pipeline) -> None:
    text = "Rebels seized the town of Harim on Sunday after the army left its posts there."
    without = code(Pipeline(kinds=False), text)
    assert without.claims
    assert "no model" in without.codebook
    assert "no model" not in code(pipeline, text).codebook


def test_fields_other_than_codes_stay(pipeline: Pipeline) -> None:
    text = "A car bomb killed nine people at a market in Harim on Sunday, the governor said. Two men were arrested."
    with_it, without = code(pipeline, text), code(Pipeline(kinds=False), text)
    for a, b in zip(with_it.claims, without.claims, strict=True):
        assert replace(a, id=b.id, type=b.type, codes=b.codes) == b


def test_weather_is_no_event(pipeline: Pipeline) -> None:
    text = "Heavy rain is expected over the coast until Friday, the weather service said, with winds of up to 60 km/h."
    assert not code(pipeline, text).claims


def test_a_window_holds_its_sentence_and_whole_ones(pipeline: Pipeline) -> None:
    text = " ".join(f"The army shelled the village number {n} for many hours on that long day." for n in range(30))
    sentences = pipeline.sentences(Report(id="r", text=text))
    for s in sentences:
        found = window(sentences, s.start)
        assert found.start <= s.start
        assert s.end <= found.end <= found.start + 260
        assert {found.start, found.end} <= _edges(sentences)


def _edges(sentences: list[Sentence] | tuple[Sentence, ...]) -> set[int]:
    return {s.start for s in sentences} | {s.end for s in sentences}


def test_what_the_words_are_about_decides_among_claims(pipeline: Pipeline) -> None:
    text = "Thousands marched through Gao on Friday to protest against the killing of a teacher by soldiers in March."
    assert plover_of(main_of(code(pipeline, text))) == "PROTEST"
