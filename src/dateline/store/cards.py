"""What events and reports are listed, counted and searched by: one row each, made from the record and kept beside it.

``words`` are an event's words (the sentences of its claims, places, parties, voices, titles of reports that are mainly
about it), ``names`` those that not everyone may see, so that a search can leave them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from dateline.export.redact import is_private_actor, is_private_source
from dateline.export.sites import is_guarded
from dateline.store import schema as s
from dateline.store.ledgers import Told, Voice, sources
from dateline.store.private import BLOCK, Veil, veil_of
from dateline.store.titles import clean, title_of
from dateline.types import Actor, Claim, CodedReport, Event, Report

_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_SENTENCES = 60  # of an event, that are searched
_CHUNK = 400

cards = Table(
    "cards",
    s.metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("event", String, nullable=False),
    Column("seq", BigInteger, nullable=False),  # the log's last entry when it was made
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),  # as it is shown
    Column("radius", Float),  # km
    Column("precision", Integer),
    Column("guarded", Integer, nullable=False),  # 1: not everyone should see exactly where it is
    Column("told", Integer, nullable=False),  # voices that tell of it
    Column("actors", Text, nullable=False),  # JSON: [[name, group, country, id, private], ...]
    Column("voices", Text, nullable=False),  # JSON: [[name, kind, private], ...]
    Column("reports", Text, nullable=False),  # JSON: [id, ...]
    Column("ledger", Text, nullable=False),  # JSON: what it adds to each voice's counts, see ``voices_of``
    Column("words", Text, nullable=False),
    Column("names", Text, nullable=False),
    Index("cards_event", "event", unique=True),
    Index("cards_seq", "seq"),
)

papers = Table(
    "papers",
    s.metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("report", String, nullable=False),
    Column("published", String, nullable=False),  # "" where none is known
    Column("outlet", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("names", Text, nullable=False),
    Index("papers_report", "report", unique=True),
    Index("papers_published", "published", "report"),
    Index("papers_outlet", "outlet", "published"),
)


class _Source:
    """Reports and what they say, read once for all the events that they are in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, tuple[CodedReport, str, Veil]] = {}

    def load(self, reports: Iterable[str]) -> None:
        from dateline.store.index import coded_from

        wanted = sorted(set(reports) - self._known.keys())
        c, k, r = s.current.c, s.codings.c, s.reports.c
        for some in _chunks(wanted):
            query = select(c.report, k.body, r.body.label("text")).where(
                c.report.in_(some), k.coding == c.coding, r.report == k.report, r.revision == k.revision
            )
            for row in self._connection.execute(query).all():
                coded = coded_from(row.body)
                text = msgspec.json.decode(row.text, type=_Text).text
                self._known[row.report] = (coded, text, veil_of([coded]))

    def get(self, report: str) -> tuple[CodedReport, str, Veil] | None:
        return self._known.get(report)


class _Text(msgspec.Struct):
    text: str = ""


def put(connection: Connection, events: Sequence[Event], gone: Iterable[str], filed: Iterable[str], seq: int) -> None:
    """Make the rows of these events and reports anew; those of events that are gone go.

    Args:
        filed: reports that came, changed or went.
        seq: the log's last entry.
    """
    source = _Source(connection)
    claims = _reports_of(connection, [c for e in events for c in e.claims])
    source.load(claims.values())
    stale = sorted({e.id for e in events}.union(gone))
    for some in _chunks(stale):
        connection.execute(delete(cards).where(cards.c.event.in_(some)))
    if events:
        connection.execute(insert(cards), [_card(e, claims, source) | {"seq": seq} for e in events])
    _put_papers(connection, sorted(set(filed)), source)


def _put_papers(connection: Connection, reports: Sequence[str], source: _Source) -> None:
    source.load(reports)
    for some in _chunks(reports):
        connection.execute(delete(papers).where(papers.c.report.in_(some)))
    rows = [_paper(*found) for id in reports if (found := source.get(id))]
    if rows:
        connection.execute(insert(papers), rows)


def refill(connection: Connection) -> None:
    """Make every row anew."""
    from dateline.store.index import event_from

    connection.execute(delete(cards))
    connection.execute(delete(papers))
    seq = connection.execute(select(s.log.c.seq).order_by(s.log.c.seq.desc()).limit(1)).scalar() or 0
    h, e = s.heads.c, s.events.c
    ids = [r.event for r in connection.execute(select(h.event).order_by(h.event))]
    for some in _chunks(ids):
        query = select(e.body).where(h.event.in_(some), e.event == h.event, e.revision == h.revision)
        put(connection, [event_from(r.body) for r in connection.execute(query).all()], (), (), seq)
    reports = [r.report for r in connection.execute(select(s.current.c.report).order_by(s.current.c.report))]
    for some in _chunks(reports):
        _put_papers(connection, some, _Source(connection))


def _reports_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    c = s.claims.c
    return {
        r.claim: r.report
        for some in _chunks(ids)
        for r in connection.execute(select(c.claim, c.report).where(c.claim.in_(some)))
    }


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    from dateline.store.index import chunks

    return chunks(values)


# ---------------------------------------------------------------------------------------------------------- a row


def _card(e: Event, reports: dict[str, str], source: _Source) -> dict[str, Any]:
    told = list(_told(e, reports, source))
    veil = _joined([v for _, _, _, v in told])
    voices = {(x.name, str(x.kind), int(is_private_source(x))) for c, *_ in told for x in c.sources}
    outlets = {(coded.report.outlet, "outlet", 0) for _, coded, _, _ in told if coded.report.outlet}
    by = {c.sources[0].name if c.sources else coded.report.outlet or coded.report.id for c, coded, _, _ in told}
    said = [e.type.replace("-", " ")]
    if e.place:
        said += [e.place.name, e.place.text, e.place.admin1, e.place.country]
    said += [x for a in (*e.agents, *e.targets) for x in (a.name, a.text, a.group, a.country)]
    said += [x for name, kind, _ in sorted(voices | outlets) for x in (name, kind)]
    said += sorted({coded.report.title for c, coded, _, _ in told if c.id == coded.primary})
    said += [text[c.sentence.start : c.sentence.end] for c, _, text, _ in told[:_SENTENCES]]
    words, names = _apart("\n".join(dict.fromkeys(said)), veil)
    return {
        "event": e.id,
        "title": title_of(e),
        "place": e.place.name if e.place else "",
        "radius": e.place.radius_km if e.place else None,
        "precision": e.place.precision if e.place else None,
        "guarded": int(e.place is not None and is_guarded(e.place)),
        "told": len(by),
        "actors": _json(sorted({_actor(a) for a in (*e.agents, *e.targets)})),
        "voices": _json(sorted(voices | outlets)),
        "ledger": _json(_ledger(e, [Told(c, coded.report, e.id) for c, coded, *_ in told])),
        "reports": _json(sorted({coded.report.id for _, coded, _, _ in told})),
        "words": words,
        "names": names,
    }


def _ledger(e: Event, told: Sequence[Told]) -> list[list[Any]]:
    reports: dict[str, set[str]] = {}
    for t in told:
        reports.setdefault(t.voice, set()).add(t.report.id)
    return [
        [v.name, v.kind, sorted(reports[v.name]), v.claims, v.shared, v.first, v.contradicted]
        for v in sources(told, {e.id: e})
    ]


def voices_of(connection: Connection) -> list[Voice]:
    """Every source's counts, as :func:`dateline.store.ledgers.sources` of all claims gives them."""
    out: dict[str, Voice] = {}
    reports: dict[str, set[str]] = {}
    for row in connection.execution_options(yield_per=2000).execute(select(cards.c.ledger).order_by(cards.c.event)):
        for name, kind, told, claims, shared, first, contradicted in msgspec.json.decode(row.ledger):
            v = out.setdefault(name, Voice(name, kind))
            seen = reports.setdefault(name, set())
            if seen and told[0] < min(seen):
                v.kind = kind
            seen.update(told)
            v.claims += claims
            v.events += 1
            v.shared += shared
            v.first += first
            v.contradicted += contradicted
    for name, seen in reports.items():
        out[name].reports = len(seen)
    return sorted(out.values(), key=lambda v: (-v.claims, v.name))


def _told(e: Event, reports: dict[str, str], source: _Source) -> Iterator[tuple[Claim, CodedReport, str, Veil]]:
    mine = set(e.claims)
    for id in sorted({reports[c] for c in e.claims if c in reports}):
        found = source.get(id)
        if found:
            coded, text, veil = found
            for claim in coded.claims:
                if claim.id in mine:
                    yield claim, coded, text, veil


def _joined(veils: Sequence[Veil]) -> Veil:
    return Veil(frozenset().union(*(v.names for v in veils)), frozenset().union(*(v.public for v in veils)))


def _actor(a: Actor) -> tuple[str, str, str, str, int]:
    return (a.name, a.group, a.country, a.actor_id or "", int(is_private_actor(a)))


def _paper(coded: CodedReport, text: str, veil: Veil) -> dict[str, Any]:
    r: Report = coded.report
    words, names = _apart(f"{r.title}\n{r.outlet}\n{text}", veil)
    return {
        "report": r.id,
        "published": r.published or "",
        "outlet": r.outlet,
        "claims": len(coded.claims),
        "words": words,
        "names": names,
    }


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _apart(text: str, veil: Veil) -> tuple[str, str]:
    """The different words of a text, and those of private persons' names, each in the order of their first use."""
    masked = veil.mask(text)
    words = dict.fromkeys(w.lower() for w in _WORD.findall(masked.replace(BLOCK, " ")))
    covered = "".join(c if m == BLOCK else " " for c, m in zip(text, masked, strict=True)) if BLOCK in masked else ""
    names = dict.fromkeys(w.lower() for w in _WORD.findall(covered))
    return clean(" ".join(words)), clean(" ".join(names))


def _json(value: object) -> str:
    return clean(msgspec.json.encode(value).decode("utf-8", "surrogatepass"))
