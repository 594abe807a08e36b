"""Files as byte streams, packed (``.gz``, ``.zst``, ``.bz2``, ``.xz``) or not, and their lines, in bounded memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, cast

import zstandard

from dateline.read.files import open_file, pure

SUFFIXES = (".gz", ".zst", ".bz2", ".xz")
DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zstandard.ZstdError)
"""What unpacking raises where a file is cut off or damaged."""

_CHUNK = 1 << 16
_MOST_RATIO = 150  # unpacked bytes a packed one; text packs to a fifth or a tenth
_FREE = 64_000_000  # bytes that may be unpacked before the ratio counts


class Bomb(OSError):
    """A packed file unpacks to far more than text would."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its break, by number from 1; ``size`` is its length in bytes, ``data`` empty if that is too much."""

    number: int
    data: bytes
    size: int


def bare_suffix(path: str | PurePath) -> str:
    """A file's suffix in lower case, that of its packing left out: ``.jsonl`` of ``news.jsonl.gz``."""
    at = pure(path)
    at = at.with_suffix("") if at.suffix.lower() in SUFFIXES else at
    return at.suffix.lower()


def open_stream(path: str) -> BinaryIO:
    """A file's bytes, unpacked as they are read.

    Raises:
        ReadError: the file cannot be opened.  Reading may raise one of :data:`DAMAGE`, :class:`Bomb` among them.
    """
    raw = open_file(path)
    suffix = pure(path).suffix.lower()
    if suffix not in SUFFIXES:
        return raw
    return cast(BinaryIO, io.BufferedReader(_Capped(raw, _unpacked(raw, suffix)), _CHUNK))


def _unpacked(raw: BinaryIO, suffix: str) -> BinaryIO:
    if suffix == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw, mode="rb"))
    if suffix == ".zst":
        return cast(BinaryIO, zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True))
    return cast(BinaryIO, bz2.BZ2File(raw) if suffix == ".bz2" else lzma.LZMAFile(raw))


class _Capped(io.RawIOBase):
    """A stream that stops where unpacking gives absurdly much."""

    def __init__(self, raw: BinaryIO, unpacked: BinaryIO) -> None:
        self._raw = raw
        self._unpacked = unpacked
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._unpacked.read(min(len(view), _CHUNK))
        self._given += len(data)
        if self._given > _FREE and self._given > _MOST_RATIO * max(1, self._raw.tell()):
            raise Bomb(f"unpacks to more than {_MOST_RATIO} times its size; this is no text")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._unpacked.close()
        self._raw.close()
        super().close()


def lines(stream: BinaryIO, most: int) -> Iterator[Line]:
    """The stream's lines; of one longer than ``most`` bytes only the length is kept, whatever it is."""
    number = 0
    while piece := stream.readline(most + 2):
        number += 1
        if len(piece) <= most + 1 and (piece.endswith(b"\n") or len(piece) <= most):
            data = piece.rstrip(b"\r\n")
            yield Line(number, data, len(data))
            continue
        size = len(piece)
        while not piece.endswith(b"\n") and (piece := stream.readline(_CHUNK)):
            size += len(piece)
        yield Line(number, b"", size)
