"""The place of annotated claims, given where each claim's trigger stands.

    uv run python benchmarks/places/gold.py GOLD.json... [--part a|b|all] [--errors]

GOLD.json: [{"id", "text", "published", "sentences": [[start, end]…], "claims": […]}].
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common import f1, parsed, part

from dateline.gazetteer import Gazetteer
from dateline.resolve.event_place import EventPlaces
from dateline.resolve.places import find_places
from dateline.types import Place, Report, Sentence


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=Path, nargs="+")
    ap.add_argument("--part", choices=["a", "b", "all"], default="all")
    ap.add_argument("--errors", action="store_true")
    args = ap.parse_args()
    docs = [d for g in args.gold for d in part(json.loads(g.read_text("utf-8")), args.part)]
    gazetteer = Gazetteer.open([])
    counts = {"own": [0, 0, 0], "all": [0, 0, 0]}
    reports = [Report(id=d["id"], text=d["text"], published=d["published"]) for d in docs]  # type: ignore[index]
    for doc, (report, sentences) in zip(docs, parsed(reports, gazetteer), strict=True):
        mentions = find_places(report, sentences, gazetteer)
        places = EventPlaces(report, sentences, mentions, gazetteer)
        for claim in doc["claims"]:  # type: ignore[index]
            _count(claim, doc, sentences, places, counts, args.errors)  # type: ignore[arg-type]
    for name, (tp, fp, fn) in counts.items():
        p, r, f = f1(tp, fp, fn)
        print(f"{name}: P {p:.3f} R {r:.3f} F1 {f:.3f} ({tp} right, {fp} wrong, {fn} missed)")


def _count(
    claim: dict[str, Any],
    doc: dict[str, Any],
    sentences: Sequence[Sentence],
    places: EventPlaces,
    counts: dict[str, list[int]],
    show: bool,
) -> None:
    at = trigger(claim, doc, sentences)
    gold = claim["place"]
    elsewhere = claim.get("place_sent") not in (None, claim["sent"])
    own = why = None
    got: Place | None = None
    if at is not None:
        own = places.place_of(at[0], at[1], claim["type"], ())
        why = places.why
        got = own or places.inherited(at[0], claim["type"])
        why = why or places.why
    _add(counts["own"], None if elsewhere else gold, own)
    if not _add(counts["all"], gold, got) and show:
        a, b = doc["sentences"][claim["sent"]]
        print(f"\n{claim['type']} “{claim['trigger']}” gold {gold!r} got {got and got.text!r} [{why}]")
        print("   ", doc["text"][a:b].strip())


def _add(counts: list[int], gold: str | None, got: Place | None) -> bool:
    ok = bool(gold and got and (overlap(gold, got.text) or overlap(gold, got.name)))
    counts[0] += ok
    counts[1] += got is not None and not ok
    counts[2] += gold is not None and not ok
    return ok or (gold is None and got is None)


def trigger(claim: dict[str, Any], doc: dict[str, Any], sentences: Sequence[Sentence]) -> tuple[int, list[int]] | None:
    """The sentence and tokens of a claim's trigger, its head first."""
    a, b = doc["sentences"][claim["sent"]]
    k = doc["text"].find(claim["trigger"], a, b)
    if k < 0:
        return None
    start, end = k, k + len(claim["trigger"])
    for s in sentences:
        tokens = [i for i in range(len(s)) if s.starts[i] < end and start < s.ends[i]]
        if tokens:
            head = next((i for i in tokens if s.heads[i] not in tokens or s.heads[i] == i), tokens[-1])
            return s.index, [head, *(i for i in tokens if i != head)]
    return None


def overlap(a: str, b: str) -> bool:
    """Whether the content words of one text contain those of the other, or they share half."""
    x, y = _words(a), _words(b)
    return bool(x and y) and len(x & y) >= 0.5 * min(len(x), len(y))


def _words(text: str) -> set[str]:
    return set(re.sub(r"[^\w ]", " ", text.lower()).split()) - {"the", "a", "an", "of", "al", "el", "s", "and"}


if __name__ == "__main__":
    main()
