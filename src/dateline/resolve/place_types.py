"""What the place finder hands on."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.gazetteer import Entry


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; ``score`` is this candidate's share of belief, 0 to 1."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place named in a report.

    ``first``/``last`` are tokens of the sentence (inclusive), ``start``/``end`` offsets into the report's
    text.  ``kinds`` are prefixes of the GeoNames features that the words near by ask for ("A.ADM1" for "X
    province").  ``as_actor`` marks a name used for a government, an army or a people ("Turkey shelled",
    "Britain-based"): a place named, but not where anything happened.  ``candidates`` are likeliest first;
    there are none for a place that the gazetteer does not know.
    """

    sentence: int
    first: int
    last: int
    text: str
    start: int
    end: int
    kinds: tuple[str, ...] = ()
    as_actor: bool = False
    candidates: tuple[Candidate, ...] = ()

    @property
    def chosen(self) -> Entry | None:
        """The likeliest candidate."""
        return self.candidates[0].entry if self.candidates else None
