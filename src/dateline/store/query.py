"""Questions to a store: events by filters, an event or claim with all its versions, claims for the ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, or_, select, text

from dateline.errors import StoreError, UsageError
from dateline.reconcile import Score, facts_of, score, tell
from dateline.reconcile.evidence import name_key
from dateline.reconcile.facts import day
from dateline.store import schema as s
from dateline.store.decide import links
from dateline.store.engine import reading
from dateline.store.index import chunks, coded_from, event_from
from dateline.store.keep import Store
from dateline.store.ledgers import Told
from dateline.store.log import Entry, entries
from dateline.types import Claim, Event, Report

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west > east crosses the date line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What events are wanted; "" or None passes everything.

    ``place`` is a name or a GeoNames id, ``box`` west, south, east, north in degrees (west > east crosses the date
    line), ``actor`` and ``source`` parts of names (an actor's id or group too), ``since`` and ``until`` ISO dates
    that the event's time must touch, or its first report's where no time is told.
    """

    place: str = ""
    country: str = ""
    box: Box | None = None
    type: str = ""
    actor: str = ""
    source: str = ""
    status: str = ""
    since: str | None = None
    until: str | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and (day(value) is None or len(value) != 10):
                raise UsageError(f"{value!r} is no date (YYYY-MM-DD)", field=f"--{name}")
        if self.box and not (-90 <= self.box[1] <= self.box[3] <= 90 and all(abs(x) <= 180 for x in self.box[::2])):
            raise UsageError("west,south,east,north in degrees is wanted", field="--box")


def read_box(value: str, field: str) -> Box | None:
    """west,south,east,north in degrees; None for "".

    Raises:
        UsageError: it is no box; ``field`` is named.
    """
    if not value:
        return None
    try:
        west, south, east, north = map(float, value.split(","))
    except ValueError:
        raise UsageError("west,south,east,north in degrees is wanted", field=field) from None
    return west, south, east, north


def find_events(store: Store, f: Filters = Filters()) -> list[Event]:
    """The current events that pass, by time, then id."""
    with reading(store.engine) as connection:
        found = []
        for row in connection.execute(_query(connection, f)):
            event = event_from(row.body)
            if f.actor and not _acts(event, f.actor.lower()):
                continue
            found.append(event)
            if f.limit and not f.source and len(found) >= f.limit:
                break
    if f.source:
        ids = {t.event for t in claims_of(store, [c for e in found for c in e.claims]) if _says(t, f.source.lower())}
        found = [e for e in found if e.id in ids]
    return found[: f.limit] if f.limit else found


def _query(connection: Connection, f: Filters) -> Select[Any]:
    h, e = s.heads.c, s.events.c
    query = select(e.body).where(e.event == h.event, e.revision == h.revision)
    if f.place:
        query = query.where(_at(h, f.place))
    for column, value in ((h.country, f.country), (h.type, f.type), (h.status, f.status)):
        if value:
            query = query.where(column == value)
    if f.box:
        query = query.where(_in_box(connection, f.box))
    if f.since:
        query = query.where(or_(h.last >= f.since, and_(h.last.is_(None), h.reported >= f.since)))
    if f.until:
        query = query.where(or_(h.first <= f.until, and_(h.first.is_(None), h.reported <= f.until)))
    return query.order_by(h.first, h.event)


def _at(columns: Any, place: str) -> Any:
    """That a place is meant: by its GeoNames id, by its name, or by what any report calls it."""
    c = s.claims.c
    if place.isdigit():
        return columns.geonameid == int(place)
    key = name_key(place)
    same = select(c.geonameid).where(or_(c.called == key, c.place == key), c.geonameid.is_not(None))
    return or_(columns.place == key, columns.geonameid.in_(same))


def _in_box(connection: Connection, box: Box) -> Any:
    h = s.heads.c
    west, south, east, north = box
    if west <= east and _has_points(connection):
        inside = "point && ST_MakeEnvelope(:west, :south, :east, :north, 4326)"
        return text(inside).bindparams(west=west, south=south, east=east, north=north)
    across = or_(h.lon >= west, h.lon <= east) if west > east else h.lon.between(west, east)
    return and_(h.lat.between(south, north), across)


def _has_points(connection: Connection) -> bool:
    """Whether the store's map has PostGIS behind it."""
    if connection.dialect.name != "postgresql":
        return False
    query = "SELECT 1 FROM information_schema.columns WHERE table_name = 'heads' AND column_name = 'point'"
    return connection.execute(text(query)).first() is not None


def _acts(e: Event, wanted: str) -> bool:
    return any(
        wanted in (a.name.lower(), a.group.lower(), a.country.lower(), (a.actor_id or "").lower())
        or wanted in a.name.lower()
        for a in (*e.agents, *e.targets)
    )


def _says(t: Told, wanted: str) -> bool:
    return wanted in t.report.outlet.lower() or any(wanted in x.name.lower() for x in t.claim.sources)


# ------------------------------------------------------------------------------------------------------ claims


def claims_of(store: Store, ids: Sequence[str]) -> list[Told]:
    """Current claims by id, in the order of their ids, with their reports (without texts) and events."""
    c = s.claims.c
    with reading(store.engine) as connection:
        rows = [
            r
            for some in chunks(sorted(set(ids)))
            for r in connection.execute(select(s.claims).where(c.claim.in_(some)))
        ]
        return list(_told(connection, {r.claim: r.event or "" for r in rows}, sorted({r.report for r in rows})))


def find_claims(store: Store, place: str = "", country: str = "", types: Sequence[str] = ()) -> list[Told]:
    """Current claims by place (a name or a GeoNames id), country and types."""
    c = s.claims.c
    query = select(c.claim, c.event, c.report)
    if place:
        query = query.where(_at(c, place))
    if country:
        query = query.where(c.country == country)
    if types:
        query = query.where(c.type.in_(types))
    with reading(store.engine) as connection:
        rows = connection.execute(query).all()
        return list(_told(connection, {r.claim: r.event or "" for r in rows}, sorted({r.report for r in rows})))


def _told(connection: Connection, events: dict[str, str], reports: Sequence[str]) -> Iterator[Told]:
    cur, k = s.current.c, s.codings.c
    for some in chunks(reports):
        query = select(k.body).where(cur.report.in_(some), k.coding == cur.coding).order_by(cur.report)
        for row in connection.execute(query).all():
            coded = coded_from(row.body)
            for claim in coded.claims:
                if claim.id in events:
                    yield Told(claim, coded.report, events[claim.id])


# -------------------------------------------------------------------------------------------------------- show


@dataclass(frozen=True, slots=True)
class Version:
    """A claim of an event with the sentence that it stands in."""

    told: Told
    quote: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An event with all its versions side by side, why they were joined, and what became of it."""

    event: Event
    versions: tuple[Version, ...]
    scores: tuple[Score, ...]
    history: tuple[Entry, ...]


def show(store: Store, id: str) -> Shown:
    """An event, or the event that a claim is in.

    Raises:
        StoreError: the id is of no current event or claim; where an ended event's claims are now is said.
    """
    with reading(store.engine) as connection:
        h, e = s.heads.c, s.events.c
        query = select(e.body).where(e.event == h.event, e.revision == h.revision)
        body = connection.execute(query.where(h.event == id)).scalar()
        if body is None:
            home = connection.execute(select(s.claims.c.event).where(s.claims.c.claim == id)).scalar()
            body = connection.execute(query.where(h.event == home)).scalar() if home else None
        history = tuple(entries(connection, id if body is None else event_from(body).id))
        if body is None:
            ended = [x for x in history if x.action == "end-event"]
            more = f"; its claims are in {', '.join(msgspec.json.decode(ended[-1].body)['into'])}" if ended else ""
            raise StoreError(f"no event or claim {id}{more}", path=store.path)
        decisions = links(connection)
    event = event_from(body)
    told = sorted(
        claims_of(store, event.claims),
        key=lambda t: (t.report.published or "", t.report.id, t.claim.trigger.start or 0),
    )
    texts = {i: store.report(i) for i in sorted({t.report.id for t in told})}
    versions = tuple(Version(t, _quote(t.claim, texts[t.report.id])) for t in told)
    return Shown(event, versions, _scores(store, event, sorted(texts), decisions), history)


def _quote(c: Claim, report: Report | None) -> str:
    return " ".join(report.text[c.sentence.start : c.sentence.end].split()) if report else ""


_MOST_TELLINGS = 40


def _scores(store: Store, event: Event, reports: Sequence[str], decisions: Any) -> tuple[Score, ...]:
    """How each report's account compares with the one that it is closest to among those before it."""
    mine = set(event.claims)
    tellings = [
        t
        for coded in store.coded(reports[:_MOST_TELLINGS])
        for t in tell(facts_of(coded), decisions)
        if t.facts[0].claim in mine
    ]
    best = []
    for n, t in enumerate(tellings[1:], 1):
        others = [score(o, t) for o in tellings[:n] if o.teller.id != t.teller.id]
        if others:
            best.append(max(others, key=lambda x: x.total))
    return tuple(replace(x, total=round(x.total, 2)) for x in best)
