"""What was done: counts of a shard, and of a whole run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.types import CodedReport, Reject

_LONG = 200_000  # characters
_WORD = re.compile(r"\S+")


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of some coded reports; ``words`` by white space, ``claims`` by type, ``rejects`` by reason.

    ``refused`` counts what was refused of a language model's answers, by reason.
    """

    reports: int = 0
    words: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, item: CodedReport | Reject) -> None:
        if isinstance(item, Reject):
            self.rejects[item.reason] += 1
            return
        self.reports += 1
        self.words += count_words(item.report.text)
        self.claims.update(c.type for c in item.claims)

    def update(self, others: Iterable[Tally]) -> None:
        for other in others:
            self.reports += other.reports
            self.words += other.words
            self.claims.update(other.claims)
            self.rejects.update(other.rejects)
            self.refused.update(other.refused)


def count_words(text: str) -> int:
    """Words by white space; of a long text without holding all of them."""
    return len(text.split()) if len(text) < _LONG else sum(1 for _ in _WORD.finditer(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A finished run.

    ``seconds`` is the time of this run, ``resumed`` the reports that an earlier one had coded already,
    ``duplicate_ids`` the reports that got a suffix because an earlier report has their id,
    ``copies`` those that were left out as further publications of an earlier one (their claims are counted here),
    ``refused`` what was refused of a language model's answers, by reason.
    """

    reports: int
    words: int
    claims: dict[str, int]
    rejects: dict[str, int]
    seconds: float
    resumed: int = 0
    resumed_words: int = 0
    duplicate_ids: int = 0
    copies: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        rate = (self.words - self.resumed_words) / self.seconds if self.seconds > 0 else 0.0
        parts = [
            f"{self.reports:,} reports coded, {sum(self.claims.values()):,} claims, in {self.seconds:,.1f} s "
            f"({rate:,.0f} words/s)"
        ]
        if self.resumed:
            parts.append(f"{self.resumed:,} of them by an earlier run")
        if self.duplicate_ids:
            parts.append(f"{self.duplicate_ids:,} had the id of an earlier report and got a suffix (~2, ~3…)")
        if self.copies:
            parts.append(f"{self.copies:,} are further publications of another")
        if self.rejects:
            reasons = ", ".join(f"{n:,} {reason}" for reason, n in sorted(self.rejects.items()))
            parts.append(f"{sum(self.rejects.values()):,} put aside ({reasons})")
        return "; ".join(parts)

    def by_type(self) -> str:
        """The claims by type, the most frequent first, as one line."""
        return ", ".join(f"{n:,} {kind}" for kind, n in sorted(self.claims.items(), key=lambda kn: (-kn[1], kn[0])))
