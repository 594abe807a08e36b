"""A report of whose text only a scrap is there that tells of no event, though its title does: cut off or never sent.

What its title says is coded in the text's stead.  The title is no part of the text, so that nothing has offsets.
"""

from __future__ import annotations

from dataclasses import replace

from dateline.types import CodedReport, Extent, Report, bare, respan


def headline(report: Report) -> Report:
    """The report's title as a report of its own."""
    return replace(report, text=report.title, title="", body=0, truncated=False)


def from_headline(report: Report, coded: CodedReport) -> CodedReport:
    """The report with what its title says."""
    nowhere = Extent(start=0, end=0)
    return replace(coded, report=report, claims=tuple(replace(respan(c, bare), sentence=nowhere) for c in coded.claims))
