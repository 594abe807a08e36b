"""Records → Parquet: the output contract's form as Arrow columns, made from the domain types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from itertools import islice
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from dateline.record import Head, Record
from dateline.types import Claim, Event

_ROWS = 1000  # a row group


def write_parquet(out: Path | pa.NativeFile, lines: Iterable[bytes], events: bool = False) -> None:
    """Write records, one a row: ``report``, ``claims`` and, if they have them, ``events``, nested as in the JSON.

    Raises:
        OSError: the file cannot be written.
    """
    schema = pa.schema([("report", arrow_type(Head)), ("claims", pa.list_(arrow_type(Claim)))])
    if events:
        schema = schema.append(pa.field("events", pa.list_(arrow_type(Event))))
    stream = iter(lines)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while block := list(islice(stream, _ROWS)):
            rows = [msgspec.json.decode(line) for line in block]
            writer.write_table(pa.Table.from_pylist([{k: r[k] for k in schema.names} for r in rows], schema=schema))


def read_parquet(path: Path) -> list[bytes]:
    """The records of such a file, as the lines of JSON that they were."""
    encoder = msgspec.json.Encoder()
    rows = pq.read_table(path).to_pylist()
    return [encoder.encode(msgspec.convert(_whole(row), Record)) for row in rows]


def arrow_type(of: Any) -> pa.DataType:
    """The Arrow type of a domain type.

    Raises:
        TypeError: there is none.
    """
    if is_dataclass(of):
        hints = get_type_hints(of)
        return pa.struct([(f.name, arrow_type(hints[f.name])) for f in fields(of)])
    origin, args = get_origin(of), get_args(of)
    if origin is tuple:
        return pa.list_(arrow_type(args[0]))
    if origin is Literal:
        return pa.string()
    if origin in (Union, UnionType):
        rest = [a for a in args if a is not NoneType]
        return pa.float64() if set(rest) == {int, float} else arrow_type(rest[0])
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    if of not in plain:
        raise TypeError(f"no Arrow type for {of}")
    return plain[of]


def _whole(value: Any) -> Any:
    """Floats that are whole numbers as such, all the way down."""
    if isinstance(value, dict):
        return {k: v if k in _FLOATS else _whole(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_whole(v) for v in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


_FLOATS = frozenset({"lat", "lon", "radius_km", "distance_km", "confidence"})
