"""Stores to test with: a new SQLite file, and a new database of a PostgreSQL server where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.store import Store

VARIABLE = "DATELINE_TEST_POSTGRES"


def _programs() -> Path | None:
    """Where PostgreSQL's programs are, newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found:
        return found[0]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server: the one that the variable names, or one started for these tests."""
    pytest.importorskip("psycopg", reason="the extra 'postgres' is not installed")
    if url := os.environ.get(VARIABLE):
        yield url.rstrip("/")
        return
    programs = _programs()
    if programs is None:
        pytest.skip(f"no PostgreSQL here: install Debian's postgresql, or name a server in ${VARIABLE}")
    with tempfile.TemporaryDirectory(prefix="dateline-pg-") as folder:
        yield from _started(programs, Path(folder))


def _started(programs: Path, folder: Path) -> Iterator[str]:
    user: dict[str, str] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        user = {"user": "postgres"}
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    data = folder / "data"
    control = [str(programs / "pg_ctl"), "-D", str(data)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": folder}
    subprocess.run([str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-N"], **quiet, **user)  # type: ignore[call-overload]
    settings = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run([*control, "-o", settings, "-l", str(folder / "log"), "-w", "start"], **quiet, **user)  # type: ignore[call-overload]
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet, **user)  # type: ignore[call-overload]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store's path or URL, of each kind, with nothing in it."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.db")
        return
    import psycopg

    server = request.getfixturevalue("postgres")
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name}")
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, by="tester") as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Store]:
    """A store in an SQLite file."""
    with Store(str(tmp_path / "store.db"), by="tester") as opened:
        yield opened
