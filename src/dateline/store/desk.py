"""The queue of the review desk: claims by how much they want a person's eye.

The order stands in an index of the claims' table, so that a page costs the same however large the store is.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, text

from dateline.errors import UsageError
from dateline.store import schema as s
from dateline.store.cards import cards
from dateline.store.engine import reading
from dateline.store.index import chunks
from dateline.store.keep import Store
from dateline.store.snapshot import Snapshot
from dateline.store.weighing import reasons

_FEW = 20_000  # events whose claims are better gathered and sorted than looked for in the queue


@dataclass(frozen=True, slots=True)
class Item:
    """A claim to be looked at: its event, its weight and why."""

    claim: str
    event: str
    report: str
    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Items, the weightiest first, how many there are in all, and the cursor of the next page (None at the end)."""

    items: tuple[Item, ...]
    total: int
    next: str | None


def queue(
    store: Store, events: Sequence[str] | None = None, limit: int = 50, cursor: str = "", seen: bool = False
) -> Page:
    """The claims that want a reviewer most.

    Args:
        events: only the claims of these events; of all if None.
        limit: how many at most.
        cursor: of the page before; it stays good while claims come, go and are judged.
        seen: also those that were judged already.

    Raises:
        UsageError: the cursor is none that was given out.
    """
    c, h = s.claims.c, s.heads.c
    with reading(store.engine) as connection:
        among = None if events is None else partial(_among, connection, events)
        few = events is not None and len(events) <= _FEW
        wanted = [c.event == h.event]
        if among:
            wanted.append(among(c.event))
        if not seen:  # where the events are few, written so that their index is taken instead of the queue's
            wanted.append(func.coalesce(c.reviewed, 0) == 0 if few else c.reviewed.is_(None))
        if cursor:
            weight, claim = _read(cursor)
            wanted.append(or_(c.weight < weight, and_(c.weight == weight, c.claim > claim)))
        columns = (c.claim, c.event, c.report, c.weight, c.confidence, c.people, c.reviewed, h.status)
        query = select(*columns).where(*wanted).order_by(c.weight.desc(), c.claim).limit(limit + 1)
        rows = connection.execute(query).all()
        total = _count(connection, among, seen)
    items = tuple(_item(r) for r in rows[:limit])
    more = len(rows) > limit and items
    return Page(items, total, _write(items[-1].weight, items[-1].claim) if more else None)


def _count(connection: Connection, among: Callable[[Any], Any] | None, seen: bool) -> int:
    """The events' claims, less those that were judged, which are few."""
    c, h = s.claims.c, s.heads.c
    sizes = select(func.coalesce(func.sum(h.size), 0))
    judged = select(func.count()).select_from(s.claims).where(c.reviewed.is_not(None))
    if among:
        sizes, judged = sizes.where(among(h.event)), judged.where(among(c.event))
    total: int = connection.execute(sizes).scalar_one()
    return total if seen else total - connection.execute(judged).scalar_one()


def _item(r: Any) -> Item:
    why = reasons(r.status, r.confidence, r.people, r.reviewed is not None)
    return Item(r.claim, r.event, r.report, r.weight, why)


def _among(connection: Connection, values: Sequence[str], column: Any) -> Any:
    """That a column has one of any number of values, handed over as one."""
    sqlite = connection.dialect.name == "sqlite"
    each = "SELECT value FROM json_each(:among)" if sqlite else "SELECT json_array_elements_text(CAST(:among AS json))"
    return column.in_(text(each).bindparams(among=json.dumps(list(values))))


def _write(weight: float, claim: str) -> str:
    whole = json.dumps([weight, claim]).encode()
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def _read(cursor: str) -> tuple[float, str]:
    try:
        weight, claim = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(weight, int | float) or not isinstance(claim, str):
            raise ValueError
    except (ValueError, TypeError, binascii.Error):
        raise UsageError("is none that was given out", field="cursor") from None
    return float(weight), claim


def rows_of(connection: Connection, now: Snapshot, events: Sequence[str]) -> dict[str, int]:
    """Where these events stand in a snapshot; those that came after it do not."""
    k = cards.c
    out = {}
    for some in chunks(sorted(set(events))):
        for r in connection.execute(select(k.event, k.number).where(k.event.in_(some)).order_by(k.event)):
            row = int(now.at[r.number]) if r.number < len(now.at) else -1
            if row >= 0:
                out[r.event] = row
    return out
