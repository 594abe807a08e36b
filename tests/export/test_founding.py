"""One report of our own, read by the whole way of data: how each of its sentences is coded in each format, row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from founding import bundle
from made import rows, written

from dateline.export.bundle import Written
from dateline.export.gdelt import schema2

VEHICLES = "sent a convoy"
ENTRY = "entered"
TURKISH_FIRE = "Turkish troops shelled"
COUNTER = "counterattack"
THREAT = "threatened to attack"
DISPLACED = "have been displaced"
KILLED = "Seven Turkish soldiers"
RUSSIANS = "Russian soldiers had been killed"
BINNISH = "near Binnish"


def event(words: str) -> str:
    """The id of the event that a sentence with these words tells of: its first."""
    b = bundle()
    return next(e.id for e in b.events for c in e.claims if words in b.quote(c))


def fate(w: Written, words: str) -> str:
    """Why the events of a sentence have no row: the reasons, "" where one has."""
    b = bundle()
    mine = [e.id for e in b.events if any(words in b.quote(c) for c in e.claims)]
    why = {d.id: d.reason for d in w.dropped}
    assert mine
    return " / ".join(sorted({why.get(i, "") for i in mine}))


@pytest.fixture(scope="module")
def acled(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], Written]:
    path, w = written("acled", bundle(), tmp_path_factory.mktemp("acled"))
    return rows(path), w


@pytest.fixture(scope="module")
def ged(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], Written]:
    path, w = written("ged", bundle(), tmp_path_factory.mktemp("ged"))
    return rows(path), w


@pytest.fixture(scope="module")
def plover(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, dict[str, Any]], Written]:
    path, w = written("plover", bundle(), tmp_path_factory.mktemp("plover"))
    return {r["id"]: r for r in map(json.loads, path.read_text("utf-8").splitlines())}, w


def noted(found: list[dict[str, str]], words: str) -> dict[str, str]:
    (row,) = [r for r in found if words in r["notes"]]
    return row


# ------------------------------------------------------------------------------------------------------------ ACLED


def test_the_convoy_is_a_change_of_activity(acled: tuple[list[dict[str, str]], Written]) -> None:
    row = noted(acled[0], VEHICLES)
    assert row["sub_event_type"] == "Change to group/activity"
    assert (row["actor1"], row["inter1"], row["actor2"]) == ("Military Forces of Turkey", "External/Other forces", "")
    assert row["interaction"] == "External/Other forces only"


def test_a_town_entered_but_not_held_is_a_clash_and_one_row(acled: tuple[list[dict[str, str]], Written]) -> None:
    row = noted(acled[0], ENTRY)
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert "Government regains territory" not in {r["sub_event_type"] for r in acled[0]}
    assert "whether it happened" in row["notes"]


def test_fire_of_one_side_is_shelling(acled: tuple[list[dict[str, str]], Written]) -> None:
    row = noted(acled[0], TURKISH_FIRE)
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (row["event_date"], row["interaction"]) == ("2020-02-05", "State forces-External/Other forces")
    assert {row["inter1"], row["inter2"]} == {"State forces", "External/Other forces"}


def test_a_counterattack_is_a_clash(acled: tuple[list[dict[str, str]], Written]) -> None:
    assert noted(acled[0], COUNTER)["sub_event_type"] == "Armed clash"


def test_the_dead_of_monday_are_eight(acled: tuple[list[dict[str, str]], Written]) -> None:
    row = noted(acled[0], KILLED)
    assert row["sub_event_type"] in {"Shelling/artillery/missile attack", "Armed clash"}
    assert (row["fatalities"], row["event_date"]) == ("8", "2020-02-03")


def test_shelling_near_a_town_is_placed_near_it(acled: tuple[list[dict[str, str]], Written]) -> None:
    row = noted(acled[0], BINNISH)
    assert (row["sub_event_type"], row["geo_precision"]) == ("Shelling/artillery/missile attack", "2")
    assert row["inter1"] == "Rebel group"


def test_what_acled_has_no_place_for(acled: tuple[list[dict[str, str]], Written]) -> None:
    assert "planned" in fate(acled[1], THREAT)
    assert "" not in fate(acled[1], THREAT).split(" / ")
    assert fate(acled[1], DISPLACED) == "no ACLED event: displacement"
    assert fate(acled[1], RUSSIANS) == "no date is told"


# -------------------------------------------------------------------------------------------------------------- GED


def test_the_only_deadly_row_leaves_the_civilian_employee_open(ged: tuple[list[dict[str, str]], Written]) -> None:
    (row,) = ged[0]
    assert row["type_of_violence"] == "1"
    assert {row["side_a"], row["side_b"]} == {"Government of Syria", "Government of Turkey"}
    turks = "deaths_a" if row["side_a"] == "Government of Turkey" else "deaths_b"
    assert (row[turks], row["deaths_unknown"], row["best"]) == ("7", "1", "8")
    assert row["deaths_civilians"] == "0"
    assert (row["date_prec"], row["date_start"][:10]) == ("1", "2020-02-03")


def test_what_ged_has_no_place_for(ged: tuple[list[dict[str, str]], Written]) -> None:
    for words in (TURKISH_FIRE, COUNTER, ENTRY, BINNISH):
        assert fate(ged[1], words) == "no number of deaths is told"
    assert fate(ged[1], RUSSIANS) == "no date is told"
    for words in (VEHICLES, DISPLACED):
        assert fate(ged[1], words).startswith("no organised violence")
    assert "" not in fate(ged[1], THREAT).split(" / ")


# ----------------------------------------------------------------------------------------------------------- PLOVER


@pytest.mark.parametrize(
    ("words", "event_type", "mode"),
    [
        (VEHICLES, "MOBILIZE", ["weapons"]),
        (TURKISH_FIRE, "ASSAULT", ["heavy-weapons"]),
        (COUNTER, "ASSAULT", None),
        (KILLED, "ASSAULT", ["heavy-weapons"]),
        (BINNISH, "ASSAULT", ["heavy-weapons"]),
    ],
)
def test_codes_in_plover(
    words: str, event_type: str, mode: list[str] | None, plover: tuple[dict[str, dict[str, Any]], Written]
) -> None:
    record = plover[0][event(words)]
    assert (record["event"], record.get("mode")) == ([event_type], mode)


def test_sides_in_plover(plover: tuple[dict[str, dict[str, Any]], Written]) -> None:
    found = plover[0]

    def codes(words: str, part: str) -> list[str]:
        return [f"{p['code']} {p['sector']}" for p in found[event(words)].get(part, [])]

    assert (codes(VEHICLES, "actor"), codes(VEHICLES, "recipient")) == (["TUR MIL"], [])
    assert (codes(TURKISH_FIRE, "actor"), codes(TURKISH_FIRE, "recipient")) == (["TUR MIL"], ["SYR MIL"])
    assert sorted(codes(COUNTER, "actor")) == ["SYR MIL", "SYR REB"]
    assert codes(COUNTER, "recipient") == []
    assert codes(KILLED, "actor") == ["SYR MIL"]
    assert codes(BINNISH, "actor") == ["SYR REB"]


def test_the_entry_is_seizing_or_assault_and_contested(plover: tuple[dict[str, dict[str, Any]], Written]) -> None:
    record = plover[0][event(ENTRY)]
    assert record["event"][0] in {"COERCE", "ASSAULT"}
    assert record["comment"] == "status contested"
    assert len(record["event_text"]) == 2


def test_the_threat_is_of_the_day_on_which_it_is_made(plover: tuple[dict[str, dict[str, Any]], Written]) -> None:
    threats = [r for r in plover[0].values() if r["event"] == ["THREATEN"]]
    assert [(r["mode"], r["date"]) for r in threats] == [(["violence"], "2020-02-07")]


def test_the_undated_deaths_and_the_displaced_have_no_record(plover: tuple[dict[str, dict[str, Any]], Written]) -> None:
    assert fate(plover[1], RUSSIANS) == "no date is told"
    assert fate(plover[1], DISPLACED) == "no PLOVER event: displacement"


# ------------------------------------------------------------------------------------------------- GDELT and POLECAT


def test_codes_in_gdelt(tmp_path: Path) -> None:
    path, w = written("gdelt2", bundle(), tmp_path)
    found = [(r["SQLDATE"], r["Actor1Code"], r["EventCode"], r["QuadClass"]) for r in rows(path, "\t", schema2().names)]
    for wanted in [
        ("20200207", "TURMIL", "154", "4"),
        ("20200206", "SYRMIL", "192", "4"),
        ("20200205", "TURMIL", "194", "4"),
        ("20200206", "SYRREB", "190", "4"),
        ("20200207", "TURGOV", "138", "3"),
        ("20200203", "SYRMIL", "194", "4"),
        ("20200204", "SYRREB", "194", "4"),
    ]:
        assert found.count(wanted) == 1
    assert fate(w, RUSSIANS) == "no date is told"


def test_polecat_has_what_plover_has(tmp_path: Path, plover: tuple[dict[str, dict[str, Any]], Written]) -> None:
    path, _ = written("polecat", bundle(), tmp_path)
    kept = {r["Event ID"]: (r["Event Type"], r["Event Mode"]) for r in rows(path, "\t")}
    assert kept == {i: (r["event"][0], r.get("mode", ["None"])[0]) for i, r in plover[0].items()}
