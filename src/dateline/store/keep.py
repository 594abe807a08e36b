"""The store: reports, what they say, and the events that they tell of, kept so that nothing is lost or overwritten."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from dateline.errors import StoreError
from dateline.reconcile.rules import rules
from dateline.record import encode
from dateline.store import decide, verdicts
from dateline.store import schema as s
from dateline.store.cards import refill
from dateline.store.engine import open_engine, reading, where, writing
from dateline.store.index import Index, chunks, coded_from
from dateline.store.log import Writer
from dateline.store.migrate import upgrade
from dateline.types import CodedReport, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A coded report with its bytes as received and where they came from."""

    coded: CodedReport
    raw: bytes
    origin: str = ""


@dataclass(slots=True)
class Added:
    """How many reports were new, were corrected (an id with other content), and were there already."""

    new: int = 0
    corrected: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A coding to count from now on; ``base`` is the program's own where verdicts lie on top of it."""

    coding: str
    coded: CodedReport
    base: str | None


class Store:
    """A store that is open.  One object serves one thread; any number of processes may use one store.

    Args:
        store: a file's path or a ``postgresql://`` URL; the variable ``DATELINE_STORE`` or ``dateline.db`` if None.
        by: who changes it, for the log; the user's name and the program's version if None.

    Raises:
        StoreError: it cannot be opened, or is of a version that this program does not know.
    """

    def __init__(self, store: str | None = None, by: str | None = None) -> None:
        self.path = where(store)
        self.engine = open_engine(self.path)
        self.by = by or f"{_user()}, {program()}"
        upgrade(self.engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    # --------------------------------------------------------------------------------------------------- changing

    def add(self, received: Iterable[Received], batch: int = 20, why: str = "") -> Added:
        """Keep reports and what they say.  Idempotent; each batch is kept whole or not at all."""
        added = Added()
        stream = iter(received)
        while part := [r for _, r in zip(range(batch), stream, strict=False)]:
            with self.change(why) as (connection, writer, index):
                self._add(connection, writer, index, part, added)
        return added

    def _add(
        self, connection: Connection, writer: Writer, index: Index, part: Sequence[Received], added: Added
    ) -> None:
        fresh: dict[str, _Fresh] = {}
        for r in part:
            report = r.coded.report
            body = msgspec.json.encode(report)
            digest = _sha(body)
            before = _last_revision(connection, report.id)
            if before and before[1] == digest and (report.id in fresh or _is_current(connection, report.id)):
                added.known += 1
                continue
            revision = before[0] + 1 if before else 1
            raw = _sha(r.raw)
            if not connection.execute(select(s.raw.c.sha256).where(s.raw.c.sha256 == raw)).first():
                connection.execute(insert(s.raw), {"sha256": raw, "data": r.raw})
            entry = {"revision": revision, "sha256": digest, "raw": raw, "origin": r.origin}
            seq = writer.add("correct" if before else "add", report.id, entry)
            connection.execute(insert(s.reports), {**entry, "report": report.id, "body": body, "seq": seq})
            coding = self._code(connection, writer, r.coded, revision)
            fresh[report.id] = self._lay(connection, writer, r.coded, coding, revision)
            if before:
                added.corrected += 1
            else:
                added.new += 1
        self._replace(connection, index, fresh)

    def recode(self, coded: Iterable[CodedReport], batch: int = 20, why: str = "") -> int:
        """Keep new codings of current reports beside the old ones; how many came out different.

        Raises:
            StoreError: a report is not in the store.
        """
        changed = 0
        stream = iter(coded)
        while part := [c for _, c in zip(range(batch), stream, strict=False)]:
            with self.change(why) as (connection, writer, index):
                fresh: dict[str, _Fresh] = {}
                for c in part:
                    last = _last_revision(connection, c.report.id)
                    if last is None:
                        raise StoreError(f"no report {c.report.id}", path=self.path)
                    now = _current(connection, c.report.id)
                    if now is None or _sha(encode(c)) == now[1]:
                        continue
                    coding = self._code(connection, writer, c, last[0])
                    fresh[c.report.id] = self._lay(connection, writer, c, coding, last[0])
                self._replace(connection, index, fresh)
                changed += len(fresh)
        return changed

    def retract(self, report: str, why: str) -> None:
        """Take a report's claims out of the events; what it said stays in the record.

        Raises:
            StoreError: there is no such report, or it is retracted already.
        """
        with self.change(why) as (connection, writer, index):
            if not _is_current(connection, report):
                raise StoreError(f"no report {report}, or retracted already", path=self.path)
            writer.add("retract", report, {})
            connection.execute(delete(s.current).where(s.current.c.report == report))
            index.remove([report])

    def merge(self, ids: Sequence[str], why: str) -> int:
        """Say that these events or claims are of one happening; the decision's number.

        Raises:
            StoreError: an id is of no current event or claim, or fewer than two are given.
        """
        with self.change(why) as (connection, writer, _):
            seq, claims = decide.merge(connection, writer, ids)
            self._reread(connection, writer, claims)
        return seq

    def split(self, event: str, claims: Sequence[str], why: str) -> int:
        """Say that these claims of an event are not of one happening with its others; the decision's number.

        Raises:
            StoreError: the event is none, a claim is not in it, or no other claim is left in it.
        """
        with self.change(why) as (connection, writer, _):
            seq, both = decide.split(connection, writer, event, claims)
            self._reread(connection, writer, both)
        return seq

    def link(self, a: str, b: str, kind: str, why: str) -> int:
        """Say that two claims (or events) must, or cannot, be of one happening; the decision's number.

        Raises:
            StoreError: an id is of no current event or claim, both are the same, or other decisions stand against it.
        """
        with self.change(why) as (connection, writer, _):
            seq, claims = decide.link(connection, writer, a, b, kind)
            self._reread(connection, writer, claims)
        return seq

    def undo(self, act: int, why: str) -> int:
        """Take a reviewer's act back (the number is its log entry's), and what it overruled comes into force again.

        Returns:
            The number of the log's entry that says so.

        Raises:
            StoreError: there is no such act, or it is undone already.
        """
        with self.change(why) as (connection, writer, index):
            action = verdicts.action_of(connection, act)
            if action in verdicts.ACTIONS:
                seq, report = verdicts.undo(connection, writer, act)
                self.lay_anew(connection, writer, index, report)
                return seq
            if action == "comment":
                return verdicts.undo_comment(connection, writer, act)
            seq, claims = decide.undo(connection, writer, act)
            self._reread(connection, writer, claims)
        return seq

    def rebuild(self, why: str = "", events: bool = True) -> None:
        """Make the events anew from all current reports, after the rules of reconciling were edited; and the rows that
        lists and searches are answered from.

        Args:
            events: False to leave the events as they are.
        """
        with self.change(why) as (connection, writer, index):
            if events:
                ids = [r.report for r in connection.execute(select(s.current.c.report).order_by(s.current.c.report))]
                writer.add("rebuild", "events", {"rules": rules().label})
                index.remove(ids)
                index.insert(coded for _, coded in _coded(connection, ids))
                index.settle()
            writer.add("rebuild", "lists", {})
            writer.flush()
            refill(connection)

    @contextmanager
    def change(self, why: str = "") -> Iterator[tuple[Connection, Writer, Index]]:
        """A transaction of the writer: everything in it is kept, with its log, or nothing is."""
        with writing(self.engine) as connection:
            writer = Writer(connection, self.by, why)
            index = self._index(connection, writer)
            yield connection, writer, index
            index.settle()
            writer.flush()

    def _index(self, connection: Connection, writer: Writer) -> Index:
        return Index(connection, writer, decide.links(connection))

    def _code(
        self, connection: Connection, writer: Writer, coded: CodedReport, revision: int, by: str | None = None
    ) -> str:
        """Keep a coding; ``by`` is the program, or what lies on top of its coding."""
        body = encode(coded)
        digest = _sha(body)
        coding = _sha("\x1f".join((coded.report.id, str(revision), digest, *([by] if by else []))).encode())[:32]
        about = {"coding": coding, "revision": revision, "codebook": coded.codebook, "program": by or program()}
        seq = writer.add("code", coded.report.id, {**about, "sha256": digest})
        if not connection.execute(select(s.codings.c.coding).where(s.codings.c.coding == coding)).first():
            row = {**about, "report": coded.report.id, "sha256": digest, "body": body, "seq": seq}
            connection.execute(insert(s.codings), row)
        return coding

    def _lay(self, connection: Connection, writer: Writer, coded: CodedReport, coding: str, revision: int) -> _Fresh:
        """The program's coding with the verdicts in force on top."""
        acts = verdicts.in_force(connection, coded.report.id)
        report = report_of(connection, coded.report.id) if acts else None
        if report is None:
            return _Fresh(coding, coded, None)
        verdicts.note(connection, acts, coded.claims, report)
        laid = verdicts.lay(coded, acts, report).coded
        if laid == coded:
            return _Fresh(coding, coded, None)
        return _Fresh(self._code(connection, writer, laid, revision, verdicts.REVIEW), laid, coding)

    def lay_anew(self, connection: Connection, writer: Writer, index: Index, report: str) -> None:
        """Make what counts of a report from its verdicts as they now stand; nothing where it was retracted."""
        found = verdicts.base(connection, report)
        last = _last_revision(connection, report)
        if found is None or last is None:
            return
        fresh = self._lay(connection, writer, found.coded, found.coding, last[0])
        if fresh.coding == found.current:
            index.mark([report])
        else:
            self._replace(connection, index, {report: fresh})

    def _replace(self, connection: Connection, index: Index, fresh: dict[str, _Fresh]) -> None:
        ids = sorted(fresh)
        index.remove(ids)
        for some in chunks(ids):
            connection.execute(delete(s.current).where(s.current.c.report.in_(some)))
        rows = []
        for id in ids:
            f = fresh[id]
            r = f.coded.report
            row = {"report": id, "coding": f.coding, "published": r.published, "outlet": r.outlet, "base": f.base}
            rows.append(row)
        if rows:
            connection.execute(insert(s.current), rows)
        index.insert(coded_from(encode(fresh[id].coded)) for id in ids)  # as it will be read back

    def _reread(self, connection: Connection, writer: Writer, claims: Iterable[str]) -> None:
        """File the reports of these claims anew, under the decisions as they now stand."""
        index = self._index(connection, writer)
        c = s.claims.c
        ids = sorted(
            {
                r.report
                for some in chunks(sorted(claims))
                for r in connection.execute(select(c.report).where(c.claim.in_(some)))
            }
        )
        index.remove(ids)
        index.insert([coded for _, coded in _coded(connection, ids)])
        index.settle()

    # ---------------------------------------------------------------------------------------------------- reading

    def has(self, report: Report) -> bool:
        """Whether the store has this report, as it is, already; so that it need not be coded."""
        digest = _sha(msgspec.json.encode(report))
        with reading(self.engine) as connection:
            before = _last_revision(connection, report.id)
            return before is not None and before[1] == digest and _is_current(connection, report.id)

    def origin(self, id: str) -> str | None:
        """Where a report came from when it was last read; None where there is none."""
        r = s.reports.c
        with reading(self.engine) as connection:
            query = select(r.origin).where(r.report == id).order_by(r.revision.desc()).limit(1)
            return connection.execute(query).scalar()

    def report(self, id: str) -> Report | None:
        """A report as it was last read, with its text; None where there is none."""
        with reading(self.engine) as connection:
            return report_of(connection, id)

    def reports(self) -> Iterator[Report]:
        """The current reports with their texts, by id."""
        with reading(self.engine) as connection:
            ids = [r.report for r in connection.execute(select(s.current.c.report).order_by(s.current.c.report))]
        for id in ids:
            found = self.report(id)
            if found is not None:
                yield found

    def coded(self, ids: Sequence[str] | None = None) -> Iterator[CodedReport]:
        """What current reports say, by id, without their texts; of these ids or of all."""
        with reading(self.engine) as connection:
            if ids is None:
                ids = [r.report for r in connection.execute(select(s.current.c.report))]
            for _, coded in _coded(connection, sorted(ids)):
                yield coded

    def count(self) -> dict[str, int]:
        """How many current reports, claims and events there are."""
        tables = {"reports": s.current, "claims": s.claims, "events": s.heads}
        with reading(self.engine) as connection:
            return {k: connection.execute(select(func.count()).select_from(t)).scalar_one() for k, t in tables.items()}


@cache
def program() -> str:
    """This program and its version, as the log names it."""
    return f"dateline {version('dateline')}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _last_revision(connection: Connection, report: str) -> tuple[int, str] | None:
    r = s.reports.c
    row = connection.execute(
        select(r.revision, r.sha256).where(r.report == report).order_by(r.revision.desc()).limit(1)
    ).first()
    return (row.revision, row.sha256) if row else None


def report_of(connection: Connection, id: str) -> Report | None:
    """A report as it was last read, with its text; None where there is none."""
    r = s.reports.c
    query = select(r.body).where(r.report == id).order_by(r.revision.desc()).limit(1)
    body = connection.execute(query).scalar()
    return msgspec.json.decode(body, type=Report) if body else None


def _is_current(connection: Connection, report: str) -> bool:
    return connection.execute(select(s.current.c.report).where(s.current.c.report == report)).first() is not None


def _current(connection: Connection, report: str) -> tuple[str, str] | None:
    """The program's own coding of a report, and its digest."""
    c, k = s.current.c, s.codings.c
    query = select(k.coding, k.sha256).where(c.report == report, k.coding == func.coalesce(c.base, c.coding))
    row: Any = connection.execute(query).first()
    return (row.coding, row.sha256) if row else None


def _coded(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, CodedReport]]:
    c, k = s.current.c, s.codings.c
    for some in chunks(ids):
        query = select(k.coding, k.body).where(c.report.in_(some), k.coding == c.coding).order_by(c.report)
        for r in connection.execute(query).all():
            yield r.coding, coded_from(r.body)
