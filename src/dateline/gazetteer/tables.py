"""The hand-written tables: countries with their demonyms, aliases and further places.

All are tab-separated files in ``data/`` that a person can edit; lines that begin with ``#`` are comments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.errors import GazetteerError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory; ``iso3`` is ISO 3166-1 alpha-3 (XKX for Kosovo), ``iso2`` alpha-2."""

    iso3: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    lat: float | None
    lon: float | None
    iso2: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """A place by hand, or more spellings of one that is in the gazetteer already.

    ``same_as`` is how far off (km) a place of the same name may lie to be taken for this one.
    """

    line: int
    names: tuple[str, ...]
    country: str
    feature: str
    lat: float
    lon: float
    radius_km: float
    population: int


@cache
def countries() -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-3 code."""
    out = {}
    for _, c in rows(DATA / "countries.tsv", 6):
        lat, lon = (float(c[3]), float(c[4])) if c[3] else (None, None)
        out[c[0]] = Country(c[0], split(c[1]), split(c[2]), lat, lon, c[5])
    return out


@cache
def demonyms() -> dict[str, str]:
    """Demonym as written ("Syrian", "Syrians") → country code; one shared by two is left to the first."""
    out: dict[str, str] = {}
    for c in countries().values():
        for d in c.demonyms:
            out.setdefault(d, c.iso3)
    return out


def aliases(path: Path = DATA / "aliases.tsv") -> list[Alias]:
    """The alias file's rows."""
    out = []
    for line, c in rows(path, 7):
        try:
            lat, lon, radius, population = float(c[3]), float(c[4]), float(c[5] or 0), int(c[6] or 0)
        except ValueError as e:
            raise GazetteerError(f"{path}, line {line}: {e}") from None
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise GazetteerError(f"{path}, line {line}: {lat}, {lon} is no place on earth")
        out.append(Alias(line, split(c[0]), c[1], c[2], lat, lon, radius, population))
    return out


def words(name: str) -> frozenset[str]:
    """A word list (``data/NAME.txt``): one lower-case word or phrase a line."""
    lines = (DATA / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(w.strip() for w in lines if w.strip() and not w.startswith("#"))


def split(cell: str) -> tuple[str, ...]:
    return tuple(n.strip() for n in cell.split("|") if n.strip())


def rows(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """A table's rows with their line numbers, the head line left out."""
    head = True
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not text.strip() or text.startswith("#"):
            continue
        if head:
            head = False
            continue
        cells = text.split("\t")
        if len(cells) < columns:
            cells += [""] * (columns - len(cells))
        if len(cells) > columns:
            raise GazetteerError(f"{path}, line {number}: {len(cells)} columns, expected {columns}")
        yield number, [c.strip() for c in cells]
