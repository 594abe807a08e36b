"""What a second core brings: the local engine with one process and with two, on the same corpus.

    uv run python benchmarks/speed/cores.py [REPORTS.jsonl] [--reports 1500] [--repeat 3] [--engine local]

Without a file, the sample reports about conflict, many times over.  Both sides load their model in the measured
time, as a user's run does; the time of loading alone is measured too, and the ratio given with and without it.
With ``--engine spark``, two cores of the local engine against two of Spark's local mode.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from mixed import stream

from dateline.corpus import Summary, code_corpus


def corpus(path: pathlib.Path, count: int) -> pathlib.Path:
    with path.open("w", encoding="utf-8") as f:
        for r in stream(count, 1.0):
            f.write(json.dumps({"id": r.id, "text": r.text, "published": r.published}) + "\n")
    return path


def run(source: pathlib.Path, engine: str, jobs: int, shard: int) -> tuple[float, float, Summary]:
    """Seconds of a whole run and until its first shard was done, and its summary."""
    from contextlib import nullcontext

    first: list[float] = []
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        done = code_corpus(
            [source], f"{folder}/out.jsonl", engine=engine, jobs=jobs, shard=shard,
            meter=lambda _: nullcontext(lambda entry, size: first.append(time.perf_counter() - start)),
        )  # fmt: skip
    return time.perf_counter() - start, first[0], done


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("reports", type=pathlib.Path, nargs="?")
    ap.add_argument("--count", "--reports", dest="count", type=int, default=1500)
    ap.add_argument("--repeat", type=int, default=3)
    ap.add_argument("--engine", default="local")
    ap.add_argument("--shard", type=int, default=128, help="reports a shard")
    args = ap.parse_args()
    sides = [("local", 1), ("local", 2)] if args.engine == "local" else [("local", 2), ("spark", 2)]
    with tempfile.TemporaryDirectory() as folder:
        source = args.reports or corpus(pathlib.Path(folder) / "in.jsonl", args.count)
        times: list[list[tuple[float, float]]] = [[], []]
        for _ in range(args.repeat):
            for side, (engine, jobs) in enumerate(sides):
                seconds, loaded, done = run(source, engine, jobs, args.shard)
                times[side].append((seconds, loaded))
    whole = [statistics.median(t for t, _ in side) for side in times]
    after = [statistics.median(t - first for t, first in side) for side in times]
    for (engine, jobs), seconds, rest in zip(sides, whole, after, strict=True):
        print(
            f"{engine} {jobs}: {seconds:.1f} s, {rest:.1f} s after the first shard; {done.words / seconds:,.0f} words/s"
        )
    print(f"{whole[0] / whole[1]:.2f} times with loading, {after[0] / after[1]:.2f} times without")


if __name__ == "__main__":
    main()
