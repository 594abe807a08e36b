"""A report of whose text only a scrap is there that tells of no event, though its title does: cut off or never sent.

What its title says is coded in the text's stead.  The title is no part of the text, so that nothing has offsets.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from dateline.types import Claim, CodedReport, Extent, Report, Span

S = TypeVar("S", bound=Span)


def headline(report: Report) -> Report:
    """The report's title as a report of its own."""
    return replace(report, text=report.title, title="", body=0, truncated=False)


def from_headline(report: Report, coded: CodedReport) -> CodedReport:
    """The report with what its title says."""
    return replace(coded, report=report, claims=tuple(map(_claim, coded.claims)))


def _claim(c: Claim) -> Claim:
    return replace(
        c,
        trigger=_bare(c.trigger),
        sentence=Extent(start=0, end=0),
        agents=tuple(map(_bare, c.agents)),
        targets=tuple(map(_bare, c.targets)),
        place=_bare(c.place) if c.place else None,
        time=_bare(c.time) if c.time else None,
        sources=tuple(map(_bare, c.sources)),
        figures=tuple(map(_bare, c.figures)),
    )


def _bare(span: S) -> S:
    """Without offsets."""
    return replace(span, start=None, end=None)
