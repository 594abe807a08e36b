"""Maps' formats: what programs of geography read in them is what was written."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geopandas as gpd
import polars as pl
import pyarrow.parquet as pq
import pyogrio
import pytest
from bundled import SCRIPT, bundle, odd_bundle, strikes
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline.export import geojson, geoparquet, kml
from dateline.export.bundle import Bundle, Options
from dateline.export.cells import clean
from dateline.export.rows import event_row
from dateline.types import Event

SHOWN = Options(private=True)
KML = "{http://www.opengis.net/kml/2.2}"


def mapped(made: Bundle) -> list[Event]:
    return [e for e in made.events if e.place and e.place.lat is not None]


@pytest.mark.parametrize("module", [geojson, geoparquet, kml])
def test_what_has_no_point_is_dropped_with_its_reason(tmp_path: Path, module: Any) -> None:
    made = odd_bundle()
    written = module.write(made, tmp_path / "x", SHOWN)
    assert written.rows == len(mapped(made))
    assert {d.id for d in written.dropped} == {e.id for e in made.events} - {e.id for e in mapped(made)}
    assert set(written.reasons) == {geojson.NO_PLACE, geojson.NO_POINT}


def test_geojson_is_read_by_json_and_by_gdal(tmp_path: Path) -> None:
    made, path = odd_bundle(), tmp_path / "x.geojson"
    geojson.write(made, path, SHOWN)
    whole = json.loads(path.read_text("utf-8"))
    assert whole["type"] == "FeatureCollection"
    rows = [event_row(made, e) for e in mapped(made)]
    assert [
        f["properties"] | dict(zip(("lon", "lat"), f["geometry"]["coordinates"], strict=True))
        for f in whole["features"]
    ] == rows
    frame = pyogrio.read_dataframe(path)
    assert list(frame["id"]) == [r["id"] for r in rows]
    assert [(p.x, p.y) for p in frame.geometry] == [(r["lon"], r["lat"]) for r in rows]
    assert [list(v) for v in frame["outlets"]] == [r["outlets"] for r in rows]
    assert frame.crs.to_epsg() == 4326


def test_geoparquet_is_read_by_geopandas_and_as_plain_parquet(tmp_path: Path) -> None:
    made, path = odd_bundle(), tmp_path / "x.parquet"
    geoparquet.write(made, path, SHOWN)
    rows = [event_row(made, e) for e in mapped(made)]
    frame = gpd.read_parquet(path)
    assert [(p.x, p.y) for p in frame.geometry] == [(r["lon"], r["lat"]) for r in rows]
    assert frame.crs.to_authority() == ("OGC", "CRS84")
    assert [list(v) for v in frame["sources"]] == [r["sources"] for r in rows]
    assert pq.read_table(path).drop(["geometry"]).to_pylist() == rows
    assert pl.read_parquet(path).drop("geometry").to_dicts() == rows
    about = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert about["version"] == "1.1.0"
    assert about["columns"][about["primary_column"]]["bbox"] == pytest.approx(list(frame.total_bounds))


def test_empty_maps_are_still_maps(tmp_path: Path) -> None:
    made = bundle([])
    geojson.write(made, tmp_path / "x.geojson", SHOWN)
    assert json.loads((tmp_path / "x.geojson").read_text("utf-8"))["features"] == []
    geoparquet.write(made, tmp_path / "x.parquet", SHOWN)
    assert len(gpd.read_parquet(tmp_path / "x.parquet")) == 0
    kml.write(made, tmp_path / "x.kml", SHOWN)
    assert etree.parse(tmp_path / "x.kml").getroot().tag == f"{KML}kml"


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_point_as_bytes_is_the_point(lon: float, lat: float) -> None:
    (point,) = gpd.GeoSeries.from_wkb([geoparquet.point(lon, lat)])
    assert (point.x, point.y) == (lon, lat)


def test_kml_is_read_by_an_xml_reader_and_by_gdal(tmp_path: Path) -> None:
    made, path = odd_bundle(), tmp_path / "x.kml"
    kml.write(made, path, SHOWN)
    marks = list(etree.parse(path).iter(f"{KML}Placemark"))
    data = [{d.get("name"): d.findtext(f"{KML}value") for d in m.iter(f"{KML}Data")} for m in marks]
    wanted = {e.id: e for e in mapped(made)}
    assert sorted(d["id"] for d in data) == sorted(wanted)
    for mark, d in zip(marks, data, strict=True):
        e = wanted[d["id"]]
        assert e.place is not None
        assert mark.findtext(f"{KML}Point/{KML}coordinates") == f"{e.place.lon},{e.place.lat}"
        assert mark.findtext(f"{KML}TimeSpan/{KML}begin") == (e.time.earliest if e.time else None)
        assert d.get("outlets", "") == ", ".join(event_row(made, e)["outlets"])  # type: ignore[arg-type]
    names = [n for n, _ in pyogrio.list_layers(path)]
    read = [i for n in names for i in pyogrio.read_dataframe(path, layer=n)["Name"]]
    assert sorted(read) == sorted(str(m.findtext(f"{KML}name")) for m in marks)


def test_kml_keeps_to_the_schema_of_its_standard(tmp_path: Path) -> None:
    """OGC's schema of KML 2.2, in the copy that the package fastkml brings."""
    found = find_spec("fastkml")
    if found is None or not found.submodule_search_locations:
        pytest.skip("fastkml, which brings the schema of KML, is not installed")
    schema = etree.XMLSchema(etree.parse(Path(found.submodule_search_locations[0]) / "schema/ogckml22.xsd"))
    for made in (odd_bundle(), bundle(strikes())):
        kml.write(made, tmp_path / "x.kml", SHOWN)
        assert schema.validate(etree.parse(tmp_path / "x.kml")), schema.error_log


def test_kml_has_its_parts_in_the_order_of_the_standard(tmp_path: Path) -> None:
    kml.write(bundle(strikes()), tmp_path / "x.kml", SHOWN)
    order = ["name", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point"]
    marks = list(etree.parse(tmp_path / "x.kml").iter(f"{KML}Placemark"))
    assert [c.tag.removeprefix(KML) for c in marks[0]] == order
    styles = {f"#{s.get('id')}" for s in etree.parse(tmp_path / "x.kml").iter(f"{KML}Style")}
    assert {m.findtext(f"{KML}styleUrl") for m in marks} <= styles


def test_a_script_in_a_description_is_text(tmp_path: Path) -> None:
    kml.write(odd_bundle(), tmp_path / "x.kml", SHOWN)
    said = [str(m.findtext(f"{KML}description")) for m in etree.parse(tmp_path / "x.kml").iter(f"{KML}Placemark")]
    assert not [s for s in said if "<script" in s]
    from lxml import html

    assert any(clean(SCRIPT) in html.fromstring(f"<div>{s}</div>").text_content() for s in said)
