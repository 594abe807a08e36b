"""Fit the weights by which an event's place is chosen, and write them into event_place.tsv.

    uv run python scripts/fit_event_place.py RECORDS.jsonl.gz [--gold REPORTS.json] [--half]

RECORDS: {"text", "spans": [{"start", "end", "label": VERB or LOCATION}…]} a line (see
benchmarks/places/event_location.py); GOLD: annotated claims (see benchmarks/places/gold.py), of which every
other report is used and the rest left for checking, as with ``--half`` every other record is.  Each place of a
verb's sentence is one example; the weights are those of a logistic regression on its features.  Weights
under ``set:`` in event_place.yaml go before the fitted ones.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks" / "places"))

from common import parsed
from event_location import load, sound, tokens, verb, verb_types
from gold import overlap, trigger

from dateline.gazetteer import Gazetteer
from dateline.resolve.event_place import FITTED, EventPlaces, weights
from dateline.resolve.places import find_places
from dateline.types import Report

Example = tuple[list[str], bool]
RAREST = 6  # features seen less often are left out
PULL = 3.0  # towards 0
TIMES = 8  # an annotated claim counts as so many records: there are far fewer, and they are what is coded


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("records", type=Path)
    ap.add_argument("--gold", type=Path)
    ap.add_argument("--half", action="store_true")
    args = ap.parse_args()
    gazetteer = Gazetteer.open([])
    rows = load(args.records, 0)
    rows = [r for r in (rows[::2] if args.half else rows) if sound(r)]
    examples = list(from_records(rows, gazetteer))
    if args.gold:
        examples += TIMES * list(from_gold(json.loads(args.gold.read_text("utf-8"))[1::2], gazetteer))
    found = fit(examples)
    write(found)
    print(f"{len(examples):,} examples, {len(found)} features: {FITTED}", file=sys.stderr)


def write(found: Mapping[str, float]) -> None:
    body = "".join(f"{f}\t{v:.2f}\n" for f, v in sorted(found.items()) if abs(v) >= 0.05 and plain(f))
    FITTED.write_text(
        f"# Fitted by scripts/fit_event_place.py; resolve/place_attach.py says what the features mean.\n"
        f"feature\tweight\n{body}",
        "utf-8",
    )


def plain(feature: str) -> bool:
    """Whether a feature can stand in a table: no blanks of any kind in it."""
    return not any(c.isspace() or not c.isprintable() for c in feature)


def from_records(rows: Sequence[dict[str, Any]], gazetteer: Gazetteer) -> Iterator[Example]:
    types = verb_types()
    reports = (Report(id=str(n), text=r["text"]) for n, r in enumerate(rows))
    for row, (report, sentences) in zip(rows, parsed(reports, gazetteer), strict=True):
        if (at := verb(row, sentences)) is None:
            continue
        s, i = at
        _, gold = tokens(row)
        places = EventPlaces(report, sentences, find_places(report, sentences, gazetteer), gazetteer)
        for site, seen in places.weighed(s.index, [i], types.get(s.lemmas[i], "")):
            m = site.mention
            if not site.anaphor:
                yield seen, any(a < m.end and m.start < b for a, b in gold)


def from_gold(docs: Sequence[dict[str, Any]], gazetteer: Gazetteer) -> Iterator[Example]:
    reports = [Report(id=d["id"], text=d["text"], published=d["published"]) for d in docs]
    for doc, (report, sentences) in zip(docs, parsed(reports, gazetteer), strict=True):
        places = EventPlaces(report, sentences, find_places(report, sentences, gazetteer), gazetteer)
        for claim in doc["claims"]:
            if (at := trigger(claim, doc, sentences)) is None:
                continue
            here = claim.get("place_sent") in (None, claim["sent"])
            for site, seen in places.weighed(at[0], at[1], claim["type"]):
                m = site.mention
                names = [m.text, *([m.chosen.name] if m.chosen else [])]
                same = bool(claim["place"]) and any(overlap(claim["place"], n) for n in names)
                yield seen, same and (here or site.anaphor)


def fit(examples: Iterable[Example], steps: int = 200) -> dict[str, float]:
    """Weights of a logistic regression with a pull towards 0, by Adam."""
    rows = list(examples)
    counts = Counter(f for seen, _ in rows for f in seen)
    names = sorted(f for f, n in counts.items() if n >= RAREST)
    index = {f: k for k, f in enumerate(names)}
    columns = [[index[f] for f in seen if f in index] for seen, _ in rows]
    flat = np.array([c for row in columns for c in row])
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in columns])
    wanted = np.array([ok for _, ok in rows], float)
    w, mean, spread = (np.zeros(len(names)) for _ in range(3))
    for t in range(1, steps + 1):
        sums = np.bincount(owner, weights=w[flat], minlength=len(rows))
        off = 1 / (1 + np.exp(-sums)) - wanted
        slope = (np.bincount(flat, weights=off[owner], minlength=len(names)) + PULL * w) / len(rows)
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope * slope
        step = mean / (1 - 0.9**t) / (np.sqrt(spread / (1 - 0.99**t)) + 1e-8)
        w -= 0.1 * step * (1 - t / (steps + 1))
    fixed = weights().fixed
    return {f: float(v) for f, v in zip(names, w, strict=True) if f not in fixed}


if __name__ == "__main__":
    main()
