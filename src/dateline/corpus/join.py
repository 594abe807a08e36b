"""The shards of a finished run → one output file, in the order of the input, no id twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
import pyarrow as pa
from pyarrow import fs

from dateline.corpus.batch import ID_BYTES, hash_id
from dateline.corpus.duplicates import SIGNATURE_BYTES, groups
from dateline.corpus.ledger import Entry, Ledger, whereabouts
from dateline.errors import OutputError
from dateline.read.files import first_line, shown
from dateline.reconcile import with_events
from dateline.record import Record, decode, encode, from_record, to_record
from dateline.resolve.claim import claim_id

REJECTS, PUBLICATIONS = ".rejects.jsonl", ".publications.jsonl"
"""What stands after the output's name in those of the files beside it."""


@dataclass(frozen=True, slots=True)
class Joined:
    """How many reports got a suffix to their id, and how many were left out as copies."""

    renamed: int = 0
    copies: int = 0


def join(ledger: Ledger, entries: Sequence[Entry], output: str, events: bool = False) -> Joined:
    """Write the output, and beside it the rejects and publications if there are any, each whole or not at all.

    Args:
        ledger: holds the shards.
        entries: the shards, in order.
        output: path or URI of the file.
        events: that the records have events.

    Raises:
        OutputError: a file cannot be written.
    """
    system, at = whereabouts(output)
    files = (at, at + REJECTS, at + PUBLICATIONS)
    parts = [f"{file}.part" for file in files]
    twice, copies = _Twice(entries), _Copies(entries)
    lines = _coded(ledger, entries, twice, copies)
    try:
        with system.open_output_stream(parts[0]) as f:
            if at.endswith(".parquet"):
                from dateline.corpus.columns import write_parquet

                write_parquet(f, (line for block in lines for line in block.splitlines()), events)
            else:
                _write(f, lines)
        with system.open_output_stream(parts[1]) as f:
            _write(f, (ledger.read_rejects(e) for e in entries))
        with system.open_output_stream(parts[2]) as f:
            _write(f, copies.lines())
        for part, file in zip(reversed(parts), reversed(files), strict=True):  # the output last
            if file == at or system.get_file_info(part).size:
                _move(system, part, file)
            else:
                _delete(system, file)
    except OSError as e:
        raise OutputError(e.strerror or first_line(e), path=shown(output)) from None
    finally:
        for part in parts:
            _delete(system, part)
    return Joined(twice.renamed, copies.count)


def settle(ledger: Ledger, entries: Sequence[Entry]) -> Joined:
    """Give the reports of a folder of parts the ids that they have in one file.  To do it again changes nothing.

    Raises:
        OutputError: a part cannot be written.
    """
    twice = _Twice(entries)
    for entry in filter(twice.in_entry, entries):
        before = ledger.read_coded(entry)
        after = b"".join(line + b"\n" for line in twice.settled(entry, before))
        if after != before:
            ledger.amend(entry, after)
    return Joined(twice.renamed)


def _write(out: pa.NativeFile, blocks: Iterable[bytes]) -> None:
    for block in blocks:
        out.write(block)


def _move(system: fs.FileSystem, part: str, file: str) -> None:
    if not isinstance(system, fs.LocalFileSystem):  # the others may refuse to write over a file
        _delete(system, file)
    system.move(part, file)


def _delete(system: fs.FileSystem, file: str) -> None:
    if system.get_file_info(file).type == fs.FileType.File:
        system.delete_file(file)


def _coded(ledger: Ledger, entries: Iterable[Entry], twice: _Twice, copies: _Copies) -> Iterator[bytes]:
    """Shards as they are, but for those in which an id or a report stands that stands elsewhere too."""
    for entry in entries:
        block = ledger.read_coded(entry)
        if not twice.in_entry(entry) and not copies.in_entry(entry):
            yield block
            continue
        for n, line in enumerate(twice.settled(entry, block)):
            if copies.keeps(entry, n, line):
                yield line + b"\n"


class _Copies:
    """The near-duplicates of a run; nothing where no signatures were made."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        signed = [e for e in entries if e.signatures]
        found = groups(e.signatures for e in signed)
        self._head: dict[tuple[int, int], int] = {}  # shard and line of a report in a group → its group
        sizes = Counter(found)
        at = 0
        for e in signed:
            for n in range(len(e.signatures) // SIGNATURE_BYTES):
                if sizes[found[at]] > 1:
                    self._head[e.number, n] = found[at]
                at += 1
        self._shards = frozenset(number for number, _ in self._head)
        self._members: dict[int, list[dict[str, str | None]]] = {}
        self.count = 0

    def in_entry(self, entry: Entry) -> bool:
        return entry.number in self._shards

    def keeps(self, entry: Entry, n: int, line: bytes) -> bool:
        """Whether a record is the first of its group, or in none."""
        head = self._head.get((entry.number, n))
        if head is None:
            return True
        report = decode(line).report
        publication = {k: getattr(report, k) for k in ("id", "title", "url", "outlet", "published", "sha256")}
        self._members.setdefault(head, []).append(publication)
        self.count += len(self._members[head]) > 1
        return len(self._members[head]) == 1

    def lines(self) -> Iterator[bytes]:
        """For each group, the id of the report kept and all of its publications."""
        for members in self._members.values():
            yield msgspec.json.encode({"report": members[0]["id"], "publications": members}) + b"\n"


class _Twice:
    """The ids that stand more than once, found by their hashes, eight bytes a report."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        hashes = np.frombuffer(b"".join(e.ids for e in entries), dtype="u8")
        self._all, counts = np.unique(hashes, return_counts=True)
        self._suspect = frozenset(v.tobytes() for v in self._all[counts > 1])
        self._last: dict[str, int] = {}  # id → the number that its latest report got
        self.renamed = 0

    def in_entry(self, entry: Entry) -> bool:
        return entry.settled or (bool(self._suspect) and any(h in self._suspect for h in _hashes(entry)))

    def settled(self, entry: Entry, block: bytes) -> Iterator[bytes]:
        """A shard's records as they are, or under their ids with suffixes where earlier ones have those ids."""
        for line, known in zip(block.splitlines(), _hashes(entry), strict=True):
            yield self._settle(line, known) if entry.settled or known in self._suspect else line

    def _settle(self, line: bytes, known: bytes) -> bytes:
        record = decode(line)
        id = _given(record.report.id, known)
        n = self._last.get(id, 0) + 1
        while n > 1 and self._taken(f"{id}~{n}"):
            n += 1
        self._last[id] = n
        self.renamed += n > 1
        wanted = id if n == 1 else f"{id}~{n}"
        return line if wanted == record.report.id else encode(renamed(record, wanted))

    def _taken(self, id: str) -> bool:
        """Whether the input itself has a report of this id."""
        value = np.frombuffer(hash_id(id), dtype="u8")[0]
        at = int(np.searchsorted(self._all, value))
        return at < len(self._all) and bool(self._all[at] == value)


def _hashes(entry: Entry) -> list[bytes]:
    return [entry.ids[i : i + ID_BYTES] for i in range(0, len(entry.ids), ID_BYTES)]


def _given(id: str, known: bytes) -> str:
    """The id that the input gave a report, by its hash: without the suffix of an earlier settling."""
    bare = id.rpartition("~")[0]
    return bare if hash_id(id) != known and hash_id(bare) == known else id


def renamed(record: Record, id: str) -> Record:
    """A record under another id, its claims' and events' ids as that id gives them."""
    label = record.report.codebook
    new = {c.id: claim_id(id, c.trigger.start, c.trigger.end, c.type, label) for c in record.claims}
    claims = tuple(replace(c, id=new[c.id], report_id=id) for c in record.claims)
    primary = record.report.primary
    head = replace(record.report, id=id, primary=new.get(primary, primary) if primary else None)
    found = replace(record, report=head, claims=claims)
    if isinstance(record.events, msgspec.UnsetType):
        return found
    return to_record(with_events(from_record(found)))
