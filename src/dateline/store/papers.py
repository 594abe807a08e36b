"""Questions about reports: pages of them, one's revisions and its bytes as received."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, func, or_, select

from dateline.store import schema as s
from dateline.store.cards import papers
from dateline.store.engine import last_seq
from dateline.store.index import chunks
from dateline.store.memo import Memo
from dateline.store.search import Search
from dateline.types import Report

_OUTLETS = 50


@dataclass(frozen=True, slots=True)
class Papers:
    """Reports with how many claims each makes, newest first; ``next`` is what the next page begins after."""

    reports: tuple[tuple[Report, int], ...]
    total: int
    next: tuple[str, str] | None


class Shelf:
    """The current reports in order, newest first, as numbers in memory: what pages of them are taken from.

    Safe for threads.
    """

    def __init__(self) -> None:
        self._search = Search("papers")
        self._lock = threading.Lock()
        self._now: tuple[int, Order] | None = None

    def page(
        self,
        connection: Connection,
        q: str = "",
        outlet: str = "",
        limit: int = 50,
        after: tuple[str, str] | None = None,
        names: bool = True,
    ) -> Papers:
        """A page of reports.

        Args:
            q: words that a report holds, all of them.
            outlet: its exact name.
            after: the day ("" if unknown) and id of the last report of the page before.
            names: whether what is withheld is searched too.
        """
        order = self.order(connection)
        p = papers.c
        mask = np.ones(len(order.numbers), np.bool_)
        found = self._search.found(connection, q, names)
        if found is not None:
            mask &= order.among(np.flatnonzero(found))
        if outlet:
            mask &= order.kept.get(
                outlet, lambda: order.among(_column(connection, select(p.number).where(p.outlet == outlet)))
            )
        start = _start(connection, order, after) if after else 0
        at = start + np.flatnonzero(mask[start:])[: limit + 1]
        rows = _rows(connection, order.numbers[at[:limit]])
        read = last_revisions(connection, [r.report for r in rows])
        reports = tuple((read[r.report], int(r.claims)) for r in rows if r.report in read)
        more = len(at) > limit and bool(rows)
        return Papers(reports, int(np.count_nonzero(mask)), (rows[-1].published, rows[-1].report) if more else None)

    def order(self, connection: Connection) -> Order:
        """The order as it now stands, which only changes with the log."""
        seq = last_seq(connection)
        known = self._now
        if known is not None and known[0] == seq:
            return known[1]
        with self._lock:
            known = self._now
            if known is None or known[0] != seq:
                p = papers.c
                numbers = _column(connection, select(p.number).order_by(p.published.desc(), p.report))
                same = known is not None and np.array_equal(known[1].numbers, numbers)
                self._now = known = (seq, known[1] if known and same else _order(numbers))
            return known[1]


@dataclass(frozen=True, slots=True)
class Order:
    """Numbers in order, the place of each number (-1 for none), and the reports of some outlets as masks."""

    numbers: NDArray[np.int64]
    place: NDArray[np.int64]
    kept: Memo

    def among(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which places these numbers have."""
        places = self.place[numbers[numbers < len(self.place)]]
        mask = np.zeros(len(self.numbers), np.bool_)
        mask[places[places >= 0]] = True
        return mask


def _order(numbers: NDArray[np.int64]) -> Order:
    place = np.full(int(numbers.max(initial=0)) + 1, -1, np.int64)
    place[numbers] = np.arange(len(numbers))
    return Order(numbers, place, Memo(_OUTLETS))


def _column(connection: Connection, query: Any) -> NDArray[np.int64]:
    return np.fromiter(connection.execute(query).scalars(), np.int64)


def _start(connection: Connection, order: Order, after: tuple[str, str]) -> int:
    """The place of the first report behind one, which may be gone."""
    p = papers.c
    behind = or_(p.published < after[0], and_(p.published == after[0], p.report > after[1]))
    query = select(p.number).where(p.published <= after[0], behind).order_by(p.published.desc(), p.report).limit(1)
    number = connection.execute(query).scalar()
    return len(order.numbers) if number is None else int(order.place[number])


def _rows(connection: Connection, numbers: NDArray[np.int64]) -> list[Any]:
    """Their rows, in this order."""
    p = papers.c
    wanted = [int(n) for n in numbers]
    query = select(p.number, p.report, p.published, p.claims).where(p.number.in_(wanted))
    found = {r.number: r for r in connection.execute(query)}
    return [found[n] for n in wanted if n in found]


def last_revisions(connection: Connection, ids: list[str]) -> dict[str, Report]:
    """Reports as they were last read, with their texts."""
    r = s.reports.c
    out: dict[str, Report] = {}
    for some in chunks(ids):
        last = select(r.report, func.max(r.revision).label("revision")).where(r.report.in_(some)).group_by(r.report)
        newest = last.subquery()
        query = select(r.report, r.body).join(newest, (r.report == newest.c.report) & (r.revision == newest.c.revision))
        for row in connection.execute(query):
            out[row.report] = msgspec.json.decode(row.body, type=Report)
    return out


@dataclass(frozen=True, slots=True)
class Revision:
    """One reading of a report: its number, when, the digest of the bytes it came in and where they came from."""

    revision: int
    at: str
    raw: str
    origin: str


def revisions(connection: Connection, report: str) -> list[Revision]:
    """Every reading of a report, oldest first; empty where there is no such report."""
    r, g = s.reports.c, s.log.c
    query = select(r.revision, g.at, r.raw, r.origin).where(r.report == report, g.seq == r.seq).order_by(r.revision)
    return [Revision(*row) for row in connection.execute(query)]


def raw_of(connection: Connection, report: str) -> bytes | None:
    """The bytes that a report last came in; None where there is no such report."""
    found = revisions(connection, report)
    if not found:
        return None
    data = connection.execute(select(s.raw.c.data).where(s.raw.c.sha256 == found[-1].raw)).scalar()
    return None if data is None else bytes(data)
