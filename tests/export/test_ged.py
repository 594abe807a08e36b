"""UCDP-GED's shape: its columns, sums and ids, whose the dead are, and what is no organised violence."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import NASTY, bundle, bundles, of, reasons, rows, told, written

import making
from dateline.export.bundle import Bundle
from dateline.export.ged import cell_of, fault_of
from dateline.export.sheet import schema
from dateline.types import Figure, FigurePart


def one(b: Bundle, folder: Path) -> dict[str, str]:
    path, w = written("ged", b, folder)
    assert w.dropped == ()
    (row,) = rows(path)
    return row


def dead(text: str, of: str, low: int, high: int | None = None, includes: tuple[FigurePart, ...] = ()) -> Figure:
    return Figure(
        text=text,
        start=0,
        end=len(text),
        kind="killed",
        low=low,
        high=low if high is None else high,
        of=of,
        includes=includes,
    )


def shares(row: dict[str, str]) -> tuple[int, int, int, int]:
    return tuple(int(row[c]) for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"))  # type: ignore[return-value]


def test_the_columns_are_those_of_the_releases(tmp_path: Path) -> None:
    row = one(of(told("shelling", by=["army"], to=["rebels"], killed=3)), tmp_path)
    names = list(row)
    assert len(names) == 49
    assert names[:3] == ["id", "relid", "year"]
    assert names[-5:] == ["best", "high", "low", "gwnoa", "gwnob"]


def test_a_state_against_a_group(tmp_path: Path) -> None:
    row = one(of(told("attack", by=["rebels"], to=["army"], killed=(3, 5))), tmp_path)
    assert row["type_of_violence"] == "1"
    assert (row["side_a"], row["side_b"]) == ("Government of Syria", "Unidentified armed group (Syria)"), (
        "the state is side A"
    )
    assert (row["gwnoa"], row["gwnob"]) == ("652", "")
    assert (row["low"], row["best"], row["high"]) == ("3", "3", "5")
    assert (row["date_start"], row["date_end"]) == ("2020-02-05 00:00:00.000",) * 2
    assert (row["country"], row["country_id"], row["region"]) == ("Syria", "652", "Middle East")
    assert row["geom_wkt"] == "POINT (36.8 35.86)"


def test_two_states_keep_who_did_it_first(tmp_path: Path) -> None:
    row = one(of(told("shelling", by=["Turkey"], to=["army"], killed=2)), tmp_path)
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (
        "1",
        "Government of Turkey",
        "Government of Syria",
    )
    assert (row["gwnoa"], row["gwnob"]) == ("640", "652")


def test_two_groups_and_one_sided(tmp_path: Path) -> None:
    groups = one(of(told("armed-clash", by=["ISIS"], to=["rebels"], killed=4)), tmp_path)
    alone = one(of(told("execution", by=["ISIS"], to=["civilians"], killed=4)), tmp_path)
    assert (groups["type_of_violence"], groups["dyad_name"]) == ("2", "ISIS - Unidentified armed group (Syria)")
    assert (alone["type_of_violence"], alone["side_b"]) == ("3", "Civilians")
    assert shares(alone) == (0, 0, 4, 0)


def test_allies_who_act_together_do_not_fight_each_other(tmp_path: Path) -> None:
    joint = one(of(told("air-strike", by=["Russia", "army"], to=["civilians"], killed=4)), tmp_path)
    clash = one(of(told("armed-clash", by=["army", "rebels"], to=[], killed=4)), tmp_path)
    assert (joint["type_of_violence"], joint["side_a"]) == ("3", "Government of Russia (Soviet Union)")
    assert (clash["type_of_violence"], clash["side_b"]) == ("1", "Unidentified armed group (Syria)")


@pytest.mark.parametrize(
    ("figure", "wanted"),
    [
        (dead("five soldiers", "soldiers", 5), (5, 0, 0, 0)),
        (dead("five militants", "militants", 5), (0, 5, 0, 0)),
        (dead("five civilians", "civilians", 5), (0, 0, 5, 0)),
        (dead("five people", "people", 5), (0, 0, 0, 5)),
        (dead("five", "", 5), (0, 0, 0, 5)),
        (dead("seven soldiers and one civilian employee of the army", "soldiers and one civilian employee of the army", 8), (7, 0, 0, 1)),
        (dead("at least 7 soldiers and 4 civilians", "soldiers and 4 civilians", 11), (7, 0, 4, 0)),
        (dead("9 loyalists and 6 rebels", "loyalists and 6 rebels", 15, includes=(FigurePart(low=1, high=1, of="a commander"),)), (9, 6, 0, 0)),
        (dead("17 soldiers, including 3 officers", "soldiers", 17), (17, 0, 0, 0)),
        (dead("3 soldiers, two militants and a child", "soldiers", 6), (3, 2, 1, 0)),
        (dead("nine people", "people", 9, includes=(FigurePart(low=4, high=4, of="children"),)), (0, 0, 4, 5)),
        (dead("nine people", "people", 9, includes=(FigurePart(low=12, high=12, of="children"),)), (0, 0, 0, 9)),
    ],
)  # fmt: skip
def test_whose_the_dead_are(figure: Figure, wanted: tuple[int, ...], tmp_path: Path) -> None:
    row = one(of(told("armed-clash", by=["army"], to=["rebels"], figures=[figure])), tmp_path)
    assert shares(row) == wanted


def test_a_group_is_known_by_its_name(tmp_path: Path) -> None:
    daesh = replace(making.actor("ISIS"), name="Islamic State", actor_id="islamic-state")
    figures = [dead("12 Islamic State fighters and 3 loyalists", "Islamic State fighters and 3 loyalists", 15)]
    row = one(of(told("armed-clash", by=["army"], targets=(daesh,), figures=figures)), tmp_path)
    assert (row["side_b"], shares(row)) == ("Islamic State", (3, 12, 0, 0))


def test_soldiers_of_two_states_are_told_apart_by_their_country(tmp_path: Path) -> None:
    turks = one(
        of(told("shelling", by=["army"], to=["Turkey"], figures=[dead("2 Turkish soldiers", "Turkish soldiers", 2)])),
        tmp_path,
    )
    whose = one(of(told("shelling", by=["army"], to=["Turkey"], figures=[dead("2 soldiers", "soldiers", 2)])), tmp_path)
    assert shares(turks) == (0, 2, 0, 0)
    assert shares(whose) == (0, 0, 0, 2)


@pytest.mark.parametrize(
    ("type", "more", "reason"),
    [
        ("shelling", {"killed": None}, "no number of deaths is told"),
        ("shelling", {"killed": 0}, "no number of deaths is told"),
        ("shelling", {"killed": 3, "on": None}, "no date is told"),
        ("shelling", {"killed": 3, "at": None}, "no place is told"),
        ("shelling", {"killed": 3, "at": "Nowhere"}, "its place has no coordinates"),
        ("shelling", {"killed": 3, "on": "2019-12-30/2020-01-02"}, "its days are not of one calendar year"),
        ("shelling", {"killed": 3, "modality": "denied"}, "denied: no source says that it happened"),
        ("shelling", {"killed": 3, "modality": "future"}, "planned or threatened: it has not happened"),
        ("shelling", {"killed": 3, "by": []}, "who did it is not known"),
        ("shelling", {"killed": 3, "to": []}, "the other side is not known"),
        ("threaten", {"killed": 3}, "no organised violence: threaten"),
        ("displacement", {}, "no organised violence: displacement"),
    ],
)
def test_what_has_no_row_says_why(type: str, more: dict[str, object], reason: str, tmp_path: Path) -> None:
    path, w = written("ged", of(told(type, **{"to": ["rebels"], **more})), tmp_path)  # type: ignore[arg-type]
    assert (rows(path), reasons(w)) == ([], [reason])


def test_a_dyad_is_active_from_twenty_five_deaths_a_year(tmp_path: Path) -> None:
    claims = [
        told("shelling", at=at, on=day, by=["army"], to=["rebels"], killed=n)
        for at, day, n in [("Saraqeb", "2020-02-01", 13), ("Aleppo", "2020-03-01", 12), ("Raqqa", "2019-03-01", 24)]
    ]
    path, _ = written("ged", of(*claims), tmp_path)
    assert [(r["year"], r["active_year"]) for r in rows(path)] == [("2019", "0"), ("2020", "1"), ("2020", "1")]


def test_publishers_and_those_they_quote_stand_apart(tmp_path: Path) -> None:
    claims = [told("shelling", by=["army"], to=["rebels"], killed=3, says=s) for s in ("SANA", "police; local")]
    reports = [
        making.report(f"r{n}", c, outlet=f"Wire {n}", title='It "happened"; they say', text=f"{n} words that differ")
        for n, c in enumerate(claims)
    ]
    row = one(bundle(*reports), tmp_path)
    assert row["number_of_sources"] == "2"
    assert row["source_article"] == (
        "\"Wire 0,2020-02-06,It 'happened', they say\";\"Wire 1,2020-02-06,It 'happened', they say\""
    )
    assert row["source_office"] == "Wire 0;Wire 1"
    assert row["source_original"] == "SANA; police, local"


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [
        (-90, -180, 1),
        (-89.75, -179.25, 2),
        (-89.5, -180, 721),
        (35.8645, 36.8059, 181154),
        (90, 180, 259200),
        (0, 0, 129961),
    ],
)
def test_the_cell_of_a_point(lat: float, lon: float, cell: int) -> None:
    assert cell_of(lat, lon) == cell


@given(st.integers(-90 * 10**6, 90 * 10**6), st.integers(-180 * 10**6, 180 * 10**6))
def test_a_cell_holds_its_point(north: int, east: int) -> None:
    lat, lon = north / 10**6, east / 10**6
    row, column = divmod(cell_of(lat, lon) - 1, 720)
    assert row / 2 - 90 <= lat <= row / 2 - 89.5
    assert column / 2 - 180 <= lon <= column / 2 - 179.5


def test_rows_that_break_their_sums_are_refused(tmp_path: Path) -> None:
    path, _ = written("ged", of(told("shelling", by=["army"], to=["rebels"], killed=3)), tmp_path)
    (text,) = rows(path)
    kinds = {c.name: c.type for c in schema("ged").columns}
    read = {"whole": int, "number": float}
    row = {c: None if v == "" else read.get(kinds[c], str)(v) for c, v in text.items()}
    assert fault_of(row) == ""
    assert fault_of({**row, "deaths_civilians": 1}) == "deaths by side: not the best number"
    assert fault_of({**row, "low": 9}) == "low, best, high: not in order"
    assert fault_of({**row, "type_of_violence": 4}) == "type_of_violence: out of range"
    assert fault_of({**row, "region": "Mars"}) == "region: not in its list"


def test_newlines_and_quotes_come_back_whole(tmp_path: Path) -> None:
    c = told("shelling", by=["army"], to=["rebels"], killed=3)
    assert c.place is not None
    strange = replace(c, place=replace(c.place, name='Saraqeb,\n"the\tgate"'))
    path, _ = written("ged", of(strange, outlet=NASTY), tmp_path)
    (row,) = rows(path)
    assert row["where_coordinates"] == 'Saraqeb,\n"the\tgate"'
    assert pd.read_csv(path)["where_coordinates"][0] == 'Saraqeb,\n"the\tgate"'


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bundles())
def test_numbers_are_in_order_sides_make_up_the_best_and_ids_are_unique(b: Bundle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, w = written("ged", b, Path(folder))
        found = rows(path)
    assert w.rows == len(found)
    assert w.rows + len(w.dropped) == len(b.events)
    assert len({r["id"] for r in found}) == len({r["relid"] for r in found}) == len(found)
    for row in found:
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert int(row["high"]) > 0
        assert sum(shares(row)) == int(row["best"])
        assert row["date_start"] <= row["date_end"]
        assert row["date_start"][:4] == row["date_end"][:4] == row["year"]
        assert row["side_b"] == "Civilians" if row["type_of_violence"] == "3" else row["side_a"] != row["side_b"]
