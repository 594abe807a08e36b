"""A window of the map: single events, or heaps of them where there are too many to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from dateline.store.browse import ALL, Mask, View, Wanted, passing, points_of
from dateline.store.query import Box
from dateline.store.snapshot import Snapshot
from dateline.store.spots import Floats, Spots

MOST = 3000
"""Features that a window has at most."""
_SINGLES = 1500  # events up to which each is shown by itself
_CELL = 64  # of a tile's 256 pixels: how near to one another events make a heap


@dataclass(frozen=True, slots=True)
class Heap:
    """Events near one another: how many, how many of them contested, their middle and the box that they lie in."""

    count: int
    contested: int
    lon: float
    lat: float
    box: Box


@dataclass(frozen=True, slots=True)
class Window:
    """Rows of single events, with where they are shown (degrees), and heaps."""

    rows: tuple[int, ...]
    lon: tuple[float, ...]
    lat: tuple[float, ...]
    heaps: tuple[Heap, ...]


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many events each point has, and how many of them are contested."""

    events: NDArray[np.int64]
    contested: NDArray[np.int64]


def window(connection: Connection, now: Snapshot, w: Wanted, zoom: int = 3, view: View = ALL) -> Window:
    """The events that are wanted and have a place, as at most 3,000 features.

    Args:
        zoom: of a map in tiles; a heap is what lies in a square of a quarter of a tile, or more where that gives more
            features than may be.
    """
    points, mask = points_of(now, view), passing(connection, now, w, view)
    tally = now.kept.get(("tally", replace(w, box=None), view), lambda: _tally(now, points, mask))
    inside = tally.events > 0
    if w.box:
        inside &= points.inside(w.box)
    at = np.flatnonzero(inside)
    if tally.events[at].sum() <= _SINGLES:
        return _singles(mask, inside, points, ())
    which, counts = _cells(points.lon[at], points.lat[at], tally.events[at], zoom)
    alone = np.zeros(len(inside), np.bool_)
    alone[at] = counts[which] == 1
    return _singles(mask, alone, points, _heaps(points, tally, at, which, counts))


def _tally(now: Snapshot, points: Spots, mask: Mask) -> _Tally:
    n = len(points.lon)
    of = points.of[mask] + 1  # nowhere is counted first, and left out
    against = points.of[mask & (now.rows.rank == 0)] + 1
    return _Tally(np.bincount(of, minlength=n + 1)[1:], np.bincount(against, minlength=n + 1)[1:])


def _cells(x: Floats, y: Floats, events: Any, zoom: int) -> tuple[Any, Any]:
    """Which square each point is in, and how many events each square has."""
    size = 360.0 / 2.0 ** min(max(zoom, 0), 22) * _CELL / 256
    while True:
        wide = int(360 // size) + 2
        columns, lines = (np.floor((v + off) / size).astype(np.int64) for v, off in ((x, 180), (y, 90)))
        cells, which = np.unique(columns + lines * wide, return_inverse=True)
        if len(cells) <= MOST:
            return which, np.bincount(which, weights=events, minlength=len(cells)).astype(np.int64)
        size *= 2


def _singles(mask: Mask, chosen: Mask, points: Spots, heaps: tuple[Heap, ...]) -> Window:
    """The events at the chosen points, each by itself."""
    rows = np.flatnonzero(mask & np.append(chosen, False)[points.of]) if chosen.any() else np.empty(0, np.int64)
    at = points.of[rows]
    return Window(tuple(rows.tolist()), tuple(points.lon[at].tolist()), tuple(points.lat[at].tolist()), heaps)


def _heaps(points: Spots, tally: _Tally, at: Any, which: Any, counts: Any) -> tuple[Heap, ...]:
    many = np.flatnonzero(counts > 1)
    n = len(counts)
    contested = np.bincount(which, weights=tally.contested[at], minlength=n)
    middle, ends = [], []
    for values in (points.lon[at], points.lat[at]):
        middle.append(np.bincount(which, weights=values * tally.events[at], minlength=n) / counts)
        low, high = np.full(n, np.inf), np.full(n, -np.inf)
        np.minimum.at(low, which, values)
        np.maximum.at(high, which, values)
        ends += [low, high]
    west, east, south, north = ends
    table = np.column_stack([counts, contested, *middle, west, south, east, north])[many].tolist()
    return tuple(
        Heap(int(count), int(against), round(lon, 5), round(lat, 5), tuple(box))
        for count, against, lon, lat, *box in table
    )
