"""Time and memory of the places: their share of a report's whole coding, and the time of a look-up.

    uv run python benchmarks/places/speed.py REPORTS.jsonl[.gz] [--most 300]

REPORTS: {"id", "text"} a line.  ``coding`` is parsing and everything after it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import statistics
import time
from itertools import islice
from pathlib import Path

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.normalise import key
from dateline.pipeline import Pipeline
from dateline.resolve.event_place import EventPlaces
from dateline.resolve.places import find_places
from dateline.types import Report


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("reports", type=Path)
    ap.add_argument("--most", type=int, default=300)
    args = ap.parse_args()
    before = _peak()
    gazetteer = Gazetteer.open([])
    reports = load(args.reports, args.most)
    look_up(gazetteer, reports)
    print(f"memory of the gazetteer in use: {_peak() - before:.0f} MB")
    pipeline = Pipeline()
    list(pipeline.code(reports[:16]))  # word lists and weights are read once, not once a report
    start = time.perf_counter()
    list(pipeline.code(reports))
    whole = time.perf_counter() - start
    words = sum(len(r.text.split()) for r in reports)
    EventPlaces(reports[0], (), (), gazetteer).place_of(0, (), "shelling")
    spent = events = 0.0
    for report, sentences in pipeline._parsed(reports):
        if not isinstance(report, Report):
            continue
        start = time.perf_counter()
        mentions = find_places(report, sentences, gazetteer)
        spent += time.perf_counter() - start
        start = time.perf_counter()
        places = EventPlaces(report, sentences, mentions, gazetteer)
        for s in sentences:
            for i in range(len(s)):
                if s.deps[i] in {"ROOT", "advcl", "relcl"}:
                    places.place_of(s.index, [i], "shelling", ())
        events += time.perf_counter() - start
    print(f"{words:,} words coded in {whole:.1f} s ({words / whole:,.0f} a second)")
    print(f"finding and resolving places {spent / whole:.1%} of it, placing events {events / whole:.1%}")


def look_up(gazetteer: Gazetteer, reports: list[Report]) -> None:
    """Every capitalised word of the reports, looked up with a cold and a warm cache."""
    names = [w for r in reports for w in r.text.split() if w[0].isupper()]
    times = []
    for name in names:
        start = time.perf_counter()
        gazetteer.lookup(key(name))
        times.append(time.perf_counter() - start)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{len(names):,} look-ups: median {statistics.median(times) * 1e3:.4f} ms, p95 {p95 * 1e3:.3f} ms")


def load(path: Path, most: int) -> list[Report]:
    """The first so many reports."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as f:
        for line in islice(f, most):
            r = json.loads(line)
            out.append(Report(id=str(r.get("id", len(out))), text=r["text"]))
    return out


def _peak() -> float:
    """Peak resident memory, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
