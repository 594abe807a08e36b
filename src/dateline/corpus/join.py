"""The shards of a finished run → one output file, in the order of the input, no id twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from dateline.corpus.batch import ID_BYTES, hash_id
from dateline.corpus.duplicates import SIGNATURE_BYTES, groups
from dateline.corpus.ledger import Entry, Ledger
from dateline.errors import OutputError
from dateline.record import Record, decode, encode
from dateline.resolve.claim import claim_id


@dataclass(frozen=True, slots=True)
class Joined:
    """How many reports got a suffix to their id, and how many were left out as copies."""

    renamed: int = 0
    copies: int = 0


def rejects_path(output: Path) -> Path:
    return output.with_name(output.name + ".rejects.jsonl")


def publications_path(output: Path) -> Path:
    return output.with_name(output.name + ".publications.jsonl")


def join(ledger: Ledger, entries: Sequence[Entry], output: Path) -> Joined:
    """Write the output, and beside it the rejects and publications if there are any, each whole or not at all.

    Raises:
        OutputError: a file cannot be written.
    """
    files = (output, rejects_path(output), publications_path(output))
    parts = [p.with_name(p.name + ".part") for p in files]
    twice, copies = _Twice(entries), _Copies(entries)
    lines = _coded(ledger, entries, twice, copies)
    try:
        if output.suffix == ".parquet":
            from dateline.corpus.columns import write_parquet

            write_parquet(parts[0], (line for block in lines for line in block.splitlines()))
        else:
            with parts[0].open("wb") as f:
                f.writelines(lines)
        with parts[1].open("wb") as f:
            f.writelines(ledger.read_rejects(e) for e in entries)
        with parts[2].open("wb") as f:
            f.writelines(copies.lines())
        for part, file in zip(reversed(parts), reversed(files), strict=True):  # the output last
            if file == output or part.stat().st_size:
                part.replace(file)
            else:
                file.unlink(missing_ok=True)
    except OSError as e:
        raise OutputError(e.strerror or str(e), path=str(output)) from None
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return Joined(twice.renamed, copies.count)


def _coded(ledger: Ledger, entries: Iterable[Entry], twice: _Twice, copies: _Copies) -> Iterator[bytes]:
    """Shards as they are, but for those in which an id or a report stands that stands elsewhere too."""
    for entry in entries:
        block = ledger.read_coded(entry)
        if not twice.in_entry(entry) and not copies.in_entry(entry):
            yield block
            continue
        for n, line in enumerate(block.splitlines()):
            line = twice.settle(line)
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
        hashes = (
            np.frombuffer(b"".join(e.ids for e in entries), dtype="u8")
            if any(e.ids for e in entries)
            else np.zeros(0, "u8")
        )
        values, counts = np.unique(hashes, return_counts=True)
        self._suspect = frozenset(v.tobytes() for v in values[counts > 1])
        self._seen: Counter[str] = Counter()
        self.renamed = 0

    def in_entry(self, entry: Entry) -> bool:
        if not self._suspect:
            return False
        return any(entry.ids[i : i + ID_BYTES] in self._suspect for i in range(0, len(entry.ids), ID_BYTES))

    def settle(self, line: bytes) -> bytes:
        """A record as it is, or under its id with a suffix if an earlier one has that id."""
        record = decode(line)
        id = record.report.id
        if hash_id(id) not in self._suspect:
            return line
        self._seen[id] += 1
        if self._seen[id] == 1:
            return line
        self.renamed += 1
        return encode(renamed(record, f"{id}~{self._seen[id]}"))


def renamed(record: Record, id: str) -> Record:
    """A record under another id, its claims' ids as that id gives them."""
    label = record.report.codebook
    new = {c.id: claim_id(id, c.trigger.start, c.trigger.end, c.type, label) for c in record.claims}
    claims = tuple(replace(c, id=new[c.id], report_id=id) for c in record.claims)
    primary = record.report.primary
    head = replace(record.report, id=id, primary=new.get(primary, primary) if primary else None)
    return replace(record, report=head, claims=claims)
