"""Files, folders and standard input → reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dateline.errors import RejectedReport, UsageError
from dateline.read.compressed import DAMAGE, bare_suffix, open_stream
from dateline.read.decode import decode
from dateline.read.head import parse_date
from dateline.read.html import article, looks_like_html
from dateline.read.items import Item, find_items, read_items
from dateline.read.records import FIELDS, read_json, read_jsonl
from dateline.read.text import make_report
from dateline.types import Reject, Report

MOST_BYTES = 40_000_000
"""Of a single report's file."""

_HTML = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True, slots=True)
class Options:
    """How to read.

    ``published`` is an ISO date that overrides the reports' own; ``fields`` maps the contract's field names to
    those of the input's records.
    """

    published: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.published and parse_date(self.published) is None:
            raise UsageError(f"{self.published!r} is no date (YYYY-MM-DD)", field="--published")
        if wrong := [f for f in self.fields if f not in FIELDS]:
            raise UsageError(f"no field {wrong[0]!r}; there are {', '.join(FIELDS)}", field="--field")


def read_paths(paths: Iterable[str | Path], options: Options = Options()) -> Iterator[Report | Reject]:
    """Every report of some files and folders (``-`` is standard input), in order; ids made unique by a suffix.

    Raises:
        ReadError: a path does not exist or cannot be read.
    """
    seen: dict[str, int] = {}
    for item in read_items(find_items(paths), options):
        yield unique(item, seen)


def unique(item: Report | Reject, seen: dict[str, int]) -> Report | Reject:
    """The second report of an id becomes ``id~2``, the third ``id~3``…; what was put aside keeps its name."""
    if isinstance(item, Reject):
        return item
    id, n = item.id, seen.get(item.id, 0) + 1
    while n > 1 and f"{id}~{n}" in seen:
        n += 1
    seen[id] = n
    if n == 1:
        return item
    seen[f"{id}~{n}"] = 1
    return replace(item, id=f"{id}~{n}")


def read_file(item: Item, options: Options) -> Iterator[Report | Reject]:
    """The reports of one text, page or JSON file."""
    try:
        with open_stream(item.path) as stream:
            raw = stream.read(MOST_BYTES + 1)
    except DAMAGE as e:
        yield Reject(id=item.name, origin=item.origin, reason="malformed", detail=f"cannot be read: {e}")
        return
    if len(raw) > MOST_BYTES:
        size = f"{item.size:,}" if item.size > MOST_BYTES else "unpacked"
        yield Reject(
            id=item.name, origin=item.origin, reason="too-large", detail=f"{size} bytes, more than {MOST_BYTES:,}"
        )
    elif bare_suffix(item.path) == ".json":
        yield from read_json(raw, item.origin, options.fields, options.published)
    else:
        html = bare_suffix(item.path) in _HTML
        yield guard(lambda: document(raw, item.name, options, html=html), item.name, item.origin)


def read_bytes(item: Item, options: Options) -> Iterator[Report | Reject]:
    """Standard input: JSONL or JSON where its first line is an object, else one text or page."""
    raw = item.data
    head = raw.lstrip()[:1]
    if head == b"{" and b"\n" in raw.strip() and raw.strip().split(b"\n", 1)[0].rstrip().endswith(b"}"):
        yield from read_jsonl(raw.splitlines(), item.origin, options.fields, options.published)
    elif head in {b"{", b"["}:
        yield from read_json(raw, item.origin, options.fields, options.published)
    else:
        yield guard(lambda: document(raw, item.name, options), item.name, item.origin)


def document(
    raw: bytes,
    id: str,
    options: Options,
    *,
    html: bool = False,
    text: str | None = None,
    known: Mapping[str, str] | None = None,
) -> Report:
    """The report of one document, plain or a page.

    Args:
        raw: the bytes as received.
        html: that it is a page, whatever it looks like.
        text: its text, where its encoding was known.
        known: what is known of it (title, url, outlet, published); a page's own word goes before, but for its date.

    Raises:
        RejectedReport: it cannot be read as a report.
    """
    text = decode(raw) if text is None else text
    found = dict(known or {})
    if html or looks_like_html(text):
        text, own = article(text)
        found = {**found, **own, **{k: v for k, v in found.items() if k == "url"}}
    return make_report(
        text,
        id=id,
        title=found.get("title", ""),
        url=found.get("url", ""),
        outlet=found.get("outlet", ""),
        published=options.published or found.get("published"),
        raw=raw,
    )


def guard(make: Callable[[], Report], id: str, origin: str) -> Report | Reject:
    """The report, or the reason why there is none."""
    try:
        return make()
    except RejectedReport as e:
        return Reject(id=id, origin=origin, reason=e.reason, detail=e.detail)
