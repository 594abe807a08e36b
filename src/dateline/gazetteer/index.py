"""The gazetteer's index: an SQLite file and a bitmap of its names, built in the user's cache at first use.

A source is a Parquet file of places; each has its own index, named by the hash of what went into it, so an
old one is never mistaken for a new one.  An index is built beside its place and renamed into it when whole:
a build that is cut off leaves nothing that would be opened.  Many processes may read one index at a time.

The bitmap answers "is this no name at all?" without touching the file: a name sets the bit that the CRC-32
of its key points to, so a name built up word by word is tested word by word (CRC-32 goes on from a prefix).
"""

from __future__ import annotations

import hashlib
import mmap
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import platformdirs

from dateline.errors import GazetteerError
from dateline.gazetteer.building import BITS, VERSION, build


def cache_dir() -> Path:
    """Where indexes are kept: ``DATELINE_CACHE``, or the user's cache folder."""
    return Path(os.environ.get("DATELINE_CACHE") or platformdirs.user_cache_dir("dateline"))


def open_index(
    source: Path, alias_file: Path | None = None, quiet: bool = False, name: str = ""
) -> tuple[sqlite3.Connection, mmap.mmap]:
    """The source's index, built if need be.

    Args:
        source: a Parquet file of places.
        alias_file: hand-written places and spellings to add.
        quiet: say nothing on standard error.
        name: what the index is called, by default as the source is.

    Raises:
        GazetteerError: the source is unreadable, or no index could be built anywhere.
    """
    stem = name or source.stem
    name = f"{stem}-{_fingerprint([source, *([alias_file] if alias_file else [])])}"
    for folder in _folders():
        at = folder / f"{name}.sqlite"
        if at.exists():
            with suppress(OSError, sqlite3.Error, ValueError):
                return _open(at)
    failed: list[str] = []
    for folder in _folders():
        at = folder / f"{name}.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            build(source, alias_file, at, quiet=quiet)
            _sweep(folder, stem, name)
            return _open(at)
        except (OSError, sqlite3.Error) as e:
            failed.append(f"{folder}: {e}")
    raise GazetteerError("the gazetteer's index could be built nowhere (" + "; ".join(failed) + ")")


def remove_index(stem: str) -> None:
    """Remove a source's indexes from the caches, where that is permitted."""
    for folder in _folders():
        for f in folder.glob(f"{stem}-*.*"):
            plain = f.name.split(".")[0]
            if len(plain) == len(stem) + 17:
                with suppress(OSError):
                    f.unlink()


def _folders() -> tuple[Path, ...]:
    """Where indexes may be: the cache, or a folder of temporary files where that cannot be written."""
    return cache_dir(), Path(tempfile.gettempdir()) / f"dateline-{_user()}"


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def _fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.blake2b(f"{VERSION}".encode(), digest_size=8)
    for f in files:
        try:
            digest.update(f.read_bytes())
        except OSError as e:
            raise GazetteerError(f"the gazetteer's file cannot be read: {f}: {e.strerror}") from None
    return digest.hexdigest()


def _open(at: Path) -> tuple[sqlite3.Connection, mmap.mmap]:
    with at.with_suffix(".bits").open("rb") as f:
        bits = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
    if len(bits) != 1 << (BITS - 3):
        raise ValueError("the bitmap is cut off")
    db = sqlite3.connect(
        f"file:{at.as_posix().replace('?', '%3f').replace('#', '%23')}?mode=ro&immutable=1",
        uri=True,
        check_same_thread=False,
    )
    _check_size(at)
    db.execute("PRAGMA mmap_size = 268435456")
    if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        raise ValueError("another version's index")
    db.execute("SELECT id FROM place LIMIT 1").fetchone()
    return db, bits


def _check_size(at: Path) -> None:
    """Raise ValueError where the file is shorter or longer than its own header says."""
    with at.open("rb") as f:
        head = f.read(32)
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    if head[:15] != b"SQLite format 3" or (65536 if page == 1 else page) * pages != at.stat().st_size:
        raise ValueError("the index is cut off")


def _sweep(folder: Path, stem: str, keep: str) -> None:
    """Remove the source's indexes of other days, and builds that were cut off an hour ago or more."""
    for f in folder.glob(f"{stem}-*"):
        plain = f.name.split(".")[0]
        if plain == keep or len(plain) != len(keep):
            continue
        with suppress(OSError):
            if time.time() - f.stat().st_mtime > 3600:
                f.unlink()
