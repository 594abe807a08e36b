"""PLOVER's records and POLECAT's rows: codes, scores, whose part is which, and what neither knows."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from made import NASTY, bundles, of, reasons, rows, told, written

import making
from dateline.codebook.lexicon import lexicon
from dateline.export.bundle import Bundle
from dateline.export.plover import fault_of
from dateline.export.sheet import schema, tables


def records(b: Bundle, folder: Path) -> list[dict[str, Any]]:
    path, _ = written("plover", b, folder)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def table(b: Bundle, folder: Path) -> list[dict[str, str]]:
    path, _ = written("polecat", b, folder)
    return rows(path, "\t")


def test_scores_stand_for_every_event_and_mode() -> None:
    known = lexicon("crosswalk")["plover"]
    specs = tables("plover")["events"]
    assert set(specs) == set(known)
    assert all(set(specs[e].get("modes", {})) <= set(known[e]) for e in specs)
    assert [e for e in specs if specs[e].get("recipient")] == ["COOPERATE", "AID", "SANCTION"]


def test_a_polecat_row(tmp_path: Path) -> None:
    assert len(schema("polecat").names) == 40
    (row,) = table(of(told("shelling", by=["army"], to=["Turkey"])), tmp_path)
    wanted = {
        "Event Date": "2020-02-05", "Event Type": "ASSAULT", "Event Mode": "heavy-weapons", "Intensity": "-9.5",
        "Quad Code": "MATERIAL CONFLICT", "Contexts": "military", "Actor Name": "army", "Actor Country": "SYR", "Actor COW": "652",
        "Primary Actor Sector": "MIL", "Recipient Country": "TUR", "Recipient COW": "640", "Wikipedia Actor ID": "None",
        "City": "Saraqeb", "Province": "Idlib", "Country": "SYR", "Latitude": "35.86", "Feature Type": "PPL", "Source": "Example Wire",
        "Publication Date": "2020-02-06", "Version": "PLOVER 2.0, dateline 1.0",
    }  # fmt: skip
    assert {k: row[k] for k in wanted} == wanted


def test_a_plover_record(tmp_path: Path) -> None:
    (r,) = records(of(told("shelling", by=["army"], to=["Turkey"], killed=3)), tmp_path)
    assert (r["event"], r["mode"], r["quad_code"], r["event_scale"]) == (["ASSAULT"], ["heavy-weapons"], 4, -9.5)
    assert r["actor"] == [{"code": "SYR", "sector": "MIL", "entity_text": "army", "identifier_text": "army"}]
    assert (r["size"], r["event_loc"]["geonameid"], r["event_text"]) == ({"dead": 3}, 1, ["Words 000."])


def test_both_sides_of_a_fight_are_actors(tmp_path: Path) -> None:
    (row,) = table(of(told("armed-clash", by=["army"], to=["rebels"])), tmp_path)
    assert (row["Actor Name"], row["Recipient Name"]) == ("army;rebels", "None")


def test_captured_fighters_are_abducted_and_civilians_arrested(tmp_path: Path) -> None:
    (fighters,) = table(of(told("arrest", by=["army"], to=["rebels"])), tmp_path)
    (people,) = table(of(told("arrest", by=["army"], to=["civilians"])), tmp_path)
    assert (fighters["Event Type"], fighters["Event Mode"]) == ("ASSAULT", "abduct")
    assert (people["Event Type"], people["Event Mode"]) == ("COERCE", "arrest")


def test_what_is_denied_or_to_come(tmp_path: Path) -> None:
    denied = of(told("shelling", to=["rebels"], modality="denied"))
    planned = of(told("shelling", on="2020-02-29", to=["rebels"], modality="future"))
    past = of(told("shelling", to=["rebels"], background=True))
    assert table(denied, tmp_path) == []
    assert records(denied, tmp_path)[0]["mode"] == ["heavy-weapons", "negation"]
    assert records(past, tmp_path)[0]["mode"] == ["heavy-weapons", "historical"]
    (row,) = table(planned, tmp_path)
    assert (row["Event Type"], row["Event Mode"], row["Event Date"]) == ("THREATEN", "violence", "2020-02-06")
    assert records(planned, tmp_path)[0]["mode"] == ["violence"], "a threat is a threat and needs no further mode"


@pytest.mark.parametrize(
    ("type", "more", "reason"),
    [
        ("shelling", {"by": []}, "no actor is named"),
        ("shelling", {"on": None}, "no date is told"),
        ("aid", {"by": ["Turkey"]}, "no recipient is named: AID"),
        ("displacement", {"by": [], "to": ["civilians"]}, "no PLOVER event: displacement"),
    ],
)
@pytest.mark.parametrize("format", ["polecat", "plover"])
def test_what_has_no_row_says_why(format: str, type: str, more: dict[str, Any], reason: str, tmp_path: Path) -> None:
    _, w = written(format, of(told(type, **more)), tmp_path)
    assert (w.rows, reasons(w)) == (0, [reason])


def test_the_press_is_jrn(tmp_path: Path) -> None:
    press = replace(making.actor("civilians"), name="reporters", sector="MED")
    (row,) = table(of(told("accuse", agents=(press,), to=["army"])), tmp_path)
    assert row["Primary Actor Sector"] == "JRN"


def test_a_record_that_is_not_plover_is_refused(tmp_path: Path) -> None:
    (r,) = records(of(told("shelling", to=["rebels"])), tmp_path)
    assert fault_of(r) == ""
    assert fault_of({**r, "event": ["FIGHT"]}) == "event: not in PLOVER"
    assert fault_of({**r, "mode": ["demo"]}) == "mode: not in PLOVER"
    assert fault_of({**r, "context": ["war"]}) == "context: not in PLOVER"
    assert fault_of({**r, "actor": [{"sector": "XXX"}]}) == "sector: not in PLOVER"


def test_texts_come_back_whole(tmp_path: Path) -> None:
    b = of(told("shelling", to=["rebels"], says="SANA"), outlet=NASTY, text=NASTY * 2)
    path, _ = written("polecat", b, tmp_path)
    frame = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == rows(path, "\t")
    assert frame["Source"][0].startswith("He said: 'no, never', then left,")
    lines, w = written("plover", b, tmp_path)
    assert len(pd.read_json(lines, lines=True)) == w.rows == 1
    assert records(b, tmp_path)[0]["cite_info"]["publication"] == NASTY


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bundles())
def test_rows_and_records_keep_to_plovers_lists(b: Bundle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found, kept = table(b, Path(folder)), records(b, Path(folder))
    known = lexicon("crosswalk")
    for row in found:
        assert row["Event Mode"] == "None" or row["Event Mode"] in known["plover"][row["Event Type"]]
        assert list(row) == schema("polecat").names
        assert "" not in row.values()
    assert {r["Event ID"] for r in found} <= {r["id"] for r in kept}
    assert all(fault_of(r) == "" for r in kept)
