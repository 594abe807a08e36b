"""What viewers do not see: private persons' names, and exactly where hospitals, shelters and camps are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from served import WORD, crowd

from dateline.store import Received, Store
from dateline.store.accounts import add_account
from dateline.types import Claim, CodedReport, Extent, Span
from making import actor, claim, place, report, source

TEXT = (
    "Shells hit Greenfield Camp near Saraqeb. Ahmad Khalil was killed, said Layla Haddad, a resident of the town. "
    "Khalil was 40. Minister Omar Hassan denied it. The army shelled Saraqeb."
)
NAMES = ("Ahmad Khalil", "Layla Haddad", "Khalil", "Haddad", "Ahmad")
CAMP = "Greenfield Camp"


def at(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def told() -> CodedReport:
    """A report on a camp with a victim and a witness by name."""
    victim = replace(actor("Ahmad Khalil"), sector="CVL", **at("Ahmad Khalil"))
    witness = replace(source("Layla Haddad"), kind="resident", **at("Layla Haddad"))
    camp = replace(
        place("Saraqeb"),
        name=CAMP,
        geonameid=99,
        feature="S.CMPRF",
        lat=35.8612,
        lon=36.8034,
        radius_km=0.5,
        **at(CAMP),
    )
    made: Claim = claim("shelling", killed=1)
    first = replace(made, id="camp.0", targets=(victim,), sources=(witness,), place=camp, trigger=Span(**at("Shells")))
    second = replace(
        claim("shelling", at="Saraqeb", on="2020-02-01", by=["army"]), id="camp.1", trigger=Span(**at("shelled"))
    )
    coded = report("camp", first, second, title="Ahmad Khalil, 40, killed in Greenfield Camp", outlet="Own", text=TEXT)
    ends = [TEXT.index(w) for w in ("Khalil was 40", "The army")]
    claims = (
        replace(coded.claims[0], sentence=Extent(start=0, end=ends[0]), trigger=first.trigger),
        replace(coded.claims[1], sentence=Extent(start=ends[1], end=len(TEXT)), trigger=second.trigger),
    )
    return replace(coded, claims=claims)


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("camp") / "camp.db"
    with Store(str(path), by="tester") as store:
        other = report("other", claim("shelling", on="2020-02-05", says="the Observatory"), outlet="Two")
        store.add(
            [Received(coded=told(), raw=TEXT.encode(), origin="/home/ana/camp.txt"), Received(coded=other, raw=b"o")]
        )
        for role in ("admin", "reviewer", "viewer"):
            add_account(store, role, role, WORD)
    return path


@pytest.fixture
def asked(camp: Path, serve: Callable[..., TestClient]) -> Callable[..., TestClient]:
    """``asked("viewer", public_names=True)``: a client of a server with these settings."""
    return lambda role, **settings: crowd(serve(camp, **settings))(role)


EVERYWHERE = [
    "/api/events",
    "/api/facets",
    "/api/map",
    "/api/reports",
    "/api/reports/camp",
    "/api/claims/camp.0",
    "/api/events/camp.0",
    "/api/figures",
    "/api/sources",
    "/api/places?limit=100",
    "/api/control/map?date=2020-02-05",
    "/api/deadlines",
    "/api/changes",
]


@pytest.mark.parametrize("url", EVERYWHERE)
def test_viewers_see_no_private_name_and_no_camp_anywhere(asked: Callable[..., TestClient], url: str) -> None:
    answer = asked("viewer").get(url)
    assert answer.status_code == 200, answer.text
    for hidden in (*NAMES, CAMP, "Greenfield", "35.8612", "36.8034"):
        assert hidden not in answer.text
    whole = asked("reviewer").get(url)
    assert whole.status_code == 200
    if url in EVERYWHERE[:1] + EVERYWHERE[4:7]:
        assert all(x in whole.text for x in ("Ahmad Khalil", "Layla Haddad", CAMP, "35.8612"))


def test_every_offset_still_holds(asked: Callable[..., TestClient]) -> None:
    shown = asked("viewer").get("/api/reports/camp").json()
    text = shown["report"]["text"]
    assert len(text) == len(TEXT)
    assert "Minister Omar Hassan denied it. The army shelled Saraqeb." in text  # who holds an office is public
    first = shown["claims"][0]
    for span in (first["targets"][0], first["sources"][0], first["place"], first["trigger"]):
        assert text[span["start"] : span["end"]] == span["text"]
    assert first["targets"][0]["name"] == first["sources"][0]["name"] == first["place"]["name"] == "[withheld]"
    assert first["place"]["radius_km"] >= 10
    assert (first["place"]["geonameid"], first["place"]["relation"]) == (None, None)
    assert abs(first["place"]["lat"] - 35.8612) <= 0.05 + 1e-9
    assert asked("viewer").get("/api/claims/camp.0").json()["quote"]["text"] == text[: TEXT.index("Khalil was 40")]


@pytest.mark.parametrize(
    "query",
    [{"q": "Khalil"}, {"q": "ahmad"}, {"q": "greenfield"}, {"actor": "khalil"}, {"source": "Haddad"}, {"place": CAMP},
     {"place": "99"}, {"box": "36.803,35.861,36.804,35.862"}],
    ids=str,
)  # fmt: skip
def test_what_is_withheld_cannot_be_guessed_by_searching(
    asked: Callable[..., TestClient], query: dict[str, str]
) -> None:
    assert asked("reviewer").get("/api/events", params=query).json()["total"] == 1
    for url in ("/api/events", "/api/facets", "/api/map", "/api/histogram"):
        answer = asked("viewer").get(url, params=query).json()
        assert not answer or answer.get("total", answer.get("events", len(answer.get("features", ())))) == 0
    if "q" in query:
        assert asked("viewer").get("/api/reports", params=query).json()["total"] == 0
        assert asked("reviewer").get("/api/reports", params=query).json()["total"] == 1


def test_bytes_and_paths_are_for_those_who_see_all(asked: Callable[..., TestClient]) -> None:
    assert asked("viewer").get("/api/reports/camp/raw").status_code == 403
    assert asked("viewer").get("/api/reports/camp").json()["report"]["origin"] is None
    assert asked("reviewer").get("/api/reports/camp/raw").content == TEXT.encode()
    assert asked("viewer", public_names=True).get("/api/reports/camp/raw").status_code == 403
    assert asked("viewer", public_names=True, public_places=True).get("/api/reports/camp/raw").status_code == 200


def test_the_settings_open_each_by_itself(asked: Callable[..., TestClient]) -> None:
    names = asked("viewer", public_names=True).get("/api/reports/camp").text
    places = asked("viewer", public_places=True).get("/api/reports/camp").text
    assert "Layla Haddad" in names
    assert CAMP not in names
    assert CAMP in places
    assert "Haddad" not in places
    both = asked("viewer", public_names=True, public_places=True)
    assert both.get("/api/reports/camp").json()["report"]["text"] == TEXT
    assert both.get("/api/events", params={"q": "khalil"}).json()["total"] == 1


def test_the_map_shows_a_guarded_place_roughly(asked: Callable[..., TestClient]) -> None:
    features = asked("viewer").get("/api/map").json()["features"]
    (rough,) = (f for f in features if f["properties"]["place"] == "[withheld]")
    lon, lat = rough["geometry"]["coordinates"]
    assert (round(lon * 10, 6) % 1, round(lat * 10, 6) % 1) == (0, 0)
    assert rough["properties"]["radius_km"] >= 10
    assert rough["properties"]["precision"] >= 2
