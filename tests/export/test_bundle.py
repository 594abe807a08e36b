"""What all exports share: files whole or not at all, formats by name, the same bytes for the same events."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from made import bundles, of, told, written

from dateline.errors import OutputError, UsageError
from dateline.export.bundle import FORMATS, Bundle, Dropped, Options, Written, export, formats, load

TABLES = {"acled": ",", "ged": ",", "gdelt1": "\t", "gdelt2": "\t", "polecat": "\t"}
MINE = [*TABLES, "plover"]


def sample() -> Bundle:
    return of(told("shelling", to=["rebels"], killed=3), told("threaten", at="Aleppo"))


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_every_format_loads_and_writes(format: str, tmp_path: Path) -> None:
    path, w = written(format, sample(), tmp_path)
    assert path.exists()
    assert w.rows >= 0


def test_an_unknown_format_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format 'xlsx'; there are acled, claims-csv"):
        export("xlsx", sample(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_other_packages_add_formats_but_replace_none(monkeypatch: pytest.MonkeyPatch) -> None:
    found = EntryPoints(
        EntryPoint(name=n, value=v, group="dateline.exports")
        for n, v in [
            ("mine", "dateline.export.plover:write"),
            ("acled", "somewhere:else"),
            ("broken", "no_such_module:x"),
        ]
    )
    monkeypatch.setattr("dateline.export.bundle.entry_points", lambda group: found.select(group=group))
    assert formats()["acled"] == "dateline.export.acled:write"
    assert load("mine") is load("plover")
    with pytest.raises(UsageError, match="'broken' cannot be loaded: No module named 'no_such_module'"):
        load("broken")


def test_a_failed_export_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def half(bundle: Bundle, path: Path, options: Options) -> Written:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    out = tmp_path / "out.csv"
    out.write_text("before")
    monkeypatch.setattr("dateline.export.acled.write", half)
    with pytest.raises(OutputError, match=r"out\.csv: No space left on device"):
        export("acled", sample(), out)
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file or directory"):
        export("acled", sample(), tmp_path / "none" / "out.csv")


def test_reasons_are_counted_the_most_frequent_first() -> None:
    w = Written(rows=1, dropped=(Dropped("a", "x"), Dropped("b", "y"), Dropped("c", "y")))
    assert list(w.reasons.items()) == [("y", 2), ("x", 1)]


@pytest.mark.parametrize("format", MINE)
def test_the_same_events_in_any_order_give_the_same_bytes(format: str, tmp_path: Path) -> None:
    b = sample()
    turned = replace(b, events=b.events[::-1])
    assert written(format, b, tmp_path)[0].read_bytes() == written(format, turned, tmp_path)[0].read_bytes()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bundles())
def test_pandas_and_the_csv_module_read_the_same_cells(b: Bundle) -> None:
    for format, delimiter in TABLES.items():
        with tempfile.TemporaryDirectory() as folder:
            path, w = written(format, b, Path(folder))
            with path.open(encoding="utf-8", newline="") as f:
                plain = list(csv.reader(f, delimiter=delimiter, strict=True))
            if not plain:
                assert w.rows == 0
                continue
            frame = pd.read_csv(path, sep=delimiter, header=None, dtype=str, keep_default_na=False)
        assert frame.to_numpy().tolist() == plain
        assert len(plain) == w.rows + (not format.startswith("gdelt"))
