"""The whole coding against the bare parser, over the same reports in the same process."""

from __future__ import annotations

import os
import pathlib
import statistics
import time
from collections.abc import Sequence

os.environ.setdefault("OMP_NUM_THREADS", "1")

from dateline.parse.model import load_model
from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report

BATCH = 16
EXAMPLES = pathlib.Path(__file__).parents[2] / "src/dateline/examples/reports.jsonl"


def race(reports: Sequence[Report], repeat: int) -> tuple[float, float, int]:
    """Median seconds of spaCy's tok2vec, tagger, parser and ner, of the whole coding, and the claims coded.

    The sides run in turn, ``repeat`` times, the parser in batches of BATCH.
    """
    bare, pipeline = load_model(ner=True, plain=True), Pipeline()
    plain, whole, claims = [], [], 0
    for _ in range(repeat):
        start = time.perf_counter()
        for n in range(0, len(reports), BATCH):
            with bare.memory_zone():
                for _doc in bare.pipe((r.text for r in reports[n : n + BATCH]), batch_size=BATCH):
                    pass
        plain.append(time.perf_counter() - start)
        start = time.perf_counter()
        claims = sum(len(c.claims) for c in pipeline.code(reports) if isinstance(c, CodedReport))
        whole.append(time.perf_counter() - start)
    return statistics.median(plain), statistics.median(whole), claims
