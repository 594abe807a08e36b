"""What it costs to add one report to a large store: python benchmarks/store/adding.py [CLAIMS] (default 1000000).

Fills a store (an SQLite file in a temporary folder), then adds reports one at a time and sets that against the cost of
scoring their claims against their blocks alone.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "reconcile"))
ONES = 50


def main() -> None:
    from synthetic import reports

    from dateline.store import Received, Store

    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        coded = list(reports(claims))
        step = len(coded) // ONES
        ones = [coded[i] for i in range(step // 2, len(coded), step)][:ONES]
        apart = {c.report.id for c in ones}
        with Store(str(path), by="benchmark") as store:
            rest = (Received(coded=c, raw=c.report.id.encode()) for c in coded if c.report.id not in apart)
            started = time.perf_counter()
            added = store.add(rest, batch=200)
            seconds = time.perf_counter() - started
            print(f"{added.new} reports in {seconds:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
            store.add([Received(coded=ones[0], raw=b"")])
            took, scoring = [], []
            for c in ones[1:]:
                scoring.append(_scoring(store, c))
                started = time.perf_counter()
                store.add([Received(coded=c, raw=c.report.id.encode())])
                took.append(time.perf_counter() - started)
        add, score = statistics.median(took), statistics.median(scoring)
        print(f"one more report: {add * 1000:.1f} ms; scoring its claims against their block {score * 1000:.2f} ms")
        print(f"ratio {add / score:.1f}")


def _scoring(store: object, coded: object) -> float:
    """Seconds to compare a report's claims with those of its block, all of them at hand."""
    from sqlalchemy import select

    from dateline.reconcile import facts_of, tell
    from dateline.reconcile.block import keys, meet
    from dateline.reconcile.rules import rules
    from dateline.reconcile.score import total
    from dateline.store import schema as s
    from dateline.store.engine import reading
    from dateline.store.index import chunks, codes_of

    mine = tell(facts_of(coded))
    codes = sorted({code for t in mine for code in codes_of(t)})
    with reading(store.engine) as c:
        near = [select(s.keys.c.telling).where(s.keys.c.code.in_(some)) for some in chunks(codes)]
        held = [select(s.tellings.c.report).where(s.tellings.c.telling.in_(q)) for q in near]
        ids = {r.report for q in held for r in c.execute(q)}
    others = [t for o in store.coded(sorted(ids)) for t in tell(facts_of(o))]
    block = [(a, b) for a in mine for b in others if meet(keys(a), keys(b))]
    started = time.perf_counter()
    for t in mine:
        keys(t)
    for a, b in block:
        total(a, b, rules())
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
