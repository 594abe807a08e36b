"""Double coding over HTTP: who may code, who sees what, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

AGENCY = "kafr-nabl-agency"
ROUND = {"name": "first", "reports": [AGENCY], "coders": ["reviewer", "admin"]}
People = Callable[[str], TestClient]


def begun(people: People) -> tuple[TestClient, TestClient, list[str]]:
    """Two coders, and the claims of a round that they have begun."""
    one, two = people("reviewer"), people("admin")
    made = one.post("/api/review/rounds", json=ROUND)
    assert made.status_code == 200, made.text
    assert (made.json()["done"], made.json()["closed"]) == ({"reviewer": 0, "admin": 0}, False)
    ids = [c["claim"] for c in one.get("/api/review/rounds/first").json()["claims"]]
    assert len(ids) == made.json()["claims"]
    return one, two, ids


def say(client: TestClient, id: str, **fields: Any) -> int:
    return client.put(f"/api/review/rounds/first/claims/{id}", json={"fields": fields}).status_code


def test_coders_are_blind_until_all_are_done(people: People) -> None:
    one, two, ids = begun(people)
    for id in ids:
        assert say(one, id, type="protest", modality="asserted") == 200
    own, other = (c.get("/api/review/rounds/first").json() for c in (one, two))
    assert own["answers"][ids[0]] == {"type": "protest", "modality": "asserted"}
    assert (other["answers"], other["alpha"], other["disagreements"]) == ({}, None, [])
    for path in ("/api/review/rounds/first", "/api/review/rounds", "/api/review/log", "/api/changes?limit=1000"):
        assert "protest" not in two.get(path).text
    for id in ids:
        assert say(two, id, type="protest" if id != ids[0] else "advance", modality="asserted") == 200
    seen = one.get("/api/review/rounds/first").json()
    assert seen["closed"]
    assert set(seen["alpha"]) == {"type", "modality"}
    assert seen["alpha"]["modality"] is None
    assert seen["disagreements"] == [
        {
            "report": AGENCY,
            "claim": ids[0],
            "field": "type",
            "values": {"admin": "advance", "reviewer": "protest"},
            "settled": None,
        }
    ]
    assert say(one, ids[0], type="advance") == 409


def test_what_is_decided_corrects_the_claim(people: People) -> None:
    one, two, ids = begun(people)
    for id in ids:
        assert say(one, id, type="protest") == 200
        assert say(two, id, type="advance") == 200
    decision = {"claim": ids[0], "field": "type", "value": "protest", "reason": "read again"}
    settled = two.post("/api/review/rounds/first/adjudicate", json=decision)
    assert settled.status_code == 200, settled.text
    assert settled.json()["claim"]["type"] == "protest"
    found = one.get("/api/review/rounds/first").json()["disagreements"]
    assert {d["settled"] for d in found} == {None, settled.json()["seq"]}
    assert one.get(f"/api/claims/{ids[0]}").json()["claim"]["type"] == "protest"


def test_who_may_do_what(people: People) -> None:
    one, _, ids = begun(people)
    viewer, nobody = people("viewer"), people("")
    for client, status in ((viewer, 403), (nobody, 401)):
        assert client.get("/api/review/rounds").status_code == status
        assert client.get("/api/review/queue").status_code == status
        assert client.get("/api/review/log").status_code == status
    assert viewer.post("/api/review/rounds", json=ROUND | {"name": "other"}).status_code == 403
    stranger = one.post("/api/review/rounds", json=ROUND | {"name": "other", "coders": ["reviewer", "viewer"]})
    assert (stranger.status_code, "viewer" in stranger.json()["detail"]) == (422, True)
    assert one.post("/api/review/rounds", json=ROUND).status_code == 409
    assert one.get("/api/review/rounds/none").status_code == 404
    assert say(one, "nothing", type="protest") == 404
    assert say(one, ids[0], type="picnic") == 422
    del one.headers["X-CSRF-Token"]
    assert say(one, ids[0], type="protest") == 403
    assert one.post("/api/review/undo", json={"seq": 1}).status_code == 403


def test_only_coders_of_a_round_code(local: TestClient) -> None:
    made = local.post("/api/review/rounds", json=ROUND | {"coders": ["ada", "ben"]})
    assert made.status_code == 200, made.text
    id = local.get("/api/review/rounds/first").json()["claims"][0]["claim"]
    assert say(local, id, type="protest") == 403


@pytest.mark.parametrize("body", [{}, {"fields": {}}, {"fields": {"type": "protest"}, "coder": "ben"}, {"fields": 7}])
def test_answers_that_make_no_sense_are_refused(people: People, body: dict[str, Any]) -> None:
    one, _, ids = begun(people)
    assert one.put(f"/api/review/rounds/first/claims/{ids[0]}", json=body).status_code == 422
