from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.gazetteer import Gazetteer
from dateline.resolve.event_place import EventPlaces, weights
from dateline.resolve.places import find_places
from dateline.types import Place, Report, Sentence

Parse = Callable[[str], list[Sentence]]
Placed = Callable[..., Place | None]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open([])


class Told:
    """A text whose events are asked for by their words."""

    def __init__(self, text: str, parse: Parse, gazetteer: Gazetteer, published: str | None = None) -> None:
        self.text = text
        self.sentences = parse(text)
        report = Report(id="r", text=text, published=published)
        self.places = EventPlaces(report, self.sentences, find_places(report, self.sentences, gazetteer), gazetteer)

    def own(self, word: str, type: str) -> Place | None:
        for s in self.sentences:
            if word in s.words:
                return self.places.place_of(s.index, [s.words.index(word)], type, ())
        raise AssertionError(word)

    def any(self, word: str, type: str) -> Place | None:
        index = next(s.index for s in self.sentences if word in s.words)
        return self.own(word, type) or self.places.inherited(index, type)


@pytest.fixture(scope="module")
def told(parse: Parse, gazetteer: Gazetteer) -> Callable[..., Told]:
    return lambda text, **kw: Told(text, parse, gazetteer, **kw)


@pytest.mark.parametrize(
    ("text", "word", "type", "place"),
    [
        ("Heavy clashes broke out in Hasaka on Monday.", "clashes", "armed-clash", "Hasaka"),
        ("Artillery shelled the town of Saraqib.", "shelled", "shelling", "Saraqib"),
        ("Air strikes on Raqqa killed six people.", "strikes", "air-strike", "Raqqa"),
        ("Manbij was shelled overnight.", "shelled", "shelling", "Manbij"),
        ("The army captured Palmyra from the militants.", "captured", "capture", "Palmyra"),
        ("Rebels entered Saraqib at dawn.", "entered", "advance", "Saraqib"),
        ("Turkey sent reinforcements to Idlib.", "sent", "deploy", "Idlib"),
        ("The town of Saraqib has been at the centre of intense fighting.", "fighting", "armed-clash", "Saraqib"),
        ("Ten people were killed by a bomb in Zubdiya neighbourhood in Aleppo.", "killed", "bombing", "Zubdiya"),
        (
            "Dozens were killed in the village of Tokhar, part of the city of Manbij in the governorate of Aleppo.",
            "killed", "casualties", "Tokhar",
        ),
        ("In Moscow, the ministry announced that soldiers had been killed in Idlib.", "killed", "casualties", "Idlib"),
        ("The Britain-based monitor said shells fell on Saraqib.", "fell", "shelling", "Saraqib"),
        ("A bomb exploded in the Damascus suburb of Jaramana.", "exploded", "bombing", "Jaramana"),
        ("The Syrian civil war began in 2011.", "war", "armed-clash", "Syrian"),
        ("Many fled their homes near the Turkish-Syrian border.", "fled", "displacement", "Turkish-Syrian border"),
    ],
)  # fmt: skip
def test_the_place_that_the_words_govern(
    told: Callable[..., Told], text: str, word: str, type: str, place: str
) -> None:
    got = told(text).own(word, type)
    assert got is not None
    assert got.text == place
    assert text[got.start : got.end] == got.text


@pytest.mark.parametrize(
    ("text", "word", "type"),
    [
        ("In Moscow, the ministry announced a withdrawal of its troops.", "withdrawal", "withdraw"),
        ("A resident told AFP in Beirut that his brother was killed.", "killed", "casualties"),
        ("The Britain-based Observatory said ten people were killed.", "killed", "casualties"),
        ("Turkey shelled the positions.", "shelled", "shelling"),
        ("The rebels were blamed by Washington.", "blamed", "accuse"),
    ],
)
def test_places_that_are_the_speakers_or_the_doers(told: Callable[..., Told], text: str, word: str, type: str) -> None:
    assert told(text).own(word, type) is None


def test_why_names_what_decided(told: Callable[..., Told]) -> None:
    t = told("Heavy clashes broke out in Hasaka. Two people died.")
    t.any("clashes", "armed-clash")
    assert t.places.why
    assert all(weights().weight[f] > 0 for f in t.places.why.split())
    t.any("died", "casualties")
    assert t.places.why == "inherited-1"


def test_the_town_is_the_last_town_named(told: Callable[..., Told]) -> None:
    t = told("Troops reached Saraqib in Idlib province. They shelled the town for hours.")
    got = t.own("shelled", "shelling")
    assert got is not None
    assert got.text == "Saraqib"


def test_goes_on_from_the_sentence_before(told: Callable[..., Told]) -> None:
    t = told("A car bomb exploded in Qamishli. The blast killed six people. Many others were wounded.")
    assert [p and p.text for p in (t.any("exploded", "bombing"), t.any("killed", "casualties"),
                                   t.any("wounded", "casualties"))] == ["Qamishli"] * 3  # fmt: skip


def test_does_not_go_on_past_another_place(told: Callable[..., Told]) -> None:
    t = told("A car bomb exploded in Qamishli. The governor of Homs was elsewhere. Six people died.")
    t.any("exploded", "bombing")
    assert t.any("died", "casualties") is None


def test_threats_and_charges_take_no_place_from_the_text_before(told: Callable[..., Told]) -> None:
    t = told("A car bomb exploded in Qamishli. The ministry blamed terrorists.")
    t.any("exploded", "bombing")
    assert t.any("blamed", "accuse") is None


def test_what_happened_in_the_whole_war_is_the_countrys(told: Callable[..., Told]) -> None:
    t = told(
        "Shells fell on Saraqib in northern Idlib. Syria has seen war for years."
        " More than 100,000 people have been killed since 2011.",
        published="2016-05-01",
    )
    t.any("fell", "shelling")
    got = t.any("killed", "casualties")
    assert got is not None
    assert (got.text, got.precision) == ("Syria", 6)


@pytest.mark.parametrize(
    ("text", "word", "kind", "bearing", "km"),
    [
        ("Clashes erupted north of Aleppo.", "Clashes", "near", "N", None),
        ("Clashes erupted 10 km south of Aleppo.", "Clashes", "near", "S", 10.0),
        ("Clashes erupted near Aleppo.", "Clashes", "near", None, None),
        ("Clashes erupted on the outskirts of Aleppo.", "Clashes", "outskirts", None, None),
        ("Clashes erupted on the western edge of Aleppo.", "Clashes", "edge", "W", None),
        ("Clashes erupted in the countryside of Aleppo.", "Clashes", "around", None, None),
        ("Clashes erupted in northwestern Idlib province.", "Clashes", "in", "NW", None),
        ("Clashes erupted between Homs and Hama.", "Clashes", "between", None, None),
    ],
)
def test_relations(
    told: Callable[..., Told], text: str, word: str, kind: str, bearing: str | None, km: float | None
) -> None:
    got = told(text).own(word, "armed-clash")
    assert got is not None
    assert got.relation is not None
    assert (got.relation.kind, got.relation.bearing, got.relation.distance_km) == (kind, bearing, km)


def test_no_sentence_no_anchor_no_place(told: Callable[..., Told]) -> None:
    t = told("Shells fell on Saraqib.")
    assert t.places.place_of(0, [], "shelling", ()) is None
    assert told("Shells fell.").own("fell", "shelling") is None
    assert told("Shells fell.").any("fell", "shelling") is None


def test_towns_named_in_one_breath_are_one_place(told: Callable[..., Told]) -> None:
    t = told("The army captured Saraqeb, Binnish and Taftanaz on Friday.")
    place = t.any("captured", "capture")
    assert place
    assert place.text == "Saraqeb, Binnish and Taftanaz"
    assert place.name in {"Saraqib", "Binnish", "Taftanaz"}


def test_a_town_in_a_country_is_not_named_in_one_breath_with_it(told: Callable[..., Told]) -> None:
    place = told("Gunmen killed six people in Mosul, Iraq, on Friday.").any("killed", "attack")
    assert place
    assert place.text == "Mosul"
