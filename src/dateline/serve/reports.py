"""Reports: lists, one with its text, and its bytes as received; and single claims."""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request, Response

from dateline.errors import StoreError
from dateline.serve import models as m
from dateline.serve.auth import Viewer
from dateline.serve.events import entry
from dateline.serve.quotes import head_of, quote_of
from dateline.serve.state import state_of
from dateline.serve.wire import READS, Cursor, Limit, Text, Words, answer, errors, kept, tag_of, view_of
from dateline.serve.withheld import Cover
from dateline.store import papers
from dateline.store.cursors import read_parts, write_cursor
from dateline.store.engine import reading
from dateline.store.review import acts, told
from dateline.store.snapshot import Snapshot
from dateline.types import Report

router = APIRouter(prefix="/api", tags=["reports"])


@router.get("/reports", response_model=m.Reports, responses=READS)
async def reports(
    request: Request,
    person: Viewer,
    q: Words = "",
    outlet: Annotated[Text, Query(description="Its exact name.")] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Response:
    """A page of the current reports, newest first."""
    state, view = state_of(request), view_of(request, person)
    after = read_parts(cursor, "reports", 2) if cursor else None

    def made(_: Snapshot) -> dict[str, Any]:
        names = view.names and view.places
        with reading(state.store.engine) as c:
            found = state.shelf.page(c, q, outlet, limit, (after[0], after[1]) if after else None, names)
        coded = {} if names else {x.report.id: x for x in state.store.coded([r.id for r, _ in found.reports])}
        items = []
        for r, claims in found.reports:
            cover = Cover(view, [coded[r.id]] if r.id in coded else [])
            items.append(head_of(r) | {"title": cover.text(r.title), "language": r.language, "claims": claims})
        following = write_cursor("reports", *found.next) if found.next else None
        return {"items": [_short(i) for i in items], "next": following, "total": found.total}

    return await kept(request, person, made)


def _short(item: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in item.items() if k != "sha256"}


@router.get(
    "/reports/{id:path}/raw",
    response_class=Response,
    responses=READS
    | errors(404)
    | {200: {"description": "The bytes.", "content": {"application/octet-stream": {"schema": {"type": "string"}}}}},
)
def raw(request: Request, person: Viewer, id: str) -> Response:
    """A report's bytes as they were received, to be kept and not shown."""
    state, view = state_of(request), view_of(request, person)
    if not (view.names and view.places):
        raise HTTPException(403, "the bytes hold what viewers do not see")
    with reading(state.store.engine) as c:
        tag = tag_of(request, person, state.board.seq())
        data = papers.raw_of(c, id)
    if data is None:
        raise HTTPException(404, "no such report")
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", id)[:80].lstrip(".") or "report"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "ETag": tag}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.get("/reports/{id:path}", response_model=m.ReportDetail, responses=READS | errors(404))
def report(request: Request, person: Viewer, id: str) -> Response:
    """A report with its text and its claims.  For viewers names are covered with as many blocks, so offsets hold."""
    state, view = state_of(request), view_of(request, person)
    with reading(state.store.engine) as c:
        tag = tag_of(request, person, state.board.seq())
        found = papers.last_revisions(c, [id]).get(id)
        revisions = papers.revisions(c, id)
    if found is None:
        raise HTTPException(404, "no such report")
    coded = list(state.store.coded([id]))
    cover = Cover(view, coded)
    body = {
        "report": _whole(found, cover)
        | {"raw_sha256": revisions[-1].raw, "origin": revisions[-1].origin if cover.whole else None},
        "claims": [cover.claim(x) for k in coded for x in k.claims],
        "revisions": [{"revision": r.revision, "at": r.at} for r in revisions],
    }
    return answer(body, tag)


def _whole(r: Report, cover: Cover) -> dict[str, Any]:
    more = {"language": r.language, "truncated": r.truncated, "text": cover.text(r.text)}
    return head_of(r) | more | {"title": cover.text(r.title)}


@router.get("/claims/{id:path}", response_model=m.ClaimDetail, responses=READS | errors(404))
def claim(request: Request, person: Viewer, id: str) -> Response:
    """A claim in its words, and what reviewers did with it; one that was rejected too, which is in no event."""
    state, view = state_of(request), view_of(request, person)
    tag = tag_of(request, person, state.board.seq())
    try:
        found = told(state.store, id)
    except StoreError:
        raise HTTPException(404, "no such claim") from None
    cover = Cover(view, state.store.coded([found.report.id]))
    shown, whole = cover.told(found), state.store.report(found.report.id)
    old_values = person.may("reviewer")  # may name persons whom a correction took out
    body = {
        "claim": shown.claim,
        "report": head_of(shown.report),
        "event": shown.event or None,
        "quote": quote_of(cover.text(whole.text if whole else ""), shown.claim),
        "review": [
            entry(a, cover) | {"body": cover.any(msgspec.json.decode(a.body)) if old_values else {}}
            for a in acts(state.store, id)
        ],
    }
    return answer(body, tag)
