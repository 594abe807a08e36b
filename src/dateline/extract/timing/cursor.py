"""A sentence being read for dates: what every rule of the grammar asks of its tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dateline.extract.timing import words as cal
from dateline.extract.timing.tense import is_future, is_past
from dateline.extract.timing.words import words
from dateline.types import Sentence

YEARS = range(1900, 2101)
_NEAR_DAYS = 92
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\Z")


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: its tokens (inclusive) and days.  An end is None where the words leave it open.

    ``kind`` names its grain ("day", "month", "part"…); ``dated`` says that it names its own year and so
    needs no report to lean on; ``role`` (as in :class:`~dateline.types.TimeMention`) is set where the words
    themselves give it; ``head`` is set where the expression hangs on a token that is not its topmost.
    """

    first: int
    last: int
    lo: date | None
    hi: date | None
    kind: str
    dated: bool = False
    role: str = ""
    head: int = -1


class Cursor:
    """One sentence, what was read of it so far, and what its dates lean on.

    Attributes:
        anchor: the report's own date, or None; without it only dated expressions are read.
        reference: the last single day told before, for "two days later".
        since: the first day of the last expression told before, for "since then".
        used: the last token of the expression read before; none reaches back over it.
        named_here: whether ``reference`` stands in this sentence.
    """

    def __init__(
        self, sentence: Sentence, text: str, anchor: date | None, reference: date | None, since: date | None
    ) -> None:
        self.s = sentence
        self.low = sentence.lower
        self.text = text
        self.anchor = anchor
        self.reference = reference
        self.since = since
        self.used = -1
        self.named_here = False

    def take(self, e: Expression) -> None:
        """Go on after an expression."""
        self.used = e.last
        if e.lo is not None:
            self.since = e.lo
            if e.lo == e.hi:
                self.reference = e.lo
                self.named_here = True

    def at(self, i: int) -> str:
        """The lower-cased word at ``i``, "" outside what is still to be read."""
        return self.low[i] if self.used < i < len(self.low) else ""

    def number(self, i: int) -> int | None:
        """A count written in digits or words."""
        low = self.at(i)
        if low.isascii() and low.isdigit() and len(low) <= 4:
            return int(low)
        if "-" in low[1:-1]:
            tens, _, ones = low.partition("-")
            a, b = words().numbers.get(tens), words().numbers.get(ones)
            return a + b if a and b and a >= 20 and b < 10 else None
        return words().numbers.get(low)

    def day_number(self, i: int) -> int | None:
        """A day of a month: "5", "05", "5th"."""
        m = _DAY.match(self.at(i))
        return int(m[1]) if m and m[1].isascii() and 1 <= int(m[1]) <= 31 else None

    def year(self, i: int) -> tuple[int, int] | None:
        """A year at ``i`` and its last token; one broken by a line break ("20", "16") is put together."""
        low = self.at(i)
        if len(low) == 4 and low.isdigit() and low.isascii():
            return (int(low), i) if int(low) in YEARS else None
        tail = self.at(i + 1)
        if low in {"19", "20"} and len(tail) == 2 and tail.isdigit() and tail.isascii():
            gap = self.text[self.s.ends[i] : self.s.starts[i + 1]]
            if "\n" in gap and not gap.strip():
                return int(low + tail), i + 1
        return None

    def year_right(self, i: int) -> tuple[int, int] | None:
        """A year that closes a date: straight at ``i``, or after a comma or "of"."""
        return self.year(i) or (self.year(i + 1) if self.at(i) in {",", "of"} else None) or self._told_year(i)

    def _told_year(self, i: int) -> tuple[int, int] | None:
        """ "In March of last year": the year that follows in words, and its last token."""
        k = i + 1 if self.at(i) in {",", "of"} else i
        if self.anchor is None or self.at(k + 1) != "year":
            return None
        w, which = words(), self.at(k)
        step = -1 if which in w.past else 1 if which in w.future else 0 if which in w.current else None
        return None if step is None else (self.anchor.year + step, k + 1)

    def future(self, i: int) -> bool:
        return is_future(self.s, i)

    def inferred_year(self, i: int, month: int, number: int | None) -> int | None:
        """The year of a date that names none: the latest not after the report, or the next if still to come.

        A day shortly after the report is to come unless the verb is past ("the deal expires on 12 March").
        """
        if self.anchor is None:
            return None
        year = self.anchor.year
        if self.future(i):
            end = cal.day(year, month, number) if number else cal.of_month(year, month)[1]
            return year if end is None or end >= self.anchor else year + 1
        begin = cal.day(year, month, number or 1)
        if begin is None or begin <= self.anchor:
            return year
        near = (begin - self.anchor).days <= _NEAR_DAYS and number is not None
        return year if near and not is_past(self.s, i) else year - 1

    def until_report(self, e: Expression, i: int) -> Expression:
        """A whole period that the report's date falls into ends there, or begins there if still to come."""
        a = self.anchor
        if a is None or e.lo is None or e.hi is None or not e.lo <= a < e.hi:
            return e
        return replace(e, lo=a) if self.future(i) else replace(e, hi=a)

    def portion(self, e: Expression) -> Expression:
        """Narrowed by what stands before it: "early", "mid-", "the end of", "late in"."""
        w = words()
        k = e.first - 1
        if (self.at(k - 1), self.at(k)) in {("mid", "-"), ("of", "the")}:
            k -= 1
        if self.at(k) in {"of", "in"} and self.at(k - 1) in w.early | w.middle | w.late:
            k -= 1
        name = w.portion.get(self.at(k), "")
        if not name or e.lo is None or e.hi is None:
            return e
        lo, hi = cal.part((e.lo, e.hi), name)
        if self.at(k - 1) == "the":
            k -= 1
        return replace(e, first=k, lo=lo, hi=hi, kind="part")
