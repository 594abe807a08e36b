"""Pages of events, counts, the histogram and the map: the same answers as the store's own queries give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from served import let_in

from dateline.serve.app import create_app
from dateline.store import Received, Store, windows
from dateline.store.query import Filters, find_events
from dateline.types import Event
from making import claim, report


@pytest.fixture(scope="module")
def reader(coded: Path) -> Iterator[TestClient]:
    """A client of the example reports' server, for questions only."""
    with TestClient(create_app(str(coded)), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture(scope="module")
def every(coded: Path) -> list[Event]:
    with Store(str(coded)) as store:
        return find_events(store)


def pages(client: TestClient, **query: Any) -> list[dict[str, Any]]:
    """All items, page after page."""
    out, cursor, total = [], "", None
    while cursor is not None:
        answer = client.get("/api/events", params={"limit": 7, **query, "cursor": cursor})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        out += body["items"]
        total, cursor = body["total"], body["next"]
    assert len(out) == total
    return out


SAME = [
    {},
    {"place": "Kafr Nabl"},
    {"place": "Saraqib"},
    {"place": "nowhere at all"},
    {"country": "SDN"},
    {"box": "36,35,37,36"},
    {"box": "170,-90,37,90"},
    {"type": "air-strike"},
    {"type": "no-such-type"},
    {"actor": "rapid support"},
    {"actor": "SYR"},
    {"actor": "HTS"},
    {"source": "observatory"},
    {"source": "levant wire"},
    {"status": "contested"},
    {"since": "2024-02-10"},
    {"until": "2020-02-23"},
    {"since": "2023-03-12", "until": "2023-03-14"},
    {"country": "SYR", "type": "capture", "since": "2020-02-01", "actor": "regime"},
]


@pytest.mark.parametrize("query", SAME, ids=str)
def test_filters_pass_what_the_stores_own_query_passes(reader: TestClient, coded: Path, query: dict[str, str]) -> None:
    given: dict[str, Any] = dict(query)
    if "box" in given:
        given["box"] = tuple(map(float, given["box"].split(",")))
    with Store(str(coded)) as store:
        wanted = {e.id for e in find_events(store, Filters(**given))}
    assert {i["id"] for i in pages(reader, **query)} == wanted
    facets = reader.get("/api/facets", params=query).json()
    assert facets["events"] == len(wanted)
    bins = reader.get("/api/histogram", params=query).json()
    assert sum(b["count"] for b in bins) <= len(wanted)


def test_several_types_and_statuses(reader: TestClient, every: list[Event]) -> None:
    items = pages(reader, type=["capture", "shelling"], status=["contested", "corroborated"])
    wanted = [e.id for e in every if e.type in ("capture", "shelling") and e.status in ("contested", "corroborated")]
    assert sorted(i["id"] for i in items) == sorted(wanted)
    assert len(wanted) > 1


@pytest.mark.parametrize(
    ("q", "type"),
    [("counterattack opposition factions", "repel"), ("COUNTERATT", "repel"), ("levant wire convoy", "")],
)
def test_words_are_searched_in_the_sentences_and_titles(reader: TestClient, q: str, type: str) -> None:
    found = pages(reader, q=q)
    assert found
    assert type in {i["type"] for i in found} or not type
    assert pages(reader, q=f"{q} zebras") == []


@pytest.mark.parametrize(
    "q", ['"', "AND", "NEAR(", "a* OR b", "words:x", "-", "'; DROP TABLE cards; --", "^", "(", "{"]
)
def test_words_are_never_a_query_language(reader: TestClient, q: str) -> None:
    assert reader.get("/api/events", params={"q": q}).status_code == 200
    assert reader.get("/api/reports", params={"q": q}).status_code == 200


def test_an_item_is_the_event_with_what_a_list_needs(reader: TestClient, every: list[Event]) -> None:
    import msgspec

    items = {i["id"]: i for i in pages(reader)}
    assert set(items) == {e.id for e in every}
    for e in every:
        item = items[e.id]
        record = msgspec.json.decode(msgspec.json.encode(e))
        assert {k: item[k] for k in record} == record
        killed = [f for f in e.figures if f.kind == "killed"]
        assert bool(item["killed"]) == bool(killed)
        assert item["sources"] >= 1
        assert item["title"].startswith(item["label"])
    strike = next(i for i in items.values() if i["place"] and i["place"]["name"] == "Mellit" and len(i["claims"]) > 5)
    assert (strike["label"], strike["family"]) == ("Air strike", "violence")
    assert len(strike["outlets"]) >= 3


def test_orders(reader: TestClient) -> None:
    forth = [i["id"] for i in pages(reader, sort="time")]
    assert [i["id"] for i in pages(reader, sort="-time")] == forth[::-1]
    queue = [i["status"] for i in pages(reader, sort="queue")]
    assert queue == sorted(queue, key=["contested", "denied", "single-source", "planned", "corroborated"].index)
    first = reader.get("/api/events", params={"limit": 1}).json()
    for wrong in ({"sort": "-time"}, {"sort": "queue"}):
        assert reader.get("/api/events", params={**wrong, "cursor": first["next"]}).status_code == 422


def test_a_cursor_stays_good_while_events_come_and_go(local: TestClient, path: Path) -> None:
    before = [i["id"] for i in pages(local)]
    first = local.get("/api/events", params={"limit": 10}).json()
    with Store(str(path), by="tester") as store:
        store.retract(next(iter(store.coded())).report.id, "a test")
        store.add([Received(coded=report("new", claim(on="2019-01-01")), raw=b"x")])
    after = [i["id"] for i in pages(local)]
    rest, cursor = [], first["next"]
    while cursor:
        body = local.get("/api/events", params={"limit": 10, "cursor": cursor}).json()
        rest += [i["id"] for i in body["items"]]
        cursor = body["next"]
    assert len(rest) == len(set(rest))
    assert not set(rest) & set(before[:10])
    assert set(rest) >= set(before[10:]) & set(after)


def test_what_changes_shows_at_once(local: TestClient, path: Path) -> None:
    before = local.get("/api/facets").json()
    with Store(str(path), by="tester") as store:
        store.add([Received(coded=report("new", claim("protest", at="Raqqa"), outlet="A New One"), raw=b"x")])
        (event,) = (e for e in find_events(store, Filters(source="A New One")))
        now = local.get("/api/facets").json()
        assert (now["events"], now["reports"]) == (before["events"] + 1, before["reports"] + 1)
        assert [i["id"] for i in pages(local, source="a new one")] == [event.id]
        assert [i["id"] for i in pages(local, q="raqqa new one")] == [event.id]
        store.add([Received(coded=report("new", claim("protest", at="Raqqa"), outlet="Renamed"), raw=b"x")])
        assert pages(local, source="a new one") == []
        assert [i["outlets"] for i in pages(local, source="renamed")] == [["Renamed"]]
        store.retract("new", "a test")
        assert local.get("/api/facets").json() == before
        assert (
            let_in(TestClient(create_app(str(path)), base_url="http://127.0.0.1")).get("/api/facets").json() == before
        )


# ------------------------------------------------------------------------------------------------------ counts


def test_facets_count_what_there_is(reader: TestClient, every: list[Event], coded: Path) -> None:
    facets = reader.get("/api/facets").json()
    assert {t["value"]: t["count"] for t in facets["types"]} == Counter(e.type for e in every)
    assert {t["value"]: t["count"] for t in facets["statuses"]} == Counter(e.status for e in every)
    countries = Counter(e.place.country for e in every if e.place and e.place.country)
    assert {t["value"]: t["count"] for t in facets["countries"]} == countries
    assert facets["claims"] == sum(len(e.claims) for e in every)
    with Store(str(coded)) as store:
        assert facets["reports"] == sum(1 for c in store.coded() if c.claims)
        for source in facets["sources"][:5]:
            found = find_events(store, Filters(source=source["value"]))
            assert source["count"] <= len(found)
    days = [x[:10] for e in every if e.time for x in (e.time.earliest, e.time.latest) if x]
    assert facets["first"] <= min(days)
    assert facets["last"] >= max(days)
    assert all(t["label"] and t["family"] for t in facets["types"])


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_the_histogram_has_every_event_once(reader: TestClient, every: list[Event], by: str) -> None:
    from datetime import date

    bins = reader.get("/api/histogram", params={"by": by}).json()
    assert sum(b["count"] for b in bins) == len(every)
    assert sum(b["contested"] for b in bins) == sum(e.status == "contested" for e in every)
    starts = [b["start"] for b in bins]
    assert starts == sorted(set(starts))
    if by == "month":
        assert all(s.endswith("-01") for s in starts)
    if by == "week":
        assert all(date.fromisoformat(s).weekday() == 0 for s in starts)


def test_places_by_the_beginning_of_a_word(reader: TestClient, every: list[Event]) -> None:
    (found,) = reader.get("/api/places", params={"q": "kupy"}).json()
    assert (found["name"], found["country"]) == ("Kupyansk", "UKR")
    assert found["events"] == sum(e.place is not None and e.place.name == "Kupyansk" for e in every)
    assert len(reader.get("/api/places", params={"limit": 3}).json()) == 3
    assert reader.get("/api/places", params={"q": "zzz"}).json() == []


# -------------------------------------------------------------------------------------------------------- map


def test_the_map_shows_every_event_with_a_place(reader: TestClient, every: list[Event]) -> None:
    shown = reader.get("/api/map", params={"zoom": 2}).json()
    placed = {e.id: e for e in every if e.place and e.place.lat is not None}
    assert {f["properties"]["id"] for f in shown["features"]} == set(placed)
    for f in shown["features"]:
        p, e = f["properties"], placed[f["properties"]["id"]]
        assert e.place is not None
        assert f["geometry"]["coordinates"] == [round(e.place.lon or 0, 5), round(e.place.lat or 0, 5)]
        assert (p["kind"], p["type"], p["status"], p["claims"]) == ("event", e.type, e.status, len(e.claims))
        assert (p["place"], p["radius_km"], p["precision"]) == (e.place.name, e.place.radius_km, e.place.precision)
    window = reader.get("/api/map", params={"box": "22,8,38,24", "zoom": 5}).json()
    inside = {
        i for i, e in placed.items() if e.place and 22 <= (e.place.lon or 0) <= 38 and 8 <= (e.place.lat or 0) <= 24
    }
    assert {f["properties"]["id"] for f in window["features"]} == inside


def test_a_map_may_run_over_the_date_line(reader: TestClient) -> None:
    def inside(box: str) -> set[str]:
        return {f["properties"]["id"] for f in reader.get("/api/map", params={"box": box}).json()["features"]}

    everywhere = inside("")
    assert inside("-400,-95,400,95") == inside("-180,-90,180,90") == everywhere
    assert inside("382,8,398,24") == inside("22,8,38,24") != set()
    west = inside("160,-90,-60,90")
    assert inside("160,-90,300,90") == inside("-200,-90,-60,90") == west != everywhere
    assert west


@pytest.mark.parametrize("zoom", [0, 3, 8, 22])
def test_more_than_may_be_shown_become_heaps(
    reader: TestClient, every: list[Event], monkeypatch: pytest.MonkeyPatch, zoom: int
) -> None:
    monkeypatch.setattr(windows, "_SINGLES", 10)
    monkeypatch.setattr(windows, "MOST", 25)
    placed = [e for e in every if e.place and e.place.lat is not None]
    features = reader.get("/api/map", params={"zoom": zoom}).json()["features"]
    heaps = [f["properties"] for f in features if f["properties"]["kind"] == "cluster"]
    singles = [f for f in features if f["properties"]["kind"] == "event"]
    assert len(features) <= 25
    assert sum(h["count"] for h in heaps) + len(singles) == len(placed)
    contested = sum(f["properties"]["status"] == "contested" for f in singles)
    assert sum(h["contested"] for h in heaps) + contested == sum(e.status == "contested" for e in placed)
    for f in features:
        if f["properties"]["kind"] == "cluster":
            (lon, lat), (west, south, east, north) = f["geometry"]["coordinates"], f["properties"]["box"]
            assert west - 1e-4 <= lon <= east + 1e-4
            assert south - 1e-4 <= lat <= north + 1e-4


# ----------------------------------------------------------------------------------------------- not sent twice

GETS = ["/api/events", "/api/facets?type=capture", "/api/map?zoom=4", "/api/histogram", "/api/reports", "/api/sources",
        "/api/places?q=k", "/api/figures", "/api/deadlines", "/api/truces", "/api/changes", "/api/control?place=Saraqib",
        "/api/control/map?date=2020-03-01"]  # fmt: skip


@pytest.mark.parametrize("url", GETS)
def test_what_the_client_has_is_not_sent_again(local: TestClient, path: Path, url: str) -> None:
    first = local.get(url)
    assert first.status_code == 200, first.text
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = local.get(url, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert (
        local.get(url + ("&" if "?" in url else "?") + "country=XXX", headers={"If-None-Match": tag}).status_code != 304
    )
    with Store(str(path), by="tester") as store:
        store.add([Received(coded=report("new", claim()), raw=b"x")])
    assert local.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_the_tag_of_one_role_is_none_of_another(people: Callable[[str], TestClient]) -> None:
    tag = people("reviewer").get("/api/events").headers["ETag"]
    assert people("viewer").get("/api/events", headers={"If-None-Match": tag}).status_code == 200
