"""``dateline import``: from a store to a file to another store, by the command line."""

from __future__ import annotations

import gzip
import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from dateline.cli import main
from dateline.store import Received, Store
from dateline.types import CodedReport, Span
from making import claim, report

S = TypeVar("S", bound=Span)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A store with two reports of one strike."""
    at = tmp_path / "full.db"
    words = "Strike in Saraqeb, 5 or 9 killed."
    coded = [report(i, claim(killed=n), outlet=o, text=words) for i, n, o in (("a", 5, "One"), ("b", 9, "Two"))]
    coded = [_loose(c) for c in coded]
    with Store(str(at)) as store:
        store.add(Received(coded=c, raw=c.report.text.encode()) for c in coded)
    return at


def _loose(coded: CodedReport) -> CodedReport:
    """The report with spans without offsets, so that any text will do."""

    def off(spans: tuple[S, ...]) -> tuple[S, ...]:
        return tuple(replace(x, start=None, end=None) for x in spans)

    claims = []
    for c in coded.claims:
        (trigger,), place, time = (
            off((c.trigger,)),
            off((c.place,) if c.place else ()),
            off((c.time,) if c.time else ()),
        )
        moved = replace(c, trigger=trigger, place=next(iter(place), None), time=next(iter(time), None))
        claims.append(replace(moved, agents=off(c.agents), figures=off(c.figures), targets=off(c.targets)))
    return replace(coded, claims=tuple(claims))


def run(*args: str | Path) -> int:
    try:
        main([str(a) for a in args])
    except SystemExit as e:
        return int(e.code or 0)
    return 0


def test_export_import_export_is_the_same(full: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "other.db"
    assert run("export", "native", "--store", full, "--private", "-o", a) == 0
    assert run("import", a, "--store", other) == 0
    assert "2 reports added" in capsys.readouterr().err
    assert run("export", "native", "--store", other, "--private", "-o", b) == 0
    assert a.read_bytes() == b.read_bytes()
    assert run("import", a, "--store", other) == 0
    assert "0 reports added, 0 corrected, 0 coded otherwise, 2 there already" in capsys.readouterr().err


def test_packed_files_and_standard_input(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a = tmp_path / "a.jsonl"
    run("export", "native", "--store", full, "--private", "-o", a)
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(a.read_bytes()))
    assert run("import", packed, "--store", tmp_path / "x.db") == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(a.read_bytes())))
    assert run("import", "-", "--store", tmp_path / "y.db") == 0
    for name in ("x.db", "y.db"):
        with Store(str(tmp_path / name)) as store:
            assert store.count()["reports"] == 2


def test_what_is_wrong_is_told_and_the_rest_is_kept(
    full: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a = tmp_path / "a.jsonl"
    run("export", "native", "--store", full, "--private", "-o", a)
    a.write_bytes(b"no json\n" + a.read_bytes())
    assert run("import", a, "--store", tmp_path / "x.db") == 3
    said = capsys.readouterr().err
    assert "a.jsonl:1" in said
    assert "2 reports added" in said
    assert "1 put aside" in said


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", tmp_path / "none.jsonl", "--store", tmp_path / "x.db") == 2
    assert "none.jsonl" in capsys.readouterr().err
