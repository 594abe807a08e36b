"""The review desk over HTTP: what is done takes effect, stands in the log, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

CONVOY = "saraqeb-convoy"
People = Callable[[str], TestClient]


def claims(client: TestClient, report: str = CONVOY) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/reports/{report}").json()["claims"]
    return found


def span(client: TestClient, words: str, report: str = CONVOY) -> dict[str, int]:
    start = client.get(f"/api/reports/{report}").json()["report"]["text"].index(words)
    return {"start": start, "end": start + len(words)}


def done(client: TestClient, path: str, body: object) -> dict[str, Any]:
    answer = client.post(f"/api/review/{path}", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def everything(client: TestClient) -> tuple[Any, ...]:
    """All that counts: events, and every report's claims."""
    events = client.get("/api/events?limit=500").json()
    reports = [r["id"] for r in client.get("/api/reports?limit=500").json()["items"]]
    return events, [claims(client, r) for r in sorted(reports)]


def test_a_correction_by_span_shows_everywhere_and_is_undone(local: TestClient) -> None:
    before = everything(local)
    old = next(c for c in claims(local) if c["trigger"]["text"] == "entered")
    fields = {"type": "shelling", "agents": [span(local, "Turkish artillery")], "place": None}
    made = done(local, f"claims/{old['id']}", {"verdict": "correct", "fields": fields, "reason": "the guns"})
    assert made["claim"]["id"] == old["id"]
    assert made["claim"]["agents"][0]["text"] == "Turkish artillery"
    assert next(c for c in claims(local) if c["id"] == old["id"]) == made["claim"]
    shown = local.get(f"/api/events/{made['event']}").json()
    (version,) = [v for v in shown["versions"] if v["claim"]["id"] == old["id"]]
    assert version["claim"] == made["claim"]
    assert (version["reviewed"]["verdict"], version["reviewed"]["by"]) == ("correct", "local")
    (entry,) = local.get("/api/review/log", params={"subject": old["id"]}).json()["items"]
    assert (entry["seq"], entry["action"], entry["actor"], entry["why"]) == (
        made["seq"],
        "correct-claim",
        "local",
        "the guns",
    )
    assert entry["body"]["fields"]["type"] == {"old": old["type"], "new": "shelling"}
    assert entry["body"]["fields"]["place"]["new"] is None
    assert entry["undone"] is None
    assert local.get(f"/api/claims/{old['id']}").json()["claim"] == made["claim"]
    undone = done(local, "undo", {"seq": made["seq"], "reason": "mistaken"})
    assert everything(local) == before
    log = local.get("/api/review/log").json()["items"]
    assert [(e["action"], e["undone"]) for e in log] == [("correct-claim", undone["seq"]), ("undo", None)]
    again = local.post("/api/review/undo", json={"seq": made["seq"]})
    assert (again.status_code, "not in force" in again.json()["detail"]) == (409, True)


def test_a_rejected_claim_leaves_its_event(local: TestClient) -> None:
    before = everything(local)
    (old, *_) = claims(local)
    made = done(local, f"claims/{old['id']}", {"verdict": "reject", "reason": "no event"})
    assert made["event"] is None
    assert made["claim"] == old
    assert old["id"] not in {c["id"] for c in claims(local)}
    assert old["id"] not in {c for e in local.get("/api/events?limit=500").json()["items"] for c in e["claims"]}
    at = local.get(f"/api/review/claims/{old['id']}").json()
    assert (at["claim"], at["machine"], at["event"], at["rejected"]) == (old, old, None, True)
    assert [(a["seq"], a["action"]) for a in at["review"]] == [(made["seq"], "reject")]
    assert local.get("/api/review/orphans").json() == {"items": []}
    made = done(local, f"claims/{old['id']}", {"verdict": "accept"})
    assert made["event"] is not None
    assert everything(local) == before


def test_merge_and_undo_is_the_identity(local: TestClient) -> None:
    before = everything(local)
    one, two = (e["id"] for e in before[0]["items"][:2])
    made = done(local, "merge", {"ids": [one, two], "reason": "the same"})
    assert len(made["events"]) == 1
    assert local.get("/api/events?limit=500").json()["total"] == before[0]["total"] - 1
    done(local, "undo", {"seq": made["seq"]})
    assert everything(local) == before


def test_split_and_link(local: TestClient) -> None:
    before = everything(local)
    event = next(e for e in before[0]["items"] if len(e["claims"]) > 1)
    one, two = event["claims"][:2]
    split = done(local, "split", {"event": event["id"], "claims": [one], "reason": "another"})
    assert len(split["events"]) == 2
    link = done(local, "link", {"a": one, "b": two, "kind": "must", "reason": "one after all"})
    assert len(link["events"]) == 1
    apart = done(local, "link", {"a": one, "b": two, "kind": "cannot"})
    assert len(apart["events"]) == 2
    for seq in (apart["seq"], link["seq"], split["seq"]):
        done(local, "undo", {"seq": seq})
    assert everything(local) == before


def test_the_queue(local: TestClient) -> None:
    page = local.get("/api/review/queue?limit=4").json()
    assert page["total"] == sum(len(c) for c in everything(local)[1])
    weights = [i["weight"] for i in page["items"]]
    assert weights == sorted(weights, reverse=True)
    first = page["items"][0]
    assert set(first) == {"event", "claim", "report", "quote", "reasons", "weight"}
    assert "contested" in first["reasons"]
    assert first["event"]["status"] == "contested"
    assert first["claim"]["id"] in first["event"]["claims"]
    assert {"label", "family", "title", "killed", "outlets"} <= set(first["event"])
    assert first["quote"]["text"]
    more = local.get("/api/review/queue", params={"limit": 4, "cursor": page["next"]}).json()
    assert not {i["claim"]["id"] for i in more["items"]} & {i["claim"]["id"] for i in page["items"]}
    done(local, f"claims/{first['claim']['id']}", {"verdict": "accept"})
    after = local.get("/api/review/queue?limit=4").json()
    assert after["total"] == page["total"] - 1
    assert after["items"][0] == page["items"][1] | {"event": after["items"][0]["event"]}
    syria = local.get("/api/review/queue?country=SYR&limit=500").json()
    assert syria["total"] == len(syria["items"]) < page["total"]
    assert all(i["event"]["place"]["country"] == "SYR" for i in syria["items"])
    assert local.get("/api/review/queue?cursor=nonsense").status_code == 422


def test_comments(local: TestClient) -> None:
    (claim, *_) = claims(local)
    made = done(local, "comments", {"subject": claim["id"], "text": "Which bank?"})
    (entry,) = local.get("/api/review/log", params={"subject": claim["id"]}).json()["items"]
    assert (entry["seq"], entry["body"]) == (made["seq"], {"text": "Which bank?"})
    assert [a["seq"] for a in local.get(f"/api/claims/{claim['id']}").json()["review"]] == [made["seq"]]
    assert local.post("/api/review/comments", json={"subject": "nothing", "text": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("route", "body", "status", "named"),
    [
        ("claims/{claim}", {"verdict": "maybe"}, 422, "verdict"),
        ("claims/{claim}", {"verdict": "accept", "colour": 1}, 422, "colour"),
        ("claims/{claim}", {"verdict": "accept", "fields": {"type": "protest"}}, 422, "fields"),
        ("claims/{claim}", {"verdict": "correct"}, 422, "fields"),
        ("claims/{claim}", {"verdict": "correct", "fields": {"type": "picnic"}}, 422, "type"),
        ("claims/{claim}", {"verdict": "correct", "fields": {"place": {"start": 9, "end": 9}}}, 422, "place"),
        ("claims/{claim}", {"verdict": "correct", "fields": {"agents": [{"start": "0", "end": 4}]}}, 422, "agents"),
        ("claims/{claim}", {"verdict": "accept", "reason": 7}, 422, "reason"),
        ("claims/nothing", {"verdict": "accept"}, 404, "nothing"),
        ("merge", {"ids": ["{claim}"]}, 422, "ids"),
        ("merge", {"ids": ["{claim}", "nothing"]}, 404, "nothing"),
        ("merge", {"ids": ["{claim}", "{claim}"]}, 409, "two"),
        ("split", {"event": "nothing", "claims": ["{claim}"]}, 404, "nothing"),
        ("link", {"a": "{claim}", "b": "{claim}", "kind": "must"}, 409, "same"),
        ("link", {"a": "{claim}", "b": "{claim}", "kind": "may"}, 422, "kind"),
        ("undo", {"seq": 1}, 409, "no reviewer's act"),
        ("undo", {"seq": "1"}, 422, "seq"),
        ("comments", {"subject": "{claim}", "text": ""}, 422, "text"),
        ("comments", {"subject": "{claim}", "text": "a\0b"}, 422, "text"),
        ("rounds", {"name": "r", "reports": [CONVOY], "coders": ["ada"]}, 422, "coders"),
        ("rounds", {"name": "r", "reports": ["nothing"], "coders": ["ada", "ben"]}, 409, "nothing"),
        ("rounds/none/adjudicate", {"claim": "x", "field": "type", "value": 1}, 404, "none"),
    ],
)
def test_what_is_wrong_is_refused_and_named(
    local: TestClient, route: str, body: dict[str, Any], status: int, named: str
) -> None:
    before = everything(local)
    id = claims(local)[0]["id"]
    filled = {k: _filled(v, id) for k, v in body.items()}
    answer = local.post(f"/api/review/{route.replace('{claim}', id)}", json=filled)
    assert answer.status_code == status, answer.text
    assert named in answer.json()["detail"]
    assert everything(local) == before


def _filled(value: Any, id: str) -> Any:
    if isinstance(value, list):
        return [_filled(v, id) for v in value]
    return value.replace("{claim}", id) if isinstance(value, str) else value
