"""Score dates of events against reports annotated claim by claim.

Usage: python benchmarks/times/dates.py GOLD.json... [--errors] [--half 0|1]

Each claim's trigger is located in the parsed sentence; `find_times` and `time_of` then date it from that sentence
alone.  Three counts, for the even and the odd reports apart:

- own: the claim is dated and its sentence has a time expression; right means the same first and last day
- inherited: dated, but the sentence has none, so that the date comes from elsewhere (nothing is asked here)
- null: the annotator gave no date; anything with a first day is a false alarm
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from dateline.extract.times import find_times, time_of
from dateline.extract.timing.grammar import topmost
from dateline.extract.timing.words import words
from dateline.parse import Parser
from dateline.types import Report, Sentence

SPOKEN = frozenset({"threaten", "demand", "accuse", "deny", "support", "agree", "claim-responsibility"})


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("gold", nargs="+", type=Path)
    args.add_argument("--errors", action="store_true", help="list what is wrong")
    args.add_argument("--half", type=int, choices=(0, 1), help="only the even (0) or odd (1) reports")
    opts = args.parse_args()
    docs = [doc for path in opts.gold for doc in json.loads(path.read_text("utf-8"))]
    reports = [Report(id=d["id"], text=d["text"], published=d["published"]) for d in docs]
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for n, (doc, (report, sentences)) in enumerate(zip(docs, Parser().parse(reports), strict=True)):
        if opts.half in (None, n % 2):
            score(doc, report, sentences, counts[n % 2], opts.errors)
    for half, c in enumerate(counts):
        if c:
            print(line(("even", "odd")[half], c))
    print(line("all", counts[0] + counts[1]))


def score(doc: dict[str, Any], report: Report, sentences: list[Sentence], c: Counter[str], errors: bool) -> None:
    times = find_times(sentences, report.text, report.published)
    for claim in doc["claims"]:
        gold = (claim["date_start"], claim["date_end"] or claim["date_start"])
        found = locate(doc, claim, sentences)
        if "?" in gold or found is None:
            c["left out"] += 1
            continue
        index, anchor = found
        anchors = [anchor]
        if claim["type"] in SPOKEN:
            s = sentences[index]
            anchors += [i for i in s.ancestors(anchor) if s.lemmas[i] in words().saying][:1]
        t = time_of(sentences[index], anchors, times[index])
        said = (t.earliest[:10], (t.latest or t.earliest)[:10]) if t and t.earliest else None
        kind = "null" if gold[0] is None else "own" if times[index] else "inherited"
        verdict = "none" if said is None else "right" if said == gold else "wrong"
        c[f"{kind} {verdict}"] += 1
        if errors and (verdict == "wrong" or (kind == "own" and verdict == "none")):
            s = sentences[index]
            listed = [" ".join(s.words[x.mention.first : x.mention.last + 1]) for x in times[index]]
            print(f"{kind} {verdict}: {s.words[anchor]} gold {gold} said {said} of {listed}\n    {' '.join(s.words)}")


def locate(doc: dict[str, Any], claim: dict[str, Any], sentences: list[Sentence]) -> tuple[int, int] | None:
    """The parsed sentence and the token that heads the claim's trigger."""
    a, b = doc["sentences"][claim["sent"]]
    start = doc["text"].find(claim["trigger"], a, b)
    if start < 0:
        return None
    end = start + len(claim["trigger"])
    for n, s in enumerate(sentences):
        inside = [i for i in range(len(s)) if s.starts[i] < end and start < s.ends[i]]
        if inside:
            return n, topmost(s, inside[0], inside[-1])
    return None


def line(name: str, c: Counter[str]) -> str:
    own = sum(c[f"own {v}"] for v in ("right", "wrong", "none"))
    given = c["own right"] + c["own wrong"]
    null = sum(c[f"null {v}"] for v in ("wrong", "none"))
    inherited = sum(c[f"inherited {v}"] for v in ("right", "wrong", "none"))
    return (
        f"{name}: own {own}, precision {share(c['own right'], given)}, recall {share(c['own right'], own)}; "
        f"null {null}, false alarms {share(c['null wrong'], null)}; inherited {inherited}; left out {c['left out']}"
    )


def share(a: int, b: int) -> str:
    return f"{a}/{b} = {a / b:.2f}" if b else "-"


if __name__ == "__main__":
    main()
