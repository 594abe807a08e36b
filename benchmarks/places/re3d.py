"""Locations of re3d found: overlap F1 against its entities of type Location.

    uv run python benchmarks/places/re3d.py RE3D [--part a|b|all] [--confidence 0] [--errors N]

RE3D: a folder with one folder a source, each with documents.json and entities.json (a JSON object a line).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from common import parsed, part

from dateline.gazetteer import Gazetteer
from dateline.resolve.event_place import EventPlaces
from dateline.resolve.places import find_places
from dateline.types import Report


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--part", choices=["a", "b", "all"], default="all")
    ap.add_argument("--confidence", type=float, default=0.0, help="of the entities that count (default: all)")
    ap.add_argument("--errors", type=int, default=0)
    args = ap.parse_args()
    gazetteer = Gazetteer.open([])
    docs, gold = read(args.folder, args.confidence)
    found_n = tp = hit = gold_n = 0
    spurious: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for report, sentences in parsed(part(docs, args.part), gazetteer):  # type: ignore[arg-type]
        mentions = find_places(report, sentences, gazetteer)
        found = [(p.start, p.end) for p in EventPlaces(report, sentences, mentions, gazetteer).named()]
        wanted = gold.get(report.id, [])
        found_n += len(found)
        gold_n += len(wanted)
        for s, e in found:
            ok = any(s < b and a < e for a, b in wanted)  # type: ignore[operator]
            tp += ok
            spurious[report.text[s:e]] += not ok
        for a, b in wanted:
            ok = any(s < b and a < e for s, e in found)  # type: ignore[operator]
            hit += ok
            missed[report.text[a:b]] += not ok
    p, r = tp / (found_n or 1), hit / (gold_n or 1)
    f = 2 * p * r / (p + r or 1)
    print(f"re3d locations: overlap P {p:.3f} R {r:.3f} F1 {f:.3f} ({gold_n} gold, {found_n} found)")
    for name, counts in (("spurious", spurious), ("missed", missed)):
        if args.errors:
            print(f"  {name}: " + ", ".join(f"{k} {n}" for k, n in counts.most_common(args.errors) if n))


def read(folder: Path, confidence: float) -> tuple[list[Report], dict[str, list[tuple[int, int]]]]:
    """The reports, and for each the offsets of its locations."""
    docs: list[Report] = []
    gold: dict[str, list[tuple[int, int]]] = {}
    for source in sorted(p for p in folder.iterdir() if (p / "documents.json").exists()):
        for line in (source / "documents.json").read_text("utf-8").splitlines():
            d = json.loads(line)
            docs.append(Report(id=d["_id"], text=d["text"]))
        for line in (source / "entities.json").read_text("utf-8").splitlines():
            e = json.loads(line)
            if e["type"] == "Location" and e.get("confidence", 1) >= confidence:
                gold.setdefault(e["documentId"], []).append((e["begin"], e["end"]))
    return docs, gold


if __name__ == "__main__":
    main()
