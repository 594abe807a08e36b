"""Servers to test with: the package's own example reports, coded once, in a real file that every test gets a copy of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from served import ORIGIN, WORD, Clock, copy_of, crowd, fill, let_in

from dateline.serve.app import create_app
from dateline.serve.settings import Settings
from dateline.store import Store
from dateline.store.accounts import add_account


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the example reports without accounts; not to be changed."""
    path = tmp_path_factory.mktemp("serve") / "coded.db"
    fill(path)
    return path


@pytest.fixture(scope="session")
def peopled(coded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with an account of each role, named as the role; not to be changed."""
    path = copy_of(coded, tmp_path_factory.mktemp("serve") / "peopled.db")
    with Store(str(path), by="tester") as store:
        for role in ("admin", "reviewer", "viewer"):
            add_account(store, role, role, WORD)
    return path


@pytest.fixture
def path(coded: Path, tmp_path: Path) -> Path:
    """A store of the example reports without accounts."""
    return copy_of(coded, tmp_path / "store.db")


@pytest.fixture
def with_accounts(peopled: Path, tmp_path: Path) -> Path:
    return copy_of(peopled, tmp_path / "accounts.db")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def serve(clock: Clock) -> Iterator[Callable[..., TestClient]]:
    """Starts servers: ``serve(path, **settings)`` gives a client without a cookie."""
    with ExitStack() as stack:

        def start(path: Path, **settings: object) -> TestClient:
            made = create_app(str(path), Settings(**{"clock": clock, **settings}))  # type: ignore[arg-type]
            return stack.enter_context(TestClient(made, base_url=ORIGIN, raise_server_exceptions=False))

        yield start


@pytest.fixture
def local(path: Path, serve: Callable[..., TestClient]) -> TestClient:
    """Someone on loopback, of a server without accounts, with the token for changes."""
    return let_in(serve(path))


@pytest.fixture
def people(with_accounts: Path, serve: Callable[..., TestClient]) -> Callable[[str], TestClient]:
    """``people("viewer")``: a client of one server that is logged in; "" is nobody."""
    return crowd(serve(with_accounts))
