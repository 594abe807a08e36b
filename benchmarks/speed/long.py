"""Time and peak memory of coding one very long report.

    uv run python benchmarks/speed/long.py [--words 1000000]

The report is made of the sample reports about conflict (``src/dateline/examples``), one after another in random
order, each with a made-up name in every sentence, so that words keep coming that were not there before.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import random
import resource
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from memory import name, resident
from mixed import conflict

from dateline.pipeline import Pipeline
from dateline.types import Report


def text(words: int) -> str:
    rng = random.Random(5)
    war = [t for t, _ in conflict()]
    parts: list[str] = []
    count = 0
    while count < words:
        part = rng.choice(war).replace(". ", f", said {name(rng)} of {name(rng)}. ")
        parts.append(part)
        count += len(part.split())
    return "\n\n".join(parts)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--words", type=int, default=1_000_000)
    args = ap.parse_args()
    report = Report(id="long", text=text(args.words), published="2020-02-07")
    pipeline = Pipeline()
    print(
        f"{len(report.text.split()):,} words, {len(report.text):,} characters; {resident():.0f} MB before", flush=True
    )
    began = time.monotonic()
    (coded,) = pipeline.code([report])
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    said = f"{len(coded.claims):,} claims" if hasattr(coded, "claims") else str(coded)
    print(f"{said} in {seconds:.0f} s ({args.words / seconds:,.0f} words/s); peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
