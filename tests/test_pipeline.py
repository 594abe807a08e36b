"""The whole way: what every coded report must hold, whatever its text."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report
from tests.spans import spans

STORY = (
    "HARIM (Example Wire) - Army units entered Harim before nightfall on Wednesday but had not taken control of the town, "
    "the Northern Monitor said.\n\nThe monitor said at least 12 people were killed in air strikes, among them four children. "
    'State television said the army had captured the town. "We hold every street," an army officer told Example Radio.\n\n'
    "More than 20,000 people have fled Idlib province since December, according to the United Nations."
)


def code(pipeline: Pipeline, text: str, published: str | None = "2020-02-07", id: str = "r") -> CodedReport:
    (coded,) = pipeline.code([Report(id=id, text=text, published=published)])
    assert isinstance(coded, CodedReport), coded
    return coded


def holds(coded: CodedReport) -> None:
    text = coded.report.text
    for claim in coded.claims:
        for span in spans(claim):
            assert (span.start is None) == (span.end is None)
            if span.start is not None:
                assert text[span.start : span.end] == span.text
        for figure in claim.figures:
            assert figure.low is None or figure.high is None or figure.low <= figure.high
        if claim.time and claim.time.earliest and claim.time.latest:
            assert claim.time.earliest <= claim.time.latest
        assert 0 <= claim.confidence <= 1
        assert claim.sentence.start <= (claim.trigger.start or 0) < claim.sentence.end
    ids = [c.id for c in coded.claims]
    assert len(ids) == len(set(ids))
    assert coded.primary is None or coded.primary in ids


def test_entered_is_not_taken(pipeline: Pipeline) -> None:
    coded = code(pipeline, STORY)
    holds(coded)
    advance = next(c for c in coded.claims if c.type == "advance")
    capture = [c for c in coded.claims if c.type == "capture"]
    assert advance.modality == "asserted"
    assert [c.modality for c in capture] == ["denied", "asserted"]
    assert "Monitor" in capture[0].sources[0].text
    assert advance.place is not None
    assert advance.place.text == "Harim"
    assert (advance.time and advance.time.earliest) == "2020-02-05"


def test_figures_and_sources(pipeline: Pipeline) -> None:
    coded = code(pipeline, STORY)
    strike = next(c for c in coded.claims if c.type == "air-strike")
    (killed,) = [f for f in strike.figures if f.kind == "killed"]
    assert (killed.low, killed.high) == (12, None)
    assert [(p.low, p.high) for p in killed.includes] == [(4, 4)]
    displaced = next(c for c in coded.claims if c.type == "displacement")
    assert displaced.figures[0].low == 20000
    assert any("United Nations" in s.name for s in displaced.sources)
    assert displaced.time is not None
    assert (displaced.time.earliest, displaced.time.latest) == ("2019-12-01", "2020-02-07")


def test_nothing_is_coded_of_nothing(pipeline: Pipeline) -> None:
    assert code(pipeline, "The bakery sells bread on weekdays.").claims == ()


def test_batches_do_not_mix_reports(pipeline: Pipeline) -> None:
    reports = [Report(id=str(n), text=STORY, published="2020-02-07") for n in range(20)]
    coded = list(pipeline.code(reports))
    assert [c.report.id for c in coded if isinstance(c, CodedReport)] == [str(n) for n in range(20)]
    triggers = {tuple(c.trigger for c in k.claims) for k in coded if isinstance(k, CodedReport)}
    assert len(triggers) == 1


def test_same_input_same_output(pipeline: Pipeline) -> None:
    assert code(pipeline, STORY) == code(Pipeline(), STORY)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text(pipeline: Pipeline, text: str) -> None:
    holds(code(pipeline, text))


WORDS = [
    *STORY.split(),
    "\n\n",
    "“",
    "”",
    "12",
    "IS",
    "’s",
    "—",
    "20\n16",
    "\u200f",
    "killed",
    "Mr.",
    "(",
    "U.S.-backed",
]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from([None, "2020-02-29", "1999-01-01"]))
def test_any_order_of_its_words(pipeline: Pipeline, words: list[str], published: str | None) -> None:
    text = " ".join(words)
    first = code(pipeline, text, published)
    holds(first)
    assert first == code(pipeline, text, published)
