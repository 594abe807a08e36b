"""What is not parsed holds nothing, and an ordinary news day is hardly parsed at all."""

from __future__ import annotations

import pytest

from dateline.codebook import load_codebook
from dateline.extract.triage import Depth, Triage
from dateline.parse import Parser
from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report

PAD = " The weather stayed dry over the weekend, and the market by the station was open as it always is." * 5
WAR = (
    "Rebels shelled an army base near Gao on Monday, killing six soldiers. Residents fled to the south. "
    "A minister denied that the base had fallen. The stadium will open in May. Its roof is made of oak. Tickets are cheap. "
    "Later the army said that its troops had retaken two villages."
)


@pytest.fixture(scope="module")
def triage(parser: Parser) -> Triage:
    return Triage(load_codebook(), parser.lemmas_of)


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        (WAR + PAD, Depth.WHOLE),
        ("The two sides signed a ceasefire after talks, diplomats said." + PAD, Depth.SOME),
        ("Shares fell as the company moved to close two plants and called for cheaper power." + PAD, Depth.NONE),
        ("Our striker attacked from the left and beat the keeper with a shot." + PAD, Depth.NONE),
        ("Roast the pumpkin and blend it with stock." + PAD, Depth.NONE),
        ("", Depth.NONE),
        ("Police arrested her.", Depth.WHOLE),
    ],
)
def test_depth(triage: Triage, text: str, depth: Depth) -> None:
    assert triage.depth(text) is depth


@pytest.mark.parametrize(
    ("sentence", "may"),
    [
        ("rebels shelled the town", True),
        ("the dough should rest for an hour", False),
        ("troops pulled back from the river", True),
        ("she pulled a face", False),
        ("they carried out air strikes", True),
    ],
)
def test_a_sentence_by_its_words(triage: Triage, sentence: str, may: bool) -> None:
    assert triage.may_tell(sentence.split()) is may


def test_neighbours_are_parsed_too(triage: Triage) -> None:
    sentences = [
        s.lower().split() for s in ("It was dry", "It was late", "Rebels shelled Gao", "It was loud", "It was over")
    ]
    assert triage.wanted(sentences) == [False, True, True, True, False]


def test_every_example_of_the_codebook_may_tell(triage: Triage, parser: Parser) -> None:
    for spec in load_codebook().types.values():
        for example in spec.examples:
            ((_, sentences),) = parser.parse([Report(id="x", text=example)])
            assert any(triage.may_tell(s.lower) for s in sentences), example


def test_claims_are_the_same_with_and_without() -> None:
    partly = (
        "A minister visited the port of Odesa on Tuesday and met the mayor. He promised aid for the city's hospital."
        + PAD
    )
    reports = [Report(id=str(n), text=t, published="2020-02-07") for n, t in enumerate((WAR, WAR + PAD, partly, PAD))]
    with_it, without = (list(Pipeline(triage=t).code(reports)) for t in (True, False))
    assert [c.claims for c in with_it if isinstance(c, CodedReport)] == [
        c.claims for c in without if isinstance(c, CodedReport)
    ]
    assert sum(len(c.claims) for c in with_it if isinstance(c, CodedReport)) > 5


def test_a_sentence_that_is_not_parsed_keeps_its_words(parser: Parser) -> None:
    text = "Rebels shelled Gao. The stadium in Bamako has 400 seats."
    ((_, (first, second)),) = parser.parse([Report(id="x", text=text)], lambda report: lambda words: [True, False])
    ((_, (alone,)),) = parser.parse([Report(id="x", text="Rebels shelled Gao.")])
    assert (first.tags, first.deps, first.heads) == (alone.tags, alone.deps, alone.heads)
    assert text[second.start : second.end] == "The stadium in Bamako has 400 seats."
    assert second.tags[second.words.index("Bamako")] == "NNP"
    assert second.tags[second.words.index("400")] == "CD"
    assert set(second.heads) == {0}
