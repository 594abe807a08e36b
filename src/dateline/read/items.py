"""Input → items → reports, in two steps, so that one process finds and many read.

:func:`find_items` goes through files, folders and streams and gives small, picklable items at next to no
cost: a line, a page, the name of a file.  :func:`read_item` makes the reports of one item, wherever it is
called.  A new kind of input is one line in each of the two tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.read.compressed import DAMAGE, bare_suffix, lines, open_stream
from dateline.read.files import Found, find, pure, shown
from dateline.types import Reject, Report

if TYPE_CHECKING:
    from dateline.read.paths import Options

LONGEST_LINE = 40_000_000
"""Bytes of the longest line that is read; a longer one is put aside."""

FINDERS = {
    ".jsonl": "dateline.read.items:find_lines",
    ".ndjson": "dateline.read.items:find_lines",
    ".parquet": "dateline.read.parquet:find_groups",
    ".warc": "dateline.read.warc:find_pages",
    ".urls": "dateline.read.urls:find_urls",
}
"""Suffix (without that of a packing) → what finds the items in such a file; any other file is one item."""

READERS = {
    "file": "dateline.read.paths:read_file",
    "bytes": "dateline.read.paths:read_bytes",
    "line": "dateline.read.items:read_line",
    "rows": "dateline.read.parquet:read_group",
    "page": "dateline.read.warc:read_page",
    "feed": "dateline.read.feed:read_feed_file",
    "reject": "dateline.read.items:read_reject",
}
"""Kind of item → what makes its reports."""

FILES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".json"})
FEEDS = frozenset({".rss", ".atom", ".xml"})


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of input that is read on its own.

    ``origin`` says where it stands (file, or file and line), ``name`` is the id of a report that has none,
    ``data`` its bytes (empty where ``path`` says where they are), ``part`` which part of the path, ``known``
    what is known of the report already, ``size`` roughly how many bytes of text it is, ``changed`` when the file at
    ``path`` was last changed (nanoseconds since the epoch).
    """

    kind: str
    origin: str
    name: str
    data: bytes = b""
    path: str = ""
    part: int = 0
    known: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    changed: int = 0


def find_items(paths: Iterable[str | Path]) -> Iterator[Item]:
    """The items of files, folders (by path or URI; ``-`` is standard input), in order: a folder's files by name.

    Raises:
        ReadError: a path does not exist or cannot be read.
    """
    for path in paths:
        if str(path) == "-":
            yield from _standard_input(sys.stdin.buffer)
            continue
        for file in find(str(path)):
            if not file.inside or _is_input(file.path):
                yield from _of_file(file)


def read_item(item: Item, options: Options) -> Iterator[Report | Reject]:
    """The reports of one item; what cannot be read comes as a Reject."""
    found: Iterator[Report | Reject] = _load(READERS[item.kind])(item, options)
    return found


def _load(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)


def _is_input(path: str) -> bool:
    suffix = bare_suffix(path)
    return suffix in FINDERS or suffix in FILES or suffix in FEEDS


def _of_file(file: Found) -> Iterator[Item]:
    suffix, at = bare_suffix(file.path), file.path
    if suffix in FINDERS:
        for item in _load(FINDERS[suffix])(at):
            yield replace(item, changed=file.changed) if item.path else item
        return
    kind = "feed" if suffix in FEEDS else "file"
    yield Item(kind, shown(at), pure(at).stem, path=at, size=file.size, changed=file.changed)


def aside(origin: str, name: str, reason: str, detail: str) -> Item:
    """An item of which only is known why it cannot be read."""
    return Item("reject", origin, name, known={"reason": reason, "detail": detail})


def read_reject(item: Item, options: Options) -> Iterator[Reject]:
    yield Reject(id=item.name, origin=item.origin, reason=item.known["reason"], detail=item.known["detail"])


# -------------------------------------------------------------------------------------------------- lines


def find_lines(at: str) -> Iterator[Item]:
    """The lines of a file of JSON records, packed or not."""
    with open_stream(at) as stream:
        yield from _lines(stream, shown(at))


def _lines(stream: BinaryIO, origin: str) -> Iterator[Item]:
    number = 0
    try:
        for line in lines(stream, LONGEST_LINE):
            number = line.number
            name = f"line {number}"
            if line.size > LONGEST_LINE:
                detail = f"{name}: {line.size:,} bytes, more than {LONGEST_LINE:,}"
                yield aside(f"{origin}:{number}", name, "too-large", detail)
            elif line.data.strip():
                yield Item("line", f"{origin}:{number}", name, line.data, size=line.size)
    except DAMAGE as e:
        detail = f"the file breaks off or is damaged after line {number}: {e}"
        yield aside(origin, f"after line {number}", "malformed", detail)


def read_line(item: Item, options: Options) -> Iterator[Report | Reject]:
    """The report of one JSON record."""
    import json

    from dateline.read.records import read_record

    try:
        record = json.loads(item.data)
    except (ValueError, RecursionError) as e:
        why = f"{e.msg} at column {e.colno}" if isinstance(e, json.JSONDecodeError) else "not JSON in UTF-8"
        yield Reject(id=item.name, origin=item.origin, reason="malformed", detail=f"{item.name}: {why}")
        return
    yield from read_record(record, item.origin, options.fields, options.published, item.name)


def _standard_input(stream: BinaryIO) -> Iterator[Item]:
    """Records, one a line, where the first line is a whole object; else one document."""
    head = stream.readline(LONGEST_LINE)
    second = stream.readline(LONGEST_LINE)
    if head.lstrip()[:1] == b"{" and head.rstrip().endswith(b"}") and second:
        yield from _lines(_Again(head + second, stream), "standard input")  # type: ignore[arg-type]
    else:
        data = head + second + stream.read()
        yield Item("bytes", "standard input", "stdin", data, size=len(data))


class _Again:
    """A stream some of which was read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._streams = [_Bytes(head), rest]

    def readline(self, most: int) -> bytes:
        while self._streams:
            if found := self._streams[0].readline(most):
                return found
            self._streams.pop(0)
        return b""


def _Bytes(data: bytes) -> BinaryIO:
    import io

    return io.BytesIO(data)


def read_items(items: Iterable[Item], options: Options) -> Iterator[Report | Reject]:
    """The reports of some items, in order."""
    return chain.from_iterable(read_item(i, options) for i in items)
