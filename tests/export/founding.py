"""A report of our own on the happenings that the codings of every format are tested against, and examples read in whole."""

from __future__ import annotations

from functools import cache

from dateline.codebook import load_codebook
from dateline.export.bundle import Bundle
from dateline.pipeline import Pipeline
from dateline.reconcile import reconcile
from dateline.types import CodedReport, Report

TEXT = """The Turkish army sent a convoy of about 150 military vehicles to its observation posts in Idlib province on Friday, the agency Anadolu said.

Syrian state television and the agency SANA reported that the Syrian army entered the town of Saraqeb on Thursday and was combing its streets. The Syrian Observatory for Human Rights said that the army entered Saraqeb on Thursday but did not capture it.

Turkish troops shelled Syrian soldiers near Saraqeb on Wednesday. On Thursday a rebel counterattack pushed government forces back from the village of Nayrab.

President Recep Tayyip Erdogan threatened to attack Syrian government forces if they did not withdraw by the end of the month.

More than half a million people have been displaced in Idlib in two months.

Seven Turkish soldiers and one civilian employee of the army were killed on Monday when Syrian government forces shelled Turkish positions near Saraqeb.

Russia said that Russian soldiers had been killed by militants in Syria.

Rebels shelled government positions near Binnish on Tuesday, as videos that activists posted show.
"""

REPORT = Report(
    id="own-1",
    text=TEXT,
    title="Turkish convoy drives into Idlib",
    url="https://example.org/news/1",
    outlet="Example Wire",
    published="2020-02-07",
)


@cache
def coded() -> CodedReport:
    """The report, read by the whole way of data."""
    (found,) = Pipeline().code([REPORT])
    assert isinstance(found, CodedReport)
    return found


@cache
def bundle() -> Bundle:
    """The report's events with their claims."""
    return Bundle(events=tuple(reconcile([coded()])), coded=(coded(),), codebook=load_codebook())
