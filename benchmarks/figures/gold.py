"""Precision and recall of figures on claims annotated by hand, their triggers and types given.

    python benchmarks/figures/gold.py REPORTS.json... [--half odd|even] [--errors]

REPORTS.json: a list of {"id", "text", "sentences": [[start, end]], "claims": [{"sent", "type", "trigger", "figures"}]}.
A figure is right if its kind is and both ends of its interval are, within 2 %.
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections.abc import Iterator
from typing import Any

from dateline.extract.figures import assign
from dateline.extract.quantities import find_quantities
from dateline.parse import Parser
from dateline.types import Mention, Report, Sentence


def same(gold: dict[str, Any], kind: str, low: float | None, high: float | None) -> bool:
    def equal(a: float | None, b: float | None) -> bool:
        return a == b or (a is not None and b is not None and abs(a - b) <= 0.02 * max(abs(a), abs(b)))

    return gold["kind"] == kind and equal(gold["low"], low) and equal(gold["high"], high)


def trigger_mention(sentences: list[Sentence], start: int, end: int) -> Mention | None:
    """The tokens that a stretch of the text covers, in the sentence that they stand in."""
    for s in sentences:
        if s.start <= start < s.end:
            inside = [i for i in range(len(s)) if s.starts[i] < end and s.ends[i] > start]
            if inside:
                head = next((i for i in inside if s.heads[i] not in inside or s.heads[i] == i), inside[-1])
                return Mention(s.index, inside[0], inside[-1], head)
    return None


def events(doc: dict[str, Any], sentences: list[Sentence]) -> Iterator[tuple[Mention, dict[str, Any]]]:
    used: dict[tuple[int, str], int] = {}
    for claim in doc["claims"]:
        a, b = doc["sentences"][claim["sent"]]
        key = (claim["sent"], claim["trigger"])
        at = doc["text"].find(claim["trigger"], used.get(key, a), b)
        at = at if at >= 0 else doc["text"].find(claim["trigger"], a, b)
        used[key] = at + 1
        mention = trigger_mention(sentences, at, at + len(claim["trigger"])) if at >= 0 else None
        if mention:
            yield mention, claim


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("reports", nargs="+", type=pathlib.Path)
    ap.add_argument("--half", choices=("odd", "even"), help="only reports at odd or even places")
    ap.add_argument("--errors", action="store_true")
    args = ap.parse_args()
    docs = [d for path in args.reports for d in json.loads(path.read_text("utf-8"))]
    if args.half:
        docs = docs[1::2] if args.half == "odd" else docs[::2]
    parser = Parser()
    right = wrong = missed = 0
    for doc in docs:
        ((_, sentences),) = parser.parse([Report(id=doc["id"], text=doc["text"])])
        by_sentence: dict[int, list[tuple[Mention, dict[str, Any]]]] = {}
        for mention, claim in events(doc, sentences):
            by_sentence.setdefault(mention.sentence, []).append((mention, claim))
        for index, found in by_sentence.items():
            s = sentences[index]
            quantities = find_quantities(s, doc["text"])
            for (_, claim), figures in zip(
                found, assign(s, [(m, c["type"]) for m, c in found], quantities), strict=True
            ):
                left = list(figures)
                misses = []
                for gold in claim["figures"]:
                    hit = next((f for f in left if same(gold, f[0], f[1].low, f[1].high)), None)
                    if hit:
                        left.remove(hit)
                        right += 1
                    else:
                        misses.append(gold)
                missed += len(misses)
                wrong += len(left)
                if args.errors and (misses or left):
                    print(
                        doc["id"],
                        claim["sent"],
                        claim["type"],
                        "|",
                        claim["trigger"],
                        "|",
                        doc["text"][s.start : s.end],
                    )
                    print("   missed", [(g["kind"], g["low"], g["high"], g["text"]) for g in misses])
                    print("   wrong ", [(k, q.low, q.high, q.of) for k, q in left])
    p, r = right / ((right + wrong) or 1), right / ((right + missed) or 1)
    print(f"{len(docs)} reports, {right + missed} figures: P {p:.3f}  R {r:.3f}  F1 {2 * p * r / ((p + r) or 1):.3f}")


if __name__ == "__main__":
    main()
