"""Kills `add` at random moments: python benchmarks/store/crash.py [TIMES] [STORE]  (default 50, an SQLite file).

Every time: start adding, kill -9 after a random while, check the store, and note how far it came; at the end add all
again and compare the events with those of all reports at once.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "reconcile"))

CODE = """
import sys
from synthetic import reports
from dateline.store import Received, Store
with Store(sys.argv[1], by="adder") as s:
    print("open", flush=True)
    s.add((Received(coded=c, raw=c.report.id.encode()) for c in reports(int(sys.argv[2]))), batch=5)
"""
CLAIMS = 6000


def main() -> None:
    from synthetic import reports

    from dateline.reconcile import reconcile
    from dateline.store import Received, Store, verify
    from dateline.store.query import find_events

    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    chance = random.Random(7)
    env = {**os.environ, "PYTHONPATH": str(HERE.parent / "reconcile")}
    with tempfile.TemporaryDirectory() as folder:
        path = sys.argv[2] if len(sys.argv) > 2 else f"{folder}/store.db"
        broken = 0
        for n in range(times):
            p = subprocess.Popen([sys.executable, "-c", CODE, path, str(CLAIMS)], stdout=subprocess.PIPE, env=env)
            assert p.stdout is not None
            p.stdout.readline()
            try:
                p.wait(chance.random() * (0.4 + 0.03 * n))
            except subprocess.TimeoutExpired:
                p.send_signal(signal.SIGKILL)
            p.wait()
            with Store(path) as store:
                found = verify(store.engine)
                broken += bool(found.faults)
                print(
                    f"{n + 1:3} killed at {store.count()['reports']:4} reports, {len(found.faults)} faults", flush=True
                )
        coded = list(reports(CLAIMS))
        with Store(path) as store:
            added = store.add(Received(coded=c, raw=c.report.id.encode()) for c in coded)
            same = sorted(find_events(store), key=lambda e: e.id) == reconcile(coded)
            faults = verify(store.engine).faults
        print(f"{times} kills, {broken} broken; then {added.new} added, {added.known} known; {len(faults)} faults;")
        print("the events are those of all reports at once" if same else "THE EVENTS DIFFER")
        sys.exit(bool(broken or faults or not same))


if __name__ == "__main__":
    main()
