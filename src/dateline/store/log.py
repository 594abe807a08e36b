"""The log: who or what changed what, when and why, each entry bound to the one before by its hash.

An entry's hash is SHA-256 over its fields and the hash before it, so that no entry can be changed, put in or left out
without all after it changing too.  The last hash, written down elsewhere, proves the whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from dateline.store.schema import log

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; ``body`` is JSON."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    why: str
    body: str
    previous: str
    hash: str

    def digest(self) -> str:
        """What its hash must be."""
        whole = [self.seq, self.at, self.actor, self.action, self.subject, self.why, self.body, self.previous]
        return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


class Writer:
    """Adds entries within one transaction, of one actor and reason; :meth:`flush` ends it."""

    def __init__(self, connection: Connection, actor: str, why: str = "") -> None:
        self._connection = connection
        self._actor = actor
        self._why = why
        self._waiting: list[dict[str, Any]] = []
        last = connection.execute(select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).limit(1)).first()
        self._seq: int = last.seq if last else 0
        self._hash: str = last.hash if last else FIRST

    @property
    def last(self) -> int:
        """The number of the last entry; 0 where there is none."""
        return self._seq

    def add(self, action: str, subject: str, body: Mapping[str, Any], why: str = "") -> int:
        """Write an entry; its number."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        entry = Entry(self._seq + 1, at, self._actor, action, subject, why or self._why, text, self._hash, "")
        digest = entry.digest()
        self._waiting.append({name: getattr(entry, name) for name in Entry.__slots__} | {"hash": digest})
        self._seq, self._hash = entry.seq, digest
        return entry.seq

    def flush(self) -> None:
        """Hand what was written to the database; at the end of the transaction."""
        if self._waiting:
            self._connection.execute(insert(log), self._waiting)
            self._waiting = []


def entries(connection: Connection, subject: str | None = None) -> Iterator[Entry]:
    """The log's entries in order, of one subject or all."""
    query = select(log).order_by(log.c.seq)
    if subject is not None:
        query = query.where(log.c.subject == subject)
    for row in connection.execution_options(yield_per=1000).execute(query):
        yield Entry(*row)
