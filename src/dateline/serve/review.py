"""The review desk: the queue, verdicts on claims, what is one happening and what is not, comments, and their log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from dateline.serve import models as m
from dateline.serve import rounds
from dateline.serve.auth import Reviewer
from dateline.serve.bodies import Id, Reason, Strict, found
from dateline.serve.events import entry, item
from dateline.serve.quotes import head_of, quote_of
from dateline.serve.state import acting, state_of, store_of
from dateline.serve.wire import Cursor, Limit, Plain, Text, answer, errors, wanted
from dateline.store import Store, browse, desk, review
from dateline.store.browse import ALL, Wanted
from dateline.store.engine import reading
from dateline.store.log import Entry
from dateline.store.query import claims_of
from dateline.types import Claim

router = APIRouter(prefix="/api/review", tags=["review"])
_ASKS = errors(401, 403)
_CHANGES = errors(401, 403, 404, 409)


class Judgement(Strict):
    """``fields`` are only for ``correct``: plain values for type, modality, background and quoted; spans
    ``{"start", "end"}`` in the report's text for the others; null or [] for none."""

    verdict: Literal["accept", "reject", "correct"]
    fields: Annotated[dict[str, Any], Field(default_factory=dict)]
    reason: Reason = ""


class Merging(Strict):
    ids: Annotated[list[Id], Field(min_length=2, max_length=1000)]
    reason: Reason = ""


class Splitting(Strict):
    event: Id
    claims: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    reason: Reason = ""


class Linking(Strict):
    a: Id
    b: Id
    kind: Literal["must", "cannot"]
    reason: Reason = ""


class Undoing(Strict):
    seq: Annotated[int, Field(ge=1, le=2**53)]
    reason: Reason = ""


class Comment(Strict):
    subject: Id
    text: Annotated[Plain, Field(min_length=1, max_length=10_000)]


class QueueItem(BaseModel):
    event: m.EventItem
    claim: Claim
    report: m.ReportHead
    quote: m.Quote
    reasons: list[str]
    weight: float


class Queue(BaseModel):
    items: list[QueueItem]
    next: str | None
    total: int


class Judged(BaseModel):
    """The claim as it now stands; ``event`` is null where it was rejected."""

    seq: int
    claim: Claim
    event: str | None


class Decided(BaseModel):
    """The events that the claims are in now."""

    seq: int
    events: list[str]


class Done(BaseModel):
    seq: int


class LogItem(m.FullAct):
    """``undone`` is the entry that took it back."""

    undone: int | None


class Log(BaseModel):
    items: list[LogItem]


class Standing(BaseModel):
    """``machine`` is the claim as coded, without corrections."""

    claim: Claim
    machine: Claim
    report: m.ReportHead
    quote: m.Quote
    event: str | None
    rejected: bool
    review: list[LogItem]


class Orphan(BaseModel):
    """A verdict that no longer holds, since the claim or the words that it judged are no longer there."""

    seq: int
    claim: str
    report: str
    verdict: str
    fields: dict[str, Any]


class Orphans(BaseModel):
    items: list[Orphan]


@router.get("/queue", response_model=Queue, responses=_ASKS)
def queue(
    request: Request,
    person: Reviewer,
    filters: Annotated[Wanted, Depends(wanted)],
    limit: Limit = 50,
    cursor: Cursor = "",
    seen: Annotated[bool, Query(description="Also claims that were judged already.")] = False,
) -> Response:
    """Claims to be looked at, what matters most first: contested, many casualties, low confidence."""
    state = state_of(request)
    events: list[str] | None = None
    if filters != Wanted():
        now = state.board.now()
        with reading(state.store.engine) as c:
            events = [str(e) for e in now.rows.event[browse.chosen(c, now, filters, ALL)]]
    page = desk.queue(state.store, events, limit, cursor, seen)
    return answer({"items": list(_items(request, page.items)), "next": page.next, "total": page.total})


def _items(request: Request, some: Sequence[desk.Item]) -> Iterator[dict[str, Any]]:
    """What is shown of the queue's items; one whose claim or event goes just now is left out."""
    state = state_of(request)
    now = state.board.now()
    with reading(state.store.engine) as c:
        rows = desk.rows_of(c, now, [i.event for i in some])
        bodies = dict(zip(rows, browse.bodies(c, now, list(rows.values())), strict=True))
    told = {t.claim.id: t for t in claims_of(state.store, [i.claim for i in some])}
    texts = {id: state.store.report(id) for id in sorted({i.report for i in some})}
    for i in some:
        t, text = told.get(i.claim), texts[i.report]
        if t is not None and text is not None and i.event in rows:
            yield {
                "event": item(state, now, rows[i.event], bodies[i.event], ALL),
                "claim": t.claim,
                "report": head_of(t.report),
                "quote": quote_of(text.text, t.claim),
                "reasons": i.reasons,
                "weight": i.weight,
            }


@router.get("/claims/{id:path}", response_model=Standing, responses=errors(401, 403, 404))
def claim(request: Request, person: Reviewer, id: str) -> Response:
    """A claim as it now stands and as the program coded it, rejected ones too."""
    store = store_of(request)
    with found():
        at = review.standing(store, id)
    body = {
        "claim": at.claim,
        "machine": at.machine,
        "report": head_of(at.report),
        "quote": quote_of(at.report.text, at.claim),
        "event": at.event,
        "rejected": at.rejected,
        "review": log_items(review.acts(store, id)),
    }
    return answer(body)


@router.post("/claims/{id:path}", response_model=Judged, responses=_CHANGES)
def judge(request: Request, person: Reviewer, id: str, body: Judgement) -> Response:
    """Accept, reject or correct a claim.  A rejected one leaves its event and stays in the record."""
    store = acting(request, person.name)
    with found():
        review.standing(store, id)
    done = review.judge(store, id, body.verdict, body.fields, body.reason)
    return answer({"seq": done.seq, "claim": done.claim, "event": done.event})


@router.post("/merge", response_model=Decided, responses=_CHANGES)
def merge(request: Request, person: Reviewer, body: Merging) -> Response:
    """Say that events or claims are of one happening."""
    store = acting(request, person.name)
    claims = _members(store, body.ids)
    return _decided(store, store.merge(body.ids, body.reason), claims)


@router.post("/split", response_model=Decided, responses=_CHANGES)
def split(request: Request, person: Reviewer, body: Splitting) -> Response:
    """Say that claims of an event are not of one happening with its others."""
    store = acting(request, person.name)
    claims = _members(store, [body.event])
    return _decided(store, store.split(body.event, body.claims, body.reason), claims)


@router.post("/link", response_model=Decided, responses=_CHANGES)
def link(request: Request, person: Reviewer, body: Linking) -> Response:
    """Say that two claims (or events) must, or cannot, be of one happening."""
    store = acting(request, person.name)
    claims = _members(store, [body.a, body.b])
    return _decided(store, store.link(body.a, body.b, body.kind, body.reason), claims)


def _members(store: Store, ids: Sequence[str]) -> list[str]:
    with found():
        return review.members(store, ids)


def _decided(store: Store, seq: int, claims: Sequence[str]) -> Response:
    return answer({"seq": seq, "events": review.homes(store, claims)})


@router.post("/undo", response_model=Done, responses=_CHANGES)
def undo(request: Request, person: Reviewer, body: Undoing) -> Response:
    """Take an act back, by the number of its entry in the log; what it overruled comes into force again."""
    return answer({"seq": acting(request, person.name).undo(body.seq, body.reason)})


@router.post("/comments", response_model=Done, responses=_CHANGES)
def comment(request: Request, person: Reviewer, body: Comment) -> Response:
    """Say something of a claim, an event or a report."""
    store = acting(request, person.name)
    with found():
        return answer({"seq": review.comment(store, body.subject, body.text)})


@router.get("/log", response_model=Log, responses=_ASKS)
def log(
    request: Request,
    person: Reviewer,
    subject: Annotated[Text, Query(description="A claim, an event with its claims, or a report.")] = "",
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Response:
    """What reviewers did, in order."""
    return answer({"items": log_items(review.acts(store_of(request), subject, after, limit))})


def log_items(acts: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries of the log with their bodies, and which of them were taken back by others among them."""
    undone = {int(a.subject): a.seq for a in acts if a.action == "undo" and a.subject.isdecimal()}
    return [entry(a) | {"body": msgspec.json.decode(a.body), "undone": undone.get(a.seq)} for a in acts]


@router.get("/orphans", response_model=Orphans, responses=_ASKS)
def orphans(request: Request, person: Reviewer) -> Response:
    """Verdicts that no longer hold."""
    return answer(
        {
            "items": [
                {"seq": a.seq, "claim": a.claim, "report": a.report, "verdict": a.verdict, "fields": dict(a.fields)}
                for a in review.orphans(store_of(request))
            ]
        }
    )


router.include_router(rounds.router)
