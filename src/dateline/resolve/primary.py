"""The claim that a report is mainly about."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.codebook.loader import Codebook
from dateline.types import Claim, Report

VIOLENCE = frozenset({"violence", "casualties"})  # families that a report is about, rather than who was held for it


def primary(report: Report, claims: Sequence[Claim], codebook: Codebook) -> str | None:
    """Its id: of violence rather than of what followed it, told early, surely, with people, place and numbers.

    None for a report without claims.
    """
    if not claims:
        return None
    length = max(1, len(report.text))
    return max(claims, key=lambda c: (weight(c, codebook, length), -(c.trigger.start or 0))).id


def weight(c: Claim, codebook: Codebook, length: int) -> float:
    """How much speaks for a claim's being the main one of a report of so many characters."""
    early = 1.0 - (c.trigger.start or 0) / length
    value = c.confidence + 1.2 * early
    value += 0.2 * bool(c.agents) + 0.2 * bool(c.targets) + 0.2 * bool(c.place) + 0.2 * bool(c.figures)
    value -= 1.0 * c.background + 0.4 * (c.modality != "asserted")
    family = codebook.types[c.type].family
    value -= 0.3 * (family == "words")
    if family in VIOLENCE:
        value += 0.6 + 0.6 * any(f.kind == "killed" for f in c.figures)
    return value
