from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dateline.cli.gazetteer import app
from dateline.errors import GazetteerError
from dateline.gazetteer import Gazetteer
from dateline.gazetteer.adding import add, added, remove

Write = Callable[[str, str], Path]
DUMP = (
    "9000001\tTell Zanbaq\tTell Zanbaq\tTal Zanbak,تل زنبق\t35.71\t36.52"
    "\tP\tPPL\tSY\t\t12\t\t\t\t640\t\t\t\t2020-01-01\n"
)


def spot(name: str) -> tuple[float, float] | None:
    found = Gazetteer.open(quiet=True).search(name)
    return (round(found[0].lat, 2), round(found[0].lon, 2)) if found else None


def test_geonames_dump(data: Path, write: Write) -> None:
    assert spot("Tell Zanbaq") is None
    got = add(write("SY.txt", DUMP), quiet=True)
    assert (got.name, got.places, got.countries) == ("sy", 1, ("SYR",))
    assert spot("Tal Zanbak") == spot("تل زنبق") == (35.71, 36.52)


def test_geonames_dump_in_a_zip(data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as z:
        z.writestr("readme.txt", "about")
        z.writestr("SY.txt", DUMP)
    assert add(tmp_path / "SY.zip", quiet=True).places == 1


def test_csv_of_ones_own(data: Path, write: Write) -> None:
    table = "Name;Latitude;Longitude;country;kind;aliases;pcode\nCamp Zerfin;35,5;36,1;SYR;camp;Zerfeen|Zirfin;C-1\n"
    with pytest.raises(GazetteerError, match=r"line 2, lat: no number: '35,5'"):
        add(write("own.csv", table), quiet=True)
    add(write("own.csv", table.replace("35,5", "35.5").replace("36,1", "36.1")), "villages", quiet=True)
    assert spot("Zirfin") == (35.5, 36.1)
    assert [a.name for a in added()] == ["villages"]


def test_geojson(data: Path, write: Write) -> None:
    properties = {"name": "Zybrovka Yar", "country": "UA", "population": 40, "names": ["Zybrowka"]}
    feature = {"geometry": {"type": "Point", "coordinates": [30.11, 50.22]}, "properties": properties}
    add(write("own.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]})), quiet=True)
    assert spot("Zybrowka") == (50.22, 30.11)


def test_whos_on_first_tables(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "wof"
    folder.mkdir()
    places = {"wof_id": [7, 5, 6], "name": ["Idlib", "Qarmish Zet", "Syria"], "cc": ["SY"] * 3,
              "placetype": ["region", "locality", "country"], "lat": [35.9, 35.4, 35.0], "lon": [36.6, 36.3, 38.0],
              "pop": [0, 12, 0], "geonames_id": [None, 9000002, None], "region_id": [7, 7, None]}  # fmt: skip
    pq.write_table(pa.table(places), folder / "places.parquet")
    names = {"wof_id": [5, 5, 9], "name": ["Karmish Zet", "قرميش زيت", "Nothing"]}
    pq.write_table(pa.table(names), folder / "names.parquet")
    assert add(folder, quiet=True).places == 1  # country and region are built in
    (found,) = Gazetteer.open(quiet=True).search("Karmish Zet")
    assert (found.id, found.country) == (9000002, "SYR")
    assert Gazetteer.open(quiet=True).admin1_name("SYR", found.admin1) == "Idlib"


def test_whos_on_first_folder_as_published(data: Path, tmp_path: Path) -> None:
    at = tmp_path / "whosonfirst-sy" / "data" / "1"
    at.mkdir(parents=True)
    p = {"wof:id": 1, "wof:name": "Halzun", "wof:country": "SY", "wof:placetype": "locality", "geom:latitude": 35.2,
         "geom:longitude": 36.2, "name:ara_x_preferred": ["حلزون"], "mz:is_current": 1}  # fmt: skip
    (at / "1.geojson").write_text(json.dumps({"properties": p}))
    (at / "2.geojson").write_text(json.dumps({"properties": {**p, "wof:id": 2, "mz:is_current": 0}}))
    assert add(tmp_path / "whosonfirst-sy", quiet=True).places == 1
    assert spot("حلزون") == (35.2, 36.2)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("SY.txt", DUMP + "1\tshort line\n", r"SY\.txt, line 2: 2 columns, 19 expected"),
        ("SY.txt", DUMP + DUMP.replace("35.71", "95.71"), r"line 2, latitude: 95\.71 is beyond 90"),
        ("SY.txt", DUMP.replace("\tSY\t", "\tQQ\t"), r"line 1, country: no country 'QQ'"),
        ("own.csv", "name,lat\nX,1\n", r"line 1: no column 'lon'"),
        ("own.csv", "name,lat,lon\nA,1,2\n,3,4\n", r"line 3, name: no name"),
        ("own.csv", "name,lat,lon\nA,1,2,5\n", r"line 2: 4 columns, 3 expected"),
        ("own.csv", "name,lat,lon,kind\nA,1,2,palace of dreams\n", r"line 2, kind: no kind of place"),
        ("own.csv", "name,lat,lon\nA,nan,2\n", r"line 2, lat: no number"),
        ("own.csv", "", r"no column 'name'|empty"),
        ("own.geojson", '{"type": "FeatureCollection",\n "features": [}', r"line 2: not JSON"),
        ("own.geojson", "[]", r"not a GeoJSON FeatureCollection"),
        ("own.doc", "x", r"what kind of file"),
    ],
)
def test_malformed_files_are_told_by_line_and_change_nothing(
    data: Path, write: Write, name: str, text: str, told: str
) -> None:
    kept = add(write("good.csv", "name,lat,lon\nOstrozhin Pole,50.1,30.2\n"), "own", quiet=True)
    before = kept.path.read_bytes()
    with pytest.raises(GazetteerError, match=told):
        add(write(name, text), "own", quiet=True)
    assert kept.path.read_bytes() == before
    assert [f.name for f in data.iterdir()] == ["own.parquet"]
    assert spot("Ostrozhin Pole") == (50.1, 30.2)


def test_bytes_that_are_no_text(data: Path, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"name,lat,lon\nA,1,2\n\xff\xfe,3,4\n")
    with pytest.raises(GazetteerError, match="line 3: not UTF-8"):
        add(tmp_path / "own.csv", quiet=True)


def test_disk_full_while_adding(data: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dateline.gazetteer.adding.open_index", full)
    with pytest.raises(GazetteerError, match="No space left"):
        add(write("own.csv", "name,lat,lon\nA,1,2\n"), quiet=True)
    assert list(data.iterdir()) == []


def test_remove(data: Path, write: Write) -> None:
    add(write("own.csv", "name,lat,lon\nOstrozhin Pole,50.1,30.2\n"), quiet=True)
    remove("own")
    assert added() == []
    assert spot("Ostrozhin Pole") is None
    with pytest.raises(GazetteerError, match=r"nothing was added as 'own' \(added: nothing\)"):
        remove("own")
    with pytest.raises(GazetteerError):
        remove("../data/gazetteer/own")


def test_added_places_stand_beside_the_built_in(data: Path, write: Write) -> None:
    add(write("own.csv", "name,lat,lon,country\nSaraqib,10.0,10.0,NGA\n"), quiet=True)
    both = Gazetteer.open(quiet=True).search("Saraqib")
    assert [e.country for e in both[:2]] == ["SYR", "NGA"]


def test_command_line(data: Path, write: Write) -> None:
    runner = CliRunner()
    got = runner.invoke(app, ["list"])
    assert "Nothing was added" in got.output
    got = runner.invoke(app, ["add", str(write("own.csv", "name,lat,lon,country\nOstrozhin Pole,50.1,30.2,UKR\n"))])
    assert got.exit_code == 0
    assert "own: 1 places in UKR" in got.output
    assert "own" in runner.invoke(app, ["list"]).output
    found = json.loads(runner.invoke(app, ["search", "Ostrozhin Pole", "--format", "json"]).output)
    assert [(f["name"], f["lat"], f["geonameid"]) for f in found] == [("Ostrozhin Pole", 50.1, None)]
    assert runner.invoke(app, ["remove", "own"]).output == "own was removed.\n"
