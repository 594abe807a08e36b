"""The events as they stand, as columns in memory: filters, counts, pages and map windows are masks over them.

A :class:`Board` is filled once and afterwards takes in only what the log says has changed, so that an answer is always
of one state of the store.  A million claims are some hundred thousand events and take about 100 MB.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from dateline.export.sites import coarse
from dateline.reconcile.facts import day
from dateline.store import schema as s
from dateline.store.cards import cards
from dateline.store.engine import reading
from dateline.store.keep import Store

Ints = NDArray[np.int32]
RANK = {"contested": 0, "denied": 1, "single-source": 2, "planned": 3, "corroborated": 4}
NEVER = 2**30  # a day after all others


@dataclass(slots=True)
class Words:
    """Values that repeat, each with a number; they only ever grow, so that every snapshot can share them."""

    values: list[Any] = field(default_factory=list)
    codes: dict[Any, int] = field(default_factory=dict)

    def code(self, value: Any) -> int:
        found = self.codes.get(value)
        if found is None:
            found = self.codes[value] = len(self.values)
            self.values.append(value)
        return found


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which values each event has: rows of the snapshot, in order, and codes of the values, side by side."""

    rows: Ints
    codes: Ints

    def moved(self, to: Ints) -> Pairs:
        """The same with rows where they now are; -1 drops them."""
        rows = to[self.rows]
        order = np.argsort(rows, kind="stable")
        order = order[np.searchsorted(rows[order], 0) :]
        return Pairs(rows[order], self.codes[order])

    def of(self, row: int) -> list[int]:
        """The codes of an event's values."""
        low, high = np.searchsorted(self.rows, (row, row + 1))
        found: list[int] = self.codes[low:high].tolist()
        return found


@dataclass(frozen=True, slots=True)
class Rows:
    """The events' columns, in order of ``when`` and id.

    ``when`` is the first day (told, or else first reported; ``NEVER`` if neither is known), ``until`` the last (-1 if
    unknown), as ordinals; ``lat``/``lon`` degrees or NaN, ``near_lat``/``near_lon`` the same as viewers see them.
    """

    number: NDArray[np.int64]
    event: NDArray[np.str_]
    revision: Ints
    type: Ints
    status: Ints
    rank: Ints
    place: Ints
    shown: Ints
    country: Ints
    geonameid: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    when: Ints
    until: Ints
    first: NDArray[np.str_]
    last: NDArray[np.str_]
    size: Ints
    told: Ints
    radius: NDArray[np.float64]
    precision: Ints
    guarded: NDArray[np.bool_]
    title: NDArray[np.object_]

    def take(self, at: Any) -> Rows:
        return Rows(*(getattr(self, f.name)[at] for f in fields(self)))

    def joined(self, other: Rows) -> Rows:
        return Rows(*(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)))

    def __len__(self) -> int:
        return len(self.number)


@dataclass(slots=True)
class Vocabulary:
    """Every value that events have."""

    types: Words = field(default_factory=Words)
    statuses: Words = field(default_factory=Words)
    places: Words = field(default_factory=Words)  # folded names
    shown: Words = field(default_factory=Words)
    countries: Words = field(default_factory=Words)
    actors: Words = field(default_factory=Words)  # (name, group, country, id, private)
    voices: Words = field(default_factory=Words)  # (name, kind, private)
    reports: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the store: after the log's entry ``seq``."""

    seq: int
    words: Vocabulary
    rows: Rows
    actors: Pairs
    voices: Pairs
    reports: Pairs
    near_lat: NDArray[np.float64]
    near_lon: NDArray[np.float64]
    at: NDArray[np.int32]  # number → row, -1 for none
    queue: NDArray[np.int64]  # rows in the order in which they should be looked at
    queue_key: NDArray[np.int64]


class Board:
    """The columns of a store, kept up to date.  Safe for threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
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
        query = _query().execution_options(yield_per=5000)
        words = Vocabulary()
        return _snapshot(seq, words, *_columns(connection.execute(query), words))

    def _changed(self, connection: Connection, old: Snapshot, seq: int) -> Snapshot:
        g = s.log.c
        ended = select(g.subject).where(g.seq > old.seq, g.action == "end-event")
        fresh = connection.execute(_query().where(cards.c.seq > old.seq)).all()
        changed = {r.event for r in fresh}.union(r.subject for r in connection.execute(ended))
        if not changed:
            return _renumbered(old, seq)
        kept = np.flatnonzero(~np.isin(old.rows.event, np.array(sorted(changed))))
        to = np.full(len(old.rows), -1, np.int32)
        to[kept] = np.arange(len(kept), dtype=np.int32)
        rows, pairs = _columns(fresh, old.words)
        shift = len(kept)
        joined = [
            Pairs(np.concatenate([a.rows, b.rows + shift]), np.concatenate([a.codes, b.codes]))
            for a, b in zip((p.moved(to) for p in (old.actors, old.voices, old.reports)), pairs, strict=True)
        ]
        return _snapshot(seq, old.words, old.rows.take(kept).joined(rows), joined)


def last_seq(connection: Connection) -> int:
    """The log's last entry; 0 where there is none."""
    return connection.exec_driver_sql("SELECT max(seq) FROM log").scalar() or 0


def _renumbered(old: Snapshot, seq: int) -> Snapshot:
    values = {f.name: getattr(old, f.name) for f in fields(old)}
    return Snapshot(**{**values, "seq": seq})


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


def _snapshot(seq: int, words: Vocabulary, rows: Rows, pairs: Sequence[Pairs]) -> Snapshot:
    """Everything in order of time and id, with what is made from it."""
    order = np.lexsort((rows.event, rows.when))
    to = np.empty(len(rows), np.int32)
    to[order] = np.arange(len(rows), dtype=np.int32)
    rows = rows.take(order)
    at = np.full(int(rows.number.max(initial=0)) + 1, -1, np.int32)
    at[rows.number] = np.arange(len(rows), dtype=np.int32)
    near = [np.where(rows.guarded, coarse(x), x) for x in (rows.lat, rows.lon)]
    key = _queue_key(rows)
    queue = np.lexsort((rows.event, key))
    actors, voices, reports = (p.moved(to) for p in pairs)
    return Snapshot(seq, words, rows, actors, voices, reports, near[0], near[1], at, queue, key[queue])


def _queue_key(rows: Rows) -> NDArray[np.int64]:
    """Contested events first, then denied ones and those of one source; among them the most told."""
    return rows.rank.astype(np.int64) * 2**32 - rows.size
