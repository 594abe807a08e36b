"""The commands: a real server on loopback, its pages, and accounts from the command line."""

from __future__ import annotations

import json
import os
import selectors
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from served import WORD

from dateline.cli import COMMANDS, main
from dateline.store import Store
from dateline.store.accounts import list_accounts, matches, password_of


def run(*args: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dateline", *args], input=given, capture_output=True, text=True, timeout=60
    )


@contextmanager
def serving(path: Path, *options: str) -> Iterator[int]:
    """A server of its own process; its port."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = int(s.getsockname()[1])
    command = [sys.executable, "-m", "dateline", "serve", "--store", str(path), "--port", str(port), *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as server:
        try:
            assert server.stdout is not None
            with selectors.DefaultSelector() as waiting:
                waiting.register(server.stdout, selectors.EVENT_READ)
                assert waiting.select(60), "it says nothing"
            assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
            yield port
        finally:
            server.terminate()


def test_a_server_on_loopback_needs_no_account(path: Path) -> None:
    with serving(path) as port:
        answer = httpx.Client(transport=httpx.HTTPTransport(retries=10)).get(f"http://127.0.0.1:{port}/api/facets")
        assert answer.status_code == 200
        assert answer.json()["events"] > 50
        assert "uvicorn" not in answer.headers.get("server", "")
        with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
            head = f"POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 5000000000\r\n\r\n"
            raw.sendall(head.encode())  # and no body: the answer must not wait for it
            told = b""
            while part := raw.recv(65536):
                told += part
        assert told.startswith(b"HTTP/1.1 413")
        assert b"at most 1000000 bytes" in told


GIGABYTE = 1_000_000_000


@pytest.mark.parametrize("chunked", [False, True], ids=["with its length", "in chunks"])
def test_a_gigabyte_is_refused_early_and_not_kept(path: Path, chunked: bool) -> None:
    """Whoever goes on sending is cut off: after the answer little more is taken, and none of it is held."""
    piece = b"x" * 65_536
    framed = b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece
    said = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {GIGABYTE}"
    with serving(path) as port, ExitStack() as stack:
        httpx.Client(transport=httpx.HTTPTransport(retries=10)).get(f"http://127.0.0.1:{port}/api/facets")
        before = _memory(port)
        raw = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
        head = (
            f"POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n{said}\r\n\r\n"
        )
        raw.sendall(head.encode())
        sent, told = 0, b""
        with selectors.DefaultSelector() as waiting:
            waiting.register(raw, selectors.EVENT_READ | selectors.EVENT_WRITE)
            try:
                while sent < GIGABYTE:
                    ((_, ready),) = waiting.select(60)
                    if ready & selectors.EVENT_READ:
                        part = raw.recv(65_536)
                        told += part
                        if not part:
                            break
                    elif ready & selectors.EVENT_WRITE:
                        sent += raw.send(framed)
            except (ConnectionResetError, BrokenPipeError):
                pass  # cut off
        assert sent < 64_000_000
        assert told.startswith(b"HTTP/1.1 413") or not told
        assert _memory(port) - before < 50_000_000
        again = httpx.get(f"http://127.0.0.1:{port}/api/facets")
        assert again.status_code == 200


def _memory(port: int) -> int:
    """Bytes of memory of the process that listens on a port of loopback; 0 where that is not told (Linux tells it)."""
    tables = Path("/proc/net/tcp")
    if not tables.exists():
        return 0
    lines = (line.split() for line in tables.read_text().splitlines()[1:])
    node = next(f[9] for f in lines if f[1] == f"0100007F:{port:04X}" and f[3] == "0A")
    for held in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(held.readlink()) == f"socket:[{node}]":
                return int((held.parents[1] / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue  # it has ended, or is another's
    raise AssertionError("nobody listens")


def test_another_address_wants_an_account(path: Path) -> None:
    refused = run("serve", "--store", str(path), "--host", "0.0.0.0")
    assert refused.returncode == 2
    assert "dateline user add NAME --role admin" in refused.stderr


def test_accounts_from_the_command_line(path: Path) -> None:
    store = ["--store", str(path)]
    assert run("user", "add", "ana", "--role", "viewer", *store, given=WORD + "\n").returncode == 2  # no admin yet
    made = run("user", "add", "ana", "--role", "admin", *store, given=WORD + "\n")
    assert (made.returncode, made.stderr.strip()) == (0, "dateline: ana is admin")
    assert run("user", "add", "ben", *store, given=WORD + "\n").returncode == 0
    short = run("user", "add", "cy", *store, given="short\n")
    assert short.returncode == 2
    assert "12 to 1000 characters" in short.stderr
    assert run("user", "add", "cy", *store).returncode == 2
    listed = [json.loads(line) for line in run("user", "list", "--format", "jsonl", *store).stdout.splitlines()]
    assert [(a["name"], a["role"]) for a in listed] == [("ana", "admin"), ("ben", "viewer")]
    with Store(str(path)) as opened:
        assert matches(password_of(opened, "ben") or "", WORD)
    assert run("user", "remove", "ana", *store).returncode == 2  # the last administrator
    assert run("user", "remove", "ben", *store).returncode == 0
    assert run("user", "remove", "ben", *store).returncode == 2
    with Store(str(path)) as opened:
        assert [a.name for a in list_accounts(opened)] == ["ana"]


def test_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    told = capsys.readouterr().out
    assert {"serve", "user"} <= COMMANDS.keys()
    assert "  serve " in told
    assert "  user " in told


# -------------------------------------------------------------------------------------------------------- pages


@pytest.fixture
def built(path: Path, tmp_path: Path, serve: Callable[..., TestClient]) -> TestClient:
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html><title>The pages</title>")
    (static / "assets" / "app-1a2b.js").write_text("export {}")
    (static / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secret.txt").write_text("root:")
    return serve(path, static=static)


def test_pages_and_their_files(built: TestClient) -> None:
    for url in ("/", "/events/e123", "/review", "/ledgers/control?place=x"):
        page = built.get(url)
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-cache")
        assert "The pages" in page.text
    script = built.get("/assets/app-1a2b.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in script.headers["Cache-Control"]
    assert built.get("/icon.svg").headers["Content-Type"] == "image/svg+xml"
    assert built.get("/assets/gone.js").status_code == 404
    assert built.head("/").status_code == 200
    refused = built.post("/")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")
    for url in ("/../secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "//secret.txt"):
        assert "root:" not in built.get(url).text


def test_without_built_pages_it_says_how_to_build_them(
    path: Path, tmp_path: Path, serve: Callable[..., TestClient]
) -> None:
    page = serve(path, static=tmp_path / "none").get("/")
    assert page.status_code == 200
    assert "npm run build" in page.text
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_api_is_no_page(built: TestClient) -> None:
    for url in ("/api", "/api/", "/api/nothing", "/api/eventsx"):
        answer = built.get(url)
        assert (answer.status_code, answer.json()) == (404, {"detail": "no such page"})
    wrong = built.post("/api/facets")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET")
