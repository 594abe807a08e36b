"""Keeping the events up to date: a change touches only what its claims are connected with.

The result is what :func:`dateline.reconcile.reconcile` makes of all current reports at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Float, bindparam, delete, insert, or_, select, update

from dateline.reconcile import Links, Telling, event_of, facts_of, tell
from dateline.reconcile.block import code, keys
from dateline.reconcile.events import regroup
from dateline.reconcile.evidence import name_key
from dateline.reconcile.rules import rules
from dateline.reconcile.score import total
from dateline.record import decode, encode, from_record
from dateline.store import cards
from dateline.store import schema as s
from dateline.store.log import Writer
from dateline.store.weighing import harmed, own_weight, weights
from dateline.types import Claim, CodedReport, Event

T = TypeVar("T")
_CHUNK = 400
_PACK = msgspec.msgpack.Encoder()
_UNPACK = msgspec.msgpack.Decoder(Telling)


class Index:
    """The tables that answer questions, within one transaction of the writer.

    Args:
        links: a reviewer's decisions as they stand.
    """

    def __init__(self, connection: Connection, writer: Writer, links: Links) -> None:
        self._connection = connection
        self._writer = writer
        self._links = links
        self._touched: set[str] = set()
        self._ended: set[str] = set()
        self._filed: set[str] = set()  # reports that came, changed or went

    # ------------------------------------------------------------------------------------------------ out and in

    def remove(self, reports: Sequence[str]) -> None:
        """Take the claims of these reports out of their events."""
        c = s.claims.c
        self._filed.update(reports)
        for part in chunks(reports):
            rows = self._all(select(c.telling, c.event).where(c.report.in_(part)))
            old = sorted({r.telling for r in rows})
            self._ended.update(r.event for r in rows if r.event)
            for some in chunks(old):
                p = s.pairs.c
                for r in self._all(select(s.pairs).where(or_(p.a.in_(some), p.b.in_(some)))):
                    self._touched.update((r.a, r.b))
                self._connection.execute(delete(s.pairs).where(or_(p.a.in_(some), p.b.in_(some))))
                self._connection.execute(delete(s.keys).where(s.keys.c.telling.in_(some)))
                self._connection.execute(delete(s.tellings).where(s.tellings.c.telling.in_(some)))
            self._connection.execute(delete(s.claims).where(c.report.in_(part)))
            self._touched.difference_update(old)
        for part in chunks(sorted(self._ended)):
            self._touched.update(r.telling for r in self._all(select(c.telling).where(c.event.in_(part)).distinct()))

    def insert(self, coded: Iterable[CodedReport]) -> None:
        """File the claims of these reports and compare them with what is there."""
        known: dict[str, Telling] = {}
        filed: list[dict[str, Any]] = []
        packed: list[dict[str, Any]] = []
        reports: list[str] = []
        for report in coded:
            reports.append(report.report.id)
            tellings = tell(facts_of(report), self._links)
            of = {f.claim: t.key for t in tellings for f in t.facts}
            if report.claims:
                self._connection.execute(insert(s.claims), [_claim_row(c, of[c.id]) for c in report.claims])
            for t in tellings:
                known[t.key] = t
                packed.append({"telling": t.key, "report": report.report.id, "body": _PACK.encode(t)})
                filed += [{"code": n, "role": role, "telling": t.key} for n, role in codes_of(t).items()]
        if packed:
            self._connection.execute(insert(s.tellings), packed)
        if filed:
            self._connection.execute(insert(s.keys), filed)
        self._touched.update(known)
        self._filed.update(reports)
        self.mark(reports)
        self._compare(known, filed)

    def mark(self, reports: Sequence[str]) -> None:
        """Note on the claims of these reports which of them a person has judged."""
        c, v = s.claims.c, s.verdicts.c
        last: dict[str, int] = {}
        for some in chunks(reports):
            self._connection.execute(
                update(s.claims).where(c.report.in_(some), c.reviewed.is_not(None)).values(reviewed=None)
            )
            query = select(v.claim, v.seq).where(v.report.in_(some), v.undone.is_(None), v.fits == 1).order_by(v.seq)
            last.update({r.claim: r.seq for r in self._all(query)})
        if last:
            change = update(s.claims).where(c.claim == bindparam("of_claim")).values(reviewed=bindparam("verdict"))
            self._connection.execute(change, [{"of_claim": k, "verdict": n} for k, n in sorted(last.items())])

    def _compare(self, new: dict[str, Telling], filed: Sequence[dict[str, Any]]) -> None:
        mine: dict[int, list[tuple[str, int]]] = {}
        for row in filed:
            mine.setdefault(row["code"], []).append((row["telling"], row["role"]))
        meet: set[tuple[str, str]] = set()
        for some in chunks(sorted(mine)):
            for r in self._all(select(s.keys).where(s.keys.c.code.in_(some))):
                for own, role in mine[r.code]:
                    if (role or r.role) and own != r.telling:
                        meet.add((min(own, r.telling), max(own, r.telling)))
        others = self._load(sorted({k for pair in meet for k in pair} - new.keys())) | new
        weights = rules()
        found = []
        for a, b in sorted(meet):
            if others[a].teller.id != others[b].teller.id:
                points = total(others[a], others[b], weights)
                if points >= weights.across:
                    found.append({"a": a, "b": b, "total": points})
        if found:
            self._connection.execute(insert(s.pairs), found)

    # -------------------------------------------------------------------------------------------------- regroup

    def settle(self) -> None:
        """Group what was touched anew, and keep the events that come out different."""
        members, edges = self._connected()
        c = s.claims.c
        known = self._load(members)
        order = [known[k] for k in sorted(known)]
        at = {t.key: i for i, t in enumerate(order)}
        groups = regroup(order, [(at[a], at[b], points) for a, b, points in edges], self._links)
        events = [event_of([f for t in g for f in t.facts]) for g in groups]
        before = self._ended | {r.event for r in self._of(c.telling, sorted(members), c.event) if r.event}
        self._keep(events, before)
        self._touched, self._ended, self._filed = set(), set(), set()

    def _connected(self) -> tuple[list[str], list[tuple[str, str, float]]]:
        """Every telling that the touched ones hang together with, by pairs or by a reviewer's links; and the pairs."""
        seen: set[str] = set()
        edges: dict[tuple[str, str], float] = {}
        p, c = s.pairs.c, s.claims.c
        linked = [sorted(m) for m in self._links.must]
        ahead = set(self._touched)
        while ahead:
            seen |= ahead
            found: set[str] = set()
            for some in chunks(sorted(ahead)):
                for r in self._all(select(s.pairs).where(or_(p.a.in_(some), p.b.in_(some)))):
                    edges[(r.a, r.b)] = r.total
                    found.update((r.a, r.b))
            if linked:
                mine = {r.claim for r in self._of(c.telling, sorted(ahead), c.claim)}
                for claims in linked:
                    if mine.intersection(claims):
                        found.update(r.telling for r in self._of(c.claim, claims, c.telling))
            ahead = found - seen
        return sorted(seen), sorted((a, b, t) for (a, b), t in edges.items())

    def _keep(self, events: Sequence[Event], before: set[str]) -> None:
        c, e, h = s.claims.c, s.events.c, s.heads.c
        ids = sorted(before | {v.id for v in events})
        old: dict[str, str] = {r.event: r.sha256 for r in self._of(h.event, ids, h.event, e.sha256, join=True)}
        last: dict[str, int] = {}
        for r in self._of(e.event, ids, e.event, e.revision):
            last[r.event] = max(r.revision, last.get(r.event, 0))
        rows, heads = [], []
        for event in events:
            body = encode(event)
            digest = hashlib.sha256(body).hexdigest()
            if event.id in old and old[event.id] == digest:
                continue
            revision = last.get(event.id, 0) + 1
            seq = self._writer.add("event", event.id, {"revision": revision, "sha256": digest, "status": event.status})
            rows.append({"event": event.id, "revision": revision, "sha256": digest, "body": body, "seq": seq})
            heads.append(_head_row(event, revision))
        self._assign(events)
        gone = sorted(before - {v.id for v in events})
        for ended in gone:
            if ended in old:
                self._writer.add("end-event", ended, {"into": self._successors(ended, events)})
        stale = {*gone, *(str(r["event"]) for r in rows)}
        for some in chunks(sorted(stale)):
            self._connection.execute(delete(s.heads).where(h.event.in_(some)))
        if rows:
            self._connection.execute(insert(s.events), rows)
            self._connection.execute(insert(s.heads), heads)
        told = {r.claim for r in self._of(c.report, sorted(self._filed), c.claim)}
        listed = [v for v in events if v.id in stale or not told.isdisjoint(v.claims)]
        cards.put(self._connection, listed, gone, self._filed, self._writer.last)

    def _assign(self, events: Sequence[Event]) -> None:
        most = weights().contested
        rows = [
            {"of_claim": c, "its_event": e.id, "more": most if e.status == "contested" else 0.0}
            for e in events
            for c in e.claims
        ]
        if rows:
            query = update(s.claims).where(s.claims.c.claim == bindparam("of_claim"))
            weight = s.claims.c.own + bindparam("more", type_=Float)
            self._connection.execute(query.values(event=bindparam("its_event"), weight=weight), rows)

    def _successors(self, ended: str, events: Sequence[Event]) -> list[str]:
        """Which events the claims of an ended one are in now."""
        e = s.events.c
        body = self._connection.execute(
            select(e.body).where(e.event == ended).order_by(e.revision.desc()).limit(1)
        ).scalar_one()
        claims = set(event_from(body).claims)
        return sorted(v.id for v in events if claims.intersection(v.claims))

    # ---------------------------------------------------------------------------------------------------- reading

    def _load(self, keys: Sequence[str]) -> dict[str, Telling]:
        """Tellings by key."""
        t = s.tellings.c
        out: dict[str, Telling] = {}
        for some in chunks(keys):
            for r in self._all(select(t.telling, t.body).where(t.telling.in_(some))):
                out[r.telling] = _UNPACK.decode(r.body)
        return out

    def _of(self, column: Any, values: Sequence[str], *wanted: Any, join: bool = False) -> Iterator[Any]:
        """Rows in which a column has one of some values."""
        for some in chunks(values):
            query = select(*wanted).where(column.in_(some)).distinct()
            if join:
                e, h = s.events.c, s.heads.c
                query = query.where(e.event == h.event, e.revision == h.revision)
            yield from self._all(query)

    def _all(self, query: Any) -> Sequence[Any]:
        return self._connection.execute(query).all()


def codes_of(t: Telling) -> dict[int, int]:
    """The numbers of a telling's keys, with their roles."""
    codes: dict[int, int] = {}
    for key, role in keys(t):
        n = code(key)
        codes[n] = max(int(role), codes.get(n, 0))
    return codes


def coded_from(body: bytes) -> CodedReport:
    """The coded report of a coding's bytes."""
    return from_record(decode(body))


def event_from(body: bytes) -> Event:
    """The event of its bytes."""
    from dateline.record import decode_event

    return decode_event(body)


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """So many values at a time as a statement takes."""
    stream = iter(values)
    while some := list(islice(stream, _CHUNK)):
        yield some


def _claim_row(c: Claim, telling: str) -> dict[str, Any]:
    people = harmed(c)
    weight = own_weight(c.confidence, people)
    return {
        "claim": c.id,
        "report": c.report_id,
        "telling": telling,
        "event": None,
        "type": c.type,
        "geonameid": c.place.geonameid if c.place else None,
        "place": name_key(c.place.name) if c.place else "",
        "called": name_key(c.place.text) if c.place else "",
        "country": c.place.country if c.place else "",
        "first": _date(c.time.earliest if c.time else None),
        "last": _date(c.time.latest if c.time else None),
        "confidence": c.confidence,
        "people": people,
        "own": weight,
        "weight": weight,
    }


def _head_row(e: Event, revision: int) -> dict[str, Any]:
    first, last = (_date(e.time.earliest), _date(e.time.latest)) if e.time else (None, None)
    return {
        "event": e.id,
        "revision": revision,
        "type": e.type,
        "status": e.status,
        "place": name_key(e.place.name) if e.place else "",
        "geonameid": e.place.geonameid if e.place else None,
        "country": e.place.country if e.place else "",
        "lat": e.place.lat if e.place else None,
        "lon": e.place.lon if e.place else None,
        "first": first or last,
        "last": last or first,
        "reported": e.first_reported,
        "size": len(e.claims),
    }


def _date(iso: str | None) -> str | None:
    return iso[:10] if iso else None
