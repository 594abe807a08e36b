"""Whatever is changed behind the store's back is found and named."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from kept import many, received
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dateline.store import Store, verify


@pytest.fixture
def damaged(tmp_path: Path) -> sqlite3.Connection:
    """A store's file, whose guards someone has taken off."""
    path = tmp_path / "store.db"
    with Store(str(path), by="tester") as store:
        store.add(received(*many(6)))
        assert verify(store.engine).faults == ()
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.commit()
    return connection


def faults(connection: sqlite3.Connection, head: str | None = None) -> list[tuple[str, str]]:
    connection.commit()
    (path,) = [row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main"]
    with Store(path) as store:
        return [(f.where, f.what) for f in verify(store.engine, head).faults]


FLIP = "UPDATE {0} SET {1} = CAST(substr({1}, 1, 5) || 'X' || substr({1}, 7) AS {2}) WHERE rowid = 3"


@pytest.mark.parametrize(
    ("table", "column", "kind", "named"),
    [
        ("raw", "data", "BLOB", "raw "),
        ("reports", "body", "BLOB", "report r"),
        ("codings", "body", "BLOB", "coding "),
        ("events", "body", "BLOB", "event e"),
        ("log", "body", "TEXT", "log entry 3"),
        ("log", "actor", "TEXT", "log entry 3"),
        ("log", "at", "TEXT", "log entry 3"),
        ("log", "hash", "TEXT", "log entry 3"),
    ],
)
def test_one_changed_byte_is_found_and_named(
    damaged: sqlite3.Connection, table: str, column: str, kind: str, named: str
) -> None:
    damaged.execute(FLIP.format(table, column, kind))
    assert any(where.startswith(named) for where, _ in faults(damaged))


@pytest.mark.parametrize("table", ["raw", "reports", "codings", "events", "log"])
def test_a_row_taken_away_is_found(damaged: sqlite3.Connection, table: str) -> None:
    damaged.execute(f"DELETE FROM {table} WHERE rowid = 2")
    assert faults(damaged)


def test_a_row_put_in_is_found(damaged: sqlite3.Connection) -> None:
    digest = sha256(b"forged").hexdigest()
    damaged.execute("INSERT INTO raw VALUES (?, ?)", (digest, b"forged"))
    assert faults(damaged) == [(f"raw {digest}", "no entry of the log tells of it")]


def test_a_log_cut_short_is_found_by_what_it_told_of(damaged: sqlite3.Connection) -> None:
    damaged.execute("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)")
    assert any("no entry of the log" in what for _, what in faults(damaged))


def test_an_earlier_head_must_still_be_there(damaged: sqlite3.Connection) -> None:
    (head,) = damaged.execute("SELECT hash FROM log WHERE seq = 4").fetchone()
    assert faults(damaged, head) == []
    assert any("written anew" in what for _, what in faults(damaged, "f" * 64))


def test_a_claim_that_fell_out_of_its_event_is_found(damaged: sqlite3.Connection) -> None:
    damaged.execute("UPDATE claims SET event = NULL WHERE claim = 'r0002.0'")
    assert ("claim r0002.0", "of report r0002 is in no event") in faults(damaged)


def test_the_database_refuses_to_change_what_is_kept(store: Store) -> None:
    store.add(received(*many(2)))
    for statement in (
        "DELETE FROM log",
        "UPDATE raw SET sha256 = 'x'",
        "DELETE FROM events",
        "UPDATE codings SET report = 'x'",
    ):
        with pytest.raises(DBAPIError, match="kept for good"), store.engine.connect() as connection, connection.begin():
            connection.execute(text(statement))
    assert verify(store.engine).faults == ()
