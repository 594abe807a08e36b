"""Coded reports of files into a store: what ``dateline export native`` or ``dateline code`` wrote.

What a line holds is not trusted: one whose spans, ids or numbers do not hold together is put aside with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy import select

from dateline.errors import ReadError
from dateline.export.native import Line, coded_of, read_line
from dateline.record import encode
from dateline.store import schema as s
from dateline.store.engine import reading
from dateline.store.index import chunks
from dateline.store.keep import Received, Store
from dateline.store.sound import fault
from dateline.types import CodedReport, Event, Reject

_BATCH = 20


@dataclass(slots=True)
class Loaded:
    """What became of a file's reports.

    ``recoded``: the store had the report, and now has this coding of it too.  ``regrouped`` counts the file's events
    whose claims are not one event in the store.
    """

    new: int = 0
    corrected: int = 0
    recoded: int = 0
    known: int = 0
    regrouped: int = 0
    rejects: list[Reject] = field(default_factory=list)


class _Row(NamedTuple):
    coded: CodedReport
    raw: bytes
    origin: str


def load(
    store: Store, lines: Iterable[tuple[int, bytes]], origin: str = "", why: str = "", keep_events: bool = False
) -> Loaded:
    """Keep coded reports, one a line of JSON, and bring the events up to date.  The same file twice is once.

    A line without its report's text takes the text that the store has of the same id and digest, if it has one.

    Args:
        lines: numbers and bytes of the lines.
        origin: the file, for the record.
        keep_events: hold the events as they are in the file, by decisions where the rules group otherwise; each can be
            undone.
    """
    loaded = Loaded()
    told: dict[str, frozenset[str]] = {}
    owners: dict[str, str] = {}
    batch: dict[str, _Row] = {}
    for row in _rows(store, lines, origin, loaded, told, owners):
        if row.coded.report.id in batch or len(batch) >= _BATCH:
            _keep(store, batch, loaded, why)
            batch = {}
        batch[row.coded.report.id] = row
    _keep(store, batch, loaded, why)
    events = {e: claims & owners.keys() for e, claims in told.items()}  # a file decides about its own claims only
    if keep_events:
        _hold(store, events, why or f"as in {origin or 'the file'}")
    loaded.regrouped = len(_different(store, events))
    return loaded


def _rows(
    store: Store,
    lines: Iterable[tuple[int, bytes]],
    origin: str,
    loaded: Loaded,
    told: dict[str, frozenset[str]],
    owners: dict[str, str],
) -> Iterator[_Row]:
    for number, data in lines:
        if not data.strip():
            continue
        at = f"{origin}:{number}"
        try:
            line = read_line(data)
        except ReadError as e:
            loaded.rejects.append(Reject(id=at, origin=at, reason="malformed", detail=str(e)))
            continue
        coded = _with_text(store, coded_of(line))
        wrong = fault(coded) or _taken(store, coded, owners)
        if wrong:
            loaded.rejects.append(Reject(id=coded.report.id or at, origin=at, reason="malformed", detail=wrong))
            continue
        owners.update((c.id, coded.report.id) for c in coded.claims)
        told.update((e.id, frozenset(e.claims)) for e in _events(line))
        yield _Row(coded, data, at)


def _events(line: Line) -> tuple[Event, ...]:
    return line.events if isinstance(line.events, tuple) else ()


def _with_text(store: Store, coded: CodedReport) -> CodedReport:
    if coded.report.text or not coded.report.id:
        return coded
    known = store.report(coded.report.id)
    same = known is not None and known.text and known.sha256 == coded.report.sha256
    return replace(coded, report=known) if same and known else coded


def _taken(store: Store, coded: CodedReport, owners: Mapping[str, str]) -> str:
    """What is wrong where a claim's id is that of another report's claim."""
    id = coded.report.id
    homes = _homes(store, (c.id for c in coded.claims), s.claims.c.report) | {
        c.id: owners[c.id] for c in coded.claims if c.id in owners
    }
    wrong = sorted(c for c, report in homes.items() if report != id)
    return f"claim {wrong[0]} is one of report {homes[wrong[0]]}" if wrong else ""


def _keep(store: Store, batch: Mapping[str, _Row], loaded: Loaded, why: str) -> None:
    """Add what the store does not have; of what it has, keep the coding if it is another."""
    fresh = [r for r in batch.values() if not store.has(r.coded.report)]
    there = [r.coded for r in batch.values() if store.has(r.coded.report)]
    now = {c.report.id: encode(c) for c in store.coded([c.report.id for c in there])}
    old = [c for c in there if now[c.report.id] != encode(c)]
    added = store.add((Received(coded=r.coded, raw=r.raw, origin=r.origin) for r in fresh), _BATCH, why)
    changed = store.recode(old, _BATCH, why)
    loaded.new += added.new
    loaded.corrected += added.corrected
    loaded.recoded += changed
    loaded.known += added.known + len(there) - changed


# ------------------------------------------------------------------------------------------------------ events


def _homes(store: Store, claims: Iterable[str], column: object) -> dict[str, str]:
    """Claim → its event or report in the store."""
    c = s.claims.c
    with reading(store.engine) as connection:
        return {
            claim: home
            for some in chunks(sorted(claims))
            for claim, home in connection.execute(select(c.claim, column).where(c.claim.in_(some)))  # type: ignore[call-overload]
            if home
        }


def _different(store: Store, events: Mapping[str, frozenset[str]]) -> list[str]:
    """The events of the file whose claims are not together in the store, or are there with those of another of them."""
    homes = _homes(store, {c for claims in events.values() for c in claims}, s.claims.c.event)
    inside: dict[str, set[str]] = {}
    for e, claims in events.items():
        for home in {homes[c] for c in claims if c in homes}:
            inside.setdefault(home, set()).add(e)
    odd = {e for es in inside.values() if len(es) > 1 for e in es}
    odd |= {e for e, claims in events.items() if len({homes[c] for c in claims if c in homes}) > 1}
    return sorted(odd)


def _hold(store: Store, events: Mapping[str, frozenset[str]], why: str) -> None:
    """Decide that events are as the file has them: first part what is too much together, then join what is apart.

    A decision may shake other groups, so this goes on until nothing differs or a round leaves as much as it found.
    """
    left = _different(store, events)
    while left:
        for e in left:
            _part(store, events, e, why)
        for e in left:
            homes = _homes(store, events[e], s.claims.c.event)
            if len(set(homes.values())) > 1:
                store.merge(sorted(homes), why)
        before, left = left, _different(store, events)
        if len(left) >= len(before):
            return


def _part(store: Store, events: Mapping[str, frozenset[str]], event: str, why: str) -> None:
    """Split an event's claims off wherever the store has them with those of another event of the file."""
    others = {c for e, claims in events.items() if e != event for c in claims}
    for home in sorted(set(_homes(store, events[event], s.claims.c.event).values())):
        with reading(store.engine) as connection:
            query = select(s.claims.c.claim).where(s.claims.c.event == home)
            here = {r.claim for r in connection.execute(query)}
        mine = sorted(here & events[event])
        if mine and here & others:
            store.split(home, mine, why)
