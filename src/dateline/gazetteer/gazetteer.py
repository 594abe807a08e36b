"""Looking places up: the built-in gazetteer and what the user has added, as one."""

from __future__ import annotations

import math
import mmap
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

import platformdirs
from rapidfuzz import fuzz

from dateline.errors import GazetteerError
from dateline.gazetteer import normalise, tables
from dateline.gazetteer.building import ALTERNATE, LOOSE, MAIN, MASK, SKELETON
from dateline.gazetteer.index import open_index

_SELECT = (
    "SELECT id, place.name, country, admin1, admin2, feature, lat, lon, population, radius, listed, kind"
    " FROM name JOIN place ON id = place WHERE key = ?"
)
_MOST = 300  # candidates of one name; the largest are kept
_CACHED = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer.

    ``id`` is its GeoNames number where positive.  ``country`` is ISO 3166-1 alpha-3, ``admin1`` and
    ``admin2`` are GeoNames codes, ``feature`` a GeoNames class and code ("P.PPL", "A.ADM1"…), ``radius_km``
    0 where unknown.  ``kind`` says how the name looked up names it, ``prior`` how likely it is meant when
    nothing else is known (a natural logarithm, near enough), ``listed`` whether a person put it on the list.
    """

    id: int
    name: str
    country: str
    admin1: str
    admin2: str
    feature: str
    lat: float
    lon: float
    population: int
    radius_km: float
    listed: bool
    kind: int
    prior: float


class Gazetteer:
    """The built-in gazetteer with the user's own files; build or open it with :meth:`open`."""

    def __init__(self, indexes: Sequence[tuple[sqlite3.Connection, mmap.mmap]]) -> None:
        self._databases = [db for db, _ in indexes]
        self._bits = [bits for _, bits in indexes]
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._areas: dict[tuple[str, str], str] = {}

    @classmethod
    def open(cls, extra: Iterable[Path] | None = None, quiet: bool = False) -> Gazetteer:
        """Open the gazetteer; its index is built at first use (a few seconds, once).

        Args:
            extra: more files of places; by default those that the user has added.
            quiet: say nothing on standard error while building.

        Raises:
            GazetteerError: a file is unreadable, or the index can be built nowhere.
        """
        added = sorted(added_dir().glob("*.parquet")) if extra is None else list(extra)
        indexes = [open_index(tables.DATA / "places.parquet", tables.DATA / "aliases.tsv", quiet)]
        return cls(indexes + [open_index(f, quiet=quiet) for f in added])

    # --------------------------------------------------------------------------------------------- names

    def may_know(self, crc: int) -> bool:
        """Whether a name whose key has this CRC-32 may be here; a wrong yes is rare, a wrong no impossible."""
        h = crc & MASK
        at, bit = h >> 3, 1 << (h & 7)
        return any(bits[at] & bit for bits in self._bits)

    @property
    def bitmaps(self) -> list[mmap.mmap]:
        """The bitmaps of known names, for loops that cannot afford a call a word."""
        return self._bits

    def lookup(self, key: str) -> tuple[Entry, ...]:
        """The places with a name of this key, likeliest first; see :func:`normalise.key`."""
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _CACHED:
                self._found.clear()
            found = self._found[key] = self._look(key)
        return found

    def _look(self, key: str) -> tuple[Entry, ...]:
        if not self.may_know(crc32(key.encode())):
            return ()
        best: dict[int, Entry] = {}
        for db in self._databases:
            for r in _rows(db, _SELECT, key):
                if (old := best.get(r[0])) is None or (r[10], -r[11]) > (old.listed, -old.kind):
                    best[r[0]] = _entry(r, r[11])
        return tuple(sorted(_seats_first(best.values()), key=lambda e: (-e.prior, e.id))[:_MOST])

    def by_sound(self, name: str, country: str = "") -> tuple[Entry, ...]:
        """Places whose name may be this one written by ear; a last resort, for names found nowhere."""
        bones = normalise.skeleton(name)
        if not bones:
            return ()
        wanted = normalise.key(name)
        out = []
        for db in self._databases:
            sql = _SELECT + (" AND country = ?" if country else "")
            for r in _rows(db, sql, "~" + bones, *([country] if country else [])):
                likeness = max(fuzz.ratio(wanted, k) for k in self._keys_of(db, r[0], bones))
                if likeness >= 70:
                    out.append(_entry(r, SKELETON, -(100 - likeness) / 10))
        return tuple(sorted(out, key=lambda e: (-e.prior, e.id))[:50])

    @staticmethod
    def _keys_of(db: sqlite3.Connection, place: int, bones: str) -> list[str]:
        name = db.execute("SELECT name FROM place WHERE id = ?", (place,)).fetchone()[0]
        return [k for k, _ in normalise.keys(name)]

    def search(self, name: str, country: str = "", limit: int = 10) -> list[Entry]:
        """Places of this name, likeliest first; by sound if none is spelled so.

        Args:
            name: as written; case, diacritics, hyphens and the Arabic article do not matter.
            country: ISO 3166-1 alpha-3 code to keep to, "" for any.
            limit: how many at most.
        """
        found: dict[int, Entry] = {}
        for k, _ in normalise.keys(name):
            for e in self.lookup(k):
                if (not country or e.country == country) and e.id not in found:
                    found[e.id] = e
        ranked = sorted(found.values(), key=lambda e: (-e.prior, e.id)) or self.by_sound(name, country)
        return list(ranked[:limit])

    # --------------------------------------------------------------------------------------------- areas

    def admin1_name(self, country: str, code: str) -> str:
        """The first-order area's name, "" if unknown."""
        if not code:
            return ""
        at = (country, code)
        if at not in self._areas:
            sql = "SELECT name FROM place WHERE country = ? AND admin1 = ? AND feature = 'A.ADM1' ORDER BY id LIMIT 1"
            rows = (db.execute(sql, at).fetchone() for db in self._databases)
            self._areas[at] = next((str(r[0]) for r in rows if r), "")
        return self._areas[at]

    def area(self, country: str, code: str) -> tuple[Entry, ...]:
        """The first-order area of this code, if known."""
        key = f"#{country}.{code}"
        if key not in self._found:
            sql = _SELECT.split(" FROM ")[0].replace("kind", "0") + " FROM place WHERE country = ? AND admin1 = ?"
            rows = (r for db in self._databases for r in db.execute(sql + " AND feature = 'A.ADM1'", (country, code)))
            found = [_entry(r, MAIN) for r in rows]
            self._found[key] = tuple(found[:1])
        return self._found[key]

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """Demonym as written → ISO 3166-1 alpha-3."""
        return tables.demonyms()

    def close(self) -> None:
        for db in self._databases:
            db.close()
        for bits in self._bits:
            bits.close()


def _entry(r: Sequence[Any], kind: int, more: float = 0.0) -> Entry:
    """An entry from a row of _SELECT."""
    likely = prior(r[5], r[8], kind, r[10]) + more
    return Entry(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], bool(r[10]), kind, likely)


def _rows(db: sqlite3.Connection, sql: str, *values: str) -> list[Any]:
    """A query's rows; an index that proves damaged is removed, so that it is built anew next time."""
    try:
        return db.execute(sql, values).fetchall()
    except sqlite3.DatabaseError as e:
        at = Path(db.execute("PRAGMA database_list").fetchone()[2])
        with suppress(OSError):
            at.unlink()
        told = f"the gazetteer's index is damaged ({e}); it was removed: run again"
        raise GazetteerError(told, path=str(at)) from None


def prior(feature: str, population: int, kind: int, listed: int) -> float:
    """How likely a place is meant when nothing else is known."""
    size = math.log10(population + 10)
    if feature.startswith("A.PCL"):
        value = 11.0 + size / 10
    elif feature == "P.PPLC":
        value = 1.5 + size
    elif feature == "A.ADM1":
        value = 0.3 + size * 0.9
    elif feature == "A.ADM2":
        value = 0.5 + size * 0.45
    elif feature[0] == "P":
        value = size + (0.4 if feature == "P.PPLA" else 0.0) - (0.7 if feature == "P.PPLX" else 0.0)
    elif feature == "L.CONT":
        value = 10.0
    else:
        value = 4.5 if not population else 3.0 + size / 2
    value += (0.0, -0.9, -1.6, -4.0)[kind]
    return value + (0.7 if listed else 0.0)


def _seats_first(entries: Iterable[Entry]) -> list[Entry]:
    """A bare name that is both a province's and its chief town's means the town."""
    found = list(entries)
    seats = {(e.country, e.admin1): e.prior for e in found if e.feature in {"P.PPLA", "P.PPLC"}}
    for n, e in enumerate(found):
        seat = seats.get((e.country, e.admin1)) if e.feature == "A.ADM1" else None
        if seat is not None and e.prior >= seat:
            found[n] = replace(e, prior=seat - 0.1)
    return found


def added_dir() -> Path:
    """Where the user's own files of places are kept: ``DATELINE_DATA``, or the user's data folder."""
    return Path(os.environ.get("DATELINE_DATA") or platformdirs.user_data_dir("dateline")) / "gazetteer"


__all__ = ["ALTERNATE", "LOOSE", "MAIN", "SKELETON", "Entry", "Gazetteer", "added_dir", "prior"]
