"""Questions about reports: pages of them, one's revisions and its bytes as received."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, and_, func, or_, select, text

from dateline.store import schema as s
from dateline.store.cards import papers
from dateline.store.index import chunks
from dateline.store.search import matching
from dateline.types import Report


@dataclass(frozen=True, slots=True)
class Papers:
    """Reports with how many claims each makes, newest first; ``next`` is what the next page begins after."""

    reports: tuple[tuple[Report, int], ...]
    total: int
    next: tuple[str, str] | None


def list_papers(
    connection: Connection,
    q: str = "",
    outlet: str = "",
    limit: int = 50,
    after: tuple[str, str] | None = None,
    names: bool = True,
) -> Papers:
    """A page of current reports.

    Args:
        q: words that a report holds, all of them.
        outlet: its exact name.
        after: the day ("" if unknown) and id of the last report of the page before.
        names: whether what is withheld is searched too.
    """
    p = papers.c
    query = select(p.report, p.published, p.claims)
    asked = matching(q, names, connection.dialect.name, "papers")
    if asked:
        query = query.where(text(asked[0]).bindparams(**asked[1]))
    if outlet:
        query = query.where(p.outlet == outlet)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    if after:
        query = query.where(
            and_(
                p.published <= after[0], or_(p.published < after[0], and_(p.published == after[0], p.report > after[1]))
            )
        )
    rows = connection.execute(query.order_by(p.published.desc(), p.report).limit(limit + 1)).all()
    more, rows = len(rows) > limit, rows[:limit]
    read = last_revisions(connection, [r.report for r in rows])
    found = tuple((read[r.report], r.claims) for r in rows if r.report in read)
    return Papers(found, total, (rows[-1].published, rows[-1].report) if more else None)


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
