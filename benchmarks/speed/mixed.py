"""Documents a second on a mixed stream: the whole coding against the bare parser, one core, in the same run.

    uv run python benchmarks/speed/mixed.py [--share 0.1] [--reports 600] [--repeat 3]

The stream is made from the project's own text: one report in ten is a sample report about conflict
(``src/dateline/examples``), the others are the thirty reports of an ordinary news day in ``everyday.txt``
(sport, business, politics, local news, culture, science, weather, living), in random order, each as often as it
takes.  ``--share 1`` measures conflict reports alone.  The bare parser is spaCy's tok2vec, tagger, parser and
ner over the same texts in batches of 16; the sides run in turn, and medians are compared.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from race import EXAMPLES, race

from dateline.types import Report

HERE = pathlib.Path(__file__).parent


def conflict() -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in EXAMPLES.read_text("utf-8").splitlines() if line.strip()]
    return [(r["text"], r.get("published") or "") for r in rows]


def everyday() -> list[tuple[str, str]]:
    """The reports of ``everyday.txt`` with their kinds."""
    blocks = (HERE / "everyday.txt").read_text("utf-8").split("\n== ")[1:]
    return [(block.partition("\n")[2].strip(), block.partition("\n")[0]) for block in blocks]


def stream(count: int, share: float, seed: int = 1) -> list[Report]:
    """A stream of reports, ``share`` of them about conflict."""
    rng = random.Random(seed)
    war, rest = [t for t, _ in conflict()], [t for t, _ in everyday()]
    wars = round(count * share)
    texts = [war[n % len(war)] for n in range(wars)] + [rest[n % len(rest)] for n in range(count - wars)]
    rng.shuffle(texts)
    return [Report(id=str(n), text=t, published="2020-02-07") for n, t in enumerate(texts)]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--share", type=float, default=0.1)
    ap.add_argument("--reports", type=int, default=600)
    ap.add_argument("--repeat", type=int, default=3)
    args = ap.parse_args()
    found = stream(args.reports, args.share)
    a, b, claims = race(found, args.repeat)
    words = sum(len(r.text.split()) for r in found)
    print(
        f"{len(found)} reports, {words} words, {args.share:.0%} about conflict, {claims} claims; median of {args.repeat}"
    )
    print(
        f"bare parser {len(found) / a:.1f} documents/s   dateline {len(found) / b:.1f} documents/s   {a / b:.2f} times"
    )


if __name__ == "__main__":
    main()
