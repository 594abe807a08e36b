from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.gazetteer import Gazetteer
from dateline.parse import Parser
from dateline.resolve.event_place import EventPlaces
from dateline.resolve.place_types import PlaceMention
from dateline.resolve.places import find_places
from dateline.types import Report, Sentence

Parse = Callable[[str], list[Sentence]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open([])


@pytest.fixture(scope="module")
def found(parse: Parse, gazetteer: Gazetteer) -> Callable[[str], list[PlaceMention]]:
    return lambda text: find_places(Report(id="r", text=text), parse(text), gazetteer)


Found = Callable[[str], list[PlaceMention]]


def names(mentions: list[PlaceMention]) -> list[str]:
    return [m.text for m in mentions if not m.as_actor]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Saraqib on Monday.", ["Saraqib"]),
        ("Troops entered the village of Tell Zanbaq.", ["Tell Zanbaq"]),
        ("Rebels shelled al-Zahraa neighborhood in Aleppo.", ["al-Zahraa", "Aleppo"]),
        ("Fighters stormed the Zarqoun checkpoint outside Hama.", ["Zarqoun", "Hama"]),
        ("The army took the towns of Zorbat and Qarmish from the rebels.", ["Zorbat", "Qarmish"]),
        ("Clashes broke out in Bustan al-Zeer, a district of Aleppo.", ["Bustan al-Zeer", "Aleppo"]),
        ("The convoy left the Homs Governorate at dawn.", ["Homs Governorate"]),
        ("The shelling of northwestern Idlib went on.", ["Idlib"]),
        ("Residents fled Mazar-e-Sharif.", ["Mazar-e-Sharif"]),
        ("The Islamic State of Iraq and the Levant attacked the town of Sirrin.", ["Sirrin"]),
        ("Protesters marched to the Sydney offices of the company.", ["Sydney"]),
        ("Troops captured Knin, the one-time stronghold of the rebels.", ["Knin"]),
    ],
)
def test_finds(found: Found, text: str, expected: list[str]) -> None:
    assert [n.removeprefix("northwestern ") for n in names(found(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hamas said that it had fired no rockets.",
        "The minister told Reuters that talks would go on.",
        "Mr Jackson said the vote was lost.",
        "A Jewish farmer was hurt.",
        "He spent US$ 400 on northwestern trains.",
        "Fighters of Ahrar al-Sham left on Tuesday.",
        "The bombing was the worst since Ramadan began.",
    ],
)
def test_leaves_alone(found: Found, text: str) -> None:
    assert names(found(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Turkey shelled the hills.",
        "Washington accused the rebels.",
        "The Britain-based monitor counted ten dead.",
        "A group based in Vienna counted ten dead.",
        "The U.S.-backed forces withdrew.",
        "A US convoy was hit.",
    ],
)
def test_names_of_those_who_act(found: Found, text: str) -> None:
    (mention,) = found(text)
    assert mention.as_actor


def test_a_longer_name_is_not_the_town_at_its_end(found: Found) -> None:
    (mention,) = found("They were killed in the district of Tareeq al-Bab.")
    assert (mention.text, mention.candidates) == ("Tareeq al-Bab", ())


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Protesters gathered in Tripoli, Lebanon.", "Tripoli", "LBN"),
        ("Rebels in Syria and Lebanon met. Snipers fired in Tripoli and Beirut.", "Tripoli", "LBN"),
        ("Militias clashed in Tripoli and Benghazi.", "Tripoli", "LBY"),
        ("Shells hit Binnish, northwest of Saraqib.", "Binnish", "SYR"),
        ("The front ran from Kharkiv to Alexandria and Poltava in Ukraine.", "Kharkiv", "UKR"),
    ],
)
def test_resolves(found: Found, text: str, name: str, country: str) -> None:
    mention = next(m for m in found(text) if m.text == name)
    assert mention.chosen is not None
    assert mention.chosen.country == country


def test_town_and_province_of_one_name(found: Found) -> None:
    one, other = found("The city of Idlib was hit. All of Idlib province heard it.")
    assert one.chosen is not None
    assert other.chosen is not None
    assert (one.chosen.feature[0], other.chosen.feature) == ("P", "A.ADM1")


def test_candidates_are_kept_with_their_shares(found: Found) -> None:
    (mention,) = found("Militias clashed in Tripoli.")
    assert len(mention.candidates) > 1
    shares = [c.score for c in mention.candidates]
    assert shares == sorted(shares, reverse=True)
    assert abs(sum(shares) - 1) < 0.01


def test_an_unknown_village_blanks_nothing(found: Found) -> None:
    with_it = found("Shells fell on Saraqib. The village of Zqorbt was hit. Idlib was quiet.")
    without = found("Shells fell on Saraqib. Idlib was quiet.")
    known = [m.chosen.id for m in with_it if m.chosen]
    assert known == [m.chosen.id for m in without if m.chosen]
    assert [m.text for m in with_it if not m.candidates] == ["Zqorbt"]


TEXTS = [
    "Shells fell on Saraqib, in Syria.",
    "Protesters met in Tripoli, Lebanon.",
    "In Kharkiv a drone hit a depot; the village of Zorbat burned.",
    "Paris, Texas: two hurt in a fire.",
]


def test_order_of_reports_does_not_matter(parser: Parser, gazetteer: Gazetteer) -> None:
    def run(texts: list[str]) -> dict[str, list[PlaceMention]]:
        parsed = parser.parse([Report(id=t, text=t) for t in texts])
        return {r.id: find_places(r, s, gazetteer) for r, s in parsed}

    assert run(TEXTS) == run(TEXTS[::-1])


WORDS = st.lists(
    st.sampled_from(
        "the village of Saraqib al - Bab near in Aleppo , Idlib 's northern U.S.-backed Syria said shelled ‘ (Hama) US$"
        " Tel Zqort province 10 km south and — \u00a0 Ж حلب É. -- Governorate Military Airport".split(" ")
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_offsets_fit_and_nothing_is_placed_without_candidates(words: list[str]) -> None:
    text = " ".join(words)
    gazetteer, report = _gazetteer(), Report(id="x", text=text)
    ((_, sentences),) = _parser().parse([report])
    mentions = find_places(report, sentences, gazetteer)
    for m in mentions:
        assert text[m.start : m.end] == m.text != ""
    for p in EventPlaces(report, sentences, mentions, gazetteer).named():
        assert p.start is not None
        assert text[p.start : p.end] == p.text
        assert (p.lat is None) == (p.lon is None) == (p.radius_km is None) == (p.feature == "")
        assert 1 <= p.precision <= 7
    spans = sorted((m.start, m.end) for m in mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


_KEPT: list[object] = []


def _gazetteer() -> Gazetteer:
    _keep()
    assert isinstance(_KEPT[0], Gazetteer)
    return _KEPT[0]


def _parser() -> Parser:
    _keep()
    assert isinstance(_KEPT[1], Parser)
    return _KEPT[1]


def _keep() -> None:
    if not _KEPT:
        _KEPT.extend([Gazetteer.open([]), Parser()])
