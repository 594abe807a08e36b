"""A report of whose text only a scrap is there that tells of no event, though its title does: cut off, never sent,
or the words of another page.

What its title says is coded in the text's stead.  The title is no part of the text, so that nothing has offsets.
"""

from __future__ import annotations

from dataclasses import replace

from dateline.types import Claim, CodedReport, Extent, Report, bare, respan


def befell(claim: Claim) -> bool:
    """Whether a title's claim tells of people whom something befell, so that it cannot be a manner of speaking."""
    harmed = any(f.kind in ("killed", "injured", "captured") for f in claim.figures)
    befallen = claim.type == "casualties" or any(a.sector == "CVL" for a in claim.targets)
    return claim.modality == "asserted" and (harmed or befallen)


def headline(report: Report) -> Report:
    """The report's title as a report of its own."""
    return replace(report, text=report.title, title="", body=0, truncated=False)


def from_headline(report: Report, coded: CodedReport) -> CodedReport:
    """The report with what its title says."""
    nowhere = Extent(start=0, end=0)
    return replace(coded, report=report, claims=tuple(replace(respan(c, bare), sentence=nowhere) for c in coded.claims))
