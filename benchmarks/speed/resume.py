"""Kill a run, or one of its workers, at random moments; then resume it and compare with an undisturbed one.

    uv run python benchmarks/speed/resume.py REPORTS.jsonl [--kills 20] [--engine local] [--seed 1]

Each round begins afresh: half of them kill the whole run (``kill -9`` of every process) and resume it, half
kill one worker and let the run go on.  Says how many outputs and rejects were the same, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

RUN = """
import sys
from dateline.corpus import code_corpus
code_corpus([sys.argv[1]], sys.argv[2], engine=sys.argv[3], jobs=2, resume=sys.argv[4] == "yes", shard=4)
"""


def start(source: pathlib.Path, output: pathlib.Path, engine: str, resume: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, str(source), str(output), engine, "yes" if resume else "no"]
    return subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE)


def finish(run: subprocess.Popen[bytes]) -> None:
    _, errors = run.communicate()
    if run.returncode:
        raise SystemExit(f"a run failed: {errors.decode()[-2000:]}")


def digests(output: pathlib.Path) -> tuple[str, str]:
    files = (output, output.with_name(output.name + ".rejects.jsonl"))
    a, b = (hashlib.sha256(f.read_bytes()).hexdigest() if f.exists() else "" for f in files)
    return a, b


def members(session: int) -> list[int]:
    """All processes of a run, its own first."""
    found = [session]
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[3]) == session:
                found.append(int(stat.parent.name))
        except (OSError, IndexError):
            continue
    return list(dict.fromkeys(found))


def kill(pids: list[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def workers(session: int) -> list[int]:
    """Processes of a run that code: those that have loaded the parser's model."""
    found = []
    for pid in members(session):
        try:
            if pid != session and "spacy" in pathlib.Path(f"/proc/{pid}/maps").read_text():
                found.append(pid)
        except OSError:
            continue
    return sorted(found)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("reports", type=pathlib.Path)
    ap.add_argument("--kills", type=int, default=20)
    ap.add_argument("--engine", default="local")
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    rng = random.Random(args.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="dateline-resume-"))
    began = time.monotonic()
    finish(start(args.reports, folder / "whole.jsonl", args.engine, False))
    lasts = time.monotonic() - began
    wanted = digests(folder / "whole.jsonl")
    same = killed = 0
    for n in range(args.kills):
        output = folder / f"{n}.jsonl"
        run = start(args.reports, output, args.engine, False)
        whole = n % 2 == 0
        moment = rng.uniform(0.05, 0.98) * lasts
        time.sleep(moment)
        if whole:
            kill(members(run.pid))
            run.communicate()
            there = len(list(folder.glob(f"{n}.jsonl.parts/*.done")))
            finish(start(args.reports, output, args.engine, True))
            killed += 1
            what = f"run killed with {there} shards done"
        else:
            victims = workers(run.pid)
            if victims and run.poll() is None:
                kill([rng.choice(victims)])
                killed += 1
            finish(run)
            what = "worker killed" if victims else "no worker there yet"
        ok = digests(output) == wanted and not list(folder.glob(f"{n}.jsonl.*"))[1:]
        same += ok
        print(f"{moment:5.1f} s  {what:32}  {'the same' if ok else 'DIFFERENT'}", flush=True)
    shutil.rmtree(folder)
    print(f"{args.engine}: {same} of {args.kills} outputs the same as the undisturbed run's; {killed} kills hit")
    sys.exit(same != args.kills)


if __name__ == "__main__":
    main()
