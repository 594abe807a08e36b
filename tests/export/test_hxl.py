"""HXL tables: hashtags under the header, and displacement in IDMC's terms."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from bundled import bundle, odd_bundle, strikes

from dateline.export import hxl
from dateline.export.bundle import Bundle, Options
from dateline.types import Extent, Figure, FigurePart
from making import claim, report

SHOWN = Options(private=True)
TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


def read(path: Path) -> tuple[list[str], list[str], list[dict[str, str]]]:
    """Header, hashtags, and the rows by hashtag."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, tags, *rows = csv.reader(stream)
    return header, tags, [dict(zip(tags, row, strict=True)) for row in rows]


@pytest.mark.parametrize("write", [hxl.write, hxl.write_displacement])
def test_the_second_row_has_hashtags_and_three_readers_agree(tmp_path: Path, write: object) -> None:
    path = tmp_path / "x.csv"
    written = write(odd_bundle(), path, SHOWN)  # type: ignore[operator]
    header, tags, rows = read(path)
    assert len(header) == len(set(tags)) == len(tags)
    assert all(TAG.fullmatch(t) for t in tags)
    assert written.rows == len(rows) > 0
    by_pandas = pd.read_csv(path, dtype=str, keep_default_na=False, skiprows=1).to_dict("records")
    by_polars = pl.read_csv(path, infer_schema=False, skip_rows=1).fill_null("").to_dicts()
    assert by_pandas == by_polars == rows


def test_dates_and_numbers_are_such(tmp_path: Path) -> None:
    for write in (hxl.write, hxl.write_displacement):
        write(odd_bundle(), tmp_path / "x.csv", SHOWN)
        for row in read(tmp_path / "x.csv")[2]:
            for tag, value in row.items():
                if tag.startswith("#date") and value:
                    assert re.fullmatch(r"\d{4}(-\d\d-\d\d)?", value)
                if tag.startswith(("#affected", "#geo+l")) and value:
                    float(value)


def test_an_event_of_one_day_and_its_toll(tmp_path: Path) -> None:
    made = bundle(strikes())
    hxl.write(made, tmp_path / "x.csv", SHOWN)
    row = next(r for r in read(tmp_path / "x.csv")[2] if r["#loc+name"] == "Saraqeb")
    assert row["#date+occurred"] == row["#date+start"] == row["#date+end"] == "2020-02-05"
    assert (row["#affected+killed+min"], row["#affected+killed+max"]) == ("5", "9")
    assert row["#country+name"] == "Syria"
    assert row["#meta+source"] == "rescuers|the ministry"


Row = dict[str, str]


@pytest.fixture
def displaced(tmp_path: Path) -> Callable[..., Row]:
    """The row of a report of one sentence with one figure."""

    def run(said: str, text: str, low: float | None, high: float | None, kind: str = "displaced", **more: Any) -> Row:
        at = said.index(text)
        made: Any = {"text": text, "start": at, "end": at + len(text), "kind": kind, "low": low, "high": high}
        figure = Figure(**{**made, "of": text.split()[-1], **more})
        type = {"displaced": "displacement", "returned": "return", "evacuated": "evacuation"}[kind]
        coded = report("r", claim(type, by=[], figures=[figure]), text=said, outlet="Wire")
        claims = tuple(replace(c, sentence=Extent(start=0, end=len(said))) for c in coded.claims)
        hxl.write_displacement(bundle([replace(coded, claims=claims)]), tmp_path / "x.csv", SHOWN)
        (row,) = read(tmp_path / "x.csv")[2]
        return row

    return run


def test_a_flow_of_persons(displaced: Callable[..., Row]) -> None:
    row = displaced("More than 6,000 people fled from Saraqeb after fighting.", "More than 6,000 people", 6000, None)
    assert row["#indicator+category"] == "Internal displacements"
    assert row["#indicator+type"] == "flow"
    assert row["#indicator+term"] == "forced to flee"
    assert row["#indicator+quantifier"] == "more than"
    assert (row["#affected+idps+individuals"], row["#affected+idps+households"]) == ("6000", "")
    assert row["#loc+type"] == "origin"
    assert row["#event+cause"] == "conflict"
    assert row["#meta+role"] == "recommended figure"
    assert row["#meta+accuracy+date"] == "Day"
    assert row["#description+excerpt"].startswith("More than 6,000")


def test_a_stock_is_no_flow(displaced: Callable[..., Row]) -> None:
    row = displaced("About 300 families are still displaced in the province.", "About 300 families", 300, 300)
    assert (row["#indicator+category"], row["#indicator+type"]) == ("IDPs", "stock")
    assert row["#indicator+quantifier"] == "approximately"
    assert row["#indicator+unit"] == "household"
    assert (row["#affected+idps+individuals"], row["#affected+idps+households"]) == ("", "300")  # no size is told


def test_across_a_border_and_back(displaced: Callable[..., Row]) -> None:
    row = displaced("Nearly 900 refugees fled to Saraqeb.", "Nearly 900 refugees", None, 900)
    assert row["#indicator+category"] == "Cross-border flight"
    assert (row["#indicator+quantifier"], row["#indicator+reported+num"]) == ("less than", "900")
    assert row["#loc+type"] == "destination"
    row = displaced("Some 40 families returned to their homes.", "Some 40 families", 40, 40, "returned")
    assert (row["#indicator+category"], row["#indicator+term"]) == ("Return", "returns")


def test_a_disaster_and_an_exact_number_with_its_parts(displaced: Callable[..., Row]) -> None:
    parts = (FigurePart(low=4, high=4, of="children"),)
    row = displaced("The flood left 12 people homeless.", "12 people", 12, 12, includes=parts)
    assert (row["#event+cause"], row["#indicator+term"]) == ("disaster", "homeless")
    assert row["#indicator+quantifier"] == "exact"
    assert row["#description+disaggregation"] == "4 children"


def test_what_is_denied_or_has_no_number_is_named(tmp_path: Path) -> None:
    number = Figure(text="9", start=0, end=1, kind="displaced", low=9, high=9, of="people")
    denied = replace(claim("displacement", by=[], figures=[number]), modality="denied")
    bare = claim("displacement", at="Mosul", by=[])
    made: Bundle = bundle([report("x", denied), report("y", bare), *strikes()])
    written = hxl.write_displacement(made, tmp_path / "x.csv", SHOWN)
    assert written.rows == 0
    assert written.reasons == {"denied, or has not happened": 1, "tells of displacement without a number": 1}
