from __future__ import annotations

from zlib import crc32

import pytest

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.normalise import key


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open([])


@pytest.mark.parametrize(
    ("name", "country"),
    [("Saraqib", "SYR"), ("Sarakeb", "SYR"), ("Mariupol", "UKR"), ("El Fasher", "SDN"), ("Donbas", "UKR"),
     ("eastern Ghouta", "SYR"), ("بنش", "SYR"), ("Бахмут", "UKR")],
)  # fmt: skip
def test_finds_places_of_present_wars(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert gazetteer.search(name)[0].country == country


def test_country_keeps_to_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("Tripoli", "LBN")[0].country == "LBN"
    assert gazetteer.search("Tripoli")[0].country == "LBY"
    assert not gazetteer.search("Mariupol", "SYR")


def test_a_name_that_is_nowhere(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup(key("Qwxyzzy Pqrstv")) == ()
    assert gazetteer.search("Qwxyzzy Pqrstv") == []


def test_bitmap_never_denies_a_name(gazetteer: Gazetteer) -> None:
    for name in ("Damascus", "Idlib", "Kharkiv", "Port Sudan", "al-Hasakah"):
        assert gazetteer.may_know(crc32(key(name).encode()))


def test_a_bare_name_of_town_and_province_is_the_town(gazetteer: Gazetteer) -> None:
    first, *others = gazetteer.search("Idlib", "SYR")
    assert first.feature.startswith("P.")
    assert any(e.feature == "A.ADM1" for e in others)


def test_areas_by_code(gazetteer: Gazetteer) -> None:
    city = gazetteer.search("Idlib", "SYR")[0]
    assert gazetteer.admin1_name("SYR", city.admin1) == "Idlib"
    assert gazetteer.admin1_name("SYR", "no such code") == ""
    assert gazetteer.area("SYR", city.admin1)[0].feature == "A.ADM1"
