"""Every route there is, as the server itself describes them: who may call it, and what stands before a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from served import WORD

People = Callable[[str], TestClient]
OPEN = {("GET", "/api/session"), ("POST", "/api/session"), ("DELETE", "/api/session")}  # for logging in and out
CHANGING = ("post", "put", "patch", "delete")


@pytest.fixture
def routes(people: People) -> dict[tuple[str, str], Any]:
    """Method and path → the description of each route."""
    paths = people("").get("/api/openapi.json").json()["paths"]
    found = {(method.upper(), path): about for path, each in paths.items() for method, about in each.items()}
    assert len(found) > 40
    return found


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "x", path)


def test_nobody_is_let_in_anywhere_but_at_the_door(people: People, routes: dict[tuple[str, str], Any]) -> None:
    nobody = people("")
    for method, path in routes.keys() - OPEN:
        answer = nobody.request(method, filled(path), json={} if method != "GET" else None)
        assert answer.status_code == 401, (method, path, answer.text)


def test_a_viewer_changes_nothing(people: People, routes: dict[tuple[str, str], Any]) -> None:
    viewer = people("viewer")
    for method, path in routes.keys() - OPEN:
        if method.lower() in CHANGING or path.startswith(("/api/review", "/api/admin")):
            answer = viewer.request(method, filled(path), json={} if method != "GET" else None)
            assert answer.status_code == 403, (method, path, answer.text)


def test_a_reviewer_does_nothing_of_an_administrators(people: People, routes: dict[tuple[str, str], Any]) -> None:
    reviewer = people("reviewer")
    for method, path in routes:
        if path.startswith("/api/admin"):
            assert reviewer.request(method, filled(path)).status_code == 403, (method, path)


@pytest.mark.parametrize(
    "headers", [{"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 43}, {"Origin": "https://elsewhere.example"}]
)
def test_no_change_is_made_for_another_page(
    people: People, routes: dict[tuple[str, str], Any], headers: dict[str, str]
) -> None:
    admin = people("admin")
    last = admin.get("/api/changes?limit=1000").json()["next"]
    for method, path in routes.keys() - {("POST", "/api/session")}:
        if method.lower() in CHANGING:
            answer = admin.request(method, filled(path), json={}, headers=headers)
            assert answer.status_code == 403, (method, path, answer.text)
    assert admin.get("/api/changes?limit=1000").json()["next"] == last
    assert admin.get("/api/session").json()["user"] == "admin"


def test_only_bodies_in_json_are_read(people: People, routes: dict[tuple[str, str], Any]) -> None:
    """A form of another site can send text and forms without being asked first, JSON it cannot."""
    admin = people("admin")
    for method, path in routes:
        about = routes[method, path]
        if "requestBody" in about:
            assert list(about["requestBody"]["content"]) == ["application/json"]
            for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
                answer = admin.request(method, filled(path), content=b'{"a": 1}', headers={"Content-Type": kind})
                assert answer.status_code in (415, 422), (method, path, answer.text)


TRICKS = ["' OR '1'='1", "'; DROP TABLE events; --", '" UNION SELECT password FROM accounts --', "%", "_", "\\", "../../../etc/passwd",
          "..%2f..%2f", "file:///etc/passwd", "\x00", "\ud800", "𝕏" * 100, "-1", "1e999", "nan", "inf", "99999999999999999999", "<script>",
          "\r\nSet-Cookie: a=b", "{}", "[]", "null", "2024-02-30", "0000-00-00", "٣٤", "NEAR(a b)", "words:*", '"', "a" * 5000]  # fmt: skip


def _asked(routes: dict[tuple[str, str], Any]) -> Iterator[tuple[str, str, str]]:
    """Path, where and name of every parameter of a question."""
    for (method, path), about in sorted(routes.items()):
        if method == "GET":
            for p in about.get("parameters", ()):
                yield path, p["in"], p["name"]


def test_tricks_in_any_parameter_find_nothing_and_break_nothing(
    people: People, routes: dict[tuple[str, str], Any], with_accounts: Path
) -> None:
    from urllib.parse import quote_from_bytes

    person = people("admin")
    total = person.get("/api/events").json()["total"]
    asked = list(_asked(routes))
    assert {"query", "path"} <= {where for _, where, _ in asked}
    assert len(asked) > 80
    for path, where, name in asked:
        for trick in TRICKS:
            value = quote_from_bytes(trick.encode("utf-8", "surrogatepass"), safe="")
            url = re.sub(r"\{[^}]*\}", value if where == "path" else "x", path)
            answer = person.get(url if where == "path" else f"{url}?{name}={value}")
            assert answer.status_code in (200, 404, 422), (url, name, trick, answer.text)
            for inside in ("root:", "argon2", "sqlite3", "Traceback", str(with_accounts)):
                assert inside not in answer.text, (url, name, trick)
            assert "set-cookie" not in answer.headers
            assert answer.headers["Content-Type"] in ("application/json", "application/octet-stream")
            if answer.status_code != 200:
                assert isinstance(answer.json()["detail"], str)
    assert person.get("/api/events").json()["total"] == total
    assert [u["name"] for u in person.get("/api/admin/users").json()] == ["admin", "reviewer", "viewer"]
    assert people("viewer").post("/api/session", json={"user": "admin", "password": WORD}).status_code == 200
