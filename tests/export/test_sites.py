"""Hospitals, shelters and camps: shown roughly in every format unless they are asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet
import pytest
from made import bundle, told

import making
from dateline.cli import main
from dateline.export.bundle import Bundle, Options, export, formats
from dateline.store import Received, Store
from dateline.types import Actor, Place

TEXT = (
    "The army shelled the Razi Hospital near Binnish on Wednesday and killed three people. "
    "It shelled Saraqeb, where Samir Haddad was killed."
)
SITE = Place(
    text="Razi Hospital", start=21, end=34, name="Razi Hospital", geonameid=77, country="SYR", admin1="Idlib",
    feature="S.HSP", lat=35.9537, lon=36.7164, radius_km=0.5, precision=1, relation=None,
)  # fmt: skip
EXACT = ("Razi", "35.9537", "36.7164")


def sample() -> Bundle:
    man = Actor(
        text="Samir Haddad",
        start=105,
        end=117,
        name="Samir Haddad",
        country="SYR",
        sector="CVL",
        group="",
        actor_id=None,
    )
    first = replace(told("shelling", to=["civilians"], killed=3), place=SITE)
    second = replace(told("shelling", to=["civilians"], killed=1), targets=(man,))
    coded = making.report("r1", first, second, outlet="Wire", text=TEXT, title="Razi Hospital hit")
    a, b = coded.claims
    a = replace(a, sentence=replace(a.sentence, start=0, end=86))
    b = replace(b, sentence=replace(b.sentence, start=86, end=len(TEXT)))
    return bundle(replace(coded, claims=(a, b)))


def seen(format: str, folder: Path, options: Options) -> str:
    path = folder / "out"
    assert export(format, sample(), path, options).rows
    if "parquet" in format:
        return str(pyarrow.parquet.read_table(path).to_pylist())
    return path.read_text("utf-8")


@pytest.mark.parametrize("format", sorted({*formats()} - {"hxl-displacement"}))
@pytest.mark.parametrize("private", [False, True])
def test_no_format_lets_an_exact_place_out(format: str, private: bool, tmp_path: Path) -> None:
    shown = seen(format, tmp_path, Options(private=private, places=False))
    assert [w for w in EXACT if w in shown] == []
    assert "Saraqeb" in shown or format in ("hxl", "plover", "polecat", "feed", "report", "ged")


def test_names_and_places_are_opened_one_by_one(tmp_path: Path) -> None:
    def found(**options: bool) -> tuple[bool, bool]:
        shown = seen("native", tmp_path, Options(**options))
        return "Samir Haddad" in shown, all(w in shown for w in EXACT)

    assert found() == (False, False)
    assert found(places=True) == (False, True)
    assert found(private=True, places=False) == (True, False)
    assert found(private=True) == (True, True)


def test_the_shown_place_is_roughly_there(tmp_path: Path) -> None:
    rows = json.loads(seen("geojson", tmp_path, Options()))["features"]
    (near,) = [f for f in rows if f["properties"]["place"] == "[place withheld]"]
    assert near["geometry"]["coordinates"] == [36.7, 36.0]
    assert near["properties"]["radius_km"] == 10
    assert near["properties"]["country"] == "SYR"
    (town,) = [f for f in rows if f is not near]
    assert town["geometry"]["coordinates"] == [36.8, 35.86], "other places are as they are"


def test_a_store_comes_back_whole_only_where_all_is_open(tmp_path: Path) -> None:
    store, first, again = str(tmp_path / "a.db"), tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    (coded,) = sample().coded
    with Store(store, by="tester") as opened:
        opened.add([Received(coded=coded, raw=b"x", origin="x")])
    main(["export", "native", "--private", "-o", str(first), "--store", store])
    assert json.loads(first.read_bytes())["report"]["text"] == TEXT
    main(["export", "native", "--private", "--coarse-places", "-o", str(again), "--store", store])
    assert "text" not in json.loads(again.read_bytes())["report"]
    main(["export", "native", "--private", "--exact-places", "-o", str(again), "--store", store])
    assert first.read_bytes() == again.read_bytes()
