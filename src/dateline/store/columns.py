"""The events as they stand, as columns in memory: filters, counts, pages and map windows are masks over them.

A :class:`Board` is filled once and afterwards takes in only what the log says has changed, so that an answer is always
of one state of the store.  A million claims are some hundred thousand events and take about 100 MB.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, select

from dateline.reconcile.facts import day
from dateline.store import schema as s
from dateline.store.cards import cards
from dateline.store.engine import reading
from dateline.store.keep import Store
from dateline.store.search import Search
from dateline.store.snapshot import NEVER, RANK, Pairs, Rows, Snapshot, Vocabulary


class Board:
    """The columns of a store, kept up to date.  Safe for threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._search = Search("cards")
        self._now: Snapshot | None = None

    def now(self) -> Snapshot:
        """The store as it stands."""
        with reading(self._store.engine) as connection:
            seq = last_seq(connection)
            now = self._now
            if now is not None and now.seq == seq:
                return now
        with self._lock, reading(self._store.engine) as connection:
            seq = last_seq(connection)
            if self._now is None or self._now.seq > seq:
                self._now = self._filled(connection, seq)
            elif self._now.seq < seq:
                self._now = self._changed(connection, self._now, seq)
            return self._now

    def _filled(self, connection: Connection, seq: int) -> Snapshot:
        words = Vocabulary()
        return _snapshot(
            seq, words, self._search, *_columns(connection.execute(_query().execution_options(yield_per=5000)), words)
        )

    def _changed(self, connection: Connection, old: Snapshot, seq: int) -> Snapshot:
        g = s.log.c
        ended = select(g.subject).where(g.seq > old.seq, g.action == "end-event")
        fresh = connection.execute(_query().where(cards.c.seq > old.seq)).all()
        changed = {r.event for r in fresh}.union(r.subject for r in connection.execute(ended))
        if not changed:
            return old.after(seq)
        kept = np.flatnonzero(~np.isin(old.rows.event, np.array(sorted(changed))))
        to = np.full(len(old.rows), -1, np.int32)
        to[kept] = np.arange(len(kept), dtype=np.int32)
        rows, pairs = _columns(fresh, old.words)
        shift = len(kept)
        joined = [
            Pairs(np.concatenate([a.rows, b.rows + shift]), np.concatenate([a.codes, b.codes]))
            for a, b in zip((p.moved(to, shift) for p in (old.actors, old.voices, old.reports)), pairs, strict=True)
        ]
        return _snapshot(seq, old.words, self._search, old.rows.take(kept).joined(rows), joined)


def last_seq(connection: Connection) -> int:
    """The log's last entry; 0 where there is none."""
    return connection.exec_driver_sql("SELECT max(seq) FROM log").scalar() or 0


def _query() -> Any:
    h, c = s.heads.c, cards.c
    return select(
        h.event, h.revision, h.type, h.status, h.place, h.geonameid, h.country, h.lat, h.lon, h.first, h.last,
        h.reported, h.size, c.number, c.title, c.place.label("shown"), c.radius, c.precision, c.guarded, c.told,
        c.actors, c.voices, c.reports,
    ).where(c.event == h.event)  # fmt: skip


def _columns(found: Iterable[Any], words: Vocabulary) -> tuple[Rows, list[Pairs]]:
    plain: list[tuple[Any, ...]] = []
    pairs: tuple[list[tuple[int, int]], ...] = ([], [], [])
    vocabularies = (words.actors, words.voices, words.reports)
    decode = msgspec.json.decode
    for n, r in enumerate(found):
        plain.append(_plain(r, words))
        for text, out, known in zip((r.actors, r.voices, r.reports), pairs, vocabularies, strict=True):
            for value in decode(text):
                out.append((n, known.code(tuple(value) if isinstance(value, list) else value)))
    return _rows(plain), [_pairs(p) for p in pairs]


def _plain(r: Any, words: Vocabulary) -> tuple[Any, ...]:
    first, last = r.first or r.reported, r.last or r.reported
    return (
        r.number, r.event, r.revision, words.types.code(r.type), words.statuses.code(r.status), RANK.get(r.status, len(RANK)),
        words.places.code(r.place), words.shown.code(r.shown), words.countries.code(r.country), r.geonameid or 0,
        np.nan if r.lat is None else r.lat, np.nan if r.lon is None else r.lon,
        NEVER if first is None else day(first), -1 if last is None else day(last), r.first or "", r.last or "",
        r.size, r.told, np.nan if r.radius is None else r.radius, r.precision or 0, bool(r.guarded), r.title,
    )  # fmt: skip


_TYPES: tuple[Any, ...] = (
    np.int64, np.str_, *(np.int32,) * 7, np.int64, np.float64, np.float64, np.int32, np.int32, np.str_, np.str_,
    np.int32, np.int32, np.float64, np.int32, np.bool_, np.object_,
)  # fmt: skip


def _rows(plain: Sequence[tuple[Any, ...]]) -> Rows:
    columns = list(zip(*plain, strict=True)) if plain else [()] * len(_TYPES)
    return Rows(*(np.array(c, dtype=t) for c, t in zip(columns, _TYPES, strict=True)))


def _pairs(some: list[tuple[int, int]]) -> Pairs:
    table = np.array(some, dtype=np.int32).reshape(-1, 2)
    return Pairs(table[:, 0].copy(), table[:, 1].copy())


def _snapshot(seq: int, words: Vocabulary, search: Search, rows: Rows, pairs: Sequence[Pairs]) -> Snapshot:
    """Everything in order of time and id."""
    order = np.lexsort((rows.event, rows.when))
    to = np.empty(len(rows), np.int32)
    to[order] = np.arange(len(rows), dtype=np.int32)
    rows = rows.take(order)
    at = np.full(int(rows.number.max(initial=0)) + 1, -1, np.int32)
    at[rows.number] = np.arange(len(rows), dtype=np.int32)
    actors, voices, reports = (p.moved(to, len(rows)) for p in pairs)
    return Snapshot(seq, words, search, rows, actors, voices, reports, at)
