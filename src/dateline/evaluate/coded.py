"""Coded reports from the files that ``dateline code`` and ``dateline read --format jsonl`` write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.errors import ReadError
from dateline.record import decode, from_record
from dateline.types import CodedReport


def read_coded(path: Path) -> Iterator[CodedReport]:
    """The coded reports of a JSONL file, one a line, without their texts.

    Raises:
        ReadError: the file cannot be read, or a line is no record; file, line and field are named.
    """
    try:
        with path.open("rb") as lines:
            for n, line in enumerate(lines, 1):
                if line.strip():
                    yield from_record(decode(line, str(path), n))
    except OSError as e:
        raise ReadError(e.strerror or str(e), path=str(path)) from None
