"""Tables for statistics programs: one row an event (CSV, Parquet) or one row a claim (CSV, Parquet).

CSV is UTF-8 after RFC 4180.  Several values in one cell are divided by ``|``.  A cell of text that a spreadsheet would
take for a formula begins with an apostrophe.  Parquet has the same columns with lists as lists and nothing guarded.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.export.bundle import Bundle, Dropped, Options, Written
from dateline.export.cells import clean, guarded, joined
from dateline.export.rows import CLAIM_COLUMNS, EVENT_COLUMNS, Kind, Row, Value, claim_row, event_row

_ROWS = 5_000  # written to Parquet at a time


def write_csv(bundle: Bundle, path: Path, options: Options) -> Written:
    """One row an event.

    Raises:
        OSError: the file cannot be written.
    """
    return _csv(path, EVENT_COLUMNS, (event_row(bundle, e) for e in bundle.events), ())


def write_parquet(bundle: Bundle, path: Path, options: Options) -> Written:
    """One row an event; as :func:`write_csv`."""
    return _parquet(path, EVENT_COLUMNS, (event_row(bundle, e) for e in bundle.events), ())


def write_claims(bundle: Bundle, path: Path, options: Options) -> Written:
    """One row a claim of the events, in order of the events, then of the reports' dates; as :func:`write_csv`."""
    return _csv(path, CLAIM_COLUMNS, _claims(bundle), lost_claims(bundle))


def write_claims_parquet(bundle: Bundle, path: Path, options: Options) -> Written:
    """One row a claim; as :func:`write_claims`."""
    return _parquet(path, CLAIM_COLUMNS, _claims(bundle), lost_claims(bundle))


def _claims(bundle: Bundle) -> Iterator[Row]:
    for e in bundle.events:
        for told in bundle.told(e):
            yield claim_row(bundle, told, e.id)


def lost_claims(bundle: Bundle) -> tuple[Dropped, ...]:
    """The claims that have no row: of events that were not chosen, or of reports that the export does not have."""
    wanted = {c for e in bundle.events for c in e.claims}
    missing = [Dropped(c, "its report is not in the export") for c in sorted(wanted) if bundle.claim(c) is None]
    others = [
        Dropped(c.id, "its event is not in the export")
        for coded in bundle.coded
        for c in coded.claims
        if c.id not in wanted
    ]
    return (*others, *missing)


# --------------------------------------------------------------------------------------------------------- CSV


def _csv(path: Path, columns: Mapping[str, Kind], rows: Iterator[Row], dropped: Sequence[Dropped]) -> Written:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([cell(row[name]) for name in columns])
            count += 1
    return Written(rows=count, dropped=tuple(dropped))


def cell(value: Value) -> str:
    """A value as a CSV cell: "" for None, true or false, a list joined, text guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return plain(value)
    return guarded(clean(joined(value) if isinstance(value, list) else value))


def plain(value: int | float) -> str:
    """A number without an exponent where it is whole, so that 6.0 is 6."""
    return str(int(value)) if float(value).is_integer() else repr(value)


# ----------------------------------------------------------------------------------------------------- Parquet


def arrow_schema(columns: Mapping[str, Kind]) -> Any:
    """The Arrow schema of these columns."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "whole": pa.int64(),
        "number": pa.float64(),
        "yes": pa.bool_(),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def arrow_rows(rows: Sequence[Row], schema: Any) -> Any:
    """An Arrow table of rows."""
    import pyarrow as pa

    return pa.Table.from_pylist([{k: _safe(v) for k, v in row.items()} for row in rows], schema=schema)


def _safe(value: Value) -> Value:
    if isinstance(value, str):
        return clean(value)
    return [clean(v) for v in value] if isinstance(value, list) else value


def _parquet(path: Path, columns: Mapping[str, Kind], rows: Iterator[Row], dropped: Sequence[Dropped]) -> Written:
    import pyarrow.parquet as pq

    schema, count = arrow_schema(columns), 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while part := [row for _, row in zip(range(_ROWS), rows, strict=False)]:
            writer.write_table(arrow_rows(part, schema))
            count += len(part)
    return Written(rows=count, dropped=tuple(dropped))
