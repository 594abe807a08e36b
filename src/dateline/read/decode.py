"""Bytes → text: UTF-8, UTF-16 with a byte-order mark, and Windows-1252 where nothing else can be meant."""

from __future__ import annotations

import codecs

from dateline.errors import RejectedReport

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"Rar!",
    b"SQLite format",
)
_MOST_FOREIGN = 0.15  # of the bytes, outside ASCII, in text that is taken for Windows-1252
_FEW_FOREIGN = 2  # bytes outside ASCII that are taken for Windows-1252 in the shortest text
_SAMPLE = 65_536


def decode(raw: bytes) -> str:
    """Text of the bytes, a byte-order mark left out.

    UTF-8 is taken where it fits (a character cut in two at the very end is left out), UTF-16 and UTF-32 by their
    mark, UTF-16 without one by its zero bytes, Windows-1252 where nothing else can be meant.

    Raises:
        RejectedReport: "binary" for what is no text, "encoding" for text in an encoding that cannot be told, or
            damaged UTF-8.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as e:
                raise RejectedReport("encoding", f"marked as {encoding}, but {e.reason} at byte {e.start}") from None
    if raw.startswith(_MAGIC):
        raise RejectedReport("binary", "not text")
    if b"\0" in raw[:_SAMPLE]:
        return _wide(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as e:
        if e.reason == "unexpected end of data" and raw[: e.start].strip():
            return raw[: e.start].decode("utf-8")
        return _windows(raw, e)


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: of most letters of English, every other byte is zero."""
    sample = raw[: min(len(raw), _SAMPLE) // 2 * 2]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sample and zeros.count(0) > 0.7 * len(zeros):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
    raise RejectedReport("binary", "not text")


def _windows(raw: bytes, error: UnicodeDecodeError) -> str:
    foreign = sum(b > 0x7F for b in raw)
    controls = sum(b < 0x20 and b not in b"\t\n\r\f\v" for b in raw)
    if controls > len(raw) / 100:
        raise RejectedReport("binary", "not text")
    if any(c > "\x7f" for c in raw.decode("utf-8", "ignore")):
        raise RejectedReport("encoding", f"damaged UTF-8 ({error.reason} at byte {error.start})")
    if foreign <= max(_FEW_FOREIGN, _MOST_FOREIGN * len(raw)):
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            pass
    raise RejectedReport(
        "encoding", f"neither UTF-8 nor Windows-1252 ({error.reason} at byte {error.start}); save it as UTF-8"
    )
