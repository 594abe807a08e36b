"""Tables: what two independent readers find in them is what was written."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from bundled import ODD, bundle, odd_bundle, strikes
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.bundle import Bundle, Options
from dateline.export.cells import clean, guarded, joined, line, parted
from dateline.export.flat import cell, write_claims, write_claims_parquet, write_csv, write_parquet
from dateline.export.rows import CLAIM_COLUMNS, EVENT_COLUMNS, Row, claim_row, event_row

SHOWN = Options(private=True)


def events(made: Bundle) -> list[Row]:
    return [event_row(made, e) for e in made.events]


def claims(made: Bundle) -> list[Row]:
    return [claim_row(made, t, e.id) for e in made.events for t in made.told(e)]


@pytest.mark.parametrize(
    ("write", "rows", "columns"), [(write_csv, events, EVENT_COLUMNS), (write_claims, claims, CLAIM_COLUMNS)]
)
def test_csv_is_read_alike_by_three_readers(tmp_path: Path, write: Any, rows: Any, columns: Any) -> None:
    made, path = odd_bundle(), tmp_path / "x.csv"
    written = write(made, path, SHOWN)
    wanted = [{k: cell(v) for k, v in row.items()} for row in rows(made)]
    with path.open(encoding="utf-8", newline="") as stream:
        plain = list(csv.DictReader(stream))
    assert plain == wanted
    assert list(plain[0]) == list(columns)
    assert written.rows == len(wanted)
    by_pandas = pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
    by_polars = pl.read_csv(path, infer_schema=False).fill_null("").to_dicts()
    assert by_pandas == by_polars == wanted


@pytest.mark.parametrize(("write", "rows"), [(write_parquet, events), (write_claims_parquet, claims)])
def test_parquet_is_read_alike_by_two_readers(tmp_path: Path, write: Any, rows: Any) -> None:
    made, path = odd_bundle(), tmp_path / "x.parquet"
    written = write(made, path, SHOWN)
    by_arrow = pq.read_table(path).to_pylist()
    assert by_arrow == pl.read_parquet(path).to_dicts()
    assert by_arrow == rows(made)
    assert len(pd.read_parquet(path)) == written.rows == len(by_arrow)


def test_the_values_of_a_cell_come_back(tmp_path: Path) -> None:
    made = odd_bundle()
    write_csv(made, tmp_path / "x.csv", SHOWN)
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as stream:
        outlets = {
            v.removeprefix("'") for row in csv.DictReader(stream) for v in parted(row["outlets"].removeprefix("'"))
        }
    assert outlets == {line(w.replace("\x00", "")) for w in ODD if w}


def test_figures_have_low_best_and_high() -> None:
    made = bundle(strikes())
    row = next(r for r in events(made) if r["report_count"] == 2)
    assert (row["killed_low"], row["killed_high"]) == (5, 9)
    assert row["killed_best"] in (5, 9)
    assert row["injured_best"] is None
    assert row["disagreements"] == ["figures.killed"]
    assert row["sources"] == ["rescuers", "the ministry"]
    assert row["family"] == "violence"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    write_claims(odd_bundle(), tmp_path / "x.csv", SHOWN)
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as stream:
        cells = [v for row in csv.reader(stream) for v in row]
    assert any("HYPERLINK" in v for v in cells)
    assert not [v for v in cells if v.startswith(("=", "+", "@", "\t", "\r"))]
    assert not [v for v in cells if v.startswith("-") and not v[1:].replace(".", "").isdigit()]


def test_claims_that_have_no_row_are_named(tmp_path: Path) -> None:
    whole = bundle(strikes())
    one = Bundle(events=whole.events[:1], coded=whole.coded[1:], codebook=whole.codebook)
    written = write_claims(one, tmp_path / "x.csv", SHOWN)
    in_file = {c for c in whole.events[0].claims if one.claim(c)}
    lost = {d.id for d in written.dropped}
    assert written.rows == len(in_file)
    assert in_file | lost == {c.id for r in one.coded for c in r.claims} | set(whole.events[0].claims)
    assert not in_file & lost


def test_an_empty_bundle_gives_a_table_without_rows(tmp_path: Path) -> None:
    made = bundle([])
    for write in (write_csv, write_claims):
        assert write(made, tmp_path / "x.csv", SHOWN).rows == 0
        assert pd.read_csv(tmp_path / "x.csv").empty
    for write in (write_parquet, write_claims_parquet):
        write(made, tmp_path / "x.parquet", SHOWN)
        assert pl.read_parquet(tmp_path / "x.parquet").height == 0


@given(st.lists(st.text(), min_size=1))
def test_joining_and_parting(values: list[str]) -> None:
    if values != [""]:
        assert parted(joined(values)) == values


@given(st.text())
def test_a_cleaned_text_is_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert len(clean(text)) == len(text)
    assert not set(line(text)) & set("\n\r\t\x00\x0b\x0c\x85\u2028\u2029")
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
