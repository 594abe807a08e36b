"""The Spark engine: the same shards and the same pure function, coded by the executors of a Spark cluster.

The driver cuts the input into shards and hands out waves of them, two at a time so that no executor waits for
the end of a wave; each executor writes its shards to the ledger itself, which must lie where all of them can
write, and only the entries come back.  Spark's own retries take care of executors that end.  Needs the extra
``spark``; in a session that ``spark-submit`` has opened, that one is used.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dateline.corpus.batch import Settings, code_batch
from dateline.corpus.ledger import Entry, Ledger, from_line, to_line
from dateline.corpus.shards import Shard, pack, unpack
from dateline.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_WAVE = 8  # shards a core in one wave
_WAVES = 2  # waves under way
_SCHEMA = "entry string"


def run(shards: Iterator[Shard], settings: Settings, ledger: Ledger, jobs: int) -> Iterator[Entry]:
    """Code shards on Spark; entries come wave by wave.

    Args:
        shards: what to code.
        settings: how.
        ledger: where executors write.
        jobs: cores of this machine to use where no Spark session is there yet.

    Raises:
        UsageError: PySpark is not installed.
    """
    session, ours = _session(jobs)
    wave = _WAVE * max(1, session.sparkContext.defaultParallelism)
    code = coder(settings, ledger.folder)
    under_way: deque[Future[list[Entry]]] = deque()
    try:
        with ThreadPoolExecutor(_WAVES) as threads:
            while True:
                while len(under_way) < _WAVES and (block := list(islice(shards, wave))):
                    under_way.append(threads.submit(_wave, session, code, block))
                if not under_way:
                    return
                yield from under_way.popleft().result()
    finally:
        if ours:
            session.stop()


def coder(settings: Settings, folder: str) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """The function for ``mapInArrow``: batches of packed shards → batches of ledger entries."""

    def code(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        ledger = Ledger(folder)
        for batch in batches:
            for packed in batch.column(0).to_pylist():
                shard = unpack(packed)
                entry = ledger.put(shard, code_batch(shard.items, settings))
                yield pa.RecordBatch.from_arrays([pa.array([to_line(entry)])], names=["entry"])

    return code


def _wave(session: SparkSession, code: Callable[[Iterator[Any]], Iterator[Any]], block: list[Shard]) -> list[Entry]:
    rows = [(bytearray(pack(s)),) for s in block]
    frame = session.createDataFrame(session.sparkContext.parallelize(rows, len(rows)), "shard binary")
    return [from_line(row.entry) for row in frame.mapInArrow(code, _SCHEMA).collect()]


def _session(jobs: int) -> tuple[SparkSession, bool]:
    """The session that is there, or one on this machine, and whether it is ours to stop."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("PySpark is not installed: pip install 'dateline[spark]'", field="--engine") from None
    active = SparkSession.getActiveSession()
    if active is not None:
        return active, False
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("dateline")
    if "SPARK_ENV_LOADED" not in os.environ:  # not under spark-submit, which names the master itself
        builder = (
            builder.master(f"local[{jobs}, 4]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
        )
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session, True
