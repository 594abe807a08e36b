"""Web archives (WARC) → reports: the pages that were answered with success, by fastwarc."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from dateline.errors import ReadError
from dateline.read.files import open_file, pure, shown
from dateline.read.items import Item, aside
from dateline.types import Reject, Report

if TYPE_CHECKING:
    from dateline.read.paths import Options

MOST_PAGE = 10_000_000
"""Bytes of the largest page that is read."""

_CHUNK = 1 << 16
_TEXT = ("text/html", "application/xhtml+xml", "text/plain")


def find_pages(at: str) -> Iterator[Item]:
    """The pages of an archive; where it breaks off, what was whole is read and the rest put aside."""
    count = last = 0
    try:
        with open_file(at) as stream:  # fastwarc unpacks for itself, record by record
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
                last = record.stream_pos
                item = _page(record, shown(at), count + 1)
                count += 1
                if item:
                    yield item
        if pure(at).suffix.lower() == ".gz" and not _ends_whole(at, last):
            raise EOFError("its last record is not whole")
    except (GeneratorExit, ReadError):
        raise
    except BaseException as e:  # fastwarc's own panics are no Exceptions
        if not isinstance(e, Exception) and type(e).__name__ != "PanicException":
            raise
        detail = f"the archive breaks off or is damaged after page {count}: {str(e)[:200]}"
        yield aside(shown(at), f"after page {count}", "malformed", detail)


def _ends_whole(at: str, start: int) -> bool:
    """Whether the gzip members from an offset on end where the file does; fastwarc passes over half a one in silence."""
    with open_file(at) as f:
        f.seek(start)
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while data := f.read(_CHUNK):
            while data:
                if member.eof:
                    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                member.decompress(data)
                data = member.unused_data
    return member.eof


def _page(record: Any, origin: str, number: int) -> Item | None:
    http = record.http_headers
    if http is None or http.status_code != 200:
        return None
    kind = (record.http_content_type or "").lower()
    if kind and kind not in _TEXT:
        return None
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    where, name = f"{origin}:{number}", url or f"page {number}"
    promised = record.content_length
    if promised > MOST_PAGE:
        return aside(where, name, "too-large", f"{promised:,} bytes, more than {MOST_PAGE:,}")
    data = record.reader.read(MOST_PAGE + 1)
    if len(data) < promised:
        raise EOFError(f"page {number} has {len(data):,} of {promised:,} bytes")
    fetched = record.headers.get("WARC-Date", "")[:10]
    known = {"url": url, "published": fetched, "charset": record.http_charset or "", "kind": kind}
    return Item("page", where, name, data, known={k: v for k, v in known.items() if v}, size=len(data))


def read_page(item: Item, options: Options) -> Iterator[Report | Reject]:
    """The report of one page, by the encoding that its server named."""
    from dateline.read.paths import document, guard

    def make() -> Report:
        html = item.known.get("kind", "text/html") != "text/plain"
        return document(item.data, item.name, options, html=html, text=_named(item), known=item.known)

    yield guard(make, item.name, item.origin)


def _named(item: Item) -> str | None:
    """The page's text where the server's encoding fits it."""
    charset = item.known.get("charset", "")
    if not charset:
        return None
    try:
        return item.data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return None
