"""Logging in and out, roles, tokens, and changes that someone else's page asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from served import ORIGIN, WORD, Clock

from dateline.serve.auth import COOKIE
from dateline.serve.limits import BY_ADDRESS, BY_USER, WINDOW, Tries, where_from
from dateline.store import Store
from dateline.store.accounts import add_account

People = Callable[[str], TestClient]


def test_without_accounts_everyone_on_loopback_is_let_in(local: TestClient) -> None:
    answer = local.get("/api/session").json()
    assert (answer["user"], answer["role"], answer["accounts"]) == ("local", "admin", False)
    assert answer["csrf"] == local.headers["X-CSRF-Token"]
    assert local.get("/api/admin/users").json() == []


def test_without_accounts_nobody_is_let_in_from_elsewhere(path: Path, serve: Callable[..., TestClient]) -> None:
    client = serve(path, open=False)
    assert client.get("/api/session").json()["user"] is None
    assert client.get("/api/events").status_code == 401


def test_the_first_account_shuts_the_door(local: TestClient) -> None:
    new = {"name": "ana", "role": "admin", "password": WORD}
    assert local.post("/api/admin/users", json=new | {"role": "viewer"}).status_code == 409
    assert local.post("/api/admin/users", json=new).json()["role"] == "admin"
    assert local.get("/api/events").status_code == 401
    assert local.post("/api/session", json={"user": "ana", "password": WORD}).json()["role"] == "admin"
    assert local.get("/api/events").status_code == 200


def test_a_session_begins_and_ends(people: People) -> None:
    client = people("")
    assert client.get("/api/session").json() | {"version": ""} == {
        "user": None, "role": None, "csrf": None, "accounts": True, "version": "",
    }  # fmt: skip
    answer = client.post("/api/session", json={"user": "viewer", "password": WORD})
    cookie = answer.headers["set-cookie"]
    assert all(x in cookie for x in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert client.get("/api/session").json() == answer.json()
    kept = client.cookies[COOKIE]
    assert client.delete("/api/session").status_code == 403
    assert client.delete("/api/session", headers={"X-CSRF-Token": answer.json()["csrf"]}).json()["user"] is None
    assert people("").get("/api/events", headers={"Cookie": f"{COOKIE}={kept}"}).status_code == 401


@pytest.mark.parametrize("wrong", [{"user": "viewer", "password": "wrong"}, {"user": "no one", "password": WORD}])
def test_a_wrong_password_is_refused(people: People, wrong: dict[str, str]) -> None:
    answer = people("").post("/api/session", json=wrong)
    assert (answer.status_code, answer.json()) == (401, {"detail": "user or password is wrong"})
    assert "set-cookie" not in answer.headers


def test_a_session_is_over_after_its_hours(people: People, clock: Clock) -> None:
    client = people("viewer")
    clock.now += 12 * 3600 - 1
    assert client.get("/api/events").status_code == 200
    clock.now += 1
    assert client.get("/api/events").status_code == 401


@pytest.mark.parametrize("cookie", ["", "x", "a" * 5000, "../../etc/passwd", "' OR 1=1 --", "%00", "0" * 43])
def test_forged_cookies_are_nobody(people: People, cookie: str) -> None:
    client = people("")
    assert client.get("/api/events", headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401
    assert client.get("/api/events", headers={"Authorization": f"Bearer {cookie}"}).status_code == 401


def test_what_is_kept_opens_nothing(people: People, with_accounts: Path) -> None:
    client = people("viewer")
    with Store(str(with_accounts)) as store, store.engine.connect() as c:
        kept = c.exec_driver_sql("SELECT sha256, csrf FROM sessions").one()
        passwords = [r[0] for r in c.exec_driver_sql("SELECT password FROM accounts")]
    assert kept.sha256 != client.cookies[COOKIE]
    assert all(p.startswith("$argon2id$") and WORD not in p for p in passwords)
    assert people("").get("/api/events", headers={"Cookie": f"{COOKIE}={kept.sha256}"}).status_code == 401


CHANGES = [
    ("POST", "/api/admin/users", {"name": "eve", "role": "admin", "password": WORD}),
    ("DELETE", "/api/admin/users/viewer", None),
    ("POST", "/api/admin/tokens", {"name": "key", "scope": "viewer"}),
    ("DELETE", "/api/admin/tokens/key", None),
]


@pytest.mark.parametrize(("method", "url", "body"), CHANGES)
@pytest.mark.parametrize("role", ["viewer", "reviewer"])
def test_only_administrators_change_accounts(
    people: People, role: str, method: str, url: str, body: dict[str, str] | None
) -> None:
    assert people(role).request(method, url, json=body).status_code == 403
    assert people("").request(method, url, json=body).status_code == 401
    assert people(role).get("/api/admin/users").status_code == 403
    assert people(role).get("/api/admin/tokens").status_code == 403


@pytest.mark.parametrize(("method", "url", "body"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [{"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 43}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}],
)
def test_changes_that_another_page_asks_for_are_refused(
    people: People, method: str, url: str, body: dict[str, str] | None, headers: dict[str, str]
) -> None:
    admin = people("admin")
    assert admin.request(method, url, json=body, headers=headers).status_code == 403
    assert [u["name"] for u in admin.get("/api/admin/users").json()] == ["admin", "reviewer", "viewer"]


def test_anothers_token_against_forged_requests_is_none(people: People) -> None:
    one, other = people("admin"), people("admin")
    body = {"name": "key", "scope": "viewer"}
    headers = {"X-CSRF-Token": other.headers["X-CSRF-Token"]}
    assert one.post("/api/admin/tokens", json=body, headers=headers).status_code == 403
    assert one.post("/api/admin/tokens", json=body, headers={"Origin": ORIGIN}).status_code == 200


def test_log_in_is_refused_to_other_pages(people: People) -> None:
    body = {"user": "viewer", "password": WORD}
    assert people("").post("/api/session", json=body, headers={"Origin": "https://a.example"}).status_code == 403
    form = people("").post("/api/session", data=body)
    assert form.status_code == 422


# ------------------------------------------------------------------------------------------------- many tries


def test_ten_thousand_tries_are_refused_and_cost_nothing(
    people: People, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.store import accounts

    looked_at = 0
    right = accounts.matches

    def counted(hashed: str, password: str) -> bool:
        nonlocal looked_at
        looked_at += 1
        return right(hashed, password)

    monkeypatch.setattr(accounts, "matches", counted)
    client = people("")
    answers = [
        client.post("/api/session", json={"user": "viewer", "password": f"guess {n}"}).status_code
        for n in range(10_000)
    ]
    assert answers == [401] * BY_USER + [429] * (10_000 - BY_USER)
    assert looked_at == BY_USER  # the slow part is not reached by what is refused
    refused = client.post("/api/session", json={"user": "viewer", "password": WORD})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == WINDOW + 1
    clock.now += WINDOW
    assert client.post("/api/session", json={"user": "viewer", "password": WORD}).status_code == 200


def test_an_address_that_tries_many_names_is_refused(people: People, clock: Clock) -> None:
    client = people("")
    answers = [
        client.post("/api/session", json={"user": f"user{n}", "password": WORD}).status_code
        for n in range(BY_ADDRESS + 5)
    ]
    assert answers == [401] * BY_ADDRESS + [429] * 5
    assert client.post("/api/session", json={"user": "viewer", "password": WORD}).status_code == 429


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1::7", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff::8", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_addresses_of_one_network_count_together(address: str, counted: str) -> None:
    assert where_from(address) == counted


def test_tries_remember_no_more_than_they_may() -> None:
    tries = Tries()
    for n in range(30_000):
        tries.failed(f"user{n}", f"address{n}", float(n))
    assert len(tries._failed) <= 10_000


# ------------------------------------------------------------------------------------------------------ tokens


def test_a_token_has_its_scope_at_most_and_its_owners_role(people: People, with_accounts: Path) -> None:
    admin = people("admin")
    key = admin.post("/api/admin/tokens", json={"name": "script", "scope": "viewer"}).json()["token"]
    whole = admin.post("/api/admin/tokens", json={"name": "whole", "scope": "admin"}).json()["token"]
    nobody = people("")
    bearer, strong = {"Authorization": f"Bearer {key}"}, {"Authorization": f"Bearer {whole}"}
    assert nobody.get("/api/events", headers=bearer).status_code == 200
    assert nobody.get("/api/admin/users", headers=bearer).status_code == 403
    assert nobody.get("/api/admin/users", headers=strong).status_code == 200
    made = nobody.post("/api/admin/tokens", json={"name": "more", "scope": "admin"}, headers=strong)
    assert (made.status_code, "no tokens" in made.json()["detail"]) == (403, True)
    assert {t["name"]: t["scope"] for t in admin.get("/api/admin/tokens").json()} == {
        "script": "viewer",
        "whole": "admin",
    }
    with Store(str(with_accounts)) as store:
        with store.engine.connect() as c:
            assert key not in str(c.exec_driver_sql("SELECT * FROM tokens").all())
        add_account(store, "second", "admin", WORD)
        add_account(store, "admin", "viewer", WORD)
    assert nobody.get("/api/admin/users", headers=strong).status_code == 403


def test_a_token_ends_when_it_is_removed(people: People) -> None:
    admin = people("admin")
    key = admin.post("/api/admin/tokens", json={"name": "script", "scope": "viewer"}).json()["token"]
    assert admin.post("/api/admin/tokens", json={"name": "script", "scope": "viewer"}).status_code == 409
    assert admin.delete("/api/admin/tokens/script").json() == {"name": "script"}
    assert admin.delete("/api/admin/tokens/script").status_code == 404
    assert people("").get("/api/events", headers={"Authorization": f"Bearer {key}"}).status_code == 401


def test_accounts_come_change_and_go(people: People) -> None:
    admin = people("admin")
    viewer = people("viewer")
    changed = admin.post("/api/admin/users", json={"name": "viewer", "role": "reviewer", "password": WORD + "!"})
    assert changed.json()["role"] == "reviewer"
    assert viewer.get("/api/events").status_code == 401  # a new password ends the sessions
    assert admin.delete("/api/admin/users/nobody").status_code == 404
    assert admin.delete("/api/admin/users/admin").status_code == 409
    assert admin.delete("/api/admin/users/viewer").json() == {"name": "viewer"}
    assert viewer.post("/api/session", json={"user": "viewer", "password": WORD + "!"}).status_code == 401
    log = admin.get("/api/changes?limit=1000").json()["items"]
    assert [x["action"] for x in log if x["subject"] == "viewer"][-2:] == ["change-account", "remove-account"]
    seen = people("reviewer").get("/api/changes?limit=1000").json()["items"]
    assert not [x for x in seen if "account" in x["action"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "a b", "role": "viewer", "password": WORD},
        {"name": "", "role": "viewer", "password": WORD},
        {"name": "../x", "role": "viewer", "password": WORD},
        {"name": "x", "role": "king", "password": WORD},
        {"name": "x", "role": "viewer", "password": "short"},
        {"name": "x", "role": "viewer"},
        {"name": "\ud800", "role": "viewer", "password": WORD},
    ],
)
def test_accounts_that_make_no_sense_are_refused(people: People, wrong: dict[str, str]) -> None:
    import json

    answer = people("admin").post(
        "/api/admin/users", content=json.dumps(wrong), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], str)
