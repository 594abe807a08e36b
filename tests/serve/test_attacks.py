"""What a hostile report, a hostile page or a hostile client may try."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from served import WORD

from dateline.serve.headers import SECURITY, Guard
from dateline.serve.settings import Settings
from dateline.store import Received, Store
from making import claim, report

SCRIPT = "<script>alert(document.cookie)</script><img src=x onerror=alert(1)>\"'`${7*7}{{7*7}}"
People = Callable[[str], TestClient]


@pytest.fixture
def hostile(path: Path, local: TestClient) -> TestClient:
    """A server with a report that holds a script wherever a report can hold something."""
    coded = report(
        SCRIPT,
        claim("attack", at=None, by=[SCRIPT], says=SCRIPT, words=SCRIPT),
        title=SCRIPT,
        outlet=SCRIPT,
        text=SCRIPT * 3,
    )
    with Store(str(path), by=SCRIPT) as store:
        store.add([Received(coded=coded, raw=SCRIPT.encode(), origin=f"/{SCRIPT}.html")], why=SCRIPT)
    return local


def test_a_script_in_a_report_stays_words(hostile: TestClient) -> None:
    (item,) = hostile.get("/api/events", params={"source": SCRIPT[:30]}).json()["items"]
    from urllib.parse import quote

    urls = ["/api/events", "/api/facets", "/api/map", "/api/reports", "/api/changes?since=0&limit=1000", "/api/sources",
            f"/api/events/{item['id']}", f"/api/reports/{quote(SCRIPT, safe='')}", "/api/events?q=%3Cscript%3Ealert"]  # fmt: skip
    for url in urls:
        answer = hostile.get(url)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"] == "application/json"
        for name, value in SECURITY.items():
            assert answer.headers[name] == value
    shown = hostile.get(f"/api/events/{item['id']}").json()
    (version,) = shown["versions"]
    assert version["report"]["title"] == version["report"]["outlet"] == SCRIPT
    raw = hostile.get(f"/api/reports/{quote(SCRIPT, safe='')}/raw")
    assert raw.content == SCRIPT.encode()
    assert raw.headers["Content-Type"] == "application/octet-stream"
    name = raw.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=")
    assert not set("<>'`${}\r\n") & set(name)


PATHS = ["/../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/assets/../../../pyproject.toml", "/assets/..%2f..%2fapp.py",
         "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/%00", "/.git/config", "/static/../app.py", "/index.html/../../app.py",
         "/api/reports/..%2f..%2fetc%2fpasswd", "/api/reports/%2fetc%2fpasswd/raw", "/api/events/..%2f..%2fstore.db",
         "/api/claims/%27%20OR%201=1", "/api/events/%ff%fe", "/api/events/" + "a" * 5000]  # fmt: skip


@pytest.mark.parametrize("url", PATHS)
def test_no_path_leads_to_a_file_of_the_machine(local: TestClient, url: str) -> None:
    answer = local.get(url)
    assert answer.status_code in (200, 400, 404)
    for inside in ("root:", "create_app", "[project]", "SQLite format"):
        assert inside not in answer.text
    if url.startswith("/api/"):
        assert answer.status_code == 404


# ------------------------------------------------------------------------------------------------------- bodies


def test_a_big_body_is_refused_before_it_is_read(people: People) -> None:
    read = 0

    def body() -> Iterator[bytes]:
        nonlocal read
        for _ in range(50):
            read += 1
            yield b"x" * 100_000

    client = people("")
    headers = {"Content-Length": "5000000", "Content-Type": "application/json"}
    answer = client.post("/api/session", content=body(), headers=headers)
    assert answer.status_code == 413
    assert answer.json() == {"detail": "at most 1000000 bytes are taken"}
    chunked = client.post("/api/session", content=body(), headers={"Content-Type": "application/json"})
    assert chunked.status_code == 413
    wrong = client.post("/api/session", content=b"{}", headers={"Content-Length": "many"})
    assert wrong.status_code == 400


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 50_000, b'{"user": 1}', b'{"user": "\\ud800", "password": "x"}',
                b'{"user": "a\\u0000", "password": "x"}', b'{"user": {"$ne": 1}, "password": {"$ne": 1}}']
)  # fmt: skip
def test_bodies_that_are_no_log_in(people: People, content: bytes) -> None:
    answer = people("").post("/api/session", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert isinstance(answer.json()["detail"], str)


# -------------------------------------------------------------------------------------------------------- hosts


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "", "[::2]"])
def test_a_page_that_calls_the_server_by_another_name_is_refused(local: TestClient, host: str) -> None:
    answer = local.get("/api/events", headers={"Host": host})
    assert answer.status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8765"])
def test_its_own_names_are_good(local: TestClient, host: str) -> None:
    assert local.get("/api/events", headers={"Host": host}).status_code == 200


def test_every_answer_has_the_policy(people: People) -> None:
    nobody = people("")
    for answer in (
        nobody.get("/"),
        nobody.get("/api/events"),
        nobody.get("/api/nothing"),
        nobody.get("/assets/nothing.js"),
        nobody.post("/api/session", json={}),
        nobody.get("/api/events", headers={"Host": "evil.example"}),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_server_that_lost_its_store_says_so_and_no_more(local: TestClient, path: Path) -> None:
    import sqlite3

    with sqlite3.connect(path) as c:
        c.execute("DROP TABLE heads")
        c.execute("INSERT INTO log SELECT seq + 1, at, actor, action, subject, why, body, previous, hash FROM log"
                  " ORDER BY seq DESC LIMIT 1")  # fmt: skip
    answer = local.get("/api/events/x")
    assert (answer.status_code, answer.json()) == (503, {"detail": "the store cannot be read or written now"})


def test_what_nobody_foresaw_is_told_without_its_insides() -> None:
    async def broken(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("secret insides")

    answer = TestClient(Guard(broken, Settings()), base_url="http://127.0.0.1").get("/api/events")
    assert (answer.status_code, answer.json()) == (500, {"detail": "the server failed; its log says how"})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_viewer_reviews_nothing(people: People) -> None:
    viewer = people("viewer")
    claim = viewer.get("/api/events?limit=1").json()["items"][0]["claims"][0]
    verdict = {"verdict": "reject", "fields": {}, "reason": "x"}
    for method, url, body in (
        ("GET", "/api/review/queue", None),
        ("POST", f"/api/review/claims/{claim}", verdict),
        ("POST", "/api/review/merge", {"ids": ["a", "b"], "reason": "x"}),
        ("POST", "/api/review/undo", {"seq": 1, "reason": "x"}),
        ("POST", "/api/review/rounds", {"name": "x", "reports": [], "coders": []}),
    ):
        assert viewer.request(method, url, json=body).status_code == 403, url
        assert people("").request(method, url, json=body).status_code == 401, url
    assert json.dumps(WORD) not in viewer.get("/api/changes").text
