"""Memory of a coding process over a long run of reports that keep bringing new words.

    uv run python benchmarks/speed/memory.py [--reports 100000] [--conflict 0.05]

Each report is one of ``everyday.txt`` or a sample report with a fresh made-up name in every sentence.  Prints the
resident size every tenth of the way; the growth is that from the first tenth to the end.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import random
import sys
from collections.abc import Iterator

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from mixed import conflict, everyday

from dateline.pipeline import Pipeline
from dateline.types import Report

_SYLLABLES = "ba be bi ko ku la le mi mo na ne ro ru sa se ti to va ve zi".split()


def name(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(5)).capitalize()


def reports(count: int, share: float) -> Iterator[Report]:
    rng = random.Random(3)
    war, rest = [t for t, _ in conflict()], [t for t, _ in everyday()]
    for n in range(count):
        text = rng.choice(war if rng.random() < share else rest)
        yield Report(id=str(n), text=text.replace(". ", f", said {name(rng)} of {name(rng)}. "), published="2020-02-07")


def resident() -> float:
    """Megabytes of this process that are in memory."""
    fields = pathlib.Path("/proc/self/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--reports", type=int, default=100_000)
    ap.add_argument("--conflict", type=float, default=0.05)
    args = ap.parse_args()
    sizes = []
    for n, _ in enumerate(Pipeline().code(reports(args.reports, args.conflict)), 1):
        if n % (args.reports // 10) == 0:
            sizes.append(resident())
            print(f"{n:>8,} reports  {sizes[-1]:.0f} MB", flush=True)
    print(f"growth after the first tenth {100 * (sizes[-1] / sizes[0] - 1):.1f} %, at most {max(sizes):.0f} MB")


if __name__ == "__main__":
    main()
