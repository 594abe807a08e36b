"""Who may see and change a store: accounts, their sessions and API tokens.  Passwords and tokens are kept as hashes.

What is done to an account is written into the log too; the hashes are not.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from sqlalchemy import Column, Connection, Float, Index, String, Table, delete, insert, select

from dateline.errors import StoreError, UsageError
from dateline.store import schema as s
from dateline.store.engine import reading
from dateline.store.keep import Store

Role = Literal["viewer", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
LEAST = 12
"""Characters that a password has at least."""
NAME = "[A-Za-z0-9][A-Za-z0-9._@-]{0,63}"
"""What names of accounts and tokens look like.  It begins with no sign, so that it cannot pass for an option."""

accounts = Table(
    "accounts",
    s.metadata,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("password", String, nullable=False),  # argon2id
    Column("created", String, nullable=False),
)

sessions = Table(
    "sessions",
    s.metadata,
    Column("sha256", String, primary_key=True),  # of what the cookie holds
    Column("account", String, nullable=False),
    Column("csrf", String, nullable=False),
    Column("expires", Float, nullable=False),  # seconds since 1970
    Index("sessions_account", "account"),
)

tokens = Table(
    "tokens",
    s.metadata,
    Column("name", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("account", String, nullable=False),
    Column("scope", String, nullable=False),  # a role: what it may do at most
    Column("created", String, nullable=False),
    Index("tokens_sha256", "sha256", unique=True),
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account without its password."""

    name: str
    role: Role
    created: str


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in: whose, with which token against forged requests, and until when (seconds since 1970)."""

    account: str
    role: Role
    csrf: str
    expires: float


@dataclass(frozen=True, slots=True)
class Token:
    """An API token without what it is: whose, and the role that it has at most."""

    name: str
    account: str
    scope: Role
    created: str


def any_accounts(store: Store) -> bool:
    with reading(store.engine) as c:
        return c.execute(select(accounts.c.name).limit(1)).first() is not None


def list_accounts(store: Store) -> list[Account]:
    """All accounts, by name."""
    a = accounts.c
    with reading(store.engine) as c:
        return [Account(*r) for r in c.execute(select(a.name, a.role, a.created).order_by(a.name))]


def password_of(store: Store, name: str) -> str | None:
    """The hash of an account's password; None where there is no such account."""
    with reading(store.engine) as c:
        return c.execute(select(accounts.c.password).where(accounts.c.name == name)).scalar()


def add_account(store: Store, name: str, role: str, password: str) -> Account:
    """A new account, or a new role and password for an old one, which ends its sessions.

    Args:
        password: as typed; at least 12 characters.

    Raises:
        UsageError: name, role or password make no sense.
        StoreError: there would be no administrator.
    """
    if not re.fullmatch(NAME, name):
        raise UsageError("letters, digits and . _ - @ are wanted, 64 at most", field="name")
    if role not in ROLES:
        raise UsageError(f"{role!r} is no role: {', '.join(ROLES)}", field="role")
    if not LEAST <= len(password) <= 1000:
        raise UsageError(f"a password of {LEAST} to 1000 characters is wanted", field="password")
    hashed = hash_password(password)
    with store.change() as (c, writer, _):
        old = c.execute(select(accounts.c.role).where(accounts.c.name == name)).scalar()
        if role != "admin":
            _keep_an_admin(c, store, name, True)
        row = {"name": name, "role": role, "password": hashed, "created": _now()}
        c.execute(delete(accounts).where(accounts.c.name == name))
        c.execute(insert(accounts), row)
        c.execute(delete(sessions).where(sessions.c.account == name))
        writer.add("change-account" if old else "add-account", name, {"role": role})
    return Account(name, role, str(row["created"]))


def remove_account(store: Store, name: str) -> None:
    """Remove an account with its sessions and tokens.

    Raises:
        StoreError: there is none, or no administrator would be left among the others.
    """
    with store.change() as (c, writer, _):
        role = c.execute(select(accounts.c.role).where(accounts.c.name == name)).scalar()
        if role is None:
            raise StoreError(f"no account {name}", path=store.path)
        _keep_an_admin(c, store, name, False)
        c.execute(delete(accounts).where(accounts.c.name == name))
        c.execute(delete(sessions).where(sessions.c.account == name))
        c.execute(delete(tokens).where(tokens.c.account == name))
        writer.add("remove-account", name, {})


def _keep_an_admin(c: Connection, store: Store, name: str, stays: bool) -> None:
    """Refuse what leaves accounts and no administrator among them.

    Args:
        name: the account that ceases to be, or is not, an administrator.
        stays: whether it stays an account.
    """
    a = accounts.c
    others = [r.role for r in c.execute(select(a.role).where(a.name != name))]
    if (others or stays) and "admin" not in others:
        raise StoreError("an administrator is wanted first, and must be left at last", path=store.path)


# ------------------------------------------------------------------------------------------------------ passwords


def hash_password(password: str) -> str:
    """Argon2id with OWASP's parameters: 19 MiB, two passes, one lane."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(password)


def matches(hashed: str, password: str) -> bool:
    """Whether a password is the one of a hash.  Slow on purpose."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


# ------------------------------------------------------------------------------------------------------- sessions


def open_session(store: Store, account: str, now: float, seconds: float) -> tuple[str, Session]:
    """A new session; what its cookie holds, which is kept nowhere, and the session.

    Raises:
        StoreError: the account is gone.
    """
    from dateline.store.engine import writing

    key, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with writing(store.engine) as c:
        c.execute(delete(sessions).where(sessions.c.expires <= now))
        role = c.execute(select(accounts.c.role).where(accounts.c.name == account)).scalar()
        if role is None:
            raise StoreError(f"no account {account}", path=store.path)
        row = {"sha256": digest(key), "account": account, "csrf": csrf, "expires": now + seconds}
        c.execute(insert(sessions), row)
    return key, Session(account, role, csrf, now + seconds)


def session_of(store: Store, key: str, now: float) -> Session | None:
    """The session of a cookie, with the role that its account has now; None if unknown or over."""
    a, x = accounts.c, sessions.c
    query = select(x.account, a.role, x.csrf, x.expires).where(
        x.sha256 == digest(key), x.expires > now, a.name == x.account
    )
    with reading(store.engine) as c:
        row = c.execute(query).first()
    return Session(*row) if row else None


def close_session(store: Store, key: str) -> None:
    from dateline.store.engine import writing

    with writing(store.engine) as c:
        c.execute(delete(sessions).where(sessions.c.sha256 == digest(key)))


# --------------------------------------------------------------------------------------------------------- tokens


def add_token(store: Store, name: str, account: str, scope: str) -> str:
    """A new API token, which is told this once and kept as a hash.

    Raises:
        UsageError: the name or the scope makes no sense.
        StoreError: the name is taken.
    """
    if not re.fullmatch(NAME, name):
        raise UsageError("letters, digits and . _ - @ are wanted, 64 at most", field="name")
    if scope not in ROLES:
        raise UsageError(f"{scope!r} is no scope: {', '.join(ROLES)}", field="scope")
    key = f"dateline_{secrets.token_urlsafe(32)}"
    with store.change() as (c, writer, _):
        if c.execute(select(tokens.c.name).where(tokens.c.name == name)).first():
            raise StoreError(f"there is a token {name} already", path=store.path)
        row = {"name": name, "sha256": digest(key), "account": account, "scope": scope, "created": _now()}
        c.execute(insert(tokens), row)
        writer.add("add-token", name, {"account": account, "scope": scope})
    return key


def remove_token(store: Store, name: str) -> None:
    """Raises StoreError where there is none of that name."""
    with store.change() as (c, writer, _):
        if not c.execute(delete(tokens).where(tokens.c.name == name)).rowcount:
            raise StoreError(f"no token {name}", path=store.path)
        writer.add("remove-token", name, {})


def list_tokens(store: Store) -> list[Token]:
    t = tokens.c
    with reading(store.engine) as c:
        return [Token(*r) for r in c.execute(select(t.name, t.account, t.scope, t.created).order_by(t.name))]


def token_of(store: Store, key: str) -> tuple[str, Role] | None:
    """The account that a token speaks for, and the lower of its scope and the account's role; None if unknown.

    A token made where there were no accounts speaks for "local", until there are some.
    """
    t = tokens.c
    with reading(store.engine) as c:
        row = c.execute(select(t.account, t.scope).where(t.sha256 == digest(key))).first()
        if row is None:
            return None
        role = c.execute(select(accounts.c.role).where(accounts.c.name == row.account)).scalar()
        if role is None:
            return None if c.execute(select(accounts.c.name).limit(1)).first() else (row.account, row.scope)
    return row.account, ROLES[min(ROLES.index(role), ROLES.index(row.scope))]


def digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
