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
from dateline.store.engine import Pulse, last_seq, reading
from dateline.store.keep import Store
from dateline.store.search import Search
from dateline.store.snapshot import NEVER, RANK, Pairs, Rows, Snapshot, Vocabulary, Words


class Board:
    """The columns of a store, kept up to date.  Safe for threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._search = Search("cards")
        self._pulse = Pulse(store.engine)
        self._now: Snapshot | None = None

    def seq(self) -> int:
        """The log's last entry."""
        return self._pulse.seq()

    def close(self) -> None:
        self._pulse.close()

    def current(self) -> Snapshot | None:
        """The store as it stands, if nothing need be read for it."""
        now = self._now
        return now if now is not None and now.seq == self._pulse.seq() else None

    def now(self) -> Snapshot:
        """The store as it stands."""
        now = self.current()
        if now is not None:
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


def _query() -> Any:
    h, c = s.heads.c, cards.c
    return select(
        h.event, h.revision, h.type, h.status, h.place, h.geonameid, h.country, h.lat, h.lon, h.first, h.last,
        h.reported, h.size, c.number, c.title, c.place.label("shown"), c.radius, c.precision, c.guarded, c.told,
        c.actors, c.voices, c.reports,
    ).where(c.event == h.event)  # fmt: skip


def _columns(found: Iterable[Any], words: Vocabulary) -> tuple[Rows, list[Pairs]]:
    plain: list[tuple[Any, ...]] = []
    pairs: tuple[tuple[list[int], list[int]], ...] = (([], []), ([], []), ([], []))
    codes = [_Codes(known) for known in (words.actors, words.voices, words.reports)]
    for n, r in enumerate(found):
        *first, actors, voices, reports = r
        plain.append(_plain(first, words))
        for text, (rows, out), known in zip((actors, voices, reports), pairs, codes, strict=True):
            some = known[text]
            rows += [n] * len(some)
            out += some
    return _rows(plain), [Pairs(np.array(rows, np.int32), np.array(out, np.int32)) for rows, out in pairs]


class _Codes(dict[str, list[int]]):
    """The codes of a list in JSON; most lists come often."""

    def __init__(self, known: Words) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, text: str) -> list[int]:
        values = msgspec.json.decode(text)
        found = [self._known.code(tuple(v) if isinstance(v, list) else v) for v in values]
        self[text] = found
        return found


def _plain(r: Sequence[Any], words: Vocabulary) -> tuple[Any, ...]:
    (event, revision, type, status, place, geonameid, country, lat, lon, begun, ended, reported, size, number, title,
     shown, radius, precision, guarded, told) = r  # fmt: skip
    first, last = begun or reported, ended or reported
    return (
        number, event, revision, words.types.code(type), words.statuses.code(status), RANK.get(status, len(RANK)),
        words.places.code(place), words.shown.code(shown), words.countries.code(country), geonameid or 0,
        np.nan if lat is None else lat, np.nan if lon is None else lon,
        NEVER if first is None else day(first), -1 if last is None else day(last), begun or "", ended or "",
        size, told, np.nan if radius is None else radius, precision or 0, bool(guarded), title,
    )  # fmt: skip


_TYPES: tuple[Any, ...] = (
    np.int64, np.str_, *(np.int32,) * 7, np.int64, np.float64, np.float64, np.int32, np.int32, np.str_, np.str_,
    np.int32, np.int32, np.float64, np.int32, np.bool_, np.object_,
)  # fmt: skip


def _rows(plain: Sequence[tuple[Any, ...]]) -> Rows:
    columns = list(zip(*plain, strict=True)) if plain else [()] * len(_TYPES)
    return Rows(*(np.array(c, dtype=t) for c, t in zip(columns, _TYPES, strict=True)))


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
