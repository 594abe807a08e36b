"""The different points that events are at: a window of the map is counted over points, of which there are fewer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Spots:
    """Points in degrees, and which one each row is at (-1: nowhere)."""

    lon: Floats
    lat: Floats
    of: Ints

    def inside(self, box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
        """The points in a box: west, south, east, north in degrees, edges included; it may run over the date line."""
        west, south, east, north = box
        across = (self.lon >= west) & (self.lon <= east) if west <= east else (self.lon >= west) | (self.lon <= east)
        return across & (self.lat >= south) & (self.lat <= north)


def spots(lon: Floats, lat: Floats) -> Spots:
    """The points of rows; NaN is nowhere."""
    somewhere = np.flatnonzero(~np.isnan(lon) & ~np.isnan(lat))
    order = somewhere[np.lexsort((lat[somewhere], lon[somewhere]))]
    x, y = lon[order], lat[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (x[1:] != x[:-1]) | (y[1:] != y[:-1])
    of = np.full(len(lon), -1, np.int32)
    of[order] = np.cumsum(new) - 1
    return Spots(x[new], y[new], of)
