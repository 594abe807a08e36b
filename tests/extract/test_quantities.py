"""Counts as intervals: words and digits, qualifiers, ranges, sums, parts, and numbers that count nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.number_words import digits
from dateline.extract.quantities import find_quantities
from dateline.types import Quantity, Sentence

Parse = Callable[[str], list[Sentence]]
Interval = tuple[float | None, float | None]


def quantities(parse: Parse, text: str) -> list[Quantity]:
    return [q for s in parse(text) for q in find_quantities(s, text)]


def intervals(parse: Parse, text: str) -> list[Interval]:
    return [(q.low, q.high) for q in quantities(parse, text)]


def mention(sentence: Sentence, q: Quantity, text: str) -> str:
    return text[sentence.starts[q.mention.first] : sentence.ends[q.mention.last]]


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("16 people", 16, 16),
        ("sixteen people", 16, 16),
        ("1,200 people", 1200, 1200),
        ("1 200 families", 1200, 1200),
        ("61, 000 people", 61000, 61000),
        ("1.5 million people", 1_500_000, 1_500_000),
        ("20k people", 20_000, 20_000),
        ("2.14 lakh people", 214_000, 214_000),
        ("half a million people", 500_000, 500_000),
        ("a half a million people", 500_000, 500_000),
        ("a quarter of a million people", 250_000, 250_000),
        ("two and a half million people", 2_500_000, 2_500_000),
        ("two dozen people", 24, 24),
        ("a dozen people", 12, 12),
        ("a couple of hundred people", 200, 200),
        ("two hundred and fifty thousand people", 250_000, 250_000),
        ("nine hundred and twenty-one families", 921, 921),
        ("dozens of people", 24, None),
        ("scores of people", 40, None),
        ("hundreds of people", 200, None),
        ("thousands of people", 2000, None),
        ("tens of thousands of people", 20_000, None),
        ("hundreds of thousands of people", 200_000, None),
        ("millions of people", 2_000_000, None),
        ("several hundred people", 200, None),
        ("a few dozen people", 24, None),
        ("at least 16 people", 16, None),
        ("more than 16 people", 16, None),
        ("over 16 people", 16, None),
        ("no fewer than 16 people", 16, None),
        ("16 or more people", 16, None),
        ("up to 16 people", None, 16),
        ("as many as 16 people", None, 16),
        ("a maximum of 16 people", None, 16),
        ("nearly 16 people", None, 16),
        ("close to 16 people", None, 16),
        ("fewer than 16 people", None, 16),
        ("about 16 people", 16, 16),
        ("some 16 people", 16, 16),
        ("an estimated 16 people", 16, 16),
        ("another 16 people", 16, 16),
        ("a total of 16 people", 16, 16),
        ("between 8 and 12 people", 8, 12),
        ("8 to 12 people", 8, 12),
        ("8-12 people", 8, 12),
        ("10 or 12 people", 10, 12),
        ("two to three million people", 2_000_000, 3_000_000),
        ("16 more people", 16, 16),
    ],
)
def test_a_number_is_an_interval(parse: Parse, phrase: str, low: float | None, high: float | None) -> None:
    text = f"The monitor said that {phrase} fled the town."
    (found,) = quantities(parse, text)
    assert (found.low, found.high) == (low, high)
    (sentence,) = parse(text)
    assert mention(sentence, found, text) == phrase
    assert found.unit in {"people", "families"}
    assert found.of.endswith(found.unit)


@pytest.mark.parametrize(
    "text",
    [
        "Several people fled.",
        "A number of people fled.",
        "Some people fled.",
        "The war began in 2011 and the truce held until 2018.",
        "It happened on 5 July 2016, a Tuesday.",
        "The town was shelled on July 5 at 10:30 and again at 4 p.m.",
        "Troops fired a 122mm gun from the M4 road.",
        "A T-72 tank and a Su-24 jet were seen.",
        "Since the attacks of 9/11 much has changed.",
        "Turnout was 15 percent, and 12% of the vote was void.",
        "The base lies 12 km from the city and 3 miles from the border.",
        "The siege lasted three years and five long months.",
        "The council adopted resolution 2254 under chapter 7.",
        "Call 252-972-1411 for details.",
        "Ahmed Saleh, 34, runs the bakery.",
        "It was the third attack and the 12th this year.",
        "Two-thirds of the town is empty.",
        "The talks may last 3 to 5 years.",
        "No one was hurt.",
        "They shot at one another.",
        "The quake had a magnitude of 6.7.",
        "The shooting was in the 1200 block of Main Street.",
        "Tue 05 Jul 2016",
    ],
)
def test_numbers_that_count_nothing(parse: Parse, text: str) -> None:
    assert intervals(parse, text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Seven soldiers and a civilian were killed.", 8),
        ("Ten children and five women were killed.", 15),
        ("Seven Turkish soldiers and a Turkish civilian member of the military were killed.", 8),
        ("A man woman and child were killed.", 3),
        ("A woman and her two children were killed.", 3),
        ("The blast killed his wife, his son and a neighbour.", 3),
        ("A nurse a driver and two soldiers were killed.", 4),
        ("Two women (a nurse and a cook) as well as two soldiers were killed.", 4),
        ("The army killed 120 fighters and 60 mercenaries.", 180),
        ("The army killed 120 fighters 60 mercenaries on Sunday.", 180),
        ("A 12-year-old boy and two women were killed.", 3),
    ],
)
def test_counts_that_stand_together_are_added(parse: Parse, text: str, wanted: float) -> None:
    assert intervals(parse, text) == [(wanted, wanted)]


def test_open_ends_stay_open_in_a_sum(parse: Parse) -> None:
    assert intervals(parse, "At least 10 soldiers and five policemen were killed.") == [(15, None)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The raid killed 12 and wounded 30.", [(12, 12), (30, 30)]),
        ("The raid left 12 dead and 30 wounded.", [(12, 12), (30, 30)]),
        ("They seized 12 soldiers and two villages.", [(12, 12), (2, 2)]),
        ("About 310 households (1,600 people) fled.", [(310, 310), (1600, 1600)]),
        ("One person, a 19-year-old man, was found dead.", [(1, 1), (1, 1)]),
    ],
)
def test_counts_of_different_things_are_not_added(parse: Parse, text: str, wanted: list[Interval]) -> None:
    assert intervals(parse, text) == wanted


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("The raid killed 12 people, including four children and a nurse.", 12, [(4, "children"), (1, "a nurse")]),
        ("Twelve people, among them four children, were killed.", 12, [(4, "children")]),
        ("Six civilians were killed among them 4 children and a woman.", 6, [(4, "children"), (1, "a woman")]),
        ("Three persons were killed a woman among them.", 3, [(1, "a woman")]),
        ("The raid killed 12 people, four of them children.", 12, [(4, "children")]),
        ("Two medics were among 31 dead.", 31, [(2, "medics")]),
    ],
)
def test_parts_stay_with_their_total(parse: Parse, text: str, total: float, parts: list[tuple[float, str]]) -> None:
    (found,) = quantities(parse, text)
    assert found.low == total
    assert [(p.low, p.of) for p in found.includes] == parts


def test_a_part_that_did_something_else_is_a_count_of_its_own(parse: Parse) -> None:
    assert intervals(parse, "About 900 people fled, of whom 200 returned.") == [(900, 900), (200, 200)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("The toll rose from 15 to 18.", 18), ("The toll rose to 18 from 15.", 18)],
)
def test_of_a_change_only_the_new_number(parse: Parse, text: str, value: float) -> None:
    assert intervals(parse, text) == [(value, value)]


def test_hyphenated_counts_name_what_they_count(parse: Parse) -> None:
    text = "Commandos came in a nearly 150-vehicle-strong convoy behind a 20-truck convoy."
    (sentence,) = parse(text)
    first, second = find_quantities(sentence, text)
    assert (first.low, first.high, first.unit) == (None, 150, "vehicle")
    assert mention(sentence, first, text) == "nearly 150-vehicle-strong"
    assert (second.low, second.high, second.unit) == (20, 20, "truck")


def test_money_and_area_have_units(parse: Parse) -> None:
    found = quantities(parse, "They gave $2 million and 300 euros for 2,000 square kilometres and 40 hectares.")
    assert [(q.low, q.unit) for q in found] == [(2_000_000, "money"), (300, "money"), (2000, "km2"), (40, "hectares")]


def test_a_count_with_no_noun_has_none(parse: Parse) -> None:
    (found,) = quantities(parse, "The bomber killed 14.")
    assert (found.low, found.of, found.unit) == (14, "", "")


def test_what_is_counted_keeps_its_own_name(parse: Parse) -> None:
    (found,) = quantities(parse, "Strikes killed more than 20 Islamic State (IS) jihadists in the town.")
    assert found.of == "Islamic State (IS) jihadists"
    (found,) = quantities(parse, "At least 30 members of the militia were killed.")
    assert found.of == "members of the militia"


@pytest.mark.parametrize(
    ("word", "value"),
    [("1,200", 1200), ("1.5", 1.5), ("1.200.000", 1_200_000), ("1.200", 1200), ("0.5", 0.5), ("0", 0)],
)
def test_digits(word: str, value: float) -> None:
    assert digits(word) == value


@pytest.mark.parametrize("word", ["05", "1,2", "T-72", "9/11", "12,34", "", "1..2", "10:30"])
def test_what_is_no_number_in_digits(word: str) -> None:
    assert digits(word) is None


# ------------------------------------------------------------------------------------------ properties

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = [*_ONES.split(), "eighteen", "nineteen"]
TENS = _TENS.split()


def spell(n: int, conjunction: bool, hyphen: bool) -> list[str]:
    """A number below a million as tokens: the other way round from the reader."""
    if n < 20:
        return [UNITS[n]]
    if n < 100:
        rest = [TENS[n // 10]]
        if n % 10:
            rest += (["-"] if hyphen else []) + [UNITS[n % 10]]
        return rest
    size, name = (1000, "thousand") if n >= 1000 else (100, "hundred")
    out = [*spell(n // size, conjunction, hyphen), name]
    rest_of = n % size
    if rest_of:
        out += (["and"] if conjunction and rest_of < 100 else []) + spell(rest_of, conjunction, hyphen)
    return out


def flat(words: list[str], tags: list[str]) -> Sentence:
    """A sentence of which only words and tags are known."""
    starts, at = [], 0
    for w in words:
        starts.append(at)
        at += len(w) + 1
    n = len(words)
    return Sentence(
        index=0,
        paragraph=0,
        start=0,
        end=at - 1,
        words=words,
        lower=[w.lower() for w in words],
        lemmas=[w.lower() for w in words],
        tags=tags,
        deps=["dep"] * n,
        heads=[n - 1] * n,
        starts=starts,
        ends=[s + len(w) for s, w in zip(starts, words, strict=True)],
        ents=[""] * n,
        quoted=[False] * n,
    )


@given(st.integers(1, 999_999), st.booleans(), st.booleans())
def test_number_words_read_back(n: int, conjunction: bool, hyphen: bool) -> None:
    number = spell(n, conjunction, hyphen)
    words = [*number, "people", "fled"]
    sentence = flat(words, ["CD"] * len(number) + ["NNS", "VBD"])
    (found,) = find_quantities(sentence, " ".join(words))
    assert (found.low, found.high, found.unit) == (n, n, "people")
    assert (found.mention.first, found.mention.last) == (0, len(number))


@given(st.integers(1, 9_999_999))
def test_grouped_digits_read_back(n: int) -> None:
    for written in ([f"{n:,}"], f"{n:,}".split(",")):
        words = [*written, "people", "fled"]
        (found,) = find_quantities(flat(words, ["CD"] * len(written) + ["NNS", "VBD"]), " ".join(words))
        assert (found.low, found.high) == (n, n)


_ODD = """a an the no one two 12 1,200 1.5 2016 05 hundred hundreds thousand million dozen dozens half quarter of and or
to - -- ( ) , . between from at least more than up nearly people soldiers men woman child her his others killed wounded
dead including among them whom year old $ % km square with strong truck"""
_TAGS = "CD NN NNS NNP DT IN CC JJ VBD VBN VBG PRP$ HYPH , . RB -LRB-"
ODD, TAGS = st.sampled_from(_ODD.split()), st.sampled_from(_TAGS.split())


@given(st.lists(st.tuples(ODD, TAGS), min_size=1, max_size=18))
def test_any_words_give_ordered_intervals_inside_the_sentence(pairs: list[tuple[str, str]]) -> None:
    words = [w for w, _ in pairs]
    sentence = flat(words, [t for _, t in pairs])
    text = " ".join(words)
    at = -1
    for q in find_quantities(sentence, text):
        assert q.low is not None or q.high is not None
        assert q.low is None or q.high is None or q.low <= q.high
        m = q.mention
        assert at < m.first <= m.head <= m.last < len(sentence)
        assert q.of in text[sentence.starts[m.first] : sentence.ends[m.last]]
        at = m.last


@pytest.mark.parametrize(
    "text", ["", "12", "12 of", "$", "and a", "12-", "a 12-year-old", "between 5 and", "½", "１２ people"]
)
def test_broken_text_is_read_without_fail(parse: Parse, text: str) -> None:
    for s in parse(text):
        find_quantities(s, text)
