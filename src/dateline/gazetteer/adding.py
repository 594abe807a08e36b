"""The user's own files of places: added whole or not at all, listed, removed.

Each is kept as one Parquet file in the user's data folder, in the form of the built-in one; its index is
built when it is added, and again wherever it is missing.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import GazetteerError
from dateline.gazetteer.building import distance_km
from dateline.gazetteer.gazetteer import Gazetteer, added_dir
from dateline.gazetteer.index import open_index, remove_index
from dateline.gazetteer.normalise import key
from dateline.gazetteer.readers import Row, read

_SCHEMA = pa.schema(
    [
        ("id", pa.int64()), ("name", pa.string()), ("names", pa.string()), ("country", pa.string()),
        ("admin1", pa.string()), ("admin2", pa.string()), ("feature", pa.string()), ("lat", pa.float64()),
        ("lon", pa.float64()), ("population", pa.int64()), ("radius", pa.float32()),
    ]
)  # fmt: skip
_BATCH = 20_000
_MOST_NAMES = 60
_JUNK = re.compile(r"[\d|/\\{}\[\]<>_@#*]|https?|,.*,")
_SAFE = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Added:
    """A file of places that the user has added."""

    name: str
    path: Path
    places: int
    countries: tuple[str, ...]
    origin: str


def add(path: Path, name: str = "", country: str = "", *, quiet: bool = False) -> Added:
    """Add a file's places; one of the same name is replaced.

    Args:
        path: see :func:`dateline.gazetteer.readers.read` for the forms.
        name: what to call it; by default the file's name.
        country: ISO 3166-1 code of places for which the file names none.
        quiet: say nothing on standard error.

    Raises:
        GazetteerError: a line is malformed, or the disk cannot be written; nothing is changed then.
    """
    label = _SAFE.sub("-", name or (path.name if path.is_dir() else path.stem)).strip("-").lower()
    label = "own-places" if label == "places" else label  # the built-in one is called so
    if not label:
        raise GazetteerError(f"no name to call it by: {name or path.name!r}")
    folder = added_dir()
    at = folder / f"{label}.parquet"
    temporary = folder / f".{label}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        count = _write(path, country, temporary)
        if not count:
            raise GazetteerError("no places in it", path=str(path))
        db, bits = open_index(temporary, quiet=quiet, name=label)
        db.close()
        bits.close()
        temporary.replace(at)
    except (OSError, sqlite3.Error, pa.ArrowException) as e:
        raise GazetteerError(f"cannot be added: {e}", path=str(path)) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return describe(at)


def added() -> list[Added]:
    """What the user has added, by name."""
    return [describe(f) for f in sorted(added_dir().glob("*.parquet"))]


def describe(path: Path) -> Added:
    """An added file's facts, from its own metadata.

    Raises:
        GazetteerError: it is damaged.
    """
    try:
        with pq.ParquetFile(path) as f:
            meta = f.schema_arrow.metadata or {}
            countries = tuple(c for c in meta.get(b"countries", b"").decode().split() if c)
            return Added(path.stem, path, f.metadata.num_rows, countries, meta.get(b"origin", b"").decode())
    except (OSError, pa.ArrowException) as e:
        raise GazetteerError(f"damaged: {e}", path=str(path)) from None


def remove(name: str) -> None:
    """Remove what was added under a name, and its index.

    Raises:
        GazetteerError: nothing was added under it, or it cannot be removed.
    """
    at = added_dir() / f"{name}.parquet"
    if _SAFE.search(name) or not at.exists():
        known = ", ".join(a.stem for a in sorted(added_dir().glob("*.parquet"))) or "nothing"
        raise GazetteerError(f"nothing was added as {name!r} (added: {known})")
    try:
        at.unlink()
    except OSError as e:
        raise GazetteerError(f"cannot be removed: {e.strerror}", path=str(at)) from None
    remove_index(name)


# ------------------------------------------------------------------------------------------------ writing


def _write(path: Path, country: str, at: Path) -> int:
    """Write the file's places to Parquet; how many."""
    built_in = Gazetteer.open([], quiet=True)
    try:
        count, countries = 0, set()
        rows: list[dict[str, Any]] = []
        with pq.ParquetWriter(at, _SCHEMA, compression="zstd") as out:
            for row in _known(read(path, country), built_in, path):
                rows.append(row)
                countries.add(row["country"])
                if len(rows) == _BATCH:
                    out.write_table(pa.Table.from_pylist(rows, _SCHEMA))
                    count, rows = count + len(rows), []
            out.write_table(pa.Table.from_pylist(rows, _SCHEMA))
            count += len(rows)
        _label(at, path, countries)
        return count
    finally:
        built_in.close()


def _label(at: Path, origin: Path, countries: set[str]) -> None:
    """Write where it came from into the file's metadata."""
    table = pq.read_table(at)
    facts = {"origin": str(origin.resolve()), "countries": " ".join(sorted(c for c in countries if c))}
    pq.write_table(table.replace_schema_metadata(facts), at, compression="zstd")


def _known(rows: Iterator[Row], built_in: Gazetteer, path: Path) -> Iterator[dict[str, Any]]:
    """The rows in the built-in file's form; areas that it has already are left out."""
    seen: set[int] = set()
    areas: dict[tuple[str, str], str] = {}
    for r in rows:
        ident = r.geonameid or -_hash(path.name, r.code or f"{r.name}|{r.lat}|{r.lon}|{r.feature}")
        if ident in seen:
            continue
        seen.add(ident)
        if r.feature.startswith(("A.ADM1", "A.ADM2", "A.PCL")) and _has(built_in, r):
            continue
        admin1 = r.admin1
        if not admin1 and r.region:
            if (at := (r.country, r.region)) not in areas:
                areas[at] = _area(built_in, *at)
            admin1 = areas[at]
        names = [n for n in dict.fromkeys(r.names) if n and n != r.name and len(n) <= 60 and not _JUNK.search(n)]
        yield {
            "id": ident, "name": r.name, "names": "|".join(names[:_MOST_NAMES]), "country": r.country, "admin1": admin1,
            "admin2": r.admin2, "feature": r.feature, "lat": r.lat, "lon": r.lon, "population": r.population,
            "radius": r.radius,
        }  # fmt: skip


def _hash(*parts: str) -> int:
    return (1 << 52) + int.from_bytes(blake2b("|".join(parts).encode(), digest_size=6).digest(), "big")


def _has(built_in: Gazetteer, r: Row) -> bool:
    """Whether the built-in file has this area."""
    return any(
        e.country == r.country and e.feature[:6] == r.feature[:6] and distance_km(e.lat, e.lon, r.lat, r.lon) < 150
        for e in built_in.lookup(key(r.name))
    )


def _area(built_in: Gazetteer, country: str, region: str) -> str:
    """The GeoNames code of the first-order area of this name, "" if unknown."""
    found = [e for e in built_in.search(region, country, 20) if e.feature == "A.ADM1"]
    if found:
        return found[0].admin1
    return region if built_in.admin1_name(country, region) else ""
