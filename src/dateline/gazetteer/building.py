"""Building a source's index: places and their names from Parquet and the alias file into SQLite."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from zlib import crc32

import pyarrow.parquet as pq

from dateline.errors import GazetteerError
from dateline.gazetteer import normalise, tables

VERSION = 2  # of the index's form; another version is built anew
BITS = 26  # the bitmap has 2**26 bits (8 MB): about one name in a hundred is let through wrongly
MASK = (1 << BITS) - 1
MAIN, ALTERNATE, LOOSE, SKELETON = 0, 1, 2, 3
"""How a name names its place: its own, another spelling, one without its article, its consonants."""

COLUMNS = ["id", "name", "country", "admin1", "admin2", "feature", "lat", "lon", "population", "radius", "names"]
_SCHEMA = """
PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, admin2 TEXT, feature TEXT,
                    lat REAL, lon REAL, population INTEGER, radius REAL, listed INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, kind INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TEMP TABLE raw (key TEXT, place INTEGER, kind INTEGER);
"""
_INSERT = "INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)"
_FILE = "INSERT INTO name VALUES (?,?,?) ON CONFLICT DO UPDATE SET kind = min(kind, excluded.kind)"
# Names come to these countries by ear from another script: only theirs are filed by their consonants.
_BY_EAR = frozenset(
    "AFG AZE ARM BLR BFA CAF COD DJI DZA EGY ERI ESH ETH GEO IRN IRQ ISR JOR KAZ KGZ KWT LBN LBY MAR MLI MMR MRT NER"
    " OMN PAK PSE QAT RUS SAU SDN SOM SSD SYR TCD TJK TKM TUN TUR UKR UZB YEM".split()
)

Name = tuple[str, int, int]


def build(source: Path, alias_file: Path | None, at: Path, quiet: bool = False) -> None:
    """Build the source's index at ``at`` (and its bitmap beside it), whole or not at all.

    Raises:
        GazetteerError: the source or the alias file is unreadable.
        OSError, sqlite3.Error: the index cannot be written there.
    """
    temporary = at.with_name(f"{at.name}.{os.getpid()}.part")
    bitmap = temporary.with_suffix(".bitspart")
    temporary.unlink(missing_ok=True)
    db = sqlite3.connect(temporary)
    try:
        db.executescript(_SCHEMA)
        bits = bytearray(1 << (BITS - 3))
        _fill(db, source, bits, _progress(quiet))
        if alias_file:
            for row in tables.aliases(alias_file):
                _add_alias(db, row, bits)
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.commit()
        db.close()
        bitmap.write_bytes(bits)
        bitmap.replace(at.with_suffix(".bits"))
        temporary.replace(at)
    finally:
        db.close()
        for left in (temporary, bitmap):
            left.unlink(missing_ok=True)


def _progress(quiet: bool) -> Callable[[], None]:
    """Says once that an index is being built, when that takes more than a moment."""
    started = time.monotonic()
    told = quiet

    def tell() -> None:
        nonlocal told
        if not told and time.monotonic() - started > 1.5:
            told = True
            print("building the gazetteer's index (this once)…", file=sys.stderr, flush=True)

    return tell


def _fill(db: sqlite3.Connection, source: Path, bits: bytearray, tell: Callable[[], None]) -> None:
    for rows in batches(source):
        tell()
        db.executemany(_INSERT, ((*r[:-1], 0) for r in rows))
        filed = [n for r in rows for n in names_of(r[0], r[1], r[10], r[2])]
        db.executemany("INSERT INTO raw VALUES (?,?,?)", filed)
        set_bits(bits, filed)
    db.execute("INSERT INTO name SELECT key, place, min(kind) FROM raw GROUP BY key, place ORDER BY key, place")
    db.execute("DROP TABLE raw")
    db.execute("CREATE INDEX spot ON place (country, lat)")
    db.execute("CREATE INDEX area ON place (country, admin1) WHERE feature = 'A.ADM1'")


def batches(source: Path, size: int = 20_000) -> Iterator[list[tuple]]:  # type: ignore[type-arg]
    """The source's rows as tuples in the order of COLUMNS."""
    try:
        with pq.ParquetFile(source) as f:
            for batch in f.iter_batches(size, columns=COLUMNS):
                yield list(zip(*(batch.column(c).to_pylist() for c in COLUMNS), strict=True))
    except (OSError, ValueError, KeyError) as e:
        raise GazetteerError(f"not a file of places: {source}: {e}") from None


def names_of(place: int, name: str, others: str, country: str) -> list[Name]:
    """What a place is filed under: (key, place, kind)."""
    out = [(k, place, LOOSE if loose else MAIN) for k, loose in normalise.keys(name)]
    spellings = others.split("|") if others else []
    for other in spellings:
        out += [(k, place, LOOSE if loose else ALTERNATE) for k, loose in normalise.keys(other)]
    if country in _BY_EAR:
        bones = {normalise.skeleton(n) for n in (name, *spellings)}
        out += [("~" + b, place, SKELETON) for b in bones if b]
    return out


def set_bits(bits: bytearray, filed: Iterable[Name]) -> None:
    for k, _, kind in filed:
        if kind != SKELETON:
            h = crc32(k.encode()) & MASK
            bits[h >> 3] |= 1 << (h & 7)


# ------------------------------------------------------------------------------------------------- aliases


def _add_alias(db: sqlite3.Connection, row: tables.Alias, bits: bytearray) -> None:
    """Add an alias row: as spellings of a place that is there already, or as a place of its own."""
    place = _same_place(db, row)
    if place is not None:
        db.execute(
            "UPDATE place SET listed = 1, population = max(population, ?), radius = iif(?, ?, radius) WHERE id = ?",
            (row.population, row.radius_km, row.radius_km, place),
        )
    else:
        place = -(crc32(f"{row.names[0]}|{row.country}|{row.feature}".encode()) + (1 << 50))
        people = row.population or (3000 if row.feature[0] == "P" else 0)
        spot = (row.lat, row.lon, people, row.radius_km, 1)
        db.execute(_INSERT, (place, row.names[0], row.country, _admin1(db, row), "", row.feature, *spot))
    filed = names_of(place, row.names[0], "|".join(row.names[1:]), row.country)
    db.executemany(_FILE, filed)
    set_bits(bits, filed)


def _same_place(db: sqlite3.Connection, row: tables.Alias) -> int | None:
    """The place of one of the row's names, country and kind that lies near enough to be it."""
    keys = list({k for n in row.names for k, loose in normalise.keys(n) if not loose})
    found = db.execute(
        f"SELECT place, lat, lon, feature FROM name JOIN place ON id = place WHERE key IN ({','.join('?' * len(keys))})"
        " AND kind < 3 AND country = ?",
        (*keys, row.country),
    ).fetchall()
    form = 1 if row.feature.startswith("P") else 6
    near = [
        (distance_km(row.lat, row.lon, lat, lon), place)
        for place, lat, lon, feature in found
        if feature[:form] == row.feature[:form]
    ]
    distance, place = min(near, default=(9e9, None))
    return place if distance <= (15.0 if row.feature.startswith("P") else 150.0) else None


def _admin1(db: sqlite3.Connection, row: tables.Alias) -> str:
    """The first-order area of the nearest town of the country, for a place that is smaller than an area."""
    if not row.country or row.radius_km > 60 or row.feature.startswith("A.PCL"):
        return ""
    for reach in (0.2, 1.0, 5.0):
        found = db.execute(
            "SELECT admin1 FROM place WHERE country = ? AND feature LIKE 'P.%' AND listed = 0"
            " AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
            " ORDER BY (lat - ?) * (lat - ?) + (lon - ?) * (lon - ?) LIMIT 1",
            (row.country, row.lat - reach, row.lat + reach, row.lon - reach, row.lon + reach,
             row.lat, row.lat, row.lon, row.lon),
        ).fetchone()  # fmt: skip
        if found:
            return str(found[0])
    return ""


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine)."""
    a, b = radians(lat1), radians(lat2)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))
