"""Events: lists, counts, a histogram, and one event with everything that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from sqlalchemy import Connection

from dateline.errors import StoreError
from dateline.record import encode
from dateline.serve import models as m
from dateline.serve.auth import Viewer
from dateline.serve.quotes import head_of, quote_of
from dateline.serve.state import State, state_of
from dateline.serve.wire import READS, Cursor, Limit, answer, errors, kept, tag_of, view_of, wanted
from dateline.serve.withheld import Cover, row_cover
from dateline.store import browse, counts, query
from dateline.store.browse import View, Wanted
from dateline.store.engine import reading
from dateline.store.index import event_from
from dateline.store.log import Entry
from dateline.store.review import Reviewed, reviewed
from dateline.store.snapshot import Snapshot
from dateline.store.titles import label, title_of

router = APIRouter(prefix="/api", tags=["events"])
Filters = Annotated[Wanted, Depends(wanted)]
_LONG = 2_000  # claims of an event that are shown with their words


@router.get("/facets", response_model=m.Facets, responses=READS)
async def facets(request: Request, person: Viewer, filters: Filters) -> Response:
    """What there is among the events that pass: types, statuses, countries, sources, days."""
    state, view = state_of(request), view_of(request, person)

    def made(now: Snapshot) -> dict[str, Any]:
        with reading(state.store.engine) as c:
            found = counts.facets(now, browse.chosen(c, now, filters, view), view)
        return {
            "types": [{"value": t, "count": n, **named(state, t)} for t, n in found.types],
            "statuses": [{"value": v, "count": n} for v, n in found.statuses],
            "countries": [{"value": v, "count": n} for v, n in found.countries],
            "sources": [{"value": v, "kind": k, "count": n} for v, k, n in found.sources],
            **{name: getattr(found, name) for name in ("first", "last", "events", "claims", "reports")},
        }

    return await kept(request, person, made)


@router.get("/histogram", response_model=list[m.Bin], responses=READS)
async def histogram(
    request: Request, person: Viewer, filters: Filters, by: Literal["day", "week", "month"] = "month"
) -> Response:
    """How many events began in each day, week (from Monday) or month that has any."""
    state, view = state_of(request), view_of(request, person)

    def made(now: Snapshot) -> list[dict[str, Any]]:
        with reading(state.store.engine) as c:
            mask = browse.chosen(c, now, filters, view)
        return [{"start": start, "count": n, "contested": x} for start, n, x in counts.histogram(now, mask, by)]

    return await kept(request, person, made)


@router.get("/events", response_model=m.Events, responses=READS)
async def events(
    request: Request,
    person: Viewer,
    filters: Filters,
    limit: Limit = 50,
    cursor: Cursor = "",
    sort: Annotated[Literal["time", "-time", "queue"], Query(description="queue: contested ones first.")] = "time",
) -> Response:
    """A page of events.  The cursor stays good when events come, go or change."""
    state, view = state_of(request), view_of(request, person)

    def made(now: Snapshot) -> dict[str, Any]:
        with reading(state.store.engine) as c:
            page = browse.page(now, browse.chosen(c, now, filters, view), sort, limit, cursor)
            items = _items(state, c, now, page.rows, view)
        return {"items": items, "next": page.next, "total": page.total}

    return await kept(request, person, made)


def _items(state: State, c: Connection, now: Snapshot, rows: Sequence[int], view: View) -> list[msgspec.Raw]:
    """Events of a list; of those that were shown before the bytes are at hand."""
    keys = [("item", int(now.rows.number[row]), view) for row in rows]
    known = {row: state.pieces.known(key) for row, key in zip(rows, keys, strict=True)}
    new = [row for row in rows if known[row] is None]
    for row, body in zip(new, browse.bodies(c, now, new) if new else (), strict=True):
        known[row] = bytes(item(state, now, row, body, view))
        state.pieces.keep(("item", int(now.rows.number[row]), view), known[row])
    return [msgspec.Raw(known[row]) for row in rows]


class _Figure(msgspec.Struct):
    kind: str
    low: float | None
    best: float | None
    high: float | None


class _Figures(msgspec.Struct):
    figures: list[_Figure]


_FIGURES = msgspec.json.Decoder(_Figures)


def item(state: State, now: Snapshot, row: int, body: bytes, view: View) -> msgspec.Raw:
    """An event of a list as JSON, from its bytes and its row."""
    cover = row_cover(now, row, view)
    if not cover.whole and (cover.hides or now.rows.guarded[row]):
        body = encode(cover.event(event_from(body)))
    killed = next((f for f in _FIGURES.decode(body).figures if f.kind == "killed"), None)
    voices = [now.words.voices.values[code] for code in now.voices.of(row)]
    more = {
        **named(state, now.words.types.values[now.rows.type[row]]),
        "title": cover.words(now.rows.title[row]),
        "killed": killed and {"low": killed.low, "best": killed.best, "high": killed.high},
        "sources": int(now.rows.told[row]),
        "outlets": sorted(v[0] for v in voices if v[1] == "outlet"),
    }
    return msgspec.Raw(body[:-1] + b"," + msgspec.json.encode(more)[1:])


def named(state: State, type: str) -> dict[str, str]:
    """A type as it is shown, and the family of types that it is of."""
    spec = state.codebook.types.get(type)
    return {"label": label(type), "family": spec.family if spec else ""}


@router.get("/events/{id:path}", response_model=m.EventDetail, responses=READS | errors(404))
def event(request: Request, person: Viewer, id: str) -> Response:
    """An event with all its versions in their words, why they were joined, and what became of it."""
    state, view = state_of(request), view_of(request, person)
    now = state.board.now()
    tag = tag_of(request, person, now.seq)
    try:
        shown = query.show(state.store, id)
    except StoreError as e:
        if e.__cause__ is not None:
            raise
        raise HTTPException(404, e.message) from None
    reports = {t.report.id: None for v in shown.versions for t in (v.told,)}
    cover = Cover(view, state.store.coded(sorted(reports)) if not (view.names and view.places) else ())
    texts = {id: state.store.report(id) for id in reports}
    judged = reviewed(state.store, shown.event.claims)
    versions = []
    for v in shown.versions[:_LONG]:
        told, report = cover.told(v.told), texts[v.told.report.id]
        versions.append(
            {
                "claim": told.claim,
                "report": head_of(told.report),
                "voice": told.voice,
                "quote": quote_of(cover.text(report.text if report else ""), told.claim),
                "reviewed": _judged(judged.get(told.claim.id)),
            }
        )
    covered = cover.event(shown.event)
    title = cover.words(title_of(shown.event))
    body = {
        "event": msgspec.to_builtins(covered) | named(state, covered.type) | {"title": title},
        "versions": versions,
        "scores": [cover.score(s) for s in shown.scores],
        "history": [entry(e, cover) for e in shown.history],
    }
    return answer(body, tag)


def entry(e: Entry, cover: Cover | None = None) -> dict[str, Any]:
    """A line of the log, without its digests."""
    why = cover.words(e.why) if cover else e.why
    return {"seq": e.seq, "at": e.at, "actor": e.actor, "action": e.action, "subject": e.subject, "why": why}


def _judged(r: Reviewed | None) -> dict[str, str] | None:
    return {"verdict": r.verdict, "by": r.by, "at": r.at} if r else None
