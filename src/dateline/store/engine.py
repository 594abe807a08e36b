"""Opening a store: a file's path is SQLite, a ``postgresql://`` URL is PostgreSQL.

One writer at a time: SQLite takes its write lock when a transaction begins, PostgreSQL an advisory lock.  Readers
never wait (write-ahead log; snapshots).
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from dateline.errors import StoreError

VARIABLE = "DATELINE_STORE"
DEFAULT = "dateline.db"
_WAIT = 60  # seconds that a writer waits for another
_PRAGMAS = (
    f"busy_timeout={_WAIT * 1000}",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "cache_size=-65536",  # KiB
    "wal_autocheckpoint=4000",  # pages
)
_LOCK = 0x0DA7E11E  # PostgreSQL's advisory lock of writers


def where(store: str | None = None) -> str:
    """The store that is meant: the option, else the variable, else a file in the working folder."""
    return store or os.environ.get(VARIABLE) or DEFAULT


def open_engine(store: str) -> Engine:
    """An engine for a store's path or URL; nothing is created yet but an empty SQLite file.

    Raises:
        StoreError: it cannot be opened, or the PostgreSQL driver is not installed.
    """
    try:
        if "://" in store:
            engine = _postgres(store)
        else:
            engine = _sqlite(store)
        with engine.connect():
            pass
    except (DBAPIError, OSError, ArgumentError, NoSuchModuleError) as e:
        raise StoreError(f"cannot be opened: {_first_line(e)}", path=_shown(store)) from None
    except ModuleNotFoundError:
        raise StoreError("PostgreSQL needs the extra: pip install 'dateline[postgres]'", path=_shown(store)) from None
    return engine


def _sqlite(path: str) -> Engine:
    at = Path(path)
    if at.is_dir():
        raise StoreError("is a folder, a file is wanted", path=path)
    if not at.parent.exists():
        raise StoreError("its folder does not exist", path=path)
    engine = create_engine(f"sqlite:///{at}", connect_args={"timeout": _WAIT, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("dateline_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: str) -> Engine:
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise StoreError("a file's path or a postgresql:// URL is wanted", path=_shown(url))
    return create_engine(f"postgresql+psycopg://{rest}", pool_pre_ping=True)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the one writer: all of it is kept, or nothing.

    Raises:
        StoreError: the store is locked for too long, or cannot be written.
    """
    try:
        with engine.connect().execution_options(dateline_writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection
    except DBAPIError as e:
        raise StoreError(_first_line(e), path=_shown(str(engine.url))) from e


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, of one state of the store."""
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except DBAPIError as e:
        raise StoreError(_first_line(e), path=_shown(str(engine.url))) from e


class Pulse:
    """The number of the log's last entry, which is asked for before every answer; 0 where there is none.

    Of an SQLite store a connection of its own is asked, which costs a few millionths of a second.  Safe for threads.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None

    def seq(self) -> int:
        """The number as it is now.

        Raises:
            StoreError: the store cannot be read.
        """
        if self._engine.dialect.name != "sqlite":
            with reading(self._engine) as connection:
                return last_seq(connection)
        try:
            with self._lock:
                if self._open is None:
                    path = str(self._engine.url.database)
                    self._open = sqlite3.connect(path, _WAIT, isolation_level=None, check_same_thread=False)
                    weakref.finalize(self, self._open.close)
                return int(self._open.execute("SELECT max(seq) FROM log").fetchone()[0] or 0)
        except sqlite3.Error as e:
            raise StoreError(_first_line(e), path=_shown(str(self._engine.url))) from e

    def close(self) -> None:
        with self._lock:
            if self._open is not None:
                self._open.close()
            self._open = None


def last_seq(connection: Connection) -> int:
    """The log's last entry; 0 where there is none."""
    return connection.exec_driver_sql("SELECT max(seq) FROM log").scalar() or 0


def _first_line(e: BaseException) -> str:
    origin = getattr(e, "orig", None) or e
    lines = str(origin).strip().splitlines()
    return lines[0] if lines else type(origin).__name__


def _shown(store: str) -> str:
    """A store's name without the password that its URL may hold."""
    if "://" not in store:
        return store
    scheme, _, rest = store.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
