"""Logging in and out: ``/api/session``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, Field

from dateline.serve.auth import (
    COOKIE,
    Person,
    check_csrf,
    check_origin,
    find_person,
    local_csrf,
    new_key,
    set_cookie,
)
from dateline.serve.limits import where_from
from dateline.serve.state import State, state_of
from dateline.serve.wire import Plain, errors
from dateline.store import accounts as a
from dateline.store.accounts import Role
from dateline.store.keep import program

router = APIRouter(prefix="/api/session", tags=["session"])


class Session(BaseModel):
    """Who is logged in; all null where nobody is."""

    user: str | None
    role: Role | None
    csrf: str | None
    accounts: bool
    version: str


class LogIn(BaseModel):
    user: Annotated[Plain, Field(max_length=64)]
    password: Annotated[Plain, Field(max_length=1000)]


@router.get("", responses=errors())
def who(request: Request, response: Response) -> Session:
    """Who is logged in.  On a server without accounts this gives everyone a cookie and a token for changes."""
    state, person = state_of(request), find_person(request)
    response.headers["Cache-Control"] = "no-store"
    if person and person.how == "local" and person.csrf is None:
        key = new_key()
        set_cookie(response, state, key, None)
        person = Person(person.name, person.role, local_csrf(state, key), person.how)
    return _session(state, person)


@router.post("", responses=errors(401, 403, 429))
def log_in(request: Request, response: Response, body: LogIn) -> Session:
    """Log in.  After some failures of a user or from an address the next tries are refused for a while."""
    state = state_of(request)
    check_origin(request)
    address = where_from(request.client.host) if request.client else ""
    now = state.settings.clock()
    wait = state.tries.wait(body.user, address, now)
    if wait:
        raise HTTPException(429, "too many tries, wait a while", {"Retry-After": str(int(wait) + 1)})
    if not _right(state, body):
        state.tries.failed(body.user, address, now)
        raise HTTPException(401, "user or password is wrong")
    state.tries.passed(body.user)
    key, session = a.open_session(state.store, body.user, now, state.settings.session_seconds)
    set_cookie(response, state, key, state.settings.session_seconds)
    response.headers["Cache-Control"] = "no-store"
    return _session(state, Person(session.account, session.role, session.csrf, "session"))


@router.delete("", responses=errors(403))
def log_out(request: Request, response: Response) -> Session:
    """End the session; that nobody is logged in is no error."""
    state, person = state_of(request), find_person(request)
    if person and person.how == "session":
        check_csrf(request, person)
        a.close_session(state.store, request.cookies.get(COOKIE, ""))
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=state.settings.secure)
    response.headers["Cache-Control"] = "no-store"
    return _session(state, None)


def _right(state: State, body: LogIn) -> bool:
    """Whether the password is the user's.  It takes as long where there is no such user."""
    hashed = a.password_of(state.store, body.user)
    with state.hashing:
        return a.matches(hashed or state.nobody, body.password) and hashed is not None


def _session(state: State, person: Person | None) -> Session:
    return Session(
        user=person.name if person else None,
        role=person.role if person else None,
        csrf=person.csrf if person else None,
        accounts=a.any_accounts(state.store),
        version=program(),
    )
