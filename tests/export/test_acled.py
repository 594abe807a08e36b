"""ACLED's shape: its columns and lists, its rules on who is an actor, and what it has no place for."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from made import NASTY, bundle, bundles, of, reasons, rows, told, written

import making
from dateline.export.bundle import Bundle
from dateline.export.sheet import schema, tables


def one(b: Bundle, folder: Path) -> dict[str, str]:
    path, w = written("acled", b, folder)
    (row,) = rows(path)
    assert w.rows == 1
    return row


def test_a_strike_on_soldiers(tmp_path: Path) -> None:
    row = one(of(told("air-strike", by=["Turkey"], to=["army"], killed=(5, 8))), tmp_path)
    assert row["event_date"] == "2020-02-05"
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["actor1"], row["inter1"]) == ("Military Forces of Turkey", "External/Other forces")
    assert (row["actor2"], row["inter2"]) == ("Military Forces of Syria (2000-2024)", "State forces")
    assert row["interaction"] == "State forces-External/Other forces"
    assert row["civilian_targeting"] == ""
    assert (row["iso"], row["region"], row["country"]) == ("760", "Middle East", "Syria")
    assert row["fatalities"] == "5", "the most conservative number is kept"
    assert row["notes"].startswith("On 5 February 2020")
    assert "Killed: 5–8" in row["notes"]


def test_an_army_abroad_is_external_and_at_home_is_the_state(tmp_path: Path) -> None:
    home = one(of(told("shelling", by=["army"], to=["rebels"])), tmp_path)
    abroad = one(of(told("shelling", by=["army"], to=["rebels"], at="Mosul")), tmp_path)
    assert (home["inter1"], abroad["inter1"]) == ("State forces", "External/Other forces")


def test_civilians_alone_are_targeted_and_in_a_battle_are_no_actor(tmp_path: Path) -> None:
    hit = one(of(told("shelling", by=["army"], to=["civilians"])), tmp_path)
    caught = one(of(told("armed-clash", by=["army"], to=["rebels", "civilians"])), tmp_path)
    assert (hit["actor2"], hit["civilian_targeting"]) == ("Civilians (Syria)", "Civilian targeting")
    assert hit["interaction"] == "State forces-Civilians"
    assert "Civilians" not in caught["actor2"] + caught["assoc_actor_2"]
    assert caught["civilian_targeting"] == ""


def test_the_unknown_side_of_violence_is_unidentified(tmp_path: Path) -> None:
    bomb = one(of(told("bombing", by=[], to=["civilians"])), tmp_path)
    raid = one(of(told("air-strike", by=[], to=["rebels"])), tmp_path)
    assert bomb["actor1"] == "Unidentified Armed Group (Syria)"
    assert raid["actor1"] == "Unidentified Military Forces"


def test_a_group_takes_its_name_from_the_actor_list(tmp_path: Path) -> None:
    isis = making.actor("ISIS")
    named = told("armed-clash", by=["army"], agents=(making.actor("army"),), targets=(isis,))
    row = one(of(named), tmp_path)
    assert (row["actor2"], row["inter2"]) == ("ISIS", "Rebel group")


def test_who_takes_a_place_decides_whether_the_government_regains_it(tmp_path: Path) -> None:
    regained = one(of(told("capture", by=["army"])), tmp_path)
    overtaken = one(of(told("capture", by=["rebels"])), tmp_path)
    abroad = one(of(told("capture", by=["Turkey"])), tmp_path)
    assert regained["sub_event_type"] == "Government regains territory"
    assert {overtaken["sub_event_type"], abroad["sub_event_type"]} == {"Non-state actor overtakes territory"}


def test_a_capture_that_is_contested_is_a_clash(tmp_path: Path) -> None:
    claims = [
        told("capture", by=["army"], says="SANA"),
        told("capture", by=["army"], says="the Observatory", modality="denied"),
    ]
    reports = [
        making.report(f"r{n}", c, outlet=f"Outlet {n}", text=f"{n} other words stand here")
        for n, c in enumerate(claims)
    ]
    b = bundle(*reports)
    assert [e.status for e in b.events] == ["contested"]
    assert one(b, tmp_path)["sub_event_type"] == "Armed clash"


def test_allies_stand_on_one_side_and_those_who_clash_on_two(tmp_path: Path) -> None:
    joint = one(of(told("air-strike", by=["Russia", "army"], to=["civilians"])), tmp_path)
    clash = one(of(told("armed-clash", by=["army", "rebels"], to=[])), tmp_path)
    assert (joint["actor2"], joint["assoc_actor_1"]) == ("Civilians (Syria)", "Military Forces of Syria (2000-2024)")
    assert {clash["actor1"], clash["actor2"]} == {
        "Unidentified Armed Group (Syria)",
        "Military Forces of Syria (2000-2024)",
    }
    assert clash["interaction"] == "State forces-Rebel group"


def test_a_mob_and_its_victims(tmp_path: Path) -> None:
    row = one(of(told("attack", words="mob attack", by=[], to=["civilians"])), tmp_path)
    assert (row["event_type"], row["sub_event_type"]) == ("Riots", "Mob violence")
    assert (row["actor1"], row["actor2"], row["interaction"]) == (
        "Rioters (Syria)",
        "Civilians (Syria)",
        "Rioters-Civilians",
    )


def test_protesters_and_the_police(tmp_path: Path) -> None:
    peaceful = one(of(told("protest", by=["civilians"], to=["regime"])), tmp_path)
    assert (peaceful["actor1"], peaceful["actor2"]) == ("Protesters (Syria)", "")
    assert (peaceful["disorder_type"], peaceful["interaction"]) == ("Demonstrations", "Protesters only")


def test_a_fight_of_nobody_is_no_row(tmp_path: Path) -> None:
    _, w = written("acled", of(told("armed-clash", by=[], to=[])), tmp_path)
    assert reasons(w) == ["nobody is named"]


def test_arrests_by_rebels_are_abductions(tmp_path: Path) -> None:
    row = one(of(told("arrest", by=["rebels"], to=["civilians"])), tmp_path)
    assert (row["event_type"], row["sub_event_type"]) == (
        "Violence against civilians",
        "Abduction/forced disappearance",
    )


@pytest.mark.parametrize(
    ("days", "precision", "day"),
    [("2020-02-03", "1", "2020-02-03"), ("2020-02-03/2020-02-06", "2", "2020-02-04"),
     ("2020-02-03/2020-02-09", "2", "2020-02-06"), ("2020-02-01/2020-02-29", "3", "2020-02-15")],
)  # fmt: skip
def test_days_that_are_not_told_apart_give_their_middle(days: str, precision: str, day: str, tmp_path: Path) -> None:
    row = one(of(told("shelling", on=days, to=["rebels"])), tmp_path)
    assert (row["time_precision"], row["event_date"]) == (precision, day)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"on": None}, "no date is told"),
        ({"at": None}, "no place is told"),
        ({"at": "Syria"}, "its place is only a country or international waters"),
        ({"at": "Nowhere"}, "its place has no coordinates"),
        ({"on": "2019-01-01/2019-12-31"}, "its date is not known to the month"),
        ({"modality": "denied"}, "denied: no source says that it happened"),
        ({"modality": "future"}, "planned or threatened: it has not happened"),
    ],
)
def test_what_has_no_row_says_why(more: dict[str, object], reason: str, tmp_path: Path) -> None:
    path, w = written("acled", of(told("shelling", to=["rebels"], **more)), tmp_path)
    assert (rows(path), w.rows, reasons(w)) == ([], 0, [reason])


def test_words_are_no_acled_events(tmp_path: Path) -> None:
    _, w = written("acled", of(told("threaten", to=["rebels"]), told("consult", at="Aleppo", to=["rebels"])), tmp_path)
    assert reasons(w) == ["no ACLED event: consult", "no ACLED event: threaten"]


def test_one_row_for_one_type_pair_place_and_day(tmp_path: Path) -> None:
    some = [making.report(f"r{n}", told("shelling", by=["army"], to=["rebels"], killed=n)) for n in (2, 7)]
    merged = bundle(*some)
    parted = Bundle(
        events=tuple(e for r in some for e in bundle(r).events), coded=merged.coded, codebook=merged.codebook
    )
    path, w = written("acled", parted, tmp_path)
    assert [r["fatalities"] for r in rows(path)] == ["7"]
    assert reasons(w) == ["the same type, actors, place and day as another row"]


def test_newlines_and_quotes_come_back_whole(tmp_path: Path) -> None:
    b = of(told("shelling", to=["rebels"]), text=NASTY * 3, outlet='Wire, "One"\nTwo', title=NASTY)
    row = one(b, tmp_path)
    assert row["source"] == 'Wire, "One"\nTwo'


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bundles())
def test_every_row_keeps_to_the_closed_lists(b: Bundle) -> None:
    shape, kinds = schema("acled"), {str(k) for k in tables("acled")["kinds"]}
    with tempfile.TemporaryDirectory() as folder:
        path, w = written("acled", b, Path(folder))
        found = rows(path)
    assert len(found) == w.rows
    assert w.rows + len(w.dropped) == len(b.events)
    assert len({r["event_id_cnty"] for r in found}) == len(found)
    for row in found:
        assert list(row) == shape.names
        for column in shape.columns:
            assert not column.values or row[column.name] in column.values or (column.empty and not row[column.name])
        assert row["disorder_type"] == tables("acled")["events"][row["event_type"]][row["sub_event_type"]]
        assert row["inter1"] in kinds
        assert bool(row["actor2"]) == bool(row["inter2"])
        pair = {row["inter1"], row["inter2"]} - {""}
        assert all(k in row["interaction"] for k in pair)
        assert row["interaction"].endswith(" only") == (not row["actor2"])
