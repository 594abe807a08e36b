"""What an export is given, taken from a store: events by filters, and the reports that tell of them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from dateline.codebook import Codebook
from dateline.export.bundle import Bundle
from dateline.store import schema as s
from dateline.store.engine import reading
from dateline.store.index import chunks
from dateline.store.keep import Store
from dateline.store.query import Filters, find_events


def bundle_of(store: Store, filters: Filters, codebook: Codebook) -> Bundle:
    """The events that pass, and their reports with texts; of the reports' claims those that are in these events.

    Without any filter every report is there, those of no event too, so that nothing of the record is missing.
    """
    events = find_events(store, filters)
    wanted = {c for e in events for c in e.claims}
    whole = filters == Filters()
    coded = []
    for c in store.coded(None if whole else _reports(store, wanted)):
        if whole:
            coded.append(replace(c, report=store.report(c.report.id) or c.report))
            continue
        report = store.report(c.report.id) or c.report
        claims = tuple(x for x in c.claims if x.id in wanted)
        coded.append(replace(c, report=report, claims=claims, primary=c.primary if c.primary in wanted else None))
    return Bundle(events=tuple(events), coded=tuple(coded), codebook=codebook)


def _reports(store: Store, claims: set[str]) -> list[str]:
    """The ids of the reports that these claims stand in."""
    c = s.claims.c
    with reading(store.engine) as connection:
        rows = [
            r.report
            for some in chunks(sorted(claims))
            for r in connection.execute(select(c.report).where(c.claim.in_(some)).distinct())
        ]
    return sorted(set(rows))
