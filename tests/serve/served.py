"""What the server's tests share: a clock that stands still, stores to copy, clients that are logged in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from fastapi.testclient import TestClient

from dateline.cli.add import _Adding
from dateline.cli.options import options
from dateline.pipeline import Pipeline
from dateline.store import Store

WORD = "correct horse battery"
ORIGIN = "http://127.0.0.1"


@dataclass
class Clock:
    """Seconds since 1970, which stand still until they are moved."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def fill(path: Path) -> None:
    """The example reports, into a store."""
    examples = str(files("dateline") / "examples" / "reports.jsonl")
    with Store(str(path), by="tester") as store:
        store.add(_Adding(store, options(None, ()), [], []).coded(Pipeline(), [examples]))


def copy_of(source: Path, to: Path) -> Path:
    """A copy of a store's file, whatever is still in its log file."""
    with sqlite3.connect(source) as one, sqlite3.connect(to) as other:
        one.backup(other)
    return to


def crowd(nobody: TestClient) -> Callable[[str], TestClient]:
    def client(role: str) -> TestClient:
        made = TestClient(nobody.app, base_url=ORIGIN, raise_server_exceptions=False)
        if role:
            answer = made.post("/api/session", json={"user": role, "password": WORD})
            assert answer.status_code == 200, answer.text
            made.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return made

    return client


def let_in(client: TestClient) -> TestClient:
    client.headers["X-CSRF-Token"] = client.get("/api/session").json()["csrf"]
    return client
