"""Reading files of places that a user has: GeoNames dumps, Who's On First folders, CSV and GeoJSON of one's own.

Every reader yields :class:`Row`, or raises :class:`GazetteerError` with the file and line of what is wrong.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import GazetteerError
from dateline.gazetteer import tables

_PLACETYPES = {
    "locality": "P.PPL", "neighbourhood": "P.PPLX", "macrohood": "P.PPLX", "microhood": "P.PPLX", "borough": "P.PPLX",
    "localadmin": "A.ADM3", "county": "A.ADM2", "region": "A.ADM1", "campus": "S.CMP", "airport": "S.AIRP",
    "venue": "S.", "island": "T.ISL", "marinearea": "H.SEA",
}  # fmt: skip
_KINDS = {
    "": "P.PPL", "town": "P.PPL", "city": "P.PPL", "village": "P.PPL", "hamlet": "P.PPL", "settlement": "P.PPL",
    "neighbourhood": "P.PPLX", "neighborhood": "P.PPLX", "quarter": "P.PPLX", "suburb": "P.PPLX", "camp": "S.CMPRF",
    "province": "A.ADM1", "governorate": "A.ADM1", "oblast": "A.ADM1", "district": "A.ADM2", "county": "A.ADM2",
    "subdistrict": "A.ADM3", "region": "L.RGN", "airport": "S.AIRP", "airbase": "S.AIRB", "crossing": "S.CTRB",
    "checkpoint": "S.", "hospital": "S.HSP", "river": "H.STM", "lake": "H.LK", "mountain": "T.MT", "hill": "T.HLL",
    "road": "R.RD", "highway": "R.RDM", "bridge": "S.BDG", "dam": "S.DAM", "base": "S.INSM", "field": "L.OILF",
}  # fmt: skip
_GEONAMES_COLUMNS = 19
_GEONAMES_KEPT = ("P.", "A.ADM", "S.AIR", "S.CMP", "S.CTRB", "S.DAM", "S.HSP", "S.INSM", "S.PRN", "S.BDG", "L.",
                  "H.STM",
                  "H.LK", "H.RSV", "T.MT", "T.HLL", "T.ISL", "T.VAL", "T.PLN", "T.DSRT", "T.PEN")  # fmt: skip
_GONE = ("P.PPLH", "P.PPLQ", "P.PPLW", "A.ADM1H", "A.ADM2H", "A.ADM3H", "A.ADM4H")
_COLUMNS = {
    "name": "name", "place": "name", "place_name": "name", "title": "name", "lat": "lat", "latitude": "lat", "y": "lat",
    "lon": "lon", "lng": "lon", "long": "lon", "longitude": "lon", "x": "lon", "names": "names", "aliases": "names",
    "alternatenames": "names", "alternate_names": "names", "country": "country", "iso3": "country", "iso2": "country",
    "country_code": "country", "admin1": "admin1", "admin1_name": "admin1", "governorate": "admin1",
    "province": "admin1", "region": "admin1", "feature": "kind", "kind": "kind", "type": "kind",
    "population": "population", "pop": "population", "radius_km": "radius", "radius": "radius", "id": "code",
    "code": "code", "pcode": "code", "geonameid": "geonameid", "geonames_id": "geonameid",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place of a file.  ``region`` names the first-order area where only its name is known."""

    line: int
    name: str
    lat: float
    lon: float
    names: tuple[str, ...] = ()
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    region: str = ""
    feature: str = "P.PPL"
    population: int = 0
    radius: float = 0.0
    geonameid: int = 0
    code: str = ""


def read(path: Path, country: str = "") -> Iterator[Row]:
    """Yield the places of a file or folder, whatever its form.

    Args:
        path: a GeoNames country dump (``XX.txt`` or ``XX.zip``), a Who's On First folder (GeoJSON files, or
            ``places.parquet`` with ``names.parquet``), a CSV or TSV with a heading, or a GeoJSON file.
        country: ISO 3166-1 code of places for which the file names none.

    Raises:
        GazetteerError: the form is not known, or a line is malformed; it is named.
    """
    for row in _reader(path)(path):
        yield row if row.country or not country else _with_country(row, iso3(country, path, 0))


def _reader(path: Path) -> Callable[[Path], Iterator[Row]]:
    if path.is_dir():
        return _parquet if (path / "places.parquet").exists() else _folder
    if not path.exists():
        raise GazetteerError("no such file", path=str(path))
    kind = path.suffix.lower()
    if kind in {".geojson", ".json"}:
        return _geojson
    if kind == ".zip":
        return _zipped
    if kind == ".csv":
        return _csv
    if kind in {".txt", ".tsv", ".tab"}:
        first = _text(path)[:20_000].split("\n", 1)[0]
        return _geonames if first.count("\t") == _GEONAMES_COLUMNS - 1 else _csv
    raise GazetteerError("what kind of file is it? .txt, .zip, .csv, .tsv, .geojson or a folder", path=str(path))


def _with_country(row: Row, country: str) -> Row:
    return replace(row, country=country)


# ------------------------------------------------------------------------------------------------ GeoNames


def _zipped(path: Path) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(path) as z:
            inner = [n for n in z.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
            if len(inner) != 1:
                raise GazetteerError("one file of places is expected inside", path=str(path))
            text = z.read(inner[0]).decode("utf-8")
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError) as e:
        raise GazetteerError(f"not a GeoNames dump: {e}", path=str(path)) from None
    yield from _dump(text, path)


def _geonames(path: Path) -> Iterator[Row]:
    yield from _dump(_text(path), path)


def _dump(text: str, path: Path) -> Iterator[Row]:
    for line, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            continue
        c = raw.rstrip("\r").split("\t")
        if len(c) != _GEONAMES_COLUMNS:
            raise GazetteerError(f"{len(c)} columns, {_GEONAMES_COLUMNS} expected", path=str(path), line=line)
        feature = f"{c[6]}.{c[7]}"
        if not feature.startswith(_GEONAMES_KEPT) or feature in _GONE:
            continue
        yield Row(
            line=line, name=_name(c[1], path, line), names=tuple(n for n in c[3].split(",") if n), feature=feature,
            lat=_degrees(c[4], 90, "latitude", path, line), lon=_degrees(c[5], 180, "longitude", path, line),
            country=iso3(c[8], path, line), admin1=c[10], admin2=c[11],
            population=_whole(c[14], "population", path, line), geonameid=_whole(c[0], "geonameid", path, line),
        )  # fmt: skip


# ---------------------------------------------------------------------------------------- Who's On First


def _parquet(path: Path) -> Iterator[Row]:
    """A folder of tables: places, and beside them their other names."""
    places = path / "places.parquet"
    try:
        table = pq.read_table(places).sort_by("wof_id")
        others = path / "names.parquet"
        names = pq.read_table(others, columns=["wof_id", "name"]).sort_by("wof_id") if others.exists() else None
        regions = dict(zip(table["wof_id"].to_pylist(), table["name"].to_pylist(), strict=True))
    except (OSError, KeyError, pa.ArrowException) as e:
        raise GazetteerError(f"not a table of places: {e}", path=str(places)) from None
    spelled = _grouped(names)
    ahead = next(spelled, None)
    line = 0
    for batch in table.to_batches(20_000):
        for r in batch.to_pylist():
            line += 1
            while ahead and ahead[0] < r["wof_id"]:
                ahead = next(spelled, None)
            more = ahead[1] if ahead and ahead[0] == r["wof_id"] else []
            yield from _wof(r, tuple(more), regions.get(r.get("region_id"), ""), places, line)


def _grouped(names: pa.Table | None) -> Iterator[tuple[int, list[str]]]:
    """Names by place, from a table in the order of its places."""
    key: int | None = None
    held: list[str] = []
    for batch in names.to_batches(50_000) if names is not None else ():
        for k, n in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
            if k != key:
                if key is not None:
                    yield key, held
                key, held = k, []
            held.append(n)
    if key is not None:
        yield key, held


def _wof(r: Mapping[str, Any], names: tuple[str, ...], region: str, path: Path, line: int) -> Iterator[Row]:
    feature = _PLACETYPES.get(str(r.get("placetype")))
    if feature is None:
        return  # countries and what is no place: the built-in list has them
    yield Row(
        line=line, name=_name(r.get("name"), path, line), names=names, region=str(region or ""), feature=feature,
        lat=_degrees(r.get("lat"), 90, "lat", path, line), lon=_degrees(r.get("lon"), 180, "lon", path, line),
        country=iso3(str(r.get("cc") or ""), path, line), population=_whole(r.get("pop"), "pop", path, line),
        geonameid=_whole(r.get("geonames_id"), "geonames_id", path, line), code=str(r.get("wof_id") or ""),
    )  # fmt: skip


def _folder(path: Path) -> Iterator[Row]:
    """A Who's On First country folder as published: one GeoJSON file a place."""
    files = sorted(path.rglob("*.geojson"))
    if not files:
        raise GazetteerError("no .geojson files and no places.parquet in it", path=str(path))
    for f in files:
        if "-alt" in f.stem:
            continue
        feature = _json(f)
        p = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(p, dict):
            raise GazetteerError("no properties", path=str(f), line=1)
        if p.get("mz:is_current") == 0 or p.get("edtf:deprecated", "uuuu") not in {"uuuu", "", None}:
            continue
        near = p.get("wof:concordances") or {}
        row = {
            "wof_id": p.get("wof:id"), "name": p.get("wof:name"), "cc": p.get("wof:country"),
            "lat": p.get("geom:latitude"), "lon": p.get("geom:longitude"), "placetype": p.get("wof:placetype"),
            "pop": p.get("wof:population"),
            "geonames_id": near.get("gn:id"),
        }  # fmt: skip
        spelled = tuple(str(n) for k, v in p.items() if k.startswith("name:") and isinstance(v, list) for n in v)
        yield from _wof(row, spelled, "", f, 1)


# ------------------------------------------------------------------------------------------- one's own


def _csv(path: Path) -> Iterator[Row]:
    text = _text(path)
    head = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        columns = [_COLUMNS.get(h.strip().lower().replace(" ", "_"), "") for h in next(rows)]
        for need in ("name", "lat", "lon"):
            if need not in columns:
                raise GazetteerError(f"no column {need!r} in the heading", path=str(path), line=1)
        for cells in rows:
            if not any(c.strip() for c in cells):
                continue
            if len(cells) != len(columns):
                raise GazetteerError(
                    f"{len(cells)} columns, {len(columns)} expected", path=str(path), line=rows.line_num
                )
            named = {k: c.strip() for k, c in zip(columns, cells, strict=True) if k}
            yield _own(named, path, rows.line_num)
    except StopIteration:
        raise GazetteerError("empty", path=str(path), line=1) from None
    except csv.Error as e:
        raise GazetteerError(str(e), path=str(path), line=rows.line_num) from None


def _geojson(path: Path) -> Iterator[Row]:
    whole = _json(path)
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        raise GazetteerError("not a GeoJSON FeatureCollection", path=str(path), line=1)
    for n, f in enumerate(features, 1):
        try:
            shape = f["geometry"]
            given = f.get("properties") or {}
            if shape["type"] != "Point":
                raise GazetteerError(f"a Point is expected, not a {shape['type']}", path=str(path), line=n)
            lon, lat = shape["coordinates"][:2]
        except (KeyError, TypeError, ValueError, AttributeError):
            told = "not a feature with a point (features are counted from 1)"
            raise GazetteerError(told, path=str(path), line=n) from None
        named = {_COLUMNS[k.lower()]: v for k, v in given.items() if k.lower() in _COLUMNS and v is not None}
        yield _own({**named, "lat": lat, "lon": lon}, path, n)


def _own(c: Mapping[str, Any], path: Path, line: int) -> Row:
    kind = str(c.get("kind", "")).strip()
    feature = kind if len(kind) > 1 and kind[1] == "." and kind[0] in "AHLPRSTUV" else _KINDS.get(kind.lower())
    if feature is None:
        raise GazetteerError(f"no kind of place: {kind!r}", path=str(path), line=line, field="kind")
    others = c.get("names", ())
    listed = others if isinstance(others, list) else str(others).replace(";", "|").split("|")
    return Row(
        line=line, name=_name(c.get("name"), path, line), names=tuple(str(n).strip() for n in listed if n),
        lat=_degrees(c.get("lat"), 90, "lat", path, line), lon=_degrees(c.get("lon"), 180, "lon", path, line),
        country=iso3(str(c.get("country", "")), path, line), region=str(c.get("admin1", "")), feature=feature,
        population=_whole(c.get("population"), "population", path, line),
        radius=_number(c.get("radius"), "radius_km", path, line),
        geonameid=_whole(c.get("geonameid"), "geonameid", path, line), code=str(c.get("code", "")),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------- cells


@cache
def _codes() -> dict[str, str]:
    out = {c.iso2: c.iso3 for c in tables.countries().values() if c.iso2}
    return out | {iso: iso for iso in tables.countries()}


def iso3(code: str, path: Path, line: int) -> str:
    """A country code of two or three letters, or a country's name, as three letters; "" stays."""
    code = code.strip()
    if not code:
        return ""
    found = _codes().get(code.upper()) or next((c.iso3 for c in tables.countries().values() if code in c.names), None)
    if found is None:
        raise GazetteerError(f"no country {code!r}", path=str(path), line=line or None, field="country")
    return found


def _name(value: object, path: Path, line: int) -> str:
    text = str(value or "").strip()
    if not text or len(text) > 200 or "|" in text:
        raise GazetteerError(f"no name of a place: {text[:40]!r}", path=str(path), line=line, field="name")
    return text


def _degrees(value: object, most: int, field: str, path: Path, line: int) -> float:
    number = _number(value, field, path, line, empty=False)
    if not -most <= number <= most:
        raise GazetteerError(f"{number} is beyond {most} degrees", path=str(path), line=line, field=field)
    return number


def _number(value: object, field: str, path: Path, line: int, *, empty: bool = True) -> float:
    if empty and (value is None or value == ""):
        return 0.0
    try:
        number = float(str(value))
    except ValueError:
        raise GazetteerError(f"no number: {value!r}", path=str(path), line=line, field=field) from None
    if number != number or number in (float("inf"), float("-inf")):
        raise GazetteerError(f"no number: {value!r}", path=str(path), line=line, field=field)
    return number


def _whole(value: object, field: str, path: Path, line: int) -> int:
    return int(max(0.0, min(_number(value, field, path, line), 2**40)))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as e:
        raise GazetteerError(e.strerror or str(e), path=str(path)) from None
    except UnicodeDecodeError as e:
        line = path.read_bytes()[: e.start].count(b"\n") + 1
        raise GazetteerError("not UTF-8", path=str(path), line=line) from None


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except json.JSONDecodeError as e:
        raise GazetteerError(f"not JSON: {e.msg}", path=str(path), line=e.lineno) from None
