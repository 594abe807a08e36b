"""Figures over time, each with its source: what was counted, where, for which days, by whose word.

Numbers are listed, never added: a toll of the day and a toll since the beginning stand beside one another, told
apart by the days that they are for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.reconcile.facts import day
from dateline.store.ledgers.told import Told

_LONG = 14  # days from which a figure is a total of a period and not of a happening


@dataclass(frozen=True, slots=True)
class Number:
    """One figure of one claim.  ``span`` is ``period`` where it sums up many days, else ``happening``."""

    kind: str
    low: float | None
    high: float | None
    of: str
    place: str
    country: str
    first: str | None
    last: str | None
    span: str
    voice: str
    outlet: str
    reported: str | None
    claim: str
    event: str


def figures(told: Iterable[Told], kind: str | None = None) -> list[Number]:
    """Every figure of a kind (or of all), by the last day that it is for."""
    out = []
    for t in sorted(told, key=lambda t: t.order):
        c = t.claim
        if t.denied or c.modality == "future":
            continue
        first = c.time.earliest[:10] if c.time and c.time.earliest else None
        last = c.time.latest[:10] if c.time and c.time.latest else None
        for f in c.figures:
            if kind is not None and f.kind != kind:
                continue
            out.append(
                Number(
                    kind=f.kind,
                    low=f.low,
                    high=f.high,
                    of=f.of,
                    place=c.place.name if c.place else "",
                    country=c.place.country if c.place else "",
                    first=first,
                    last=last,
                    span="period" if c.background or _long(first, last) else "happening",
                    voice=t.voice,
                    outlet=t.report.outlet,
                    reported=t.report.published,
                    claim=c.id,
                    event=t.event,
                )
            )
    return out


def _long(first: str | None, last: str | None) -> bool:
    a, b = day(first), day(last)
    return a is not None and b is not None and b - a >= _LONG
