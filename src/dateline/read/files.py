"""Files wherever they lie: by path on this machine, or by URI on any file system that Arrow reads.

A path stays a plain string on its way through the program.  ``s3://``, ``gs://``, ``hdfs://``, ``abfs://`` and
``file://`` are URIs; what follows a ``?`` goes to Arrow (``?region=…``, ``?endpoint_override=…&scheme=http``).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import quote, unquote, urlsplit

from dateline.errors import ReadError

if TYPE_CHECKING:
    from pyarrow import fs

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_BUFFER = 1 << 20  # bytes asked for at a time
TROUBLE = (OSError, ValueError, NotImplementedError)
"""What Arrow raises where a store fails or a URI makes no sense."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its path or URI, its size in bytes, the time of its last change in nanoseconds since the epoch.

    ``inside`` tells a folder's file from one that was named itself.
    """

    path: str
    size: int
    changed: int
    inside: bool


def is_uri(path: str | PurePath) -> bool:
    return _URI.match(str(path)) is not None


def shown(path: str | PurePath) -> str:
    """A path as it is told to people: of a URI, without its password and its options."""
    if not is_uri(path):
        return str(path)
    parts = urlsplit(str(path))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{unquote(parts.path)}"


def pure(path: str | PurePath) -> PurePath:
    """A path's name and suffixes."""
    return PurePosixPath(shown(path)) if is_uri(path) else PurePath(path)


def file_system(uri: str) -> tuple[fs.FileSystem, str]:
    """The file system of a URI, and the path in it.

    Raises:
        OSError, ValueError: the URI's scheme is not known, or its store cannot be reached.
    """
    parts = urlsplit(uri)
    query = f"?{parts.query}" if parts.query else ""
    found, base = _root(f"{parts.scheme}://{parts.netloc}/{query}")
    return found, (base.rstrip("/") + unquote(parts.path)).rstrip("/") or "/"


def names_folder(path: str) -> bool:
    """Whether a path or URI ends in a stroke."""
    return (urlsplit(path).path if is_uri(path) else path).endswith("/")


def beside(path: str, suffix: str) -> str:
    """A path with something after its name: of a URI, before its options."""
    parts = urlsplit(path)
    return parts._replace(path=parts.path + suffix).geturl() if is_uri(path) else path + suffix


@lru_cache(maxsize=16)
def _root(uri: str) -> tuple[fs.FileSystem, str]:
    from pyarrow import fs

    found, base = fs.FileSystem.from_uri(uri)
    return found, str(base)


def find(path: str) -> Iterator[Found]:
    """A file, or every file in a folder and the folders in it, in order of their names.

    Raises:
        ReadError: there is nothing, or it cannot be reached.
    """
    if is_uri(path):
        yield from _find_elsewhere(path)
        return
    at = Path(path)
    if not at.exists():
        raise ReadError("no such file or folder", path=path)
    folder = at.is_dir()
    for file in sorted(p for p in at.rglob("*") if p.is_file()) if folder else [at]:
        try:
            stat = file.stat()
        except OSError as e:
            raise ReadError(e.strerror or str(e), path=str(file)) from None
        yield Found(str(file), stat.st_size, stat.st_mtime_ns, folder)


def _find_elsewhere(uri: str) -> Iterator[Found]:
    from pyarrow.fs import FileSelector, FileType

    parts = urlsplit(uri)
    try:
        system, at = file_system(uri)
        top = system.get_file_info(at)
        infos = system.get_file_info(FileSelector(at, recursive=True)) if top.type == FileType.Directory else [top]
    except TROUBLE as e:
        raise ReadError(first_line(e), path=shown(uri)) from None
    if top.type == FileType.NotFound:
        raise ReadError("no such file or folder", path=shown(uri))
    files = {i.path[len(at) :].strip("/"): i for i in infos if i.type == FileType.File}
    for name in sorted(files, key=PurePosixPath):
        path = f"{parts.path.rstrip('/')}/{quote(name)}" if name else parts.path
        yield Found(parts._replace(path=path).geturl(), files[name].size or 0, files[name].mtime_ns or 0, bool(name))


def open_file(path: str) -> BinaryIO:
    """A file's bytes; one that breaks off while it is read from elsewhere raises ReadError too.

    Raises:
        ReadError: it cannot be opened.
    """
    try:
        if not is_uri(path):
            return Path(path).open("rb")
        system, at = file_system(path)
        return cast(BinaryIO, io.BufferedReader(_Elsewhere(system.open_input_file(at), shown(path)), _BUFFER))
    except TROUBLE as e:
        raise ReadError(getattr(e, "strerror", None) or first_line(e), path=shown(path)) from None


def read_bytes(path: str) -> bytes:
    """A whole file.

    Raises:
        ReadError: it cannot be read.
    """
    with open_file(path) as f:
        return f.read()


def first_line(e: Exception) -> str:
    return str(e).strip().split("\n", 1)[0][:300]


class _Elsewhere(io.RawIOBase):
    """An Arrow stream as a Python one, whose failures are told from damage in what it holds."""

    def __init__(self, stream: Any, name: str) -> None:
        self._stream = stream
        self._name = name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        try:
            return int(self._stream.readinto(buffer))
        except OSError as e:
            raise ReadError(first_line(e), path=self._name) from None

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._stream.seek(offset, whence))

    def tell(self) -> int:
        return int(self._stream.tell())

    def close(self) -> None:
        self._stream.close()
        super().close()
