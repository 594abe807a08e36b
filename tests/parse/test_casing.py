"""Reports without capitals, or in capitals alone, are read like others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.parse.casing import is_caseless, restored
from dateline.pipeline import Pipeline
from dateline.types import Actor, Claim, CodedReport, Report

STORY = (
    "The Syrian army shelled Saraqeb on Monday, killing six civilians, activists said. The Nusra Front"
    " kidnapped two aid workers near Aleppo, the Syrian Observatory for Human Rights said on 4 February."
)


def spell(words: tuple[str, ...]) -> tuple[str, ...] | None:
    return {("omdurman",): ("Omdurman",), ("red", "cross"): ("Red", "Cross")}.get(words)


def dictionary(word: str) -> bool:
    return word in set("the red cross left town of and who i".split())


@pytest.mark.parametrize(
    ("text", "caseless"),
    [
        (STORY, False),
        (STORY.lower(), True),
        (STORY.upper(), True),
        ("REBELS TAKE TOWN\n\n" + STORY, False),
        ("no.", False),
        ("", False),
        ("قصفت الطائرات الحربية مدينة سراقب في ريف إدلب يوم الاثنين", False),
    ],
)
def test_which_texts_have_no_capitals(text: str, caseless: bool) -> None:
    assert is_caseless(text) is caseless


def test_names_get_their_capitals_and_other_words_none() -> None:
    words = "THE RED CROSS LEFT OMDURMAN , BURRI AND THE TOWN OF ( SPLM ) WHO I".split()
    assert " ".join(restored(words, spell, dictionary)) == (
        "The Red Cross left Omdurman , Burri and the town of ( SPLM ) who I"
    )


def test_a_common_word_beside_a_surname_is_a_given_name() -> None:
    words = "mark oqueli left a mark".split()
    known = set("mark left a".split()).__contains__
    assert restored(words, spell, known, {"mark"}.__contains__) == ["Mark", "Oqueli", "left", "a", "mark"]


@given(st.lists(st.text(min_size=1, max_size=8), max_size=12))
def test_every_word_stays_the_same_but_for_its_case(words: list[str]) -> None:
    out = restored(words, spell, dictionary)
    assert len(out) == len(words)
    assert all(a.lower() == b.lower() or a.upper() == b.upper() for a, b in zip(out, words, strict=True))


def said(c: Claim) -> tuple[object, ...]:
    """What a claim says, whatever the case of its words."""

    def who(actors: tuple[Actor, ...]) -> list[tuple[str, str, str]]:
        return [(a.text.lower(), a.country, a.group) for a in actors]

    place = c.place.geonameid if c.place else None
    when = (c.time.earliest, c.time.latest) if c.time else None
    figures = [(f.kind, f.low, f.high) for f in c.figures]
    return c.type, c.trigger.start, who(c.agents), who(c.targets), place, when, figures, [s.kind for s in c.sources]


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_the_same_story_is_coded_alike_in_any_case(pipeline: Pipeline, change: object) -> None:
    plain, other = pipeline.code(
        [
            Report(id="a", text=STORY, published="2020-02-07"),
            Report(id="b", text=change(STORY), published="2020-02-07"),  # type: ignore[operator]
        ]
    )
    assert isinstance(plain, CodedReport)
    assert isinstance(other, CodedReport)
    assert [said(c) for c in other.claims] == [said(c) for c in plain.claims]
    assert len(plain.claims) == 2
    for c in other.claims:
        assert other.report.text[c.trigger.start : c.trigger.end] == c.trigger.text
