"""What the routes share: how answers and errors are written, the common filters, and answers that need not be sent."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec
from fastapi import Query, Request, Response
from pydantic import AfterValidator, BaseModel
from starlette.concurrency import run_in_threadpool

from dateline.serve.auth import Person
from dateline.serve.state import Body, is_quick, state_of
from dateline.store.browse import ALL, View, Wanted
from dateline.store.query import Box, read_box
from dateline.store.snapshot import Snapshot


class Error(BaseModel):
    """What went wrong, for a person."""

    detail: str


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For ``responses=``: these, and what every route may answer."""
    said = {
        304: "What the client has is still so (If-None-Match).",
        400: "The request cannot be understood, or calls the server by another name.",
        401: "Nobody is logged in.",
        403: "The role does not allow it, or the token against forged requests is missing.",
        404: "There is none.",
        409: "It cannot be done as things stand.",
        413: "The body is too big.",
        422: "A parameter makes no sense; which one is said.",
        429: "Too many tries; Retry-After says when the next is let in.",
        503: "The store cannot be read or written now.",
    }
    out: dict[int | str, dict[str, Any]] = {}
    for status in sorted({400, 413, 422, 503, *statuses}):
        out[status] = {"description": said[status]} | ({} if status == 304 else {"model": Error})
    return out


READS = errors(304, 401, 403)
"""Of routes that viewers may ask."""


def _plain(value: str) -> str:
    if "\0" in value:
        raise ValueError("a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("half a character") from None
    return value


Plain = Annotated[str, AfterValidator(_plain)]
"""A text that every database can keep."""

Text = Annotated[Plain, Query(max_length=200)]
Words = Annotated[Plain, Query(max_length=500)]
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$", description="YYYY-MM-DD")]
_DEGREES = r"-?\d{1,3}(\.\d{1,20})?(e-\d{1,2})?"
Box_ = Annotated[
    str, Query(pattern=rf"^({_DEGREES}(,{_DEGREES}){{3}})?$", description="west,south,east,north in degrees.")
]
Several = Annotated[list[Plain], Query(max_length=100)]
Cursor = Annotated[str, Query(max_length=500, description="``next`` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=500)]


async def wanted(
    place: Annotated[Text, Query(description="A name or a GeoNames id.")] = "",
    country: Annotated[Text, Query(description="ISO 3166-1 alpha-3.")] = "",
    box: Box_ = "",
    type: Several = [],  # noqa: B006
    actor: Text = "",
    source: Text = "",
    status: Several = [],  # noqa: B006
    since: Day = "",
    until: Day = "",
    q: Words = "",
) -> Wanted:
    """The common filters of a query."""
    return Wanted(
        place=place,
        country=country.upper(),
        box=box_of(box),
        types=tuple(filter(None, type)),
        actor=actor,
        source=source,
        statuses=tuple(filter(None, status)),
        since=since,
        until=until,
        q=q,
    )


def box_of(value: str) -> Box | None:
    """A box as a map gives it: what runs over the date line or the poles is brought back.

    Raises:
        UsageError: it is no box.
    """
    told = read_box(value, "box")
    if told is None:
        return None
    west, south, east, north = told
    if east - west >= 360:
        west, east = -180.0, 180.0
    return _around(west), max(south, -90.0), _around(east), min(north, 90.0)


def _around(longitude: float) -> float:
    return longitude if abs(longitude) <= 180 else (longitude + 180) % 360 - 180


def view_of(request: Request, person: Person) -> View:
    """What a person may see."""
    if person.may("reviewer"):
        return ALL
    settings = state_of(request).settings
    return View(names=settings.public_names, places=settings.public_places)


class NotModified(Exception):
    """What the client has is still so."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def tag_of(request: Request, person: Person, seq: int, *more: object) -> str:
    """A weak entity tag of the store's state, the query and what the person may see.

    Raises:
        NotModified: the client has this one.
    """
    view = view_of(request, person)
    about = (seq, request.url.path, request.url.query, view.names, view.places, person.role, *more)
    tag = f'W/"{seq}-{hashlib.sha256(repr(about).encode("utf-8", "surrogatepass")).hexdigest()[:20]}"'
    if tag in (t.strip() for t in request.headers.get("if-none-match", "").split(",")):
        raise NotModified(tag)
    return tag


_LEAST = 1000  # bytes that are worth packing


async def kept(request: Request, person: Person, make: Callable[[Snapshot], Any]) -> Response:
    """An answer from the events as they stand, whose bytes are made once for everyone who may see the same.

    What is at hand is given at once; what must be made is made in a thread.

    Args:
        make: gives its value, to be written as JSON.
    """
    state, packs = state_of(request), "gzip" in request.headers.get("accept-encoding", "")
    now = state.board.current() if is_quick(state) else None
    if now is None:
        now = await run_in_threadpool(state.board.now)
    tag = tag_of(request, person, now.seq)
    found: Body | None = state.answers.known((tag, packs))
    if found is None:
        async with state.making:
            found = state.answers.known((tag, packs)) or await run_in_threadpool(_made, make, now, packs)
        state.answers.keep((tag, packs), found)
    headers = {"ETag": tag, "Vary": "Accept-Encoding"} | ({"Content-Encoding": "gzip"} if found.packed else {})
    return Response(found.content, media_type="application/json", headers=headers)


def _made(make: Callable[[Snapshot], Any], now: Snapshot, packs: bool) -> Body:
    body = msgspec.json.encode(make(now))
    return Body(gzip.compress(body, 2, mtime=0), True) if packs and len(body) > _LEAST else Body(body, False)


def answer(value: Any, tag: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON."""
    more = dict(headers or {}) | ({"ETag": tag} if tag else {})
    return Response(msgspec.json.encode(value), media_type="application/json", headers=more)
