"""A window of the map: single events, or heaps of them where there are too many to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.store.browse import ALL, Mask, View
from dateline.store.columns import Snapshot
from dateline.store.query import Box

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


def window(now: Snapshot, mask: Mask, zoom: int = 3, view: View = ALL) -> Window:
    """The events that a mask lets pass and that have a place, as at most 3,000 features.

    Args:
        zoom: of a map in tiles; a heap is what lies in a square of a quarter of a tile, or more where that gives more
            features than may be.
    """
    lat, lon = (now.rows.lat, now.rows.lon) if view.places else (now.near_lat, now.near_lon)
    at = np.flatnonzero(mask & ~np.isnan(lat) & ~np.isnan(lon))
    if len(at) <= _SINGLES:
        return _singles(at, lat, lon, ())
    x, y = lon[at], lat[at]
    size = 360.0 / 2.0 ** min(max(zoom, 0), 22) * _CELL / 256
    while True:
        wide = int(360 // size) + 2
        cells, which, counts = np.unique(
            np.floor((x + 180) / size).astype(np.int64) + np.floor((y + 90) / size).astype(np.int64) * wide,
            return_inverse=True,
            return_counts=True,
        )
        if len(cells) <= MOST:
            break
        size *= 2
    alone = counts[which] == 1
    return _singles(at[alone], lat, lon, _heaps(now, at, x, y, which, counts))


def _singles(at: Any, lat: Any, lon: Any, heaps: tuple[Heap, ...]) -> Window:
    return Window(tuple(at.tolist()), tuple(lon[at].tolist()), tuple(lat[at].tolist()), heaps)


def _heaps(now: Snapshot, at: Any, x: Any, y: Any, which: Any, counts: Any) -> tuple[Heap, ...]:
    many = np.flatnonzero(counts > 1)
    n = len(counts)
    contested = np.bincount(which, weights=now.rows.rank[at] == 0, minlength=n)
    middle = [np.bincount(which, weights=v, minlength=n) / counts for v in (x, y)]
    ends = []
    for values in (x, y):
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
