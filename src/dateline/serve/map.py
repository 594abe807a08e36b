"""Windows of the map, as GeoJSON."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import numpy as np
from fastapi import APIRouter, Query, Request, Response

from dateline.export.sites import least_radius
from dateline.serve import models as m
from dateline.serve.auth import Viewer
from dateline.serve.events import Filters, named
from dateline.serve.state import State, state_of
from dateline.serve.wire import READS, kept, view_of
from dateline.serve.withheld import row_cover
from dateline.store.browse import View
from dateline.store.engine import reading
from dateline.store.private import WITHHELD
from dateline.store.snapshot import Snapshot
from dateline.store.windows import Heap, Window, window

router = APIRouter(prefix="/api", tags=["map"])


@router.get("/map", response_model=m.Map, responses=READS)
async def map_window(
    request: Request,
    person: Viewer,
    filters: Filters,
    zoom: Annotated[float, Query(ge=0, le=24, description="Of the map that it is for.")] = 3,
) -> Response:
    """The events with a place, at most 3,000 features; where there are more, heaps of those near one another."""
    state, view = state_of(request), view_of(request, person)

    def made(now: Snapshot) -> dict[str, Any]:
        with reading(state.store.engine) as c:
            seen = window(c, now, filters, int(zoom), view)
        found: list[Any] = _events(state, now, seen, view)
        found += [feature(h.lon, h.lat, _heap(h)) for h in seen.heaps]
        return {"type": "FeatureCollection", "features": found}

    return await kept(request, person, made)


def feature(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": (round(lon, 5), round(lat, 5))},
        "properties": properties,
    }


def _events(state: State, now: Snapshot, seen: Window, view: View) -> list[msgspec.Raw]:
    """The single events of a window; of those that were shown before the bytes are at hand."""
    rows = np.array(seen.rows, dtype=np.int64)
    found = []
    for row, number, lon, lat in zip(seen.rows, now.rows.number[rows].tolist(), seen.lon, seen.lat, strict=True):
        key = ("point", number, view)
        bytes_ = state.pieces.known(key)
        if bytes_ is None:
            bytes_ = msgspec.json.encode(feature(lon, lat, _event(state, now, row, view)))
            state.pieces.keep(key, bytes_)
        found.append(msgspec.Raw(bytes_))
    return found


def _event(state: State, now: Snapshot, row: int, view: View) -> dict[str, Any]:
    r, words = now.rows, now.words
    type, first, last, radius = (
        words.types.values[r.type[row]],
        str(r.first[row]),
        str(r.last[row]),
        float(r.radius[row]),
    )
    title, precision = r.title[row], int(r.precision[row])
    told = {
        "kind": "event",
        "id": str(r.event[row]),
        "type": type,
        **named(state, type),
        "title": title,
        "status": words.statuses.values[r.status[row]],
        "when": first if first == last else f"{first}/{last}",
        "place": words.shown.values[r.shown[row]],
        "radius_km": None if radius != radius else radius,
        "precision": precision,
        "claims": int(r.size[row]),
    }
    if r.guarded[row] and not view.places:
        told |= {
            "title": row_cover(now, row, view).words(title),
            "place": WITHHELD,
            "radius_km": least_radius(told["radius_km"]),
            "precision": max(precision, 2),
        }
    return told


def _heap(h: Heap) -> dict[str, Any]:
    return {"kind": "cluster", "count": h.count, "contested": h.contested, "box": h.box}
