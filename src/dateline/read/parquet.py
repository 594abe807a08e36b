"""Parquet → reports: one a row, by the names of the output contract or by a mapping of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import ReadError
from dateline.read.files import first_line, open_file, shown
from dateline.read.items import Item
from dateline.read.records import FIELDS, read_record
from dateline.types import Reject, Report

if TYPE_CHECKING:
    from dateline.read.paths import Options

_ROWS = 100  # an item


def find_groups(at: str) -> Iterator[Item]:
    """The rows of a file, about a hundred an item; only the file's foot is read.

    Raises:
        ReadError: the file is no Parquet, or its foot is damaged.
    """
    try:
        with open_file(at) as stream, pq.ParquetFile(stream) as file:
            meta = file.metadata
            groups = [
                (meta.row_group(g).num_rows, meta.row_group(g).total_byte_size) for g in range(meta.num_row_groups)
            ]
    except (pa.ArrowException, OSError) as e:
        raise ReadError(f"cannot be read as Parquet: {first_line(e)}", path=shown(at)) from None
    begin = 0
    for g, (rows, size) in enumerate(groups):
        for first in range(0, rows, _ROWS):
            count = min(_ROWS, rows - first)
            known = {"first": str(first), "count": str(count), "row": str(begin + first)}
            yield Item("rows", f"{shown(at)}:{begin + first + 1}", f"row {begin + first + 1}", path=at, part=g, known=known,
                       size=size * count // max(rows, 1))  # fmt: skip
        begin += rows


def read_group(item: Item, options: Options) -> Iterator[Report | Reject]:
    """The reports of some rows of a row group; a damaged group puts its rows aside."""
    first, count, row = (int(item.known[k]) for k in ("first", "count", "row"))
    wanted = tuple(dict.fromkeys(options.fields.get(f, f) for f in FIELDS))
    try:
        records = _group(item.path, item.part, wanted).slice(first, count).to_pylist()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as e:
        detail = f"rows {row + 1} to {row + count} cannot be read: {first_line(e)}"
        yield Reject(id=f"rows {row + 1} to {row + count}", origin=item.origin, reason="malformed", detail=detail)
        return
    for n, record in enumerate(records, row + 1):
        yield from read_record(
            {k: _plain(v) for k, v in record.items()},
            f"{shown(item.path)}:{n}",
            options.fields,
            options.published,
            f"row {n}",
        )


@lru_cache(maxsize=1)
def _group(path: str, group: int, wanted: tuple[str, ...]) -> Any:
    with open_file(path) as stream, pq.ParquetFile(stream, page_checksum_verification=True) as file:
        return file.read_row_group(group, columns=[c for c in wanted if c in file.schema_arrow.names])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
