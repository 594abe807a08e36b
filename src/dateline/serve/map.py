"""Windows of the map, as GeoJSON."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Query, Request, Response

from dateline.export.sites import least_radius
from dateline.serve import models as m
from dateline.serve.auth import Viewer
from dateline.serve.events import Filters, named
from dateline.serve.state import State, state_of
from dateline.serve.wire import READS, answer, tag_of, view_of
from dateline.serve.withheld import row_cover
from dateline.store import browse
from dateline.store.browse import View
from dateline.store.columns import Snapshot
from dateline.store.engine import reading
from dateline.store.private import WITHHELD
from dateline.store.windows import Heap, Window, window

router = APIRouter(prefix="/api", tags=["map"])


@router.get("/map", response_model=m.Map, responses=READS)
def map_window(
    request: Request,
    person: Viewer,
    filters: Filters,
    zoom: Annotated[float, Query(ge=0, le=24, description="Of the map that it is for.")] = 3,
) -> Response:
    """The events with a place, at most 3,000 features; where there are more, heaps of those near one another."""
    state, view = state_of(request), view_of(request, person)
    now = state.board.now()
    tag = tag_of(request, person, now.seq)
    with reading(state.store.engine) as c:
        seen = window(now, browse.chosen(c, now, filters, view), int(zoom), view)
    found = _events(state, now, seen, view)
    found += [feature(h.lon, h.lat, _heap(h)) for h in seen.heaps]
    return answer({"type": "FeatureCollection", "features": found}, tag)


def feature(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": (round(lon, 5), round(lat, 5))},
        "properties": properties,
    }


def _events(state: State, now: Snapshot, seen: Window, view: View) -> list[dict[str, Any]]:
    """The single events of a window."""
    r, words = now.rows.take(np.array(seen.rows, dtype=np.int64)), now.words
    known = [(t, named(state, t)) for t in words.types.values]
    columns = (
        seen.lon, seen.lat, seen.rows, r.event.tolist(), r.type.tolist(), r.status.tolist(), r.shown.tolist(),
        r.first.tolist(), r.last.tolist(), r.radius.tolist(), r.precision.tolist(), r.size.tolist(), r.guarded.tolist(),
        r.title.tolist(),
    )  # fmt: skip
    found = []
    for lon, lat, row, id, type, status, shown, first, last, radius, precision, size, guarded, title in zip(
        *columns, strict=True
    ):
        code, names = known[type]
        told = {
            "kind": "event",
            "id": id,
            "type": code,
            **names,
            "title": title,
            "status": words.statuses.values[status],
            "when": first if first == last else f"{first}/{last}",
            "place": words.shown.values[shown],
            "radius_km": None if radius != radius else radius,
            "precision": precision,
            "claims": size,
        }
        if guarded and not view.places:
            told |= {
                "title": row_cover(now, row, view).words(title),
                "place": WITHHELD,
                "radius_km": least_radius(told["radius_km"]),
                "precision": max(precision, 2),
            }
        found.append(feature(lon, lat, told))
    return found


def _heap(h: Heap) -> dict[str, Any]:
    return {"kind": "cluster", "count": h.count, "contested": h.contested, "box": h.box}
