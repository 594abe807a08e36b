"""What a person who looks through a store asks: pages of events, counts, a histogram, windows of the map.

Each answer is made from one :class:`~dateline.store.columns.Snapshot`; of the events' bodies only those of a page are
read.  What viewers may not see is left out of what is searched as well as of what is shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, or_, select

from dateline.errors import UsageError
from dateline.reconcile.evidence import name_key
from dateline.reconcile.facts import day
from dateline.store import schema as s
from dateline.store.cursors import read_cursor, write_cursor
from dateline.store.index import chunks, event_from
from dateline.store.query import Box
from dateline.store.snapshot import Pairs, Snapshot
from dateline.store.spots import Spots
from dateline.types import Event

Mask = NDArray[np.bool_]
Sort = Literal["time", "-time", "queue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events are wanted; what is empty passes everything.  As :class:`dateline.store.query.Filters`, but of types
    and statuses several may be given, and ``q`` are words that the event's reports hold, all of them.

    Raises:
        UsageError: a day is none, or a box is none; ``field`` names it.
    """

    place: str = ""
    country: str = ""
    box: Box | None = None
    types: tuple[str, ...] = ()
    actor: str = ""
    source: str = ""
    statuses: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    q: str = ""

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value and (len(value) != 10 or day(value) is None):
                raise UsageError(f"{value!r} is no date (YYYY-MM-DD)", field=name)
        if self.box and not (-90 <= self.box[1] <= self.box[3] <= 90 and all(abs(x) <= 180 for x in self.box[::2])):
            raise UsageError("west,south,east,north in degrees is wanted", field="box")


@dataclass(frozen=True, slots=True)
class View:
    """What the one who asks may see: private persons' names, and exactly where guarded places are."""

    names: bool = True
    places: bool = True


ALL = View()


def chosen(connection: Connection, now: Snapshot, w: Wanted, view: View = ALL) -> Mask:
    """The events that pass, as a mask over the snapshot's rows that is not to be changed."""
    mask = passing(connection, now, w, view)
    if w.box is None:
        return mask
    inside = points_of(now, view).inside(w.box)
    within: Mask = np.append(inside, False)[points_of(now, view).of]
    return mask & within


def passing(connection: Connection, now: Snapshot, w: Wanted, view: View = ALL) -> Mask:
    """The events that pass all but the box; worked out once for as long as the rows are the same."""
    w = replace(w, box=None)
    mask: Mask = now.kept.get(("mask", w, view), lambda: _passing(connection, now, w, view))
    return mask


def points_of(now: Snapshot, view: View) -> Spots:
    """Where the events are, as it may be seen."""
    return now.spots if view.places else now.near


def _passing(connection: Connection, now: Snapshot, w: Wanted, view: View) -> Mask:
    r, words = now.rows, now.words
    mask: Mask = np.ones(len(r), np.bool_)
    for codes, known, asked in (
        (r.type, words.types, w.types),
        (r.status, words.statuses, w.statuses),
        (r.country, words.countries, (w.country,) if w.country else ()),
    ):
        if asked:
            mask &= np.isin(codes, [known.codes.get(v, -1) for v in asked])
    if w.since:
        mask &= r.until >= (day(w.since) or 0)
    if w.until:
        mask &= r.when <= (day(w.until) or 0)
    if w.place:
        mask &= _at_place(connection, now, w.place, view)
    if w.actor:
        mask &= _with(now.actors, words.actors.values, lambda a: _acts(a, w.actor.lower(), view), len(r))
    if w.source:
        mask &= _with(now.voices, words.voices.values, lambda v: _says(v, w.source.lower(), view), len(r))
    numbers = now.search.found(connection, w.q, view.names and view.places)
    if numbers is not None:
        mask &= _numbered(now, numbers)
    mask.flags.writeable = False
    return mask


def _numbered(now: Snapshot, numbers: Mask) -> Mask:
    """The rows of these numbers; numbers newer than the snapshot are passed over."""
    mask = np.zeros(len(now.rows), np.bool_)
    rows = now.at[np.flatnonzero(numbers[: len(now.at)])]
    mask[rows[rows >= 0]] = True
    return mask


def _at_place(connection: Connection, now: Snapshot, place: str, view: View) -> Mask:
    """By GeoNames id, by name, or by what any report calls the place."""
    r, c = now.rows, s.claims.c
    if place.isdecimal():
        mask: Mask = r.geonameid == (int(place) if len(place) < 15 else -1)
    else:
        key = name_key(place)
        same = select(c.geonameid).where(or_(c.called == key, c.place == key), c.geonameid.is_not(None)).distinct()
        ids = [row.geonameid for row in connection.execute(same)]
        mask = r.place == now.words.places.codes.get(key, -1)
        if ids:
            mask |= np.isin(r.geonameid, ids)
    return mask if view.places else mask & ~r.guarded


def _with(pairs: Pairs, values: Sequence[Any], passes: Callable[[Any], bool], count: int) -> Mask:
    """The rows that have a value that passes."""
    wanted = np.fromiter((passes(v) for v in values), np.bool_, len(values))
    mask = np.zeros(count, np.bool_)
    mask[pairs.rows[wanted[pairs.codes]]] = True
    return mask


def _acts(actor: Sequence[Any], wanted: str, view: View) -> bool:
    name, group, country, id, private = actor
    if private and not view.names:
        return False
    return wanted in name.lower() or wanted in (group.lower(), country.lower(), id.lower())


def _says(voice: Sequence[Any], wanted: str, view: View) -> bool:
    name, _, private = voice
    return wanted in name.lower() and (view.names or not private)


# ------------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a snapshot, how many there are in all, and where the next page goes on (None at the end)."""

    rows: tuple[int, ...]
    total: int
    next: str | None


def page(now: Snapshot, mask: Mask, sort: Sort = "time", limit: int = 50, cursor: str = "") -> Page:
    """A page of the events that a mask lets pass.

    A cursor names the last event of the page before by what it was sorted by, and so stays good when events come, go
    or change.

    Raises:
        UsageError: the cursor is none of this order.
    """
    backwards = sort == "-time"
    keys: Any
    order: Any
    if sort == "queue":
        keys, order = now.queue_key, now.queue
        at = np.flatnonzero(mask[order])
    else:
        keys, order = now.rows.when, None
        at = np.flatnonzero(mask)
    if cursor:
        key, event = read_cursor(cursor, sort)
        start = _place(now, keys, order, key, event, backwards)
        at = at[at < start] if backwards else at[at >= start]
    at = at[::-1][: limit + 1] if backwards else at[: limit + 1]
    more, at = len(at) > limit, at[:limit]
    rows = tuple(int(i) for i in (at if order is None else order[at]))
    following = write_cursor(sort, int(keys[at[-1]]), str(now.rows.event[rows[-1]])) if more else None
    return Page(rows, int(np.count_nonzero(mask)), following)


def bodies(connection: Connection, now: Snapshot, rows: Sequence[int]) -> list[bytes]:
    """The events of these rows as they are kept, JSON."""
    e, h = s.events.c, s.heads.c
    wanted = [(str(now.rows.event[i]), int(now.rows.revision[i])) for i in rows]
    found: dict[tuple[str, int], bytes] = {}
    for some in chunks(id for id, _ in wanted):
        query = select(e.event, e.revision, e.body).where(
            h.event.in_(some), e.event == h.event, e.revision == h.revision
        )
        found.update({(r.event, r.revision): bytes(r.body) for r in connection.execute(query)})
    for id, revision in wanted:
        if (id, revision) not in found:  # it has changed since the snapshot
            query = select(e.body).where(e.event == id, e.revision == revision)
            found[id, revision] = bytes(connection.execute(query).scalar_one())
    return [found[key] for key in wanted]


def events_of(connection: Connection, now: Snapshot, rows: Sequence[int]) -> list[Event]:
    """The events of these rows."""
    return [event_from(b) for b in bodies(connection, now, rows)]


def claims_in(connection: Connection, events: Sequence[str]) -> list[str]:
    """The ids of the claims of these events."""
    c = s.claims.c
    return [r.claim for some in chunks(events) for r in connection.execute(select(c.claim).where(c.event.in_(some)))]


def _place(now: Snapshot, keys: Any, order: Any, key: int, event: str, backwards: bool) -> int:
    """Where in the order the page after an event begins (or, backwards, ends)."""
    low, high = int(np.searchsorted(keys, key, "left")), int(np.searchsorted(keys, key, "right"))
    same = now.rows.event[low:high] if order is None else now.rows.event[order[low:high]]
    find = bisect_left if backwards else bisect_right
    return low + find(cast("Sequence[str]", same), event)
