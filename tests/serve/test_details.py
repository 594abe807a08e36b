"""One event, claim or report with its words; reports' lists; ledgers; the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from dateline.serve.app import create_app
from dateline.store import Received, Store, ledgers
from dateline.store.cards import voices_of
from dateline.store.engine import reading
from dateline.store.query import find_claims, find_events, show
from making import claim, report


@pytest.fixture(scope="module")
def reader(coded: Path) -> Iterator[TestClient]:
    with TestClient(create_app(str(coded)), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture(scope="module")
def store(coded: Path) -> Iterator[Store]:
    with Store(str(coded)) as opened:
        yield opened


def plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def test_an_event_has_every_version_in_its_words(reader: TestClient, store: Store) -> None:
    event = max(find_events(store), key=lambda e: len(e.claims))
    shown = show(store, event.id)
    answer = reader.get(f"/api/events/{event.id}").json()
    assert {k: answer["event"][k] for k in plain(event)} == plain(event)
    assert (answer["event"]["label"], answer["event"]["family"]) == ("Air strike", "violence")
    assert answer["event"]["title"].startswith("Air strike, ")
    assert [v["claim"] for v in answer["versions"]] == [plain(v.told.claim) for v in shown.versions]
    for v in answer["versions"]:
        text = store.report(v["report"]["id"]).text  # type: ignore[union-attr]
        start, end = v["claim"]["sentence"]["start"], v["claim"]["sentence"]["end"]
        quote = v["quote"]
        assert quote["text"] == text[start:end]
        assert text[:start].endswith(quote["before"])
        assert text[end:].startswith(quote["after"])
        assert v["reviewed"] is None
    assert answer["scores"] == plain(shown.scores)
    assert [h["seq"] for h in answer["history"]] == [e.seq for e in shown.history]
    assert reader.get(f"/api/events/{event.claims[0]}").json()["event"]["id"] == event.id


def test_a_claim_with_its_report_and_event(reader: TestClient, store: Store) -> None:
    event = find_events(store)[0]
    answer = reader.get(f"/api/claims/{event.claims[0]}").json()
    assert (answer["claim"]["id"], answer["event"], answer["review"]) == (event.claims[0], event.id, [])
    assert answer["quote"]["text"]


@pytest.mark.parametrize("url", ["/api/events/x", "/api/claims/x", "/api/reports/x", "/api/reports/x/raw"])
def test_what_is_not_there(reader: TestClient, url: str) -> None:
    answer = reader.get(url)
    assert answer.status_code == 404
    assert "db" not in answer.json()["detail"]


def test_reports_newest_first_page_after_page(reader: TestClient, store: Store) -> None:
    seen: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        body = reader.get("/api/reports", params={"limit": 4, "cursor": cursor}).json()
        seen, cursor = seen + body["items"], body["next"]
    coded = {c.report.id: c for c in store.coded()}
    assert {r["id"] for r in seen} == set(coded)
    assert len(seen) == len(coded) == body["total"]
    days = [r["published"] or "" for r in seen]
    assert days == sorted(days, reverse=True)
    assert all(r["claims"] == len(coded[r["id"]].claims) for r in seen)
    outlet = seen[0]["outlet"]
    found = reader.get("/api/reports", params={"outlet": outlet}).json()["items"]
    assert [r["id"] for r in found] == [r["id"] for r in seen if r["outlet"] == outlet]
    (one,) = reader.get("/api/reports", params={"q": "stragglers combing mines"}).json()["items"]
    assert one["id"] == "saraqeb-convoy"


def test_a_report_with_its_text_and_bytes(reader: TestClient, store: Store) -> None:
    line = next(
        x
        for x in (files("dateline") / "examples" / "reports.jsonl").read_bytes().splitlines()
        if b"saraqeb-convoy" in x
    )
    answer = reader.get("/api/reports/saraqeb-convoy").json()
    given = store.report("saraqeb-convoy")
    assert given is not None
    assert answer["report"]["text"] == given.text
    (coded,) = store.coded(["saraqeb-convoy"])
    assert answer["claims"] == plain(coded.claims)
    for c in answer["claims"]:
        spans = [c["trigger"], *c["agents"], *c["targets"], *c["figures"]]
        assert all(s["start"] is None or given.text[s["start"] : s["end"]] == s["text"] for s in spans)
    assert [r["revision"] for r in answer["revisions"]] == [1]
    raw = reader.get("/api/reports/saraqeb-convoy/raw")
    assert raw.content.strip() == line.strip()
    assert raw.headers["Content-Type"] == "application/octet-stream"
    assert raw.headers["Content-Disposition"] == 'attachment; filename="saraqeb-convoy"'
    import hashlib

    assert hashlib.sha256(raw.content).hexdigest() == answer["report"]["raw_sha256"]


def test_a_correction_is_another_revision_and_a_retracted_report_stays(local: TestClient, path: Path) -> None:
    with Store(str(path), by="tester") as store:
        store.add([Received(coded=report("a/b c", claim(), title="One"), raw=b"1")])
        store.add([Received(coded=report("a/b c", claim(), title="Two"), raw=b"2")])
        store.retract("a/b c", "a test")
    answer = local.get("/api/reports/a%2Fb%20c").json()
    assert (answer["report"]["title"], answer["claims"]) == ("Two", [])
    assert [r["revision"] for r in answer["revisions"]] == [1, 2]
    raw = local.get("/api/reports/a%2Fb%20c/raw")
    assert (raw.content, raw.headers["Content-Disposition"]) == (b"2", 'attachment; filename="a_b_c"')
    assert "a/b c" not in {r["id"] for r in local.get("/api/reports?limit=500").json()["items"]}


# ------------------------------------------------------------------------------------------------------ ledgers


def test_control_of_a_place(reader: TestClient, store: Store) -> None:
    answer = reader.get("/api/control", params={"place": "Kafr Nabl"}).json()
    wanted = ledgers.control(find_claims(store, place="Kafr Nabl"))
    assert {k: answer[k] for k in ("periods", "statements")} == plain(asdict(wanted))
    assert answer["periods"]
    assert reader.get("/api/control", params={"place": "Nowhere"}).status_code == 404


def test_control_on_the_map(reader: TestClient, store: Store) -> None:
    answer = reader.get("/api/control/map", params={"date": "2025-01-01"}).json()
    shown = {f["properties"]["place"]: f["properties"] for f in answer["features"]}
    period = ledgers.control(find_claims(store, place="Kafr Nabl")).periods[-1]
    kept = shown["Kafranbel"]
    assert (kept["holder"], kept["contested"], kept["since"]) == (period.holder, period.contested, period.since)
    assert reader.get("/api/control/map", params={"date": "1990-01-01"}).json()["features"] == []


def test_figures_of_the_events_that_pass(reader: TestClient, store: Store) -> None:
    whole = reader.get("/api/figures").json()
    assert whole["items"] == plain(ledgers.figures(find_claims(store)))
    assert (whole["events"], whole["read"]) == (store.count()["events"],) * 2
    killed = reader.get("/api/figures", params={"kind": "killed", "country": "SDN"}).json()["items"]
    assert killed
    assert {(n["kind"], n["country"]) for n in killed} == {("killed", "SDN")}


def test_deadlines_truces_and_sources(reader: TestClient, store: Store) -> None:
    told = find_claims(store)
    found = reader.get("/api/deadlines", params={"today": "2024-06-01"}).json()["items"]
    assert found == plain(ledgers.deadlines(told, "2024-06-01"))
    assert found
    few = reader.get("/api/deadlines", params={"today": "2024-06-01", "country": "SYR"}).json()["items"]
    assert [d for d in found if d in few] == few
    assert len(few) < len(found)
    truces = reader.get("/api/truces").json()["items"]
    assert truces == [plain(asdict(t) | {"state": t.state}) for t in ledgers.truces(told)]
    voices = ledgers.sources(told, {e.id: e for e in find_events(store)})
    assert reader.get("/api/sources").json()["items"] == plain(voices)
    with reading(store.engine) as c:
        assert voices_of(c) == voices


def test_the_log_goes_on_where_it_was(local: TestClient, path: Path) -> None:
    items: list[dict[str, Any]] = []
    since = 0
    while body := local.get("/api/changes", params={"since": since, "limit": 100}).json():
        if not body["items"]:
            break
        items, since = items + body["items"], body["next"]
    assert [x["seq"] for x in items] == list(range(1, len(items) + 1))
    with Store(str(path), by="tester") as store:
        store.add([Received(coded=report("new", claim()), raw=b"x")])
    fresh = local.get("/api/changes", params={"since": since}).json()["items"]
    assert [x["action"] for x in fresh] == ["add", "code", "event"]


def test_a_reviewed_claim_says_so(local: TestClient) -> None:
    event = local.get("/api/events", params={"limit": 1}).json()["items"][0]
    claim = event["claims"][0]
    body = {"verdict": "accept", "fields": {}, "reason": "read it"}
    assert local.post(f"/api/review/claims/{claim}", json=body).status_code == 200
    (version,) = (v for v in local.get(f"/api/events/{event['id']}").json()["versions"] if v["claim"]["id"] == claim)
    assert (version["reviewed"]["verdict"], version["reviewed"]["by"]) == ("accept", "local")
    assert [r["action"] for r in local.get(f"/api/claims/{claim}").json()["review"]] == ["accept"]
