"""Proving a store whole: the log's chain, the bytes behind every digest, and the events against their claims."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from dateline.store import schema as s
from dateline.store.engine import reading
from dateline.store.log import FIRST, entries
from dateline.store.verdicts import ACTIONS


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written: where, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found; ``head`` is the last entry's hash, which written down elsewhere proves the whole log."""

    entries: int
    head: str
    raw: int
    faults: tuple[Fault, ...]


def verify(engine: Engine, head: str | None = None) -> Verdict:
    """Check everything in a store.  Cost: every byte of it is read once.

    Args:
        head: a hash of an earlier check; that it is no longer in the log is a fault.
    """
    with reading(engine) as connection:
        faults: list[Fault] = []
        promised: dict[tuple[str, ...], tuple[int, str]] = {}
        count, last, found = 0, FIRST, head is None or head == FIRST
        raws: dict[str, int] = {}
        judged: dict[int, tuple[str, str, int | None]] = {}
        for entry in entries(connection):
            count += 1
            at = f"log entry {entry.seq}"
            if entry.seq != count:
                faults.append(Fault(at, f"entry {count} is missing before it"))
                count = entry.seq
            if entry.previous != last:
                faults.append(Fault(at, "does not follow on the entry before it"))
            if entry.digest() != entry.hash:
                faults.append(Fault(at, "was changed: its hash is not that of its content"))
            last = entry.hash
            found = found or entry.hash == head
            _promise(entry.seq, entry.action, entry.subject, entry.body, promised, raws, faults)
            _judge(entry.seq, entry.action, entry.subject, entry.body, judged)
        if not found:
            faults.append(Fault("log", f"the hash {head} is not in it: entries were taken away or written anew"))
        faults += _kept(connection, promised)
        n, more = _raw(connection, raws)
        faults += more
        faults += _verdicts(connection, judged)
        faults += _made(connection)
        return Verdict(count, last, n, tuple(faults))


def _promise(
    seq: int,
    action: str,
    subject: str,
    body: str,
    promised: dict[tuple[str, ...], tuple[int, str]],
    raws: dict[str, int],
    faults: list[Fault],
) -> None:
    """Note what an entry says that the store holds."""
    try:
        about = json.loads(body)
        if action in ("add", "correct"):
            promised[("reports", subject, str(about["revision"]))] = (seq, about["sha256"])
            raws.setdefault(about["raw"], seq)
        elif action == "code":
            promised.setdefault(("codings", about["coding"]), (seq, about["sha256"]))
        elif action == "event":
            promised[("events", subject, str(about["revision"]))] = (seq, about["sha256"])
        elif action == "answer":
            promised[("answers", str(seq))] = (seq, about["sha256"])
    except (ValueError, KeyError, TypeError):
        faults.append(Fault(f"log entry {seq}", "its body is damaged"))


def _judge(seq: int, action: str, subject: str, body: str, judged: dict[int, tuple[str, str, int | None]]) -> None:
    """Note what a reviewer said of a claim, and whether it was undone."""
    if action in ACTIONS:
        try:
            new = {k: v["new"] for k, v in json.loads(body)["fields"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            new = {}  # the damage shows in the entry's hash
        judged[seq] = (subject, json.dumps(new, sort_keys=True), None)
    elif action == "undo" and subject.isdecimal() and int(subject) in judged:
        judged[int(subject)] = (*judged[int(subject)][:2], seq)


def _verdicts(connection: Connection, judged: dict[int, tuple[str, str, int | None]]) -> Iterator[Fault]:
    """That the verdicts which count are those of the log."""
    for row in _stream(connection, select(s.verdicts).order_by(s.verdicts.c.seq)):
        said = judged.pop(row.seq, None)
        if said is None or said != (row.claim, _sorted(row.fields), row.undone):
            yield Fault(f"verdict {row.seq}", "is not what the log says")
    for seq in sorted(judged):
        yield Fault(f"verdict {seq}", f"is missing; log entry {seq} tells of it")


def _sorted(fields: str) -> str | None:
    try:
        return json.dumps(json.loads(fields), sort_keys=True)
    except ValueError:
        return None


def _kept(connection: Connection, promised: dict[tuple[str, ...], tuple[int, str]]) -> Iterator[Fault]:
    tables: tuple[tuple[Table, tuple[str, ...]], ...] = (
        (s.reports, ("report", "revision")),
        (s.codings, ("coding",)),
        (s.events, ("event", "revision")),
        (s.answers, ("seq",)),
    )
    for table, key in tables:
        columns = [table.c[k] for k in key]
        query = select(*columns, table.c.sha256, table.c.body).order_by(*columns)
        for row in _stream(connection, query):
            name = (table.name, *(str(row._mapping[k]) for k in key))
            at = " ".join((table.name[:-1], *name[1:]))
            entry = promised.pop(name, None)
            digest = _sha(row.body)
            if entry is None:
                yield Fault(at, "no entry of the log tells of it")
            elif digest != entry[1]:
                yield Fault(at, f"its bytes are not those that log entry {entry[0]} tells of")
            elif row.sha256 != digest:
                yield Fault(at, "the digest that stands with it was changed")
    for name, (seq, _) in sorted(promised.items()):
        yield Fault(" ".join((name[0][:-1], *name[1:])), f"is missing; log entry {seq} tells of it")


def _raw(connection: Connection, raws: dict[str, int]) -> tuple[int, list[Fault]]:
    faults, count = [], 0
    for row in _stream(connection, select(s.raw.c.sha256, s.raw.c.data).order_by(s.raw.c.sha256)):
        count += 1
        if row.sha256 not in raws:
            faults.append(Fault(f"raw {row.sha256}", "no entry of the log tells of it"))
        raws.pop(row.sha256, None)
        if _sha(row.data) != row.sha256:
            faults.append(Fault(f"raw {row.sha256}", "its bytes were changed"))
    faults += [Fault(f"raw {sha}", f"is missing; log entry {seq} tells of it") for sha, seq in sorted(raws.items())]
    return count, faults


def _made(connection: Connection) -> Iterator[Fault]:
    """That every current claim is in one current event, and every event has the claims that it names."""
    from dateline.store.index import coded_from, event_from

    home = {
        r.claim: (r.report, r.event)
        for r in _stream(connection, select(s.claims.c.claim, s.claims.c.report, s.claims.c.event))
    }
    wanted = select(s.current.c.report, s.codings.c.body).where(s.codings.c.coding == s.current.c.coding)
    seen = set()
    for row in _stream(connection, wanted):
        try:
            claims = coded_from(row.body).claims
        except Exception as e:
            yield Fault(f"report {row.report}", f"its coding cannot be read: {e}")
            continue
        for c in claims:
            seen.add(c.id)
            if home.get(c.id, ("", None))[0] != row.report or not home[c.id][1]:
                yield Fault(f"claim {c.id}", f"of report {row.report} is in no event")
    for claim in sorted(home.keys() - seen):
        yield Fault(f"claim {claim}", "is of no current report")
    v, h = s.events.c, s.heads.c
    for row in _stream(connection, select(v.event, v.body).where(v.event == h.event, v.revision == h.revision)):
        try:
            members = event_from(row.body).claims
        except Exception as e:
            yield Fault(f"event {row.event}", f"cannot be read: {e}")
            continue
        for claim in members:
            if home.get(claim, ("", ""))[1] != row.event:
                yield Fault(f"event {row.event}", f"names claim {claim}, which is not in it")


def _sha(data: object) -> str:
    """The digest of bytes; whatever else someone put in their place has none."""
    return hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else ""


def _stream(connection: Connection, query: Any) -> Any:
    return connection.execution_options(yield_per=500).execute(query)
