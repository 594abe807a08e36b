"""The shards of a finished run → one output file, in the order of the input, no id twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from dateline.corpus.batch import ID_BYTES, hash_id
from dateline.corpus.ledger import Entry, Ledger
from dateline.errors import OutputError
from dateline.record import Record, decode, encode
from dateline.resolve.claim import claim_id


def rejects_path(output: Path) -> Path:
    return output.with_name(output.name + ".rejects.jsonl")


def join(ledger: Ledger, entries: Sequence[Entry], output: Path) -> int:
    """Write the output and the rejects beside it, each whole or not at all; how many ids were given a suffix.

    Raises:
        OutputError: a file cannot be written.
    """
    aside = rejects_path(output)
    parts = [p.with_name(p.name + ".part") for p in (output, aside)]
    twice = _Twice(entries)
    try:
        if output.suffix == ".parquet":
            from dateline.corpus.columns import write_parquet

            write_parquet(parts[0], _coded_lines(ledger, entries, twice))
        else:
            with parts[0].open("wb") as f:
                f.writelines(_coded_blocks(ledger, entries, twice))
        with parts[1].open("wb") as f:
            f.writelines(ledger.read_rejects(e) for e in entries)
        rejected = parts[1].stat().st_size > 0
        if rejected:
            parts[1].replace(aside)
        else:
            aside.unlink(missing_ok=True)
        parts[0].replace(output)
    except OSError as e:
        raise OutputError(e.strerror or str(e), path=str(output)) from None
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return twice.renamed


def _coded_blocks(ledger: Ledger, entries: Iterable[Entry], twice: _Twice) -> Iterator[bytes]:
    """Shards as they are, but for those in which an id stands that stands elsewhere too."""
    for entry in entries:
        block = ledger.read_coded(entry)
        if not twice.in_entry(entry):
            yield block
        else:
            yield from (twice.settle(line) + b"\n" for line in block.splitlines())


def _coded_lines(ledger: Ledger, entries: Iterable[Entry], twice: _Twice) -> Iterator[bytes]:
    for block in _coded_blocks(ledger, entries, twice):
        yield from block.splitlines()


class _Twice:
    """The ids that stand more than once, found by their hashes, eight bytes a report."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        hashes = np.frombuffer(b"".join(e.ids for e in entries), dtype="u8") if any(e.ids for e in entries) else np.zeros(0, "u8")
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
