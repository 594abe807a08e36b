"""The list of known actors: armed groups, forces, leaders, organisations and media, with their aliases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.codebook.lexicon import DATA, read_tsv
from dateline.errors import CodebookError

COLUMNS = ("id", "names", "country", "sector", "group", "plover", "acled", "kind", "from", "to", "note")


@dataclass(frozen=True, slots=True)
class ActorEntry:
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
    entries: Mapping[str, ActorEntry]
    by_alias: Mapping[str, tuple[ActorEntry, ...]]


def fold_alias(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9 ]", "", plain.replace("-", " ")).strip()


@cache
def load_actors(path: Path | None = None) -> ActorList:
    at = path or DATA / "actors.tsv"
    entries = {}
    by = {}
    for r in read_tsv(at, COLUMNS):
        e = ActorEntry(r["id"], tuple(r["names"].split("|")), r["country"], r["sector"], r["group"], r["plover"], r["acled"], r["kind"], int(r["from"]) if r["from"] else None, int(r["to"]) if r["to"] else None, r["note"])
        entries[e.id] = e
        for n in e.names:
            by.setdefault(fold_alias(n), []).append(e)
    return ActorList(entries, {k: tuple(v) for k, v in by.items()})
