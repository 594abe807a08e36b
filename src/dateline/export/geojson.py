"""GeoJSON (RFC 7946): a point for each event, with its row as properties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from dateline.export.bundle import Bundle, Dropped, Options, Written
from dateline.export.cells import clean
from dateline.export.rows import Row, event_row
from dateline.types import Event

NO_PLACE = "no place is told"
NO_POINT = "its place has no coordinates"


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """A FeatureCollection of the events that have a point, one feature a line.

    Raises:
        OSError: the file cannot be written.
    """
    shown, dropped = located(bundle)
    with path.open("wb") as stream:
        stream.write(b'{"type":"FeatureCollection","features":[')
        for n, e in enumerate(shown):
            stream.write(b",\n" if n else b"\n")
            stream.write(msgspec.json.encode(_feature(event_row(bundle, e))))
        stream.write(b"\n]}\n")
    return Written(rows=len(shown), dropped=dropped)


def located(bundle: Bundle) -> tuple[list[Event], tuple[Dropped, ...]]:
    """The events that a map can show, and why it cannot show the others."""
    shown = [e for e in bundle.events if e.place and e.place.lat is not None and e.place.lon is not None]
    here = {e.id for e in shown}
    left = [Dropped(e.id, NO_POINT if e.place else NO_PLACE) for e in bundle.events if e.id not in here]
    return shown, tuple(left)


def _feature(row: Row) -> dict[str, Any]:
    properties = {k: _safe(v) for k, v in row.items() if k not in ("lat", "lon")}
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": properties}


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    return [clean(v) for v in value] if isinstance(value, list) else value
