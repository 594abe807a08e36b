"""Score the pipeline on the reports that come with the program.

Usage: python benchmarks/accuracy/own.py [--errors] [--gold FILE] [--reports FILE] [--baseline]

The bundled reports go the whole way, from JSONL to claims, and are held against their annotation, slot by slot.
Measured: precision, recall and F1 by slot, over all slots, and by type of claim.
"""

from __future__ import annotations

import argparse
import json
from importlib.resources import files
from pathlib import Path

from dateline.evaluate.gold import load_gold
from dateline.evaluate.regression import counted
from dateline.evaluate.scoring import Counts, Pair, Scores, score
from dateline.pipeline import Pipeline
from dateline.read.records import read_jsonl
from dateline.types import Claim, CodedReport

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / "tests/corpus/own_baseline.json"


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--gold", type=Path, default=ROOT / "tests/corpus/own_gold.json")
    args.add_argument("--reports", type=Path, default=Path(str(files("dateline") / "examples/reports.jsonl")))
    args.add_argument("--errors", action="store_true", help="list the claims that are not coded as annotated")
    args.add_argument("--baseline", action="store_true", help="keep the counts as what later codings are held against")
    opts = args.parse_args()
    gold = load_gold(opts.gold)
    with opts.reports.open("rb") as lines:
        coded = list(Pipeline().code(read_jsonl(lines, opts.reports.name, {}, None)))
    scores = score(gold, (c for c in coded if isinstance(c, CodedReport)))
    if opts.baseline:
        rows = (f"{json.dumps(report)}: {json.dumps(slots)}" for report, slots in counted(scores).items())
        BASELINE.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")
    print(f"reports {len(gold)}, put aside {sum(not isinstance(c, CodedReport) for c in coded)}")
    print(table(scores))
    if opts.errors:
        texts = {g.id: [g.text[a:b] for a, b in g.sentences] for g in gold}
        for pair in scores.pairs:
            if not pair.flawless:
                print(f"\n{pair.report} {pair.sentence}: {texts[pair.report][pair.sentence]}\n{difference(pair)}")


def table(scores: Scores) -> str:
    head = f"{'':<22}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'coded':>7}"
    slots = [row(name, c) for name, c in scores.slots.items()]
    return "\n".join([head, *slots, row("all", scores.total), "", *(row(n, c) for n, c in scores.types.items())])


def row(name: str, c: Counts) -> str:
    figures = f"{c.precision:>7.3f}{c.recall:>7.3f}{c.f1:>7.3f}"
    return f"{name:<22}{figures}{c.right + c.missed:>7}{c.right + c.spurious:>7}"


def difference(pair: Pair) -> str:
    """The slots that differ, with what was annotated (-) and what was coded (+)."""
    g, c = pair.gold, pair.coded
    wrong = ", ".join(f"{n} -{s.missed} +{s.spurious}" for n, s in pair.slots.items() if s.missed or s.spurious)
    lines = [f"  {wrong}"]
    if g:
        names = [[x.text or x.country for x in xs] for xs in (g.agents, g.targets, g.sources)]
        figures = [(f.kind, f.low, f.high) for f in g.figures]
        lines.append(f"  - {g.trigger!r} {g.type} {names} {g.place} {g.date_start}/{g.date_end} {g.modality} {figures}")
    return "\n".join([*lines, *([f"  + {told(c)}"] if c else [])])


def told(c: Claim) -> str:
    names = [[x.text for x in xs] for xs in (c.agents, c.targets, c.sources)]
    place = c.place.text if c.place else None
    when = f"{c.time.earliest}/{c.time.latest}" if c.time else "None/None"
    figures = [(f.kind, f.low, f.high) for f in c.figures]
    return f"{c.trigger.text!r} {c.type} {names} {place} {when} {c.modality} {figures}"


if __name__ == "__main__":
    main()
