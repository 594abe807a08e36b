"""The list of known actors: forces, armed groups, leaders, organisations, media and monitors, with their aliases.

The list is ``data/actors.tsv``, one actor a row.  A name may belong to several rows ("SNA", the army of a state
before and after a change of rule); the years of the rows tell them apart, else the first in the file is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import get_args

from dateline.codebook.lexicon import DATA, read_tsv
from dateline.errors import CodebookError
from dateline.types import Sector, SourceKind

COLUMNS = ("id", "names", "country", "sector", "group", "plover", "acled", "kind", "from", "to", "note")
COUNTRIES = DATA.parents[1] / "gazetteer" / "data" / "countries.tsv"  # the one list of countries
_SECTORS = get_args(Sector)
_KINDS = get_args(SourceKind)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BLANKS = re.compile(r"[\s\-\u2010-\u2015/]+")
_KEPT = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a"}


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor.

    ``names`` holds the shown name first, then its aliases; ``country`` is ISO 3166-1 alpha-3 or "" (none, or more
    than one); ``group`` the short well-known name of a group, "" for organs of states, media and monitors;
    ``plover`` and ``acled`` its codes in those schemes, "" where it has none; ``kind`` the kind of source it makes.
    ``start`` and ``end`` are the first and the last year in which the names mean this actor, None for open.
    """

    id: str
    names: tuple[str, ...]
    country: str
    sector: str
    group: str
    plover: str
    acled: str
    kind: str
    start: int | None
    end: int | None
    note: str


@dataclass(frozen=True, slots=True)
class ActorList:
    """Actors by id, and by folded alias (see :func:`fold_alias`); those that share an alias in the file's order."""

    entries: Mapping[str, ActorEntry]
    by_alias: Mapping[str, tuple[ActorEntry, ...]]


@lru_cache(maxsize=65536)
def fold_alias(text: str) -> str:
    """A name as it is looked up: lower case, without diacritics, apostrophes, stops and a leading "the".

    Hyphens and slashes become blanks: "The al-Qa'ida" → "al qaida", "U.N." → "un", "Azaz–Jarablus" → "azaz jarablus".
    """
    low = text.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", "".join(_KEPT.get(c, c) for c in low))
    words = _BLANKS.sub(" ", low)
    kept = "".join(c for c in words if c == " " or (c.isalnum() and unicodedata.category(c) != "Lm"))
    found = " ".join(kept.split())
    return found.removeprefix("the ")


@cache
def load_actors(path: Path | None = None) -> ActorList:
    """The actor list, read once.

    Args:
        path: another list of the same columns; None for the one that comes with Dateline.

    Raises:
        CodebookError: the file cannot be read, or a field is wrong; file, line and field are named.
    """
    at = path or DATA / "actors.tsv"
    entries: dict[str, ActorEntry] = {}
    by_alias: dict[str, list[ActorEntry]] = {}
    for line, row in _numbered(at):
        entry = _entry(row, str(at), line)
        if entry.id in entries:
            raise CodebookError(f"{entry.id!r} is taken by an earlier row", path=str(at), line=line, field="id")
        entries[entry.id] = entry
        for alias in dict.fromkeys(map(fold_alias, entry.names)):
            by_alias.setdefault(alias, []).append(entry)
    return ActorList(entries, {alias: tuple(found) for alias, found in by_alias.items()})


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["iso3"] for row in read_tsv(COUNTRIES, ("iso3",)))


def _numbered(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their line numbers, the heading left out."""
    rows = read_tsv(path, COLUMNS)
    lines = path.read_text("utf-8").splitlines()
    numbers = [n for n, text in enumerate(lines, 1) if text.strip() and not text.startswith("#")]
    return zip(numbers[1:], rows, strict=True)


def _entry(row: Mapping[str, str], path: str, line: int) -> ActorEntry:
    def wrong(field: str, message: str) -> CodebookError:
        return CodebookError(message, path=path, line=line, field=field)

    names = tuple(row["names"].split("|"))
    if not _ID.fullmatch(row["id"]):
        raise wrong("id", f"{row['id']!r} is not lower-case letters and digits with single hyphens")
    if unusable := [n for n in names if n != n.strip() or not fold_alias(n)]:
        raise wrong("names", f"{unusable[0]!r} is no name")
    if row["country"] and row["country"] not in _countries():
        raise wrong("country", f"{row['country']!r} is not an ISO 3166-1 alpha-3 code")
    if row["sector"] not in _SECTORS:
        raise wrong("sector", f"{row['sector']!r} is not one of {', '.join(_SECTORS)}")
    if row["kind"] not in _KINDS:
        raise wrong("kind", f"{row['kind']!r} is not one of {', '.join(_KINDS)}")
    for field in ("from", "to"):
        if row[field] and not (row[field].isascii() and row[field].isdigit() and len(row[field]) == 4):
            raise wrong(field, f"{row[field]!r} is not a year")
    start, end = (int(row[f]) if row[f] else None for f in ("from", "to"))
    if start is not None and end is not None and start > end:
        raise wrong("to", f"{end} is before {start}")
    return ActorEntry(
        id=row["id"],
        names=names,
        country=row["country"],
        sector=row["sector"],
        group=row["group"],
        plover=row["plover"],
        acled=row["acled"],
        kind=row["kind"],
        start=start,
        end=end,
        note=row["note"],
    )
