"""The Python interface as a user meets it."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

import dateline
from dateline.errors import DatelineError, ReadError, RejectedReport, UsageError

STORY = "Army units entered Harim on Monday but did not capture it, a monitor said. Two people were killed."
EXAMPLES = Path(dateline.__file__).parent / "examples"


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)


# ------------------------------------------------------------------------------------------------------ names


def test_the_public_names_are_these() -> None:
    assert dateline.__all__ == sorted(dateline.__all__)
    assert set(dateline.__all__) == {
        "Actor", "Archive", "Claim", "CodedReport", "DatelineError", "Event", "Events", "Figure", "Place", "Reading",
        "Readings", "Report", "Source", "When", "code", "export", "open", "read", "reconcile",
    }  # fmt: skip
    for name in (*dateline.__all__, "__version__"):
        assert getattr(dateline, name) is not None
        assert name in dir(dateline)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        dateline.nothing  # type: ignore[attr-defined] # noqa: B018


def test_importing_costs_next_to_nothing() -> None:
    done = python("import sys, dateline; print(*sorted(m for m in sys.modules if m.startswith('dateline.')))\n"
                  "print(*({'spacy', 'numpy', 'msgspec', 'yaml', 'typer', 'sqlalchemy', 'pandas'} & set(sys.modules)))")  # fmt: skip
    assert done.stdout.split() == [], done.stdout + done.stderr


@pytest.mark.parametrize("name", ["read", "reconcile", "export"])
def test_a_name_that_is_a_folder_too_is_both_whatever_comes_first(name: str) -> None:
    """``dateline.read`` is a function to the user and a package to the import system."""
    for first in (f"dateline.{name}", f"import dateline.{name}", f"from dateline.{name} import *", "dateline.code"):
        head = f"import dateline\n{first}\n" if first.startswith("dateline") else f"{first}\nimport dateline\n"
        done = python(
            head
            + f"import inspect, importlib\nf = getattr(dateline, {name!r})\n"
            + f"assert callable(f) and importlib.import_module('dateline.{name}') is f\n"
            + f"from dateline import {name} as g; assert g is f\n"
            + "print(', '.join(inspect.signature(f).parameters))"
        )
        assert done.returncode == 0, f"{first}: {done.stderr}"
        expected = inspect.signature(getattr(__import__("dateline.api", fromlist=[name]), name))
        assert done.stdout.strip() == ", ".join(expected.parameters)


# ---------------------------------------------------------------------------------------------------- reading


def test_read_a_text() -> None:
    reading = dateline.read(STORY, published="2020-02-07", outlet="Example Wire", title="Harim")
    assert [(c.type, c.modality) for c in reading][:2] == [("advance", "asserted"), ("capture", "denied")]
    assert reading.report.text == STORY
    assert (reading.report.outlet, reading.report.published) == ("Example Wire", "2020-02-07")
    assert reading.primary in reading.claims
    for c in reading:
        assert STORY[c.trigger.start : c.trigger.end] == c.trigger.text
    assert json.loads(reading.to_json())["report"]["codebook"] == reading.coded.codebook
    assert dateline.read(STORY).report.id == reading.report.id
    assert dateline.read("Nothing at all came to pass.").claims == ()
    assert dateline.read("Nothing at all came to pass.")


def test_read_a_file_by_path_and_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harim.txt").write_text(STORY, "utf-8")
    monkeypatch.chdir(tmp_path)
    by_path = dateline.read(tmp_path / "harim.txt", published="2020-02-07")
    assert by_path.claims
    assert dateline.read("harim.txt", published="2020-02-07").claims == by_path.claims


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        dateline.read("missing.txt")
    with pytest.raises(ReadError, match="no such file"):
        dateline.read(tmp_path / "missing")
    with pytest.raises(ReadError, match="no such file"):
        dateline.code("missing/")
    with pytest.raises(ReadError, match="holds 18 reports"):
        dateline.read(EXAMPLES / "reports.jsonl")
    with pytest.raises(RejectedReport) as caught:
        dateline.read("   ")
    assert caught.value.reason == "empty"
    with pytest.raises(UsageError, match="no date"):
        dateline.read(STORY, published="soon")
    assert issubclass(RejectedReport, dateline.DatelineError)
    assert dateline.DatelineError is DatelineError


def test_code_takes_any_mixture(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY, "utf-8")
    report = dateline.Report(id="own", text="Rebels shelled Binnish.")
    readings = dateline.code([STORY, path, report, "", STORY])
    assert [r.report.id for r in readings][2:] == ["own", f"{readings[0].report.id}~2"]
    assert [r.reason for r in readings.rejects] == ["empty"]
    assert repr(readings).endswith("1 put aside)")
    assert len(readings[1:3]) == 2
    whole = dateline.code(EXAMPLES / "reports.jsonl")
    assert len(whole) == 18


def test_a_codebook_of_ones_own() -> None:
    book = EXAMPLES / "strikes" / "codebook"
    reading = dateline.read("Dockers walked out at the port of Gdansk on Monday.", codebook=book)
    assert [c.type for c in reading] == ["strike"]
    assert reading.codebook.label == reading.coded.codebook == "strikes 1.0"
    assert reading.to_pandas().loc[0, "family"] == "stoppage"


def test_an_edited_codebook_is_read_anew(tmp_path: Path) -> None:
    import os
    import shutil

    book = Path(shutil.copytree(EXAMPLES / "strikes" / "codebook", tmp_path / "book"))
    text = "Dockers went slow at the port of Gdansk on Monday."
    assert not dateline.read(text, codebook=book).claims
    path = book / "10-stoppages.yaml"
    path.write_text(path.read_text("utf-8").replace("verbs: [walk out,", "verbs: [go slow, walk out,"), "utf-8")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 10**9))
    assert [c.type for c in dateline.read(text, codebook=book)] == ["strike"]


# ------------------------------------------------------------------------------------------- events and frames


@pytest.fixture(scope="module")
def readings() -> dateline.Readings:
    return dateline.code(EXAMPLES / "reports.jsonl")


def test_events_hold_every_claim_once(readings: dateline.Readings) -> None:
    events = dateline.reconcile(readings)
    assert sorted(c for e in events for c in e.claims) == sorted(c.id for c in readings.claims)
    assert readings.events == events
    several = max(events, key=lambda e: len(e.claims))
    assert {c.id for c in events.claims(several)} == set(several.claims)
    assert len(events[:3]) == 3


def test_frames(readings: dateline.Readings) -> None:
    import pandas as pd
    import polars as pl

    pandas, polars = readings.to_pandas(), readings.to_polars()
    assert isinstance(pandas, pd.DataFrame)
    assert isinstance(polars, pl.DataFrame)
    assert list(pandas.columns) == polars.columns
    assert len(pandas) == polars.height == len(readings.claims)
    assert pandas["id"].tolist() == polars["id"].to_list() == [c.id for c in readings.claims]
    assert set(pandas["event"]) == {e.id for e in readings.events}
    assert polars.schema["lat"] == pl.Float64
    assert polars.schema["agents"] == pl.List(pl.String)
    assert polars["killed_low"].sum() == pandas["killed_low"].sum() > 0
    events = readings.events
    assert len(events.to_pandas()) == events.to_polars().height == len(events)
    empty = dateline.code([])
    assert empty.to_pandas().columns.tolist() == pandas.columns.tolist()
    assert empty.to_polars().schema == polars.schema


def test_a_library_that_is_missing_is_named() -> None:
    done = python(
        "import sys; sys.modules['polars'] = None\n"
        "import dateline\n"
        "try: dateline.code([]).to_polars()\n"
        "except dateline.DatelineError as e: print(e)"
    )
    assert done.stdout.strip() == "polars is not installed; pip install polars", done.stderr


def test_html(readings: dateline.Readings) -> None:
    page = readings[0]._repr_html_()
    assert page.startswith("<iframe sandbox=")
    assert "allow-same-origin" not in page
    assert page.count("<") == 2  # the page inside is quoted whole
    assert "&lt;!doctype html&gt;" in page
    table = readings.events._repr_html_()
    assert table.count("<tr>") == len(readings.events) + 1
    hostile = dateline.read("<script>alert(1)</script> Rebels shelled Binnish.", title="<b>x</b>")
    assert "<script>" not in hostile._repr_html_()
    assert "<script>" not in dateline.reconcile(hostile)._repr_html_()


def test_export(readings: dateline.Readings, tmp_path: Path) -> None:
    written = dateline.export("geojson", readings, tmp_path / "events.geojson")
    features = json.loads((tmp_path / "events.geojson").read_text("utf-8"))["features"]
    assert written.rows == len(features)
    with pytest.raises(UsageError, match="there are"):
        dateline.export("none", readings, tmp_path / "x")


def test_an_archive(readings: dateline.Readings, tmp_path: Path) -> None:
    with dateline.open(tmp_path / "war.db", by="a test") as archive:
        assert archive.add(readings).new == 18
        assert archive.add(readings).known == 18
        found = archive.events(country="SYR")
        assert found
        assert {e.place.country for e in found if e.place} == {"SYR"}
        assert found.readings[0].report.text
        assert found.to_pandas()["quote" if "quote" in found.to_pandas() else "id"].notna().all()
        shown = archive.show(found[0].claims[0])
        assert shown.event.id == found[0].id
        assert not archive.verify().faults
        assert dateline.export("csv", archive, tmp_path / "all.csv").rows == len(archive.events())
    with dateline.open(tmp_path / "war.db") as again:
        assert len(again.events()) == len(readings.events)
