"""Feeds (RSS 0.9 to 2.0, RDF, Atom) → reports, and lists of feeds (OPML) → URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from dateline.errors import ReadError, RejectedReport
from dateline.read.compressed import DAMAGE, open_stream
from dateline.read.items import Item
from dateline.read.text import make_report
from dateline.read.xml import parse_xml
from dateline.types import Reject, Report

if TYPE_CHECKING:
    from dateline.read.paths import Options

MOST_BYTES = 20_000_000
_BLOCKS = frozenset("p div br li h1 h2 h3 h4 h5 h6 blockquote tr ul ol table section article".split())
_HIDDEN = frozenset({"script", "style"})
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed: ``id`` is its own or its link, ``text`` without markup."""

    id: str
    title: str
    url: str
    published: str | None
    text: str


def read_feed_file(item: Item, options: Options) -> Iterator[Report | Reject]:
    """The reports of a feed that was saved to a file."""
    try:
        with open_stream(item.path) as stream:
            data = stream.read(MOST_BYTES + 1)
    except DAMAGE as e:
        yield Reject(id=item.name, origin=item.origin, reason="malformed", detail=f"cannot be read: {e}")
        return
    if len(data) > MOST_BYTES:
        yield Reject(id=item.name, origin=item.origin, reason="too-large", detail=f"more than {MOST_BYTES:,} bytes")
        return
    try:
        outlet, entries = read_feed(data)
    except RejectedReport as e:
        yield Reject(id=item.name, origin=item.origin, reason=e.reason, detail=e.detail)
        return
    for n, entry in enumerate(entries, 1):
        yield report_of(entry, outlet, f"{item.origin}:{n}", options.published)


def report_of(entry: Entry, outlet: str, origin: str, published: str | None = None) -> Report | Reject:
    """The report of a feed's item."""
    try:
        return make_report(
            entry.text or entry.title, id=entry.id or origin, title=entry.title, url=entry.url, outlet=outlet,
            published=published or entry.published,
        )  # fmt: skip
    except RejectedReport as e:
        return Reject(id=entry.id or origin, origin=origin, reason=e.reason, detail=e.detail)


def read_feed(data: bytes) -> tuple[str, list[Entry]]:
    """A feed's title and its items, in its order.

    Raises:
        RejectedReport: "malformed": no XML, XML with a DOCTYPE, or no feed.
    """
    root = parse_xml(data)
    if _name(root) not in {"rss", "RDF", "feed"}:
        raise RejectedReport("malformed", f"no feed: its root is <{_name(root)}>")
    channel = next((e for e in root.iter() if _name(e) == "channel"), root)
    items = [e for e in root.iter() if _name(e) in {"item", "entry"}]
    return plain(_text(channel, "title")), [_entry(e) for e in items]


def read_opml(data: bytes) -> list[str]:
    """The feeds' URLs of an OPML file, none twice; of a plain list, one a line.

    Raises:
        RejectedReport: it is neither.
    """
    if not data.lstrip().startswith((b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")):
        lines = [line.split("#")[0].strip() for line in data.decode("utf-8", "replace").splitlines()]
        found = [line for line in lines if line]
    else:
        root = parse_xml(data)
        if _name(root) != "opml":
            raise RejectedReport("malformed", f"no OPML: its root is <{_name(root)}>")
        found = [url for e in root.iter() if _name(e) == "outline" and (url := e.get("xmlUrl", "").strip())]
    if not found:
        raise RejectedReport("malformed", "no feed is listed")
    return list(dict.fromkeys(found))


def opml_file(path: Path) -> list[str]:
    """The feeds of a file.

    Raises:
        ReadError: it cannot be read, or lists no feed.
    """
    try:
        return read_opml(path.read_bytes())
    except OSError as e:
        raise ReadError(e.strerror or str(e), path=str(path)) from None
    except RejectedReport as e:
        raise ReadError(e.detail, path=str(path)) from None


def _entry(e: Element) -> Entry:
    url = _text(e, "link") or next(
        (c.get("href", "") for c in e if _name(c) == "link" and c.get("rel", "alternate") == "alternate"), ""
    )
    texts = [_text(e, n) for n in ("encoded", "content", "description", "summary")]
    text = max((plain(t) for t in texts), key=len, default="")
    date = next((d for n in ("pubDate", "published", "date", "updated", "issued") if (d := _date(_text(e, n)))), None)
    return Entry(_text(e, "guid") or _text(e, "id") or url, plain(_text(e, "title")), url, date, text)


def _name(e: Element) -> str:
    return e.tag.rpartition("}")[2]


def _text(e: Element, name: str) -> str:
    """The text of a child; of XHTML inside Atom, with its paragraphs."""
    for child in e:
        if _name(child) == name:
            if len(child):
                return "\n\n".join(t.strip() for t in child.itertext() if t.strip())
            if child.text and child.text.strip():
                return child.text.strip()
    return ""


def _date(value: str) -> str | None:
    """An ISO date of RFC 822 or ISO 8601."""
    if not value:
        return None
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    m = re.match(r"(\d{4}-\d\d-\d\d)", value)
    return m[1] if m else None


def plain(text: str) -> str:
    """Text without markup, a blank line between paragraphs."""
    if not _MARKUP.search(text):
        return text.strip()
    reader = _Plain()
    reader.feed(text)
    reader.close()
    paragraphs = (" ".join(p.split()) for p in "".join(reader.parts).split("\n"))
    return "\n\n".join(p for p in paragraphs if p)


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(data.split("\n")))
