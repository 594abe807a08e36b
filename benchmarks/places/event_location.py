"""Where the event of a marked verb was: token F1 against annotated sentences.

    uv run python benchmarks/places/event_location.py RECORDS.jsonl.gz [--rows 2000] [--part a|b|all] [--errors N]
    uv run python benchmarks/places/event_location.py RECORDS.jsonl.gz --whole
    uv run python benchmarks/places/event_location.py --verbs

RECORDS: {"text", "spans": [{"start", "end", "label": VERB or LOCATION}…]} a line.  Three figures are given: on
all rows, on those whose LOCATION spans are sound (about one row in nine gives token numbers where it should
give characters, so that no answer can be right), and on those of them whose verb the codebook knows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

from common import f1, parsed, part

from dateline.codebook.loader import load_codebook
from dateline.gazetteer import Gazetteer
from dateline.pipeline import Pipeline
from dateline.resolve.event_place import EventPlaces
from dateline.resolve.places import find_places
from dateline.types import Report, Sentence


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("records", type=Path, nargs="?")
    ap.add_argument("--whole", action="store_true", help="the verb is not given: code the sentences")
    ap.add_argument("--verbs", action="store_true", help="print the verbs that the codebook covers")
    ap.add_argument("--rows", type=int, default=2000, help="a sample of this size (0: all)")
    ap.add_argument("--part", choices=["a", "b", "all"], default="all")
    ap.add_argument("--errors", type=int, default=0)
    args = ap.parse_args()
    if args.verbs:
        for owner in sorted(set(covered().values())):
            print(f"{owner}: {', '.join(sorted(v for v, o in covered().items() if o == owner))}")
        return
    if args.records is None:
        ap.error("RECORDS are wanted")
    rows = load(args.records, args.rows)
    rows = part(rows, args.part)  # type: ignore[assignment]
    if args.whole:
        whole(rows)
        return
    gazetteer = Gazetteer.open([])
    types = verb_types()
    counts = {name: [0, 0, 0, 0] for name in ("all rows", "sound rows", "sound rows of known verbs")}
    shown = 0
    reports = (Report(id=str(n), text=r["text"]) for n, r in enumerate(rows))
    for row, (report, sentences) in zip(rows, parsed(reports, gazetteer), strict=True):
        words, gold = tokens(row)
        got = _got(row, report, sentences, gazetteer, types, words)
        at = verb(row, sentences)
        known = at is not None and at[0].lemmas[at[1]] in types
        for name in list(counts)[: 1 + sound(row) + (sound(row) and known)]:
            c = counts[name]
            c[0] += len(gold & got)
            c[1] += len(got - gold)
            c[2] += len(gold - got)
            c[3] += 1
        if gold != got and shown < args.errors:
            shown += 1
            text = report.text
            wanted, given = ([text[a:b] for a, b in sorted(x)] for x in (gold, got))
            print(f"{wanted} got {given}: {text.strip()[:200]}")
    for name, (tp, fp, fn, n) in counts.items():
        p, r, f = f1(tp, fp, fn)
        print(f"{name}: token P {p:.3f} R {r:.3f} F1 {f:.3f} ({n} rows)")


@cache
def covered() -> dict[str, str]:
    """The verbs that the codebook covers, each with the first type that it tells of."""
    return {
        verb: next(r.owner for r in rules if r.kind == "verb" and len(r.words) == 1)
        for verb, rules in load_codebook().verbs.items()
        if any(r.kind == "verb" and len(r.words) == 1 and not r.condition.drop for r in rules)
    }


def whole(rows: list[dict[str, Any]]) -> None:
    """Print what the program's own claims say of the rows."""
    pipeline = Pipeline()
    names = ("all rows", "rows of covered verbs", "sound rows of covered verbs")
    counts = {name: [0, 0, 0, 0, 0] for name in names}
    reports = [Report(id=str(n), text=r["text"]) for n, r in enumerate(rows)]
    for row, report, coded in zip(rows, reports, pipeline.code(reports), strict=True):
        words, gold = tokens(row)
        marks = [s for s in row["spans"] if s["label"] == "VERB"]
        claims = [
            c
            for c in getattr(coded, "claims", ())
            if any(c.trigger.start < v["end"] and v["start"] < c.trigger.end for v in marks)
        ]
        places = [c.place for c in claims if c.place and c.place.start is not None]
        got = {w for w in words for p in places if w[0] < p.end and p.start < w[1]}
        at = verb(row, list(pipeline.sentences(report)))
        known = at is not None and at[0].lemmas[at[1]] in covered()
        for name in names[: 1 + known + (known and sound(row))]:
            c = counts[name]
            for k, n in enumerate((len(gold & got), len(got - gold), len(gold - got), 1, bool(claims))):
                c[k] += n
    for name, (tp, fp, fn, n, found) in counts.items():
        p, r, f = f1(tp, fp, fn)
        print(f"{name}: token P {p:.3f} R {r:.3f} F1 {f:.3f}, verbs coded {found / (n or 1):.3f} ({n} rows)")


def load(path: Path, most: int) -> list[dict[str, Any]]:
    """A fixed sample of the records."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    random.Random(1).shuffle(rows)
    return rows[:most] if most else rows


def verb_types() -> dict[str, str]:
    """Verb lemma → the first type of the codebook that it triggers, to stand in for the extractor."""
    return {verb: rules[0].owner for verb, rules in load_codebook().verbs.items() if rules}


def tokens(row: dict[str, Any]) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """Offsets of all words, and of those annotated."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\w+", row["text"])]
    spans = [s for s in row["spans"] if s["label"] == "LOCATION"]
    return words, {w for w in words for s in spans if w[0] < s["end"] and s["start"] < w[1]}


def sound(row: dict[str, Any]) -> bool:
    """Whether the annotated spans begin and end with words and are written as names are."""
    text = row["text"]
    for s in row["spans"]:
        a, b = s["start"], s["end"]
        if s["label"] != "LOCATION":
            continue
        if b - a < 2 or (a > 0 and text[a - 1 : a + 1].isalnum()) or (b < len(text) and text[b - 1 : b + 1].isalnum()):
            return False
        if not any(c.isupper() for c in text[a:b]):
            return False
    return True


def verb(row: dict[str, Any], sentences: list[Sentence]) -> tuple[Sentence, int] | None:
    """The sentence and token of the marked verb."""
    spans = [s for s in row["spans"] if s["label"] == "VERB"]
    for s in sentences:
        for i in range(len(s)):
            if any(s.starts[i] < v["end"] and v["start"] < s.ends[i] for v in spans):
                return s, i
    return None


def _got(
    row: dict[str, Any],
    report: Report,
    sentences: list[Sentence],
    gazetteer: Gazetteer,
    types: dict[str, str],
    words: list[tuple[int, int]],
) -> set[tuple[int, int]]:
    at = verb(row, sentences)
    if at is None:
        return set()
    s, i = at
    places = EventPlaces(report, sentences, find_places(report, sentences, gazetteer), gazetteer)
    place = places.place_of(s.index, [i], types.get(s.lemmas[i], ""), ())
    if place is None or place.start is None or place.end is None:
        return set()
    return {w for w in words if w[0] < place.end and place.start < w[1]}


if __name__ == "__main__":
    main()
