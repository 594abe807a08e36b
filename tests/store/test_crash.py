"""Killed in the middle, and two at once: nothing lost, nothing doubled."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kept import events, many, received, whole

from dateline.store import Store, verify

HERE = Path(__file__).parent
COUNT = 60


def adder(place: str, start: int, count: int) -> subprocess.Popen[bytes]:
    """Another process that adds some of the reports, and says so on its output as it goes."""
    code = (
        "import sys; from kept import many, received; from dateline.store import Store\n"
        "with Store(sys.argv[1], by='adder') as s:\n"
        "    print('open', flush=True)\n"
        "    for c in many(int(sys.argv[3]), int(sys.argv[2])):\n"
        "        s.add(received(c))\n"
        "        print(c.report.id, flush=True)\n"
    )
    path = os.pathsep.join([str(HERE), str(HERE.parent)])
    return subprocess.Popen(
        [sys.executable, "-c", code, place, str(start), str(count)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )


@pytest.mark.parametrize("seed", range(4))
def test_killed_in_the_middle_of_adding(place: str, seed: int) -> None:
    chance = random.Random(seed)
    process = adder(place, 0, COUNT)
    assert process.stdout is not None
    for _ in range(chance.randrange(1, COUNT // 2)):
        process.stdout.readline()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(chance.random() * 0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    coded = many(COUNT)
    with Store(place) as store:
        assert verify(store.engine).faults == ()
        there = store.count()["reports"]
        assert 0 < there < COUNT
        added = store.add(received(*coded))
        assert (added.new, added.known) == (COUNT - there, there)
        assert events(store) == whole(coded)
        assert verify(store.engine).faults == ()


def test_two_processes_add_at_once(place: str) -> None:
    processes = [adder(place, 0, 40), adder(place, 20, 40)]
    for p in processes:
        p.communicate()
        assert p.returncode == 0
    with Store(place) as store:
        assert events(store) == whole(many(60))
        assert store.count()["reports"] == 60
        assert verify(store.engine).faults == ()
