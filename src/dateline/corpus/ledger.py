"""The ledger of a run: a folder beside the output that holds each finished shard and its entry.

``OUTPUT.parts/`` holds ``settings.json`` and, of every finished shard, ``NNNNNNNN.jsonl``,
``NNNNNNNN.rejects.jsonl`` and ``NNNNNNNN.done``.  The ``.done`` entry is written last and whole or not at
all; a shard counts as done if its entry is there, carries the digest of the same items, and its files have
the sizes that it names.  Whoever codes a shard twice writes the same bytes twice, so nothing is ever doubled.
The folder may lie on any file system that Arrow writes.
"""

from __future__ import annotations

import json
import os
import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from pyarrow import fs

from dateline.corpus.batch import Batch
from dateline.corpus.shards import Shard
from dateline.corpus.tally import Tally
from dateline.errors import OutputError, UsageError
from dateline.read.files import TROUBLE, file_system, first_line, is_uri, shown

_OWN = re.compile(r"settings\.json|_SUCCESS|\d{8}\.(jsonl|rejects\.jsonl|done)|\.\d+-\S+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished shard: its number, its digest, the sizes of its two files in bytes, its counts, hashed ids and signatures.

    The ids are those that the input gives; where ``settled``, the shard's lines may have others.
    """

    number: int
    digest: str
    coded: int
    rejects: int
    tally: Tally
    ids: bytes
    signatures: bytes = b""
    settled: bool = False


class Ledger:
    """One run's ledger.

    Args:
        folder: path or URI of the folder.

    Raises:
        OutputError: the file system is not known or cannot be reached.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._fs, self._at = whereabouts(folder)

    # --------------------------------------------------------------------------------------- a run's life

    def begin(self, settings: Mapping[str, Any], resume: bool) -> None:
        """Open the ledger: afresh, or to go on where an earlier run ended.

        Raises:
            UsageError: the earlier run had other settings.
            OutputError: the folder cannot be written.
        """
        wanted = json.dumps(settings, sort_keys=True)
        with self._told():
            there = self._fs.get_file_info(f"{self._at}/settings.json").type == fs.FileType.File
            if there and resume:
                self._same(json.loads(self._read("settings.json")), json.loads(wanted))
                self._delete("_SUCCESS")
                return
            if there:
                self.remove()
            self._fs.create_dir(self._at, recursive=True)
            self._write("settings.json", wanted.encode())

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Trouble with the file system as the program's own error."""
        try:
            yield
        except (OSError, ValueError) as e:
            raise OutputError(first_line(e), path=shown(self.folder)) from None

    def _same(self, earlier: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        for key in sorted({*earlier, *now}):
            if earlier.get(key) != now.get(key):
                raise UsageError(
                    f"cannot go on: the earlier run had {key} {earlier.get(key)!r}, this one has {now.get(key)!r}; "
                    "leave --resume out to begin afresh",
                    path=shown(self.folder),
                )

    def entries(self) -> dict[int, Entry]:
        """Every finished shard by number whose files are whole."""
        with self._told():
            sizes = {i.base_name: i.size or 0 for i in self._fs.get_file_info(fs.FileSelector(self._at))}
        found: dict[int, Entry] = {}
        for name in sorted(sizes):
            if name.endswith(".done") and (entry := self._entry(name)):
                whole = entry.coded == sizes.get(coded_name(entry.number)) or not entry.coded
                if whole and (entry.rejects == sizes.get(rejects_name(entry.number)) or not entry.rejects):
                    found[entry.number] = entry
        return found

    def _entry(self, name: str) -> Entry | None:
        try:
            return from_line(self._read(name))
        except (ValueError, KeyError, TypeError):
            return None

    def remove(self) -> None:
        """Delete the ledger's own files, and the folder if nothing else is in it.

        The entries go first and the settings last, so that a half deleted ledger is still known for what it is.
        """
        with self._told():
            infos = self._fs.get_file_info(fs.FileSelector(self._at))
            own = [i.base_name for i in infos if _OWN.fullmatch(i.base_name)]
            for name in sorted(own, key=lambda n: (n == "settings.json", not n.endswith(".done"), n)):
                self._fs.delete_file(f"{self._at}/{name}")
            if len(own) == len(infos):
                self._fs.delete_dir(self._at)

    def finish(self) -> None:
        """Mark the folder as whole, as Spark does."""
        with self._told():
            self._write("_SUCCESS", b"")

    # ------------------------------------------------------------------------------------------ one shard

    def put(self, shard: Shard, batch: Batch) -> Entry:
        """Keep a finished shard.

        Raises:
            OutputError: it cannot be written.
        """
        coded, rejects = b"".join(batch.coded), b"".join(batch.rejects)
        ids, signatures = b"".join(batch.ids), b"".join(batch.signatures)
        entry = Entry(shard.number, shard.digest, len(coded), len(rejects), batch.tally, ids, signatures)
        with self._told():
            if coded:
                self._write(coded_name(shard.number), coded)
            if rejects:
                self._write(rejects_name(shard.number), rejects)
            self._write(f"{shard.number:08d}.done", to_line(entry).encode())
        return entry

    def amend(self, entry: Entry, coded: bytes) -> None:
        """Put other lines in the place of a finished shard's.  Between the two steps its entry is not believed.

        Raises:
            OutputError: it cannot be written.
        """
        with self._told():
            self._write(coded_name(entry.number), coded)
            self._write(f"{entry.number:08d}.done", to_line(replace(entry, coded=len(coded), settled=True)).encode())

    def read_coded(self, entry: Entry) -> bytes:
        return self._read(coded_name(entry.number)) if entry.coded else b""

    def read_rejects(self, entry: Entry) -> bytes:
        return self._read(rejects_name(entry.number)) if entry.rejects else b""

    def _read(self, name: str) -> bytes:
        with self._fs.open_input_stream(f"{self._at}/{name}") as f:
            data: bytes = f.read()
        return data

    def _delete(self, name: str) -> None:
        if self._fs.get_file_info(f"{self._at}/{name}").type == fs.FileType.File:
            self._fs.delete_file(f"{self._at}/{name}")

    def _write(self, name: str, data: bytes) -> None:
        """Whole or not at all: on a local disk by way of another name, in an object store by its nature."""
        local = isinstance(self._fs, fs.LocalFileSystem)
        at = f"{self._at}/{name}"
        temporary = f"{self._at}/.{os.getpid()}-{name}" if local else at
        with self._fs.open_output_stream(temporary) as f:
            f.write(data)
        if local:
            os.replace(temporary, at)  # noqa: PTH105


def whereabouts(path: str) -> tuple[fs.FileSystem, str]:
    """The file system of a path or URI, and the path in it.

    Raises:
        OutputError: the URI's scheme is not known, or its store cannot be reached.
    """
    try:
        return file_system(path) if is_uri(path) else (fs.LocalFileSystem(), os.path.abspath(path))  # noqa: PTH100
    except TROUBLE as e:
        raise OutputError(first_line(e), path=shown(path)) from None


def coded_name(number: int) -> str:
    return f"{number:08d}.jsonl"


def rejects_name(number: int) -> str:
    return f"{number:08d}.rejects.jsonl"


def to_line(e: Entry) -> str:
    """An entry as JSON."""
    return json.dumps(_to_json(e))


def from_line(line: str | bytes) -> Entry:
    """The entry of such a line.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    return _from_json(json.loads(line))


def _to_json(e: Entry) -> dict[str, Any]:
    return {
        "shard": e.number,
        "digest": e.digest,
        "coded": e.coded,
        "rejects": e.rejects,
        "reports": e.tally.reports,
        "words": e.tally.words,
        "claims": dict(sorted(e.tally.claims.items())),
        "reasons": dict(sorted(e.tally.rejects.items())),
        "refused": dict(sorted(e.tally.refused.items())),
        "ids": e.ids.hex(),
        "signatures": b64encode(e.signatures).decode(),
        "settled": e.settled,
    }


def _from_json(raw: Mapping[str, Any]) -> Entry:
    tally = Tally(
        reports=int(raw["reports"]),
        words=int(raw["words"]),
        claims=Counter(raw["claims"]),
        rejects=Counter(raw["reasons"]),
        refused=Counter(raw.get("refused", {})),
    )
    ids = bytes.fromhex(raw["ids"])
    signatures = b64decode(raw["signatures"])
    number, coded, rejects = int(raw["shard"]), int(raw["coded"]), int(raw["rejects"])
    settled = bool(raw.get("settled", False))
    return Entry(number, str(raw["digest"]), coded, rejects, tally, ids, signatures, settled)
