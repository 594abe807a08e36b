"""Background and evidence: each sentence is parsed for real, the event's word stands in brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.lexicon import lexicon
from dateline.extract.context import evidence_of, is_background
from dateline.types import Mention, Sentence, TimeMention

Parse = Callable[[str], list[Sentence]]
PUBLISHED = "2021-09-20"


def find(parse: Parse, marked: str) -> tuple[list[Sentence], Mention]:
    """The parsed text and the tokens between the brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    sentences = parse(marked.replace("[", "").replace("]", ""))
    for s in sentences:
        tokens = [i for i in range(len(s)) if s.starts[i] < end and s.ends[i] > start]
        if tokens:
            head = next(i for i in tokens if not tokens[0] <= s.heads[i] <= tokens[-1] or s.heads[i] == i)
            return sentences, Mention(s.index, tokens[0], tokens[-1], head)
    raise AssertionError(marked)


def background(parse: Parse, marked: str, time: TimeMention | None = None, published: str | None = PUBLISHED) -> bool:
    sentences, trigger = find(parse, marked)
    return is_background(sentences[trigger.sentence], trigger, time, published, sentences)


def at(earliest: str | None, latest: str | None, role: str = "at") -> TimeMention:
    return TimeMention(
        mention=Mention(0, 0, 0, 0),
        earliest=earliest,
        latest=latest,
        precision=1,
        role=role,  # type: ignore[arg-type]
    )


NEWS = [
    "Rebels [shelled] the town on Monday.",
    "Rebels [shelled] the town.",
    "The army [captured] the hill overnight, a spokesman said.",
    "Six people were [killed] in the raid.",
    "It was the deadliest [attack] since the war began in 2011.",
    "The army, which lost the town in 2014, [entered] it at dawn.",
    "Rebels [took] the town, which the army had shelled for years.",
    "Troops have been [fighting] there since Thursday.",
    "The fighters [freed] 2014 prisoners.",
]
BACKGROUND = [
    "The [civil war] has split the country.",
    "More than 200,000 people have been [killed] since the war began.",
    "The war has [killed] thousands of people.",
    "The group [seized] the town in 2014.",
    "Rebels often [fire] rockets at the base.",
    "Rebels used to [shell] the base.",
    "The group has [carried out] several bombings in the past.",
    "The army, which [lost] the town in 2014, entered it at dawn.",
    "Government forces have been [fighting] several rebel groups.",
    "The border has been a target of [raids].",
    "The rebels [captured] the airport last year.",
    "Thousands [fled] the country two years ago.",
    "The five-year conflict has [displaced] millions.",
]


@pytest.mark.parametrize("marked", NEWS)
def test_news(parse: Parse, marked: str) -> None:
    assert not background(parse, marked)


@pytest.mark.parametrize("marked", BACKGROUND)
def test_background(parse: Parse, marked: str) -> None:
    assert background(parse, marked)


class TestDates:
    @pytest.mark.parametrize(
        ("time", "wanted"),
        [
            (at("2021-09-19", "2021-09-19"), False),
            (at("2021-09-06", "2021-09-06"), False),
            (at("2021-09-05", "2021-09-05"), True),
            (at("2021-08-01", "2021-08-31"), True),
            (at("2021-09-01", "2021-09-30"), False),
            (at("2021-10-01", "2021-10-01"), False),
            (at("2011-03-01", "2021-09-20", "since"), True),
            (at("2021-09-16", "2021-09-20", "since"), False),
            (at("2019-09-20", "2021-09-20", "during"), True),
            (at("2021-01-01", "2021-12-31"), True),
            (at("2014-01-01T06:00", "2014-01-01T09:00"), True),
        ],
    )
    def test_two_weeks_are_the_edge(self, parse: Parse, time: TimeMention, wanted: bool) -> None:
        assert background(parse, "Rebels [shelled] the town.", time) is wanted

    def test_a_date_is_stronger_than_words(self, parse: Parse) -> None:
        assert not background(parse, "Rebels often [fire] rockets.", at("2021-09-19", "2021-09-19"))

    def test_without_a_date_of_the_report_only_words_count(self, parse: Parse) -> None:
        old = at("2014-01-01", "2014-01-01")
        assert not background(parse, "Rebels [shelled] the town.", old, published=None)
        assert background(parse, "Rebels often [fire] rockets.", old, published=None)
        assert not background(parse, "Rebels [shelled] the town.", old, published="soon")

    def test_an_open_end_says_nothing(self, parse: Parse) -> None:
        assert not background(parse, "Rebels [shelled] the town.", at(None, None))


def test_since_then_goes_on_from_the_sentence_before(parse: Parse) -> None:
    old = "The war broke out in 2011. Since then the army has [besieged] four cities."
    new = "The truce collapsed on Monday. Since then the army has [besieged] four cities."
    assert background(parse, old)
    assert not background(parse, new)


@given(st.dates(), st.dates())
def test_what_is_yet_to_come_is_no_background(a: object, b: object) -> None:
    """Of two dates the later is never background to a report of the earlier."""
    first, last = sorted([str(a), str(b)])
    s = Sentence(
        index=0,
        paragraph=0,
        start=0,
        end=8,
        words=["Shelling"],
        lower=["shelling"],
        lemmas=["shelling"],
        tags=["NN"],
        deps=["ROOT"],
        heads=[0],
        starts=[0],
        ends=[8],
        ents=[""],
        quoted=[False],
    )
    assert not is_background(s, Mention(0, 0, 0, 0), at(last, last), first)


EVIDENCE = [
    ("video", "Videos showed fighters [lobbing] shells at the base."),
    ("satellite", "Satellite images showed that two hangars were [destroyed]."),
    ("video", "Footage posted online showed troops [beating] a man."),
    ("witness", "Witnesses said soldiers [opened fire] on the crowd."),
    ("document", "According to leaked documents the agency [tortured] detainees."),
    ("photo", "Images released by the ministry showed a [burned] tank."),
    ("video", "A video of the [attack] was posted online."),
    ("video", "The group published a video showing its fighters [shelling] the town."),
    ("witness", "The plane [bombed] the school, a witness told reporters."),
    ("video witness", "Video footage and witnesses said rockets [hit] the market."),
    ("photo video", "Photos and videos shared by activists showed bodies of people [killed] in the raid."),
    ("document", "Internal memos show that the militia [abducted] the men."),
    ("video", "In a video released on Monday, fighters [executed] six men."),
    ("video", "The man was filmed [beating] a prisoner."),
    ("audio", "Intercepted recordings revealed that officers [ordered] the strike."),
    ("photo witness", "Photos of the [strike] were confirmed by eyewitnesses."),
    ("satellite", "The [buildup] is visible in satellite imagery."),
    ("", "The shells [destroyed] documents in the office."),
    ("", "Gunmen [killed] a witness in the trial."),
    ("", "Fighters [attacked] the television station and stole cameras."),
    ("", "He filmed the [attack]."),
    ("", "The president's image was [burned]."),
    ("", "The army [shelled] the village, the ministry said."),
]


@pytest.mark.parametrize(("wanted", "marked"), EVIDENCE)
def test_evidence(parse: Parse, wanted: str, marked: str) -> None:
    sentences, trigger = find(parse, marked)
    assert evidence_of(sentences[trigger.sentence], trigger, sentences) == tuple(wanted.split())


def test_the_words_of_evidence_name_one_kind_each() -> None:
    kinds = lexicon("evidence")["kinds"]
    words = [w for listed in kinds.values() for w in listed]
    assert len(words) == len(set(words))
