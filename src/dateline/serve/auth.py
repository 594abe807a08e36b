"""Who asks, and what they may: sessions by cookie, API tokens, or everyone on loopback while there are no accounts.

A route takes ``viewer``, ``reviewer`` or ``admin`` as a dependency and gets the person, or the request ends with 401
(nobody) or 403 (not allowed, or a change without the session's token against forged requests).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from dateline.serve.state import State, is_open, is_quick, state_of
from dateline.store import accounts as a
from dateline.store.accounts import ROLES, Role

COOKIE = "dateline_session"
HEADER = "X-CSRF-Token"
LOCAL = "local"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST = 200  # characters of a cookie or token that is looked at


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks.  ``csrf`` is None where a token is used; ``how`` is ``session``, ``token`` or ``local``."""

    name: str
    role: Role
    csrf: str | None
    how: str

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


def find_person(request: Request) -> Person | None:
    """Whoever asks; None where nobody is known by the request's token or cookie."""
    state = state_of(request)
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        spoken = a.token_of(state.store, key.strip()) if len(key) <= _LONGEST else None
        return Person(spoken[0], spoken[1], None, "token") if spoken else None
    key = request.cookies.get(COOKIE, "")[:_LONGEST]
    if is_open(state):
        return Person(LOCAL, "admin", local_csrf(state, key) if key else None, "local")
    session = a.session_of(state.store, key, state.settings.clock()) if key else None
    return Person(session.account, session.role, session.csrf, "session") if session else None


def local_csrf(state: State, key: str) -> str:
    """The token against forged requests of a cookie where there are no accounts."""
    return hmac.new(state.secret, key.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def new_key() -> str:
    return secrets.token_urlsafe(32)


def set_cookie(response: Response, state: State, key: str, seconds: float | None) -> None:
    response.set_cookie(
        COOKIE,
        key,
        max_age=None if seconds is None else int(seconds),
        path="/",
        httponly=True,
        samesite="strict",
        secure=state.settings.secure,
    )


def check_origin(request: Request) -> None:
    """Refuse a change that a page of another site asks for."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise HTTPException(403, "a page of another site asks for this")


def check_csrf(request: Request, person: Person) -> None:
    """Refuse a change that does not show the session's token."""
    check_origin(request)
    if person.how == "token":
        return
    given = request.headers.get(HEADER, "")
    if not person.csrf or not hmac.compare_digest(given.encode(), person.csrf.encode()):
        raise HTTPException(403, f"the header {HEADER} with the session's token is missing or wrong")


def _least(role: Role) -> Callable[[Request], Coroutine[Any, Any, Person]]:
    async def dependency(request: Request) -> Person:
        if is_quick(state_of(request)):
            return _let_in(request, role)
        return await run_in_threadpool(_let_in, request, role)

    return dependency


def _let_in(request: Request, role: Role) -> Person:
    person = find_person(request)
    if person is None:
        raise HTTPException(401, "log in first", headers={"WWW-Authenticate": "Bearer"})
    if request.method not in _SAFE:
        check_csrf(request, person)
    if not person.may(role):
        raise HTTPException(403, f"this needs the role {role}; yours is {person.role}")
    return person


viewer = _least("viewer")
reviewer = _least("reviewer")
admin = _least("admin")

Viewer = Annotated[Person, Depends(viewer)]
Reviewer = Annotated[Person, Depends(reviewer)]
Admin = Annotated[Person, Depends(admin)]

REFUSED: dict[int | str, dict[str, Any]] = {
    401: {"description": "Nobody is logged in."},
    403: {"description": "The role does not allow it, or the token against forged requests is missing."},
}
"""For ``responses=`` of routes that take a person."""
