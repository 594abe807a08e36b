"""Measure the program on every set there is, and write the page that shows it.

    uv run python benchmarks/accuracy/all.py --data DATA --gold GOLD [--set NAME]... [--limit N]
    uv run python benchmarks/accuracy/all.py --page            # the page again from the results that are there

DATA holds a folder a set, GOLD annotated reports (``reports.json``).  A set that is not there is left out.  Results go
to ``benchmarks/accuracy/results.json``, the page to ``docs/accuracy.md``; what was measured of other sets before stays.
With ``--limit`` only so many texts of each set are measured, drawn from it, and nothing is written unless ``--write``
says so.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import page
from measuring import ROOT, Score, Tools, as_rows
from muc import muc4
from parts_of import displacement, gun_violence, meantime, polnear
from places_of import control, event_location, geoparsing, re3d
from reports import own, reports
from types_of import case2021, petrarch, plover

RESULTS = Path(__file__).with_name("results.json")
PAGE = ROOT / "docs" / "accuracy.md"

SETS: dict[str, Callable[[Path, Tools], Iterator[Score]]] = {
    "reports": reports,
    "own": own,
    "case2021_task2": case2021,
    "plover_gsr": plover,
    "event_location": event_location,
    "geoparsing": geoparsing,
    "re3d": re3d,
    "gun_violence": gun_violence,
    "displacement_idmc": displacement,
    "meantime": meantime,
    "polnear": polnear,
    "muc4": muc4,
    "control_ukraine": control,
    "petrarch2_validation": petrarch,
}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, help="a folder with a folder a set")
    ap.add_argument("--gold", type=Path, help="annotated reports, or the folder that holds reports.json")
    ap.add_argument("--set", action="append", choices=list(SETS), default=[])
    ap.add_argument("--limit", type=int, help="so many texts of each set")
    ap.add_argument("--write", action="store_true", help="keep what was measured with --limit")
    ap.add_argument("--page", action="store_true", help="only write the page again")
    args = ap.parse_args()
    results: dict[str, Any] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    if not args.page:
        tools = Tools(args.limit)
        for name in args.set or SETS:
            where = _where(name, args.data, args.gold)
            if where is None:
                print(f"{name}: not there")
                continue
            start = time.perf_counter()
            scores = list(SETS[name](where, tools))
            results[name] = {
                "limit": args.limit,
                "seconds": round(time.perf_counter() - start),
                "coded by": tools.pipeline.label,
                "scores": as_rows(scores),
            }
            _print(name, scores, results[name]["seconds"])
    if args.page or not args.limit or args.write:
        ordered = {name: results[name] for name in SETS if name in results}
        RESULTS.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", "utf-8")
        PAGE.write_text(page.page(ordered), "utf-8")


def _where(name: str, data: Path | None, gold: Path | None) -> Path | None:
    """Where a set is: its folder, or the file of annotated reports; None where it is not."""
    if name == "own":
        return ROOT
    if name == "reports":
        found = gold / "reports.json" if gold and gold.is_dir() else gold
    else:
        found = data / name if data else None
    return found if found and found.exists() else None


def _print(name: str, scores: list[Score], seconds: int) -> None:
    print(f"{name} ({seconds} s)")
    for s in scores:
        low = "" if s.low is None else f"  {s.low:.3f} to {s.high:.3f}"
        print(f"  {s.measure:<44} {s.group:<34} {s.value:.3f}{low}  n {s.n} {s.unit}")


if __name__ == "__main__":
    main()
