"""Columns as data files tell them, and what events are asked for alike: codes, days and numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import of, told

import making
from dateline.errors import CodebookError
from dateline.export.coding import codes_of, days_of, nations, numbers
from dateline.export.sheet import Cell, Column, Schema, schema, tables, write_csv
from dateline.reconcile import reconcile
from dateline.types import AcledCode


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        (Column(name="a"), "x", ""),
        (Column(name="a"), "", "empty"),
        (Column(name="a", empty=True), None, ""),
        (Column(name="a"), 3, "not a text"),
        (Column(name="a", type="whole"), 3.5, "not a number"),
        (Column(name="a", type="whole"), True, "not a number"),
        (Column(name="a", type="number", least=0, most=9), 9.5, "out of range"),
        (Column(name="a", type="date"), "2020-02-30", "not a date"),
        (Column(name="a", type="date"), "20200203", "not a date"),
        (Column(name="a", values=frozenset({"x"})), "y", "not in its list"),
        (Column(name="a", each=frozenset({"x", "y"})), "x; y", ""),
        (Column(name="a", each=frozenset({"x", "y"})), "x; z", "not in its list"),
    ],
)
def test_what_may_stand_in_a_column(column: Column, value: Cell, fault: str) -> None:
    assert column.fault(value) == fault


def test_a_row_has_every_column_and_no_other() -> None:
    shape = Schema("mine", (Column(name="a"), Column(name="b", empty=True)))
    assert shape.fault({"a": "x", "b": ""}) == ""
    assert shape.fault({"a": "x"}) == "b: missing"
    assert shape.fault({"a": "x", "b": "", "c": ""}) == "c: no such column"


def test_a_wrong_data_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "mine.yaml").write_text("columns: {a: {sort: text}}")
    (tmp_path / "export" / "list.yaml").write_text("- a")
    monkeypatch.setattr("dateline.export.sheet.DATA", tmp_path)
    with pytest.raises(CodebookError, match=r"mine\.yaml, columns\.a: no such test: sort"):
        schema("mine")
    with pytest.raises(CodebookError, match="named sections are wanted"):
        tables("list")


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", ["a", "b"], [{"a": "=1+1", "b": -3}])
    assert (tmp_path / "t.csv").read_text() == "a,b\n'=1+1,-3\n"


def test_the_numbers_of_countries() -> None:
    found = nations()
    assert len(found) > 230
    syria, turkey, russia = found["SYR"], found["TUR"], found["RUS"]
    assert (syria.iso, syria.gw, syria.fips, syria.acled) == ("760", "652", "SY", "Middle East")
    assert (turkey.iso, turkey.gw, turkey.fips) == ("792", "640", "TU")
    assert (russia.fips, russia.gw) == ("RS", "365")
    shape = {c.name: c for c in schema("acled").columns}
    assert all(n.acled in shape["region"].values for n in found.values())
    for field in ("iso", "fips"):
        given_ = [getattr(n, field) for n in found.values() if getattr(n, field)]
        assert len(given_) == len(set(given_))
    states = [n.gw for n in found.values() if n.gw]
    assert len(states) == len(set(states))


def test_the_code_that_most_claims_have_which_say_that_it_happened() -> None:
    b = of(told("capture", by=["rebels"], modality="denied"), told("capture", by=["rebels"]))
    codes = [codes_of(b, e).acled for e in b.events]
    assert AcledCode(event_type="Battles", sub_event_type="Non-state actor overtakes territory") in codes


@given(st.sets(st.integers(0, 10**6), max_size=40))
def test_numbers_are_unique_and_stay(ids: set[int]) -> None:
    events = [e for n in sorted(ids)[:10] for e in reconcile([making.report(f"r{n}", told("shelling"))])]
    found = numbers(events)
    assert len(set(found.values())) == len({e.id for e in events})
    assert all(0 < n < 2**48 for n in found.values())
    assert all(numbers([e])[e.id] == found[e.id] for e in events)


def test_a_guess_from_the_reports_dates_is_no_day() -> None:
    guessed, known = of(told("shelling", on=None)), of(told("shelling", on="2020-02-03/2020-02-09"))
    assert guessed.events[0].time is not None, "the event's own time is guessed"
    assert days_of(guessed, guessed.events[0]) is None
    days = days_of(known, known.events[0])
    assert days is not None
    assert (days.count, days.precision, days.middle.isoformat()) == (7, 3, "2020-02-06")
