"""Places found and placed, against corpora of annotated places.

    uv run python benchmarks/places/geoparsing.py CORPORA.zip [--corpus lgl]... [--part a|b|all] [--errors N]

A gold place counts as found where a place found overlaps it, and as placed where that one lies within 161 km.
"""

from __future__ import annotations

import argparse
import re
import time
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

from common import distance_km, f1, parsed, part

from dateline.gazetteer import Gazetteer
from dateline.resolve.event_place import EventPlaces
from dateline.resolve.places import find_places
from dateline.types import Report

Gold = tuple[int, int, float | None, float | None]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpora", type=Path)
    ap.add_argument("--corpus", action="append", default=[])
    ap.add_argument("--part", choices=["a", "b", "all"], default="all")
    ap.add_argument("--errors", type=int, default=0)
    args = ap.parse_args()
    gazetteer = Gazetteer.open([])
    for name, docs in corpora(args.corpora):
        if args.corpus and name.lower() not in args.corpus:
            continue
        measure(name, part(docs, args.part), gazetteer, args.errors)  # type: ignore[arg-type]


def measure(name: str, docs: list[tuple[str, str, list[Gold]]], gazetteer: Gazetteer, errors: int) -> None:
    gold_of = {i: g for i, _, g in docs}
    tp = found = gold = near = with_point = 0
    spent = 0.0
    wrong: dict[str, Counter[str]] = {"spurious": Counter(), "missed": Counter(), "misplaced": Counter()}
    for report, sentences in parsed((Report(id=i, text=t) for i, t, _ in docs), gazetteer):
        start = time.perf_counter()
        mentions = find_places(report, sentences, gazetteer)
        places = EventPlaces(report, sentences, mentions, gazetteer).named()
        spent += time.perf_counter() - start
        tops = gold_of[report.id]
        found += len(places)
        gold += len(tops)
        for s, e, lat, lon in tops:
            hit = next((p for p in places if p.start < e and s < p.end), None)  # type: ignore[operator]
            tp += hit is not None
            if hit is None:
                wrong["missed"][report.text[s:e]] += 1
            if lat is None or lon is None:
                continue
            with_point += 1
            if hit and hit.lat is not None and hit.lon is not None and distance_km(lat, lon, hit.lat, hit.lon) <= 161:
                near += 1
            elif hit:
                wrong["misplaced"][f"{hit.text} → {hit.country or '?'}"] += 1
        for p in places:
            if not any(p.start < e and s < p.end for s, e, _, _ in tops):  # type: ignore[operator]
                wrong["spurious"][p.text] += 1
    p, r, f = f1(tp, found - tp, gold - tp)
    print(f"{name}: overlap P {p:.3f} R {r:.3f} F1 {f:.3f}; within 161 km {near / (with_point or 1):.3f}"
          f" ({len(docs)} articles, {gold} places, {spent:.1f} s)")  # fmt: skip
    for kind, counts in wrong.items():
        if errors:
            print(f"  {kind}: " + ", ".join(f"{k} {n}" for k, n in counts.most_common(errors)))


def corpora(path: Path) -> list[tuple[str, list[tuple[str, str, list[Gold]]]]]:
    """Each corpus: its name and articles (id, text, places)."""
    out = []
    with zipfile.ZipFile(path) as z:
        for name in sorted(z.namelist()):
            if name.endswith(".xml"):
                root = ET.fromstring(z.read(name).decode("utf-8", "replace"))
                docs = [_article(str(k), a) for k, a in enumerate(root.iter("article"))]
                out.append((Path(name).stem, docs))
    return out


def _article(ident: str, article: ET.Element) -> tuple[str, str, list[Gold]]:
    text = article.findtext("text") or ""
    tops: list[Gold] = []
    for t in [*article.iter("toponym"), *article.iter("location")]:
        lat = t.findtext("lat") or t.findtext("gaztag/lat") or t.findtext("latitude")
        lon = t.findtext("lon") or t.findtext("gaztag/lon") or t.findtext("longitude")
        start, end = t.findtext("start"), t.findtext("end")
        if start is None or end is None or t.findtext("nonLocational") == "Yes":
            continue
        phrase = t.findtext("phrase") or t.findtext("name") or t.findtext("extractedName") or ""
        a, b = _realign(text, int(start), int(end), phrase)
        tops.append((a, b, float(lat) if lat else None, float(lon) if lon else None))
    return ident, text, tops


def _realign(text: str, start: int, end: int, phrase: str) -> tuple[int, int]:
    """Some corpora count from 1 or drift: the nearest place where the phrase really stands."""
    if not phrase or text[start:end] == phrase:
        return start, end
    here = [m.start() for m in re.finditer(re.escape(phrase), text)]
    if not here:
        return start, end
    k = min(here, key=lambda i: abs(i - start))
    return k, k + len(phrase)


if __name__ == "__main__":
    main()
