from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.gazetteer import Entry, Gazetteer
from dateline.gazetteer.building import distance_km
from dateline.resolve.place_shape import moved, place, precision_of, radius_of
from dateline.resolve.place_types import Candidate, PlaceMention
from dateline.types import Relation

TOWN = Entry(5, "Zorbat", "SYR", "12", "", "P.PPL", 35.8, 36.6, 20_000, 0.0, False, 0, 4.0)
PROVINCE = replace(TOWN, id=6, feature="A.ADM1", radius_km=42.0)
COUNTRY = replace(TOWN, id=7, feature="A.PCLI", radius_km=240.0)
SEA = replace(TOWN, id=8, country="", admin1="", feature="H.SEA", radius_km=900.0)
KINDS = ("near", "in", "around", "between", "along", "edge", "outskirts")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open([])


def mention(*entries: Entry, kinds: tuple[str, ...] = ()) -> PlaceMention:
    return PlaceMention(sentence=0, first=0, last=0, text="Zorbat", start=0, end=6, kinds=kinds,
                        candidates=tuple(Candidate(e, 1.0) for e in entries))  # fmt: skip


@pytest.mark.parametrize(("entry", "precision"), [(TOWN, 1), (PROVINCE, 4), (COUNTRY, 6), (SEA, 7)])
def test_precision_of_the_place_itself(entry: Entry, precision: int) -> None:
    assert precision_of(entry) == precision


def test_a_place_that_no_list_knows(gazetteer: Gazetteer) -> None:
    p = place(mention(kinds=("A.ADM2",)), gazetteer)
    assert (p.name, p.lat, p.lon, p.radius_km, p.geonameid, p.precision) == ("Zorbat", None, None, None, None, 3)


def test_ten_km_south(gazetteer: Gazetteer) -> None:
    p = place(mention(TOWN), gazetteer, Relation(bearing="S", distance_km=10.0, kind="near"))
    assert p.lat is not None
    assert p.lon is not None
    assert p.lat < TOWN.lat
    assert distance_km(TOWN.lat, TOWN.lon, p.lat, p.lon) == pytest.approx(10, abs=0.2)
    assert p.precision == 2


def test_between_covers_both(gazetteer: Gazetteer) -> None:
    other = replace(TOWN, id=9, lat=36.0)
    r = Relation(bearing=None, distance_km=None, kind="between")
    p = place(mention(TOWN), gazetteer, r, mention(other))
    assert p.lat == pytest.approx(35.9)
    assert p.radius_km is not None
    assert p.radius_km >= distance_km(35.9, 36.6, 36.0, 36.6)


def test_part_of_a_province_lies_in_it(gazetteer: Gazetteer) -> None:
    p = place(mention(PROVINCE), gazetteer, Relation(bearing="NW", distance_km=None, kind="in"))
    assert p.lat is not None
    assert p.lon is not None
    assert p.radius_km is not None
    assert p.radius_km < 42
    assert distance_km(PROVINCE.lat, PROVINCE.lon, p.lat, p.lon) < 42
    assert p.precision == 4


@given(
    st.sampled_from([TOWN, PROVINCE, COUNTRY, SEA]),
    st.sampled_from(KINDS),
    st.sampled_from([None, "N", "NE", "E", "SE", "S", "SW", "W", "NW"]),
    st.one_of(st.none(), st.floats(0, 300)),
)
def test_radius_is_honest(entry: Entry, kind: str, bearing: str | None, km: float | None) -> None:
    gazetteer = Gazetteer([])
    r = Relation(bearing=bearing, distance_km=km, kind=kind)  # type: ignore[arg-type]
    p = place(mention(entry), gazetteer, r, mention(replace(entry, lat=36.5)))
    assert p.lat is not None
    assert p.lon is not None
    assert p.radius_km is not None
    assert -90 <= p.lat <= 90
    assert -180 <= p.lon <= 180
    assert p.radius_km > 0
    assert p.precision >= precision_of(entry) - (entry is COUNTRY)  # a country's north is a region, not the country
    if kind not in {"in", "between"}:
        assert p.radius_km >= min(radius_of(entry), 1.0)


@given(st.floats(-89, 89), st.floats(-180, 180), st.sampled_from(["N", "NE", "E", "SE", "S", "SW", "W", "NW"]))
def test_moved_stays_on_the_globe(lat: float, lon: float, bearing: str) -> None:
    a, b = moved(lat, lon, bearing, 25)
    assert -90 <= a <= 90
    assert -180 <= b <= 180
