"""Sources of annotated claims: are the speakers found that cover each claim's trigger?

usage: python benchmarks/attribution/gold.py GOLD.json [--half 0|1] [--errors N]

GOLD.json is a list of ``{"id", "text", "published", "sentences": [[start, end], …], "claims": […]}``; a claim has
``sent``, ``trigger``, ``type``, ``agents`` and ``sources``.  Sources match where half of the shorter name's content
words are shared.  A speech act's own speaker is its agent, no source.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from dateline.extract.attribution import find_attributions, sources_of
from dateline.parse import Parser
from dateline.types import Attribution, Report, Sentence

SPEECH = {"threaten", "demand", "accuse", "deny", "support", "agree", "claim-responsibility"}
_EMPTY = {"the", "a", "an", "of", "al", "el", "s", "and"}


def overlap(a: str, b: str) -> bool:
    x, y = (set(re.sub(r"[^\w ]", " ", t.lower()).split()) - _EMPTY for t in (a, b))
    return bool(x and y) and len(x & y) >= 0.5 * min(len(x), len(y))


def token_at(sentences: list[Sentence], offset: int) -> tuple[int, int] | None:
    for s in sentences:
        if s.start <= offset < s.end:
            return s.index, next((i for i in range(len(s)) if s.ends[i] > offset), len(s) - 1)
    return None


def found_sources(
    text: str,
    sentences: list[Sentence],
    attributions: list[list[Attribution]],
    claim: dict[str, Any],
    base: int,
    end: int,
) -> list[str]:
    at = text.find(claim["trigger"], base, end)
    place = token_at(sentences, at) if at >= 0 else None
    if place is None:
        return []
    out = []
    for _, m in sources_of(place[1], attributions[place[0]]):
        s = sentences[m.sentence]
        out.append(text[s.starts[m.first] : s.ends[m.last]])
    if claim["type"] in SPEECH:
        out = [t for t in out if not any(overlap(t, a["text"]) for a in claim["agents"])]
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description="Sources of annotated claims.")
    ap.add_argument("gold", type=Path)
    ap.add_argument("--half", type=int, choices=(0, 1))
    ap.add_argument("--errors", type=int, default=0)
    args = ap.parse_args()
    docs = json.loads(args.gold.read_text("utf-8"))
    if args.half is not None:
        docs = docs[args.half :: 2]
    tp = fn = fp = shown = 0
    parsed = Parser().parse([Report(id=d["id"], text=d["text"], published=d["published"]) for d in docs])
    for doc, (report, sentences) in zip(docs, parsed, strict=True):
        attributions = find_attributions(sentences)
        for claim in doc["claims"]:
            base, end = doc["sentences"][claim["sent"]]
            got = found_sources(report.text, sentences, attributions, claim, base, end)
            left, missed = list(got), []
            for source in claim["sources"]:
                hit = next((g for g in left if overlap(source["text"], g)), None)
                if hit is None:
                    missed.append(source["text"])
                else:
                    left.remove(hit)
                    tp += 1
            fn, fp = fn + len(missed), fp + len(left)
            if (missed or left) and shown < args.errors:
                shown += 1
                print(f"{doc['id']} {claim['type']} {claim['trigger']!r}: missed {missed}, spurious {left}")
                print(f"   {report.text[base:end]}")
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    print(f"sources {tp + fn}: P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}")


if __name__ == "__main__":
    main()
