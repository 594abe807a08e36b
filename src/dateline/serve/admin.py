"""Accounts and API tokens, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field

from dateline.errors import StoreError
from dateline.serve.auth import Admin, Person
from dateline.serve.state import acting, state_of, store_of
from dateline.serve.wire import Plain, errors
from dateline.store import accounts as a
from dateline.store.accounts import Account, Role, Token

router = APIRouter(prefix="/api/admin", tags=["admin"])
_CHANGES = errors(401, 403, 409)
Name = Annotated[str, Field(pattern=f"^{a.NAME}$", max_length=64)]


class NewUser(BaseModel):
    name: Name
    role: Role
    password: Annotated[Plain, Field(min_length=a.LEAST, max_length=1000)]


class NewToken(BaseModel):
    name: Name
    scope: Role


class Named(BaseModel):
    name: str


class Shown(BaseModel):
    """An API token, shown this once."""

    token: str
    name: str
    scope: Role


@router.get("/users", responses=errors(401, 403))
def users(request: Request, person: Admin) -> list[Account]:
    """All accounts."""
    return a.list_accounts(store_of(request))


@router.post("/users", responses=_CHANGES)
def add_user(request: Request, person: Admin, body: NewUser) -> Account:
    """A new account, or a new role and password for an old one, which ends its sessions."""
    with state_of(request).hashing:
        return a.add_account(acting(request, person.name), body.name, body.role, body.password)


@router.delete("/users/{name}", responses=_CHANGES | errors(404))
def remove_user(request: Request, person: Admin, name: str) -> Named:
    """Remove an account with its sessions and tokens; not the last administrator while there are others."""
    store = acting(request, person.name)
    if a.password_of(store, name) is None:
        raise HTTPException(404, "no such account")
    a.remove_account(store, name)
    return Named(name=name)


@router.get("/tokens", responses=errors(401, 403))
def tokens(request: Request, person: Admin) -> list[Token]:
    """All API tokens, without what they are."""
    return a.list_tokens(store_of(request))


@router.post("/tokens", responses=_CHANGES)
def add_token(request: Request, person: Admin, body: NewToken) -> Shown:
    """A new API token that speaks for whoever makes it, with a role at most; it is shown this once."""
    _by_session(person)
    key = a.add_token(acting(request, person.name), body.name, person.name, body.scope)
    return Shown(token=key, name=body.name, scope=body.scope)


@router.delete("/tokens/{name}", responses=_CHANGES | errors(404))
def remove_token(request: Request, person: Admin, name: str) -> Named:
    """End an API token."""
    try:
        a.remove_token(acting(request, person.name), name)
    except StoreError as e:
        if e.__cause__ is not None:
            raise
        raise HTTPException(404, "no such token") from None
    return Named(name=name)


def _by_session(person: Person) -> None:
    """A token makes no tokens, so that one that leaks ends when it is removed."""
    if person.how == "token":
        raise HTTPException(403, "a token makes no tokens: log in")
