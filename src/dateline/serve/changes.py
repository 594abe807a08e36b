"""What became of the store since an entry of its log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from dateline.serve import models as m
from dateline.serve.auth import Viewer
from dateline.serve.events import entry
from dateline.serve.state import state_of
from dateline.serve.wire import READS, answer, tag_of, view_of
from dateline.serve.withheld import Cover
from dateline.store import schema as s
from dateline.store.engine import last_seq, reading
from dateline.store.log import Entry

router = APIRouter(prefix="/api", tags=["changes"])
_OF_ADMINS = ("add-account", "change-account", "remove-account", "add-token", "remove-token")


@router.get("/changes", response_model=m.Changes, responses=READS)
def changes(
    request: Request,
    person: Viewer,
    since: Annotated[int, Query(ge=0, le=2**53, description="The last entry that is known.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Response:
    """The log's entries after a number, in order.  Only administrators see what was done to accounts."""
    g = s.log.c
    query = select(s.log).where(g.seq > since).order_by(g.seq).limit(limit)
    if not person.may("admin"):
        query = query.where(g.action.not_in(_OF_ADMINS))
    with reading(state_of(request).store.engine) as c:
        tag = tag_of(request, person, last_seq(c))
        found = [Entry(*row) for row in c.execute(query)]
    cover = Cover(view_of(request, person), ())
    return answer({"items": [entry(e, cover) for e in found], "next": found[-1].seq if found else since}, tag)
