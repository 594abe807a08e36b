"""What triage changes: the claims coded with it and without it, and how many of them differ.

    uv run python benchmarks/speed/triage.py REPORTS.jsonl [--limit N]

A claim differs if it is in one coding only, or says anything else there (its confidence included).
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Iterable
from pathlib import Path

from dateline.pipeline import Pipeline
from dateline.read import read_paths
from dateline.types import Claim, CodedReport, Reject, Report


def coded(triage: bool, reports: Iterable[Report | Reject]) -> dict[str, Claim]:
    """Claims by report, id and order, coded with or without triage."""
    began = time.process_time()
    out: dict[str, Claim] = {}
    for c in Pipeline(triage=triage).code(reports):
        if isinstance(c, CodedReport):
            out |= {f"{c.report.id} {claim.id} {n}": claim for n, claim in enumerate(c.claims)}
    print(f"triage {triage}: {len(out)} claims, {time.process_time() - began:.0f} s of processor time", flush=True)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("reports", type=Path)
    ap.add_argument("--limit", type=int)
    args = ap.parse_args()
    reports = list(itertools.islice(read_paths([str(args.reports)]), args.limit))
    with_, without = coded(True, reports), coded(False, reports)
    a, b = (set(x.values()) for x in (with_, without))
    differ = len(a ^ b)
    print(f"{differ} claims in one coding only: {differ / max(1, len(b)):.2%} of {len(b)}")


if __name__ == "__main__":
    main()
