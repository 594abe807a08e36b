from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dateline.errors import GazetteerError
from dateline.gazetteer import Gazetteer
from dateline.gazetteer.index import open_index

OPEN = "import sys; from pathlib import Path; from dateline.gazetteer.index import open_index\n"


def names(source: Path) -> int:
    db, bits = open_index(source, quiet=True)
    try:
        return int(db.execute("SELECT count(*) FROM place").fetchone()[0])
    finally:
        db.close()
        bits.close()


def run(code: str, *args: object, **env: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", OPEN + code, *map(str, args)]
    return subprocess.run(line, capture_output=True, text=True, env={**os.environ, **env}, check=False, timeout=60)


def test_built_at_first_use_and_kept(small: Path, caches: Path) -> None:
    assert names(small) == 3
    (index,) = caches.glob("*.sqlite")
    before = index.stat().st_mtime_ns
    assert names(small) == 3
    assert index.stat().st_mtime_ns == before


def test_index_cut_short_is_built_anew(small: Path, caches: Path) -> None:
    names(small)
    (index,) = caches.glob("*.sqlite")
    whole = index.read_bytes()
    index.write_bytes(whole[: len(whole) // 2])
    assert names(small) == 3
    assert index.read_bytes() == whole


@pytest.mark.parametrize("junk", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 200])
def test_junk_for_an_index_is_built_anew(small: Path, caches: Path, junk: bytes) -> None:
    names(small)
    (index,) = caches.glob("*.sqlite")
    index.write_bytes(junk)
    assert names(small) == 3


def test_bitmap_cut_short_is_built_anew(small: Path, caches: Path) -> None:
    names(small)
    (bits,) = caches.glob("*.bits")
    bits.write_bytes(b"\0" * 100)
    assert names(small) == 3


def test_damage_inside_is_told_and_removed(small: Path, caches: Path) -> None:
    names(small)
    (index,) = caches.glob("*.sqlite")
    db = sqlite3.connect(index)
    page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'name'").fetchone()[0]
    db.close()
    whole = bytearray(index.read_bytes())
    whole[(page - 1) * 8192 : page * 8192] = b"\xab" * 8192
    index.write_bytes(bytes(whole))
    gazetteer = Gazetteer([open_index(small, quiet=True)])
    with pytest.raises(GazetteerError, match="damaged"):
        gazetteer.lookup("kafrsabil")
    assert not index.exists()
    assert len(Gazetteer([open_index(small, quiet=True)]).lookup("kafrsabil")) == 2


def test_cache_that_cannot_be_written_falls_back_to_temporary_files(
    small: Path, caches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "file" / "cache"))
    assert names(small) == 3
    assert list((tmp_path / "tmp").rglob("small-*.sqlite"))


def test_nowhere_to_build(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caches: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    with pytest.raises(GazetteerError, match="built nowhere"):
        names(small)


def test_full_disk_leaves_nothing_half_built(small: Path, caches: Path, tmp_path: Path) -> None:
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "open_index(Path(sys.argv[1]))"
    )
    got = run(limit, small, TMPDIR=str(tmp_path / "tmp"))
    assert got.returncode == 1
    assert "GazetteerError: the gazetteer's index could be built nowhere" in got.stderr
    assert not [f for f in (*caches.rglob("*"), *(tmp_path / "tmp").rglob("*")) if f.is_file()]
    assert names(small) == 3


def test_build_cut_off_leaves_nothing_that_is_opened(small: Path, caches: Path) -> None:
    kill = (
        "import os, signal; from dateline.gazetteer import building\n"
        "fill = building._fill\n"
        "def cut(db, *a):\n    fill(db, *a); db.commit(); os.kill(os.getpid(), signal.SIGKILL)\n"
        "building._fill = cut; open_index(Path(sys.argv[1]))"
    )
    assert run(kill, small).returncode == -signal.SIGKILL
    assert not list(caches.glob("*.sqlite"))
    assert list(caches.glob("*.part"))
    assert names(small) == 3


def test_left_overs_of_old_builds_are_swept(small: Path, caches: Path) -> None:
    caches.mkdir()
    old = caches / f"small-{'0' * 16}.sqlite"
    new = caches / f"small-{'1' * 16}.sqlite"
    old.write_bytes(b"x")
    new.write_bytes(b"x")
    os.utime(old, (1, 1))
    names(small)
    assert not old.exists()
    assert new.exists()


def test_many_processes_at_once(small: Path, caches: Path) -> None:
    code = "db, _ = open_index(Path(sys.argv[1])); print(db.execute('SELECT count(*) FROM place').fetchone()[0])"
    line = [sys.executable, "-c", OPEN + code, str(small)]
    at_once = [subprocess.Popen(line, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [p.communicate(timeout=60)[0].strip() for p in at_once] == ["3"] * 4
    assert len(list(caches.glob("*.sqlite"))) == 1
    assert not list(caches.glob("*part*"))


def test_unreadable_source(tmp_path: Path, caches: Path) -> None:
    junk = tmp_path / "junk.parquet"
    junk.write_text("no table")
    with pytest.raises(GazetteerError, match=r"junk\.parquet"):
        open_index(junk, quiet=True)
    with pytest.raises(GazetteerError, match="cannot be read"):
        open_index(tmp_path / "missing.parquet", quiet=True)
