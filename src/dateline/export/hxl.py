"""HXL (Humanitarian Exchange Language): CSV with a row of hashtags under the header.

Two tables: the events, and the figures of displacement.  Which columns each has is ``data/export/hxl.yaml``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.export.bundle import Bundle, Options, Written
from dateline.export.flat import cell
from dateline.export.idmc import country_name, figures, tables
from dateline.export.rows import event_row
from dateline.export.told import accounts, facts
from dateline.types import Event


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """One row an event.

    Raises:
        OSError: the file cannot be written.
    """
    return Written(rows=_table(path, "events", (_row(bundle, e) for e in bundle.events)))


def write_displacement(bundle: Bundle, path: Path, options: Options) -> Written:
    """One row a figure of displacement of one claim.

    Raises:
        OSError: the file cannot be written.
    """
    rows, dropped = figures(bundle)
    return Written(rows=_table(path, "displacement", rows), dropped=tuple(dropped))


def _table(path: Path, name: str, rows: Iterable[dict[str, Any]]) -> int:
    columns = tables()[name]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header for header, _, _ in columns)
        writer.writerow(tag for _, tag, _ in columns)
        for row in rows:
            writer.writerow(cell(row[field]) for _, _, field in columns)
            count += 1
    return count


def _row(bundle: Bundle, e: Event) -> dict[str, Any]:
    said = list(accounts(bundle, e))
    first, last = (x[:10] if x else None for x in ((e.time.earliest, e.time.latest) if e.time else (None, None)))
    years = {x[:4] for x in (first, last) if x}
    return {
        **event_row(bundle, e),
        "day": first if first == last else None,
        "start": first,
        "end": last,
        "year": years.pop() if len(years) == 1 else None,
        "country_name": country_name(e.place.country) if e.place else "",
        "notes": facts(e),
        "said_by": list(dict.fromkeys(a.voice for a in said)),
        "url": next((a.url for a in said if a.url), ""),
    }
