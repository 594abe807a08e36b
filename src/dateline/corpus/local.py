"""The local engine: worker processes, each coding one shard at a time and writing it to the ledger itself.

Every worker has a pipe of its own, so that one that is killed takes nothing with it but its shards, which go
to another.  A worker holds two shards at most, one that it codes and one that waits; nothing else is read
ahead, so memory stays the same however large the corpus.  A shard that ended several workers is coded item by
item, and the item that does it is put aside.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Literal

from dateline.corpus.batch import Settings, code_batch, pipeline
from dateline.corpus.ledger import Entry, Ledger
from dateline.corpus.shards import Shard
from dateline.errors import DatelineError, InputError

AHEAD = 2  # shards that a worker holds
CAREFUL = 3  # workers that a shard ends before it is coded item by item
_GIVE_UP = 8  # workers that end in a row without finishing anything
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to code; ``skip`` are the positions of items that ended a worker, ``careful`` asks for one item at a time."""

    shard: Shard
    skip: frozenset[int] = frozenset()
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a worker says: that it begins an item, has finished a shard, or cannot go on."""

    what: Literal["item", "done", "error"]
    item: int = 0
    entry: Entry | None = None
    error: DatelineError | None = None


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    tasks: deque[Task] = field(default_factory=deque)  # the first is being coded
    item: int | None = None


def run(shards: Iterable[Shard], settings: Settings, ledger: Ledger, jobs: int) -> Iterator[Entry]:
    """Code shards in ``jobs`` processes; entries come as shards are finished, in any order.

    Raises:
        DatelineError: a worker could not go on (the codebook is wrong, the disk is full).
    """
    pool = _Pool(settings, ledger.folder, jobs)
    try:
        yield from pool.code(iter(shards))
    finally:
        pool.stop()


def run_here(shards: Iterable[Shard], settings: Settings, ledger: Ledger) -> Iterator[Entry]:
    """Code shards in this process, in order."""
    for shard in shards:
        yield ledger.put(shard, code_batch(shard.items, settings))


class _Pool:
    def __init__(self, settings: Settings, folder: str, jobs: int) -> None:
        self._settings = settings
        self._folder = folder
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._deaths: dict[int, int] = {}
        self._in_vain = 0

    def code(self, shards: Iterator[Shard]) -> Iterator[Entry]:
        more = True
        while True:
            more = self._feed(shards, more)
            busy = [w for w in self._workers if w.tasks]
            if not busy:
                return
            ready = wait([*(w.pipe for w in self._workers), *(w.process.sentinel for w in self._workers)])
            for worker in list(self._workers):
                if worker.pipe in ready:
                    yield from self._listen(worker)
                elif worker.process.sentinel in ready:
                    yield from self._listen(worker)  # what it said before it ended
                    self._bury(worker)

    def _feed(self, shards: Iterator[Shard], more: bool) -> bool:
        """Give every worker its shards, starting workers while there is work for them."""
        for depth in range(1, AHEAD + 1):
            while True:
                worker = next((w for w in self._workers if len(w.tasks) < depth), None)
                if worker is None and len(self._workers) == self._jobs:
                    break
                if self._again:
                    task = self._again.popleft()
                else:
                    shard = next(shards, None) if more else None
                    if shard is None:
                        return False
                    task = Task(shard)
                worker = worker or self._start()
                worker.tasks.append(task)
                try:
                    worker.pipe.send(task)
                except OSError:  # it has just ended; its sentinel says so in the next round
                    continue
        return more

    def _start(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        before = {name: os.environ.get(name) for name in _THREADS}
        os.environ.update({name: value or "1" for name, value in before.items()})
        try:
            process = context.Process(target=work, args=(theirs, self._settings, self._folder), daemon=True)
            process.start()
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _listen(self, worker: _Worker) -> Iterator[Entry]:
        try:
            while worker.pipe.poll():
                told = worker.pipe.recv()
                if told.what == "error":
                    raise told.error
                if told.what == "item":
                    worker.item = told.item
                else:
                    worker.tasks.popleft()
                    worker.item = None
                    self._in_vain = 0
                    yield told.entry
        except (EOFError, OSError):
            worker.process.join()
            self._bury(worker)

    def _bury(self, worker: _Worker) -> None:
        """Take a worker that ended out of the pool, and its shards back."""
        if worker not in self._workers:
            return
        self._workers.remove(worker)
        worker.pipe.close()
        self._in_vain += 1
        if self._in_vain > _GIVE_UP * max(1, self._jobs):
            raise InputError(
                f"worker processes keep ending (the last with status {worker.process.exitcode}); is memory short?"
            )
        if worker.tasks:
            worker.tasks[0] = self._after_death(worker.tasks[0], worker.item)
        self._again.extendleft(reversed(worker.tasks))

    def _after_death(self, task: Task, item: int | None) -> Task:
        number = task.shard.number
        if task.careful and item is not None:
            return replace(task, skip=task.skip | {item})
        self._deaths[number] = self._deaths.get(number, 0) + 1
        return replace(task, careful=self._deaths[number] >= CAREFUL)

    def stop(self) -> None:
        for worker in self._workers:
            if worker.tasks:
                worker.process.terminate()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()


# ------------------------------------------------------------------------------------ in the worker process


def work(pipe: Connection, settings: Settings, folder: str) -> None:
    """A worker's life: shards in, entries out, until the pipe closes or the parent ends."""
    _end_with_parent()
    try:
        ledger = Ledger(folder)
        pipeline(settings.codebook, settings.model, settings.kinds)
        while True:
            task = pipe.recv()
            before = (lambda n: pipe.send(Told("item", item=n))) if task.careful else None
            batch = code_batch(task.shard.items, settings, task.skip, before)
            pipe.send(Told("done", entry=ledger.put(task.shard, batch)))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return
    except DatelineError as e:
        pipe.send(Told("error", error=e))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
