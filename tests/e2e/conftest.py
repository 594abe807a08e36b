"""A real browser on a real server on loopback, with a store of the package's own example reports.

Every page is watched: a request to another host, an error on the console or an uncaught exception fails its test.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn

from dateline.serve.app import create_app
from dateline.serve.settings import Settings
from dateline.store import Store
from dateline.store.accounts import add_account

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser's driver (playwright) is not installed")
PATIENCE = 60_000  # ms: a browser without a graphics card on a busy machine draws slowly
sync_api.expect.set_options(timeout=PATIENCE)

WORD = "correct horse battery"
ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
STATIC = files("dateline") / "serve" / "static" / "index.html"


def copy_of(source: Path, to: Path) -> Path:
    """A copy of a store's file, whatever is still in its log file."""
    with sqlite3.connect(source) as one, sqlite3.connect(to) as other:
        one.backup(other)
    return to


@contextmanager
def running(path: Path, **settings: Any) -> Iterator[str]:
    """A server of a store on a free port of loopback; its address."""
    app = create_app(str(path), Settings(**settings))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    socket = server.config.bind_socket()
    socket.listen(100)  # who comes before it runs waits
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        socket.close()


@pytest.fixture(scope="session")
def built() -> None:
    """Skips where there is nothing to look at."""
    if not STATIC.is_file():
        pytest.skip("the pages are not built: in web/ run `npm ci` and `npm run build`")


@pytest.fixture(scope="session")
def coded(built: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the example reports without accounts; not to be changed."""
    path = tmp_path_factory.mktemp("e2e") / "coded.db"
    examples = files("dateline") / "examples" / "reports.jsonl"
    subprocess.run([sys.executable, "-m", "dateline", "add", str(examples), "--store", str(path)], check=True)
    return path


@pytest.fixture(scope="session")
def served(coded: Path) -> Iterator[str]:
    """The address of a server without accounts; its store is not to be changed."""
    with running(coded) as address:
        yield address


@pytest.fixture
def serve(coded: Path, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts servers of copies of the store: their addresses.

    Each has the accounts asked for, named as their roles; an administrator is always among them.
    """
    with ExitStack() as stack:

        def start(*roles: str, **settings: Any) -> str:
            path = copy_of(coded, tmp_path / f"{len(list(tmp_path.iterdir()))}.db")
            with Store(str(path), by="tester") as store:
                for role in dict.fromkeys(("admin", *roles) if roles else ()):
                    add_account(store, role, role, WORD)
            return stack.enter_context(running(path, **settings))

        yield start


@pytest.fixture
def serve_store() -> Iterator[Callable[[Path], str]]:
    """Starts servers of any store: their addresses."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(running(path))


@dataclass
class Watch:
    """What pages did that they should not do.  ``expected`` are words of errors that a test provokes."""

    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def page(self, page: Any) -> Any:
        page.on("console", lambda m: self.note(f"console: {m.text} {m.location['url']}") if m.type == "error" else None)
        page.on("pageerror", lambda e: self.note(f"exception: {e}"))
        page.on("request", lambda r: self.note(f"request to {r.url}") if leaves(r.url) else None)
        page.set_default_timeout(PATIENCE)
        return page

    def note(self, what: str) -> None:
        self.found.append(what)

    @property
    def faults(self) -> list[str]:
        return [f for f in self.found if not any(e in f for e in self.expected)]


def leaves(url: str) -> bool:
    """Whether an address is another machine's."""
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1"


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    assert watch.faults == []


@pytest.fixture
def visit(browser: Any, watch: Watch, serve: Any, serve_store: Any) -> Iterator[Callable[..., Any]]:
    """``visit(address, **context)``: a new visitor's page at an address, watched.  Visitors leave before servers end."""
    with ExitStack() as stack:

        def go(address: str, **context: Any) -> Any:
            visitor = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **context})
            stack.callback(visitor.close)
            page = watch.page(visitor.new_page())
            page.goto(address)
            return page

        yield go


@pytest.fixture
def faults(watch: Watch) -> Callable[[Any], list[str]]:
    """``faults(page)``: what axe-core holds to be serious or critical on a page as it stands."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there: in web/ run `npm ci`")

    def check(page: Any) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [
            f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes'][:3]]}"
            for v in found
            if v["impact"] in ("serious", "critical")
        ]

    return check


@pytest.fixture
def log_in() -> Callable[[Any, str], None]:
    """``log_in(page, role)``: fill in the form that the page shows."""

    def fill(page: Any, role: str, word: str = WORD) -> None:
        page.get_by_label("Name").fill(role)
        page.get_by_label("Password").fill(word)
        page.get_by_role("button", name="Log in").click()

    return fill
