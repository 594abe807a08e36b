"""Sources: how much each says, how often it is first, and how often others say otherwise.

These are counts and no score: who is contradicted may be the one who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.reconcile.facts import day
from dateline.store.ledgers.told import Told
from dateline.types import Event


@dataclass(slots=True)
class Voice:
    """Counts of one source.  ``shared`` are events that another source tells of too; ``first`` and ``contradicted``
    are among those."""

    name: str
    kind: str
    claims: int = 0
    reports: int = 0
    events: int = 0
    shared: int = 0
    first: int = 0
    contradicted: int = 0


def sources(told: Iterable[Told], events: Mapping[str, Event]) -> list[Voice]:
    """Every source's counts, those that say most first.

    Args:
        told: all claims, with their events' ids.
        events: the events by id.
    """
    out: dict[str, Voice] = {}
    reports: dict[str, set[str]] = {}
    by_event: dict[str, list[Told]] = {}
    for t in told:
        kind = t.claim.sources[0].kind if t.claim.sources else "media"
        v = out.setdefault(t.voice, Voice(t.voice, kind))
        v.claims += 1
        reports.setdefault(t.voice, set()).add(t.report.id)
        if t.event:
            by_event.setdefault(t.event, []).append(t)
    for name, seen in reports.items():
        out[name].reports = len(seen)
    for event, members in by_event.items():
        _count(out, members, events.get(event))
    return sorted(out.values(), key=lambda v: (-v.claims, v.name))


def _count(out: dict[str, Voice], members: list[Told], event: Event | None) -> None:
    voices = {t.voice for t in members}
    for name in voices:
        out[name].events += 1
        out[name].shared += len(voices) > 1
    if len(voices) < 2:
        return
    days = {n: min(day(t.report.published) or 10**7 for t in members if t.voice == n) for n in voices}
    earliest = min(days.values())
    for name in (n for n, d in days.items() if d == earliest):
        out[name].first += list(days.values()).count(earliest) == 1
    if event:
        differing = {c for d in event.disagreements for v in d.values for c in v.claims}
        for name in {t.voice for t in members if t.claim.id in differing}:
            out[name].contradicted += 1
