"""GeoParquet 1.1: the table of events with a column of points (WKB, longitude and latitude of WGS 84)."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

from dateline.export.bundle import Bundle, Options, Written
from dateline.export.flat import arrow_rows, arrow_schema
from dateline.export.geojson import located
from dateline.export.rows import EVENT_COLUMNS, event_row

_COLUMN = "geometry"
_POINT = 1  # the type's number in WKB


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """One row an event that has a point.

    Raises:
        OSError: the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    shown, dropped = located(bundle)
    rows = [event_row(bundle, e) for e in shown]
    places = [
        (e.place.lon, e.place.lat) for e in shown if e.place and e.place.lon is not None and e.place.lat is not None
    ]
    points = pa.array([point(lon, lat) for lon, lat in places], pa.binary())
    table = arrow_rows(rows, arrow_schema(EVENT_COLUMNS)).append_column(_COLUMN, points)
    about = json.dumps(_about(places), sort_keys=True)
    pq.write_table(table.replace_schema_metadata({"geo": about}), path, compression="zstd")
    return Written(rows=len(rows), dropped=dropped)


def point(lon: float, lat: float) -> bytes:
    """A point as little-endian WKB."""
    return struct.pack("<BIdd", 1, _POINT, lon, lat)


def _about(places: list[tuple[float, float]]) -> dict[str, Any]:
    """The file's "geo" metadata.  Without "crs" it is OGC:CRS84: longitude, latitude."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"] if places else []}
    if places:
        east, north = zip(*places, strict=True)
        column["bbox"] = [min(east), min(north), max(east), max(north)]
    return {"version": "1.1.0", "primary_column": _COLUMN, "columns": {_COLUMN: column}}
