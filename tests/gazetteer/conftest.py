"""A small source of places, and caches that belong to one test."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.gazetteer.building import COLUMNS

ROWS = [
    (1, "Kafr Sabil", "SYR", "04", "", "P.PPL", 35.5, 36.5, 4000, 0.0, "Kafr Sabeel|كفر سبيل"),
    (2, "Kafr Sabil", "JOR", "02", "", "P.PPL", 32.1, 35.9, 900, 0.0, ""),
    (3, "Al Marj", "SYR", "04", "", "P.PPL", 35.6, 36.6, 1200, 0.0, "El Merj"),
]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A Parquet file of three places."""
    at = tmp_path / "small.parquet"
    pq.write_table(pa.table({c: [r[n] for r in ROWS] for n, c in enumerate(COLUMNS)}), at)
    return at


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Indexes and temporary files go to the test's own folder."""
    cache = tmp_path / "cache"
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("DATELINE_CACHE", str(cache))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return cache


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's files of places go to the test's own folder; the built-in index stays where it is."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DATELINE_DATA", str(folder))
    return folder / "gazetteer"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file and say where."""

    def run(name: str, text: str) -> Path:
        at = tmp_path / name
        at.write_text(text, "utf-8")
        return at

    return run
