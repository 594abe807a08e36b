"""How often annotated claims get their modality, and whether they are background, right.

    uv run python benchmarks/modality/gold.py GOLD.json... [--errors N] [--part even|odd|all] [--background]

GOLD.json: [{"id", "published", "text", "sentences": [[start, end]...],
"claims": [{"sent", "trigger", "modality", "background", ...}]}].  The claims' triggers are given; only the
reading is scored.  The baseline says "asserted" (or "not background") of every claim.
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections import Counter
from collections.abc import Iterator

from dateline.extract.context import is_background
from dateline.extract.modality import modality_of
from dateline.parse import Parser
from dateline.types import Mention, Report, Sentence

CLASSES = ("asserted", "denied", "uncertain", "future")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", nargs="+", type=pathlib.Path)
    ap.add_argument("--errors", type=int, default=0, help="print this many errors")
    ap.add_argument("--part", choices=["even", "odd", "all"], default="all", help="every second report of a file")
    ap.add_argument("--background", action="store_true", help="score background instead of modality")
    args = ap.parse_args()
    for path in args.gold:
        records = json.loads(path.read_text("utf-8"))
        kept = [r for k, r in enumerate(records) if args.part == "all" or k % 2 == (args.part == "odd")]
        pairs = list(backgrounds(kept) if args.background else modalities(kept))
        report(f"{path.name} ({args.part})", pairs, args.errors)


def modalities(records: list[dict]) -> Iterator[tuple[str, str, str]]:
    for claim, sentences, at, trigger, _ in claims(records):
        said, cue = modality_of(sentences[at], trigger, claim["type"])
        yield claim["modality"], said, f"{cue!r} {claim['trigger']!r}: {' '.join(sentences[at].words)}"


def backgrounds(records: list[dict]) -> Iterator[tuple[str, str, str]]:
    from dateline.extract.times import find_times, time_of

    for claim, sentences, at, trigger, record in claims(records):
        if "times" not in record:
            record["times"] = find_times(sentences, record["text"], record["published"])
        times = record["times"][at]
        when = time_of(sentences[at], [trigger.head], times)
        said = is_background(sentences[at], trigger, when, record["published"], sentences)
        note = f"{when and (when.earliest, when.latest)} {claim['trigger']!r}: {' '.join(sentences[at].words)}"
        yield str(claim["background"]), str(said), note


def claims(records: list[dict]) -> Iterator[tuple[dict, list[Sentence], int, Mention, dict]]:
    """Each claim with its sentences, its sentence's index, and its trigger's tokens."""
    reports = [Report(id=r["id"], text=r["text"], published=r["published"]) for r in records]
    for record, (_, sentences) in zip(records, Parser().parse(reports), strict=True):
        for claim in record["claims"]:
            begin, end = record["sentences"][claim["sent"]]
            start = record["text"].find(claim["trigger"], begin, end)
            found = locate(sentences, start, start + len(claim["trigger"]))
            if start < 0 or found is None:
                print("not found:", claim["trigger"])
                continue
            yield claim, sentences, found.sentence, found, record


def locate(sentences: list[Sentence], start: int, end: int) -> Mention | None:
    """The tokens of one sentence that lie in a stretch of the text."""
    for n, s in enumerate(sentences):
        tokens = [i for i in range(len(s)) if s.starts[i] < end and s.ends[i] > start]
        if tokens:
            first, last = tokens[0], tokens[-1]
            head = next((i for i in tokens if not first <= s.heads[i] <= last or s.heads[i] == i), last)
            return Mention(n, first, last, head)
    return None


def report(name: str, pairs: list[tuple[str, str, str]], errors: int) -> None:
    wanted, given = Counter(w for w, _, _ in pairs), Counter(g for _, g, _ in pairs)
    right = Counter(w for w, g, _ in pairs if w == g)
    usual = max(wanted, key=lambda w: (wanted[w], w))
    total = len(pairs)
    print(
        f"{name}: {total} claims, accuracy {sum(right.values()) / total:.3f}"
        f" (always {usual!r}: {wanted[usual] / total:.3f})"
    )
    scores = []
    for label in [c for c in (*CLASSES, "True", "False") if wanted[c] or given[c]]:
        precision = right[label] / given[label] if given[label] else 0.0
        recall = right[label] / wanted[label] if wanted[label] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right[label] else 0.0
        if wanted[label]:
            scores.append(f1)
        print(
            f"  {label:10} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  ({wanted[label]} wanted, {given[label]} given)"
        )
    base = 2 * wanted[usual] / (total + wanted[usual]) / len(scores)
    print(f"  macro-F1 {sum(scores) / len(scores):.3f} (always {usual!r}: {base:.3f})")
    for w, g, note in [p for p in pairs if p[0] != p[1]][:errors]:
        print(f"  wanted {w}, got {g}: {note}")


if __name__ == "__main__":
    main()
