"""How the cost of reconciling grows: python benchmarks/reconcile/growth.py [CLAIMS…] (default 10000 100000 1000000).

Each size runs in a process of its own.  Prints seconds, the peak of memory, events, and the exponent by which the time
grew from one size to the next (1 is in proportion).
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time

SIZES = (10_000, 100_000, 1_000_000)


def measure(claims: int) -> dict[str, float]:
    from synthetic import reports

    from dateline.reconcile import iter_events

    started = time.perf_counter()
    made = sum(1 for _ in reports(claims))
    making = time.perf_counter() - started
    started = time.perf_counter()
    events = sum(1 for _ in iter_events(reports(claims)))
    seconds = time.perf_counter() - started - making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"claims": claims, "reports": made, "events": events, "seconds": seconds, "MB": peak}


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    before = None
    for size in map(int, sys.argv[1:] or SIZES):
        out = subprocess.run([sys.executable, __file__, "--one", str(size)], stdout=subprocess.PIPE, check=True).stdout
        r = json.loads(out)
        line = f"{r['claims']:>9,} claims  {r['seconds']:8.1f} s  {r['MB']:7.0f} MB  {r['events']:>9,} events"
        if before:
            grown = math.log(r["seconds"] / before["seconds"]) / math.log(r["claims"] / before["claims"])
            line += f"  exponent {grown:.2f}"
        print(line, flush=True)
        before = r


if __name__ == "__main__":
    main()
