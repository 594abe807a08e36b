"""What the store's tests share."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.reconcile import reconcile
from dateline.store import Received, Store
from dateline.store.query import find_events
from dateline.types import CodedReport, Event
from making import claim, report


def received(*coded: CodedReport) -> list[Received]:
    return [
        Received(coded=c, raw=f"raw of {c.report.id}: {c.report.text}".encode(), origin=f"{c.report.id}.txt")
        for c in coded
    ]


def events(store: Store) -> list[Event]:
    return sorted(find_events(store), key=lambda e: e.id)


def whole(coded: Iterable[CodedReport]) -> list[Event]:
    """What reconciling all at once gives."""
    return reconcile(coded)


def many(count: int, start: int = 0) -> list[CodedReport]:
    """Reports of several outlets on a few strikes and entries, some of them on the same."""
    towns = ["Saraqeb", "Binnish", "Aleppo", "Raqqa"]
    out = []
    for n in range(start, start + count):
        day = f"2020-02-{1 + n // 4 % 9:02}"
        first = claim("air-strike", at=towns[n % 4], on=day, killed=3 + n % 5, to=["civilians"])
        second = claim(["advance", "capture", "protest"][n % 3], at=towns[(n + 1) % 4], on=day)
        out.append(report(f"r{n:04}", first, second, outlet=["One", "Two", "Three"][n % 3], published=day))
    return out
