"""JSON and JSONL → reports, by the names of the output contract or by a mapping of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dateline.errors import RejectedReport
from dateline.read.text import MOST, make_report
from dateline.types import Reject, Report

FIELDS = ("id", "text", "title", "url", "outlet", "published", "language")


def read_jsonl(
    lines: Iterable[bytes], origin: str, fields: Mapping[str, str], published: str | None
) -> Iterator[Report | Reject]:
    """One report a line; a line that is none is put aside by its number."""
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{origin}:{n}"
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, UnicodeDecodeError) as e:
            yield Reject(id=f"line {n}", origin=where, reason="malformed", detail=f"line {n}: {_why(e)}")
            continue
        yield from read_record(record, where, fields, published, f"line {n}")


def read_json(raw: bytes, origin: str, fields: Mapping[str, str], published: str | None) -> Iterator[Report | Reject]:
    """A record, or a list of records."""
    try:
        found = json.loads(raw)
    except (json.JSONDecodeError, UnicodeDecodeError) as e:
        yield Reject(id=origin, origin=origin, reason="malformed", detail=_why(e))
        return
    for n, record in enumerate(found if isinstance(found, list) else [found], 1):
        yield from read_record(record, f"{origin}:{n}", fields, published, f"record {n}")


def read_record(
    record: Any, origin: str, fields: Mapping[str, str], published: str | None, name: str
) -> Iterator[Report | Reject]:
    """The report of one record; ``name`` stands for its id where it has none."""
    if not isinstance(record, dict):
        yield Reject(id=name, origin=origin, reason="malformed", detail=f"{name}: an object is wanted")
        return
    values: dict[str, str] = {}
    for field in FIELDS:
        value = record.get(fields.get(field, field))
        if value is not None and not isinstance(value, str | int):
            yield Reject(id=name, origin=origin, reason="malformed", detail=f"{name}: {field} is no text")
            return
        values[field] = "" if value is None else str(value)
    id = values["id"] or name
    if "text" not in record and fields.get("text", "text") not in record:
        yield Reject(
            id=id, origin=origin, reason="malformed", detail=f"{name}: no field {fields.get('text', 'text')!r}"
        )
        return
    try:
        yield make_report(
            values["text"],
            id=id,
            title=values["title"],
            url=values["url"],
            outlet=values["outlet"],
            published=published or values["published"] or None,
            language=values["language"],
            most=MOST,
        )
    except RejectedReport as e:
        yield Reject(id=id, origin=origin, reason=e.reason, detail=e.detail)


def _why(e: Exception) -> str:
    return f"{e.msg} at column {e.colno}" if isinstance(e, json.JSONDecodeError) else "not UTF-8"
