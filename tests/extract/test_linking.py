"""Claims that tell again of a happening told before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.codebook import load_codebook
from dateline.extract.claims import extract
from dateline.extract.company import Names
from dateline.types import Draft, Mention, Sentence

Parse = Callable[[str], list[Sentence]]
SECTORS = {"army": "MIL", "rebels": "REB", "people": "CVL", "jets": "MIL", "gunmen": "UNK", "villagers": "CVL"}
PLACES = {"Harim", "Goma", "Kutum"}


def drafts(parse: Parse, text: str) -> list[Draft]:
    sentences = parse(text)

    def sector(m: Mention) -> str:
        return SECTORS.get(sentences[m.sentence].lower[m.head], "")

    names = Names(sector=sector, is_place=lambda n, i: sentences[n].words[i] in PLACES)
    return extract(sentences, text, "2024-03-12", load_codebook(), names)


@pytest.mark.parametrize(
    "text",
    [
        "Jets carried out air strikes on Harim on Monday. The strikes killed five people.",
        "Gunmen massacred villagers near Goma. The massacre shocked the region.",
    ],
)
def test_a_definite_word_points_back(parse: Parse, text: str) -> None:
    first, second = drafts(parse, text)
    assert first.back is None
    assert second.back == 0


def test_a_word_without_a_kind_takes_it_from_before(parse: Parse) -> None:
    first, second = drafts(parse, "Jets carried out air strikes on Harim. The incident took place on Monday.")
    assert (first.type, second.type) == ("air-strike", "air-strike")


def test_an_incident_that_points_at_nothing_is_no_claim(parse: Parse) -> None:
    assert drafts(parse, "The incident took place on Monday in Goma.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Jets carried out air strikes on Harim on Monday. Another air strike killed five people.",
        "Jets carried out air strikes on Harim on Monday. The air strikes on Tuesday killed five people.",
        "Jets carried out air strikes on Harim on Monday. Rebels captured Kutum.",
    ],
)
def test_other_happenings_do_not(parse: Parse, text: str) -> None:
    assert all(d.back is None for d in drafts(parse, text))
