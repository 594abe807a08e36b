"""One state of a store's events as columns in memory, and what is worked out from them once for many answers."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.export.sites import coarse
from dateline.store.memo import Memo
from dateline.store.search import Search
from dateline.store.spots import Spots, spots

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
    """Which values each event has: rows of the snapshot, in order, and codes of the values, side by side; those of
    row ``n`` from ``starts[n]`` to ``starts[n + 1]``."""

    rows: Ints
    codes: Ints
    starts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))

    def moved(self, to: Ints, count: int) -> Pairs:
        """The same with rows where they now are, ``count`` in all; -1 drops them."""
        rows = to[self.rows]
        order = np.argsort(rows, kind="stable")
        order = order[np.searchsorted(rows[order], 0) :]
        rows = rows[order]
        starts = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
        return Pairs(rows, self.codes[order], starts)

    def of(self, row: int) -> list[int]:
        """The codes of an event's values."""
        found: list[int] = self.codes[self.starts[row] : self.starts[row + 1]].tolist()
        return found


@dataclass(frozen=True, slots=True)
class Rows:
    """The events' columns, in order of ``when`` and id.

    ``when`` is the first day (told, or else first reported; ``NEVER`` if neither is known), ``until`` the last (-1 if
    unknown), as ordinals; ``lat``/``lon`` degrees or NaN.
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


_QUESTIONS = 200


@dataclass(frozen=True)
class Snapshot:
    """One state of the store: after the log's entry ``seq``.

    ``at`` gives the row of a number, -1 for none; ``kept`` is what was worked out for some questions, and is good for
    as long as the rows are the same; ``search`` is shared by all snapshots.
    """

    seq: int
    words: Vocabulary
    search: Search
    rows: Rows
    actors: Pairs
    voices: Pairs
    reports: Pairs
    at: Ints
    kept: Memo = field(default_factory=lambda: Memo(_QUESTIONS))

    @cached_property
    def spots(self) -> Spots:
        """Where the events are."""
        return spots(self.rows.lon, self.rows.lat)

    @cached_property
    def near(self) -> Spots:
        """The same as viewers see it."""
        r = self.rows
        if not r.guarded.any():
            return self.spots
        lon, lat = (np.where(r.guarded, coarse(x), x) for x in (r.lon, r.lat))
        return spots(lon, lat)

    @cached_property
    def queue(self) -> NDArray[np.int64]:
        """Rows in the order in which they should be looked at: contested events first, then denied ones and those of
        one source; among them the most told."""
        return np.lexsort((self.rows.event, self._queue_keys))

    @cached_property
    def queue_key(self) -> NDArray[np.int64]:
        """What that order is by."""
        found: NDArray[np.int64] = self._queue_keys[self.queue]
        return found

    @cached_property
    def _queue_keys(self) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self.rows.rank.astype(np.int64) * 2**32 - self.rows.size
        return found

    def after(self, seq: int) -> Snapshot:
        """The same rows after a later entry of the log, which changed no event."""
        later = copy(self)
        object.__setattr__(later, "seq", seq)
        return later
