"""What a running server holds: the store, its settings, the columns that answer lists, and who tried to log in."""

from __future__ import annotations

import asyncio
import copy
import secrets
import threading
from dataclasses import dataclass, field

from fastapi import Request

from dateline.codebook import Codebook, load_codebook
from dateline.serve.cache import Cache
from dateline.serve.limits import Tries
from dateline.serve.settings import Settings
from dateline.store import Store
from dateline.store.accounts import any_accounts, hash_password
from dateline.store.columns import Board
from dateline.store.memo import Memo
from dateline.store.papers import Shelf

_ROOM = 64_000_000  # bytes
_AT_ONCE = 6  # answers that are made at once: more would only wait for one another


@dataclass(frozen=True, slots=True)
class Body:
    """An answer's bytes; ``packed`` if they are so (gzip)."""

    content: bytes
    packed: bool


@dataclass(slots=True)
class State:
    """One a server.  ``pieces`` are events as lists and maps show them, ``answers`` whole answers by their tags;
    ``secret`` binds the cookies of a server without accounts, and lasts as long as it runs; ``nobody`` is the hash of
    a password that nobody has."""

    store: Store
    settings: Settings
    board: Board
    codebook: Codebook = field(default_factory=load_codebook)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    nobody: str = field(default_factory=lambda: hash_password(secrets.token_hex()))
    tries: Tries = field(default_factory=Tries)
    shelf: Shelf = field(default_factory=Shelf)
    pieces: Memo = field(default_factory=lambda: Memo(_ROOM, len))
    answers: Memo = field(default_factory=lambda: Memo(_ROOM, lambda body: len(body.content)))
    making: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    ledgers: Cache = field(default_factory=Cache)
    accounts: tuple[int, bool] = (-1, True)  # the log's last entry, and whether there were accounts at it
    hashing: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(2))


def is_quick(state: State) -> bool:
    """Whether small questions to the store may be asked without a thread: SQLite's readers never wait."""
    return state.store.engine.dialect.name == "sqlite"


def is_open(state: State) -> bool:
    """Whether everyone is let in: a server on loopback of a store that has no accounts."""
    if not state.settings.open:
        return False
    seq = state.board.seq()
    if state.accounts[0] != seq:  # whatever is done to an account is in the log
        state.accounts = (seq, any_accounts(state.store))
    return not state.accounts[1]


def state_of(request: Request) -> State:
    found: State = request.app.state.dateline
    return found


def store_of(request: Request) -> Store:
    """The server's store, to read from."""
    return state_of(request).store


def acting(request: Request, by: str) -> Store:
    """The server's store, for changes that the log will say a person made."""
    store = copy.copy(state_of(request).store)
    store.by = by
    return store
