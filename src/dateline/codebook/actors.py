"""The list of known actors: armed groups, forces, leaders, organisations and media, with their aliases.

It is a folder of tab-separated tables, one a part of the world; a row is an actor in some years.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from dateline.codebook.lexicon import DATA, read_tsv
from dateline.errors import CodebookError

COLUMNS = ("id", "names", "country", "sector", "group", "plover", "acled", "kind", "from", "to", "note")
SECTORS = frozenset({"GOV", "MIL", "COP", "REB", "OPP", "CVL", "MED", "NGO", "IGO", "UNK"})
KINDS = frozenset(
    "state-media government military monitor ngo igo armed-group media witness official expert resident unknown".split()
)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """A row of the list.

    ``names`` begins with the one that is shown; ``country`` is ISO 3166-1 alpha-3 or ""; ``plover`` and ``acled``
    are its forms in those schemes; ``kind`` is what it is as a source; ``start``/``end`` are years, None if open.
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


@dataclass(frozen=True, slots=True, eq=False)
class ActorList:
    """Entries by id, and by folded alias; an alias of several is theirs in different years.  A list equals itself."""

    entries: Mapping[str, ActorEntry]
    by_alias: Mapping[str, tuple[ActorEntry, ...]]


@lru_cache(1 << 13)
def fold_alias(text: str) -> str:
    """A name as it is looked up: plain lower-case letters and digits, hyphens as blanks, no leading article."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-\u2010-\u2015/]", " ", plain))
    return re.sub(r"^the ", "", re.sub(r" +", " ", plain).strip())


@cache
def load_actors(path: Path | None = None) -> ActorList:
    """The actor list of a folder of tables, or of one; the built-in one if no path is given.

    Raises:
        CodebookError: a table is malformed, or a row's sector, kind, country, year or id is wrong.
    """
    at = path or DATA / "actor_list"
    files = sorted(at.glob("*.tsv")) if at.is_dir() else [at]
    if not files:
        raise CodebookError("no .tsv file in this folder", path=str(at))
    entries: dict[str, ActorEntry] = {}
    for file in files:
        for line, row in _numbered(file):
            entry = _entry(row, file, line)
            if entry.id in entries:
                raise CodebookError(f"the id {entry.id!r} is given twice", path=str(file), line=line, field="id")
            entries[entry.id] = entry
    return _by_alias(entries)


@cache
def with_own(own: Path | None) -> ActorList:
    """The built-in list and a codebook's own, which goes first: it may give an id, or a name, another meaning.

    Raises:
        CodebookError: as :func:`load_actors`.
    """
    if own is None:
        return load_actors()
    added = load_actors(own).entries
    return _by_alias({**added, **{i: e for i, e in load_actors().entries.items() if i not in added}})


def _by_alias(entries: Mapping[str, ActorEntry]) -> ActorList:
    aliases: dict[str, list[ActorEntry]] = {}
    for entry in entries.values():
        for name in entry.names:
            found = aliases.setdefault(fold_alias(name), [])
            if entry not in found:
                found.append(entry)
    return ActorList(entries, {a: tuple(e) for a, e in aliases.items() if a})


def _numbered(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """A table's rows with their line numbers, the heading left out."""
    rows = read_tsv(file, COLUMNS)
    lines = enumerate(file.read_text("utf-8").splitlines(), 1)
    numbers = [n for n, text in lines if text.strip() and not text.startswith("#")]
    return zip(numbers[1:], rows, strict=True)


def _entry(row: Mapping[str, str], file: Path, line: int) -> ActorEntry:
    def fail(field: str, message: str) -> CodebookError:
        return CodebookError(f"{row['id']!r}: {message}", path=str(file), line=line, field=field)

    names = tuple(n.strip() for n in row["names"].split("|") if n.strip())
    if not row["id"] or not names:
        raise fail("names", "an id and a name are wanted")
    if row["sector"] not in SECTORS:
        raise fail("sector", f"{row['sector']!r} is no sector")
    if row["kind"] not in KINDS:
        raise fail("kind", f"{row['kind']!r} is no kind of source")
    if row["country"] and not re.fullmatch(r"[A-Z]{3}", row["country"]):
        raise fail("country", f"{row['country']!r} is no ISO 3166-1 alpha-3 code")
    years = []
    for field in ("from", "to"):
        if row[field] and not re.fullmatch(r"\d{4}", row[field]):
            raise fail(field, f"{row[field]!r} is no year")
        years.append(int(row[field]) if row[field] else None)
    return ActorEntry(
        id=row["id"],
        names=names,
        country=row["country"],
        sector=row["sector"],
        group=row["group"],
        plover=row["plover"],
        acled=row["acled"],
        kind=row["kind"],
        start=years[0],
        end=years[1],
        note=row["note"],
    )
