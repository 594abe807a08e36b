"""How far a run is: a bar on a terminal, a line a minute in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from dateline.corpus.ledger import Entry
from dateline.read.compressed import SUFFIXES

_EVERY = 60.0  # seconds between lines of a log


class Meter(Protocol):
    """Is told of each finished shard and of the bytes of input it took."""

    def __call__(self, entry: Entry, size: int) -> None: ...


def nothing(entry: Entry, size: int) -> None:
    """The meter of who wants none."""


@contextmanager
def meter(total: int) -> Iterator[Meter]:
    """A meter fit for standard error.

    Args:
        total: bytes of the whole input, 0 if that cannot be known.
    """
    if sys.stderr.isatty():
        with _bar(total) as found:
            yield found
    else:
        yield _log(total)


@contextmanager
def _bar(total: int) -> Iterator[Meter]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    started, words, reports = time.monotonic(), 0, 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("coding", total=total or None, rate="")

        def tell(entry: Entry, size: int) -> None:
            nonlocal words, reports
            words, reports = words + entry.tally.words, reports + entry.tally.reports
            rate = words / max(time.monotonic() - started, 0.001)
            progress.update(task, advance=size, description=f"{reports:,} reports", rate=f"{rate:,.0f} words/s")

        yield tell


def _log(total: int) -> Meter:
    started = last = time.monotonic()
    words = reports = done = 0

    def tell(entry: Entry, size: int) -> None:
        nonlocal words, reports, done, last
        words, reports, done = words + entry.tally.words, reports + entry.tally.reports, done + size
        now = time.monotonic()
        if now - last < _EVERY:
            return
        last = now
        passed = now - started
        line = f"dateline: {reports:,} reports, {words / passed:,.0f} words/s"
        if total and done:
            left = max(0.0, passed * (total - done) / done)
            line += f", {min(99, 100 * done // total)} %, about {left / 60:,.0f} min left"
        print(line, file=sys.stderr, flush=True)

    return tell


def size_of(paths: Iterable[str | Path]) -> int:
    """About how many bytes of text some paths hold; 0 if it cannot be known without reading them."""
    total = 0
    for path in map(str, paths):
        at = Path(path)
        if path == "-" or "://" in path or not at.exists():
            return 0
        for file in [at] if at.is_file() else sorted(p for p in at.rglob("*") if p.is_file()):
            total += file.stat().st_size * (4 if file.suffix.lower() in SUFFIXES else 1)
    return total
