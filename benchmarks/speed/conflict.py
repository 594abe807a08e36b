"""What coding costs on top of the bare parser, in one process on one core, and its peak memory.

    uv run python benchmarks/speed/conflict.py [REPORTS.jsonl] [--repeat 3]

REPORTS.jsonl: `id`, `text`, `published`; without it, the bundled sample reports, many times over.  The bare
parser is spaCy's tok2vec, tagger, parser and ner over the same texts in the same batches; each side runs in
turn, and the medians are compared.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pathlib
import resource
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from race import EXAMPLES, race

from dateline.types import Report


def reports(path: pathlib.Path | None, least: int) -> list[Report]:
    rows = [json.loads(line) for line in (path or EXAMPLES).read_text("utf-8").splitlines() if line.strip()]
    if path is None:
        rows = list(itertools.islice(itertools.cycle(rows), least))
    return [Report(id=str(n), text=r["text"], published=r.get("published")) for n, r in enumerate(rows)]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("reports", type=pathlib.Path, nargs="?")
    ap.add_argument("--repeat", type=int, default=3)
    ap.add_argument("--least", type=int, default=200, help="reports to run where the samples are used")
    args = ap.parse_args()
    found = reports(args.reports, args.least)
    words = sum(len(r.text.split()) for r in found)
    a, b, claims = race(found, args.repeat)
    print(f"{len(found)} reports, {words} words, {claims} claims; median of {args.repeat}")
    print(f"bare parser {words / a:,.0f} words/s   dateline {words / b:,.0f} words/s   ratio {b / a:.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
