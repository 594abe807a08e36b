"""A claim with its report, as the ledgers read it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reconcile.facts import day, side
from dateline.types import Actor, Claim, Report


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, the report that it stands in and the event that it is in ("" if none is known)."""

    claim: Claim
    report: Report
    event: str = ""

    @property
    def voice(self) -> str:
        """By whose word: the innermost source, else the outlet, else the report."""
        c = self.claim
        return c.sources[0].name if c.sources else self.report.outlet or f"report {self.report.id}"

    @property
    def on(self) -> str | None:
        """The day that it is told of, or else the report's."""
        time = self.claim.time
        told = (time.latest or time.earliest) if time else None
        return told[:10] if told else self.report.published

    @property
    def denied(self) -> bool:
        c = self.claim
        return c.modality == "denied" or (bool(c.sources) and c.sources[0].stance == "denies")

    @property
    def order(self) -> tuple[int, int, str]:
        """By the day told of, then the report's, then the id."""
        return (day(self.on) or 0, day(self.report.published) or 0, self.claim.id)


def party(actors: tuple[Actor, ...]) -> str:
    """The side that acts, by the name of its group or country, else its own words; "" for nobody."""
    for a in actors:
        if a.group or a.country:
            return a.group or (side(a) or a.name)
    return actors[0].name if actors else ""
