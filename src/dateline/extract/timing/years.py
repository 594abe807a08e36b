"""Rules for figures, years and seasons: "2020-02-07", "2015", "the 1990s", "the spring of 2014"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.extract.timing import words as cal
from dateline.extract.timing.cursor import YEARS, Cursor, Expression
from dateline.extract.timing.words import words

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?![0-9/-])")
_YEAR_RANGE = re.compile(r"((?:19|20)[0-9]{2})(?:-{1,2}|/)((?:19|20)[0-9]{2}|[0-9]{2})\Z")
_DECADE = re.compile(r"((?:19|20)[0-9])0'?s\Z")
_BEFORE_YEAR = frozenset({"in", "since", "during", "until", "by", "till", "before", "after"})
_BETWEEN_YEARS = frozenset({"between", "from", "to", "and", "-", "--", "the", "year", "through", "or", "of"})


def share_of(c: Cursor, e: Expression) -> Expression | None:
    """ "The first week of March", "the first half of 2016", "the first six months of 2016"."""
    k = e.first - 1
    if e.lo is None or e.hi is None or c.at(k) not in {"of", "in"}:
        return None
    name, count = c.at(k - 1), 1
    if name == "months" and (count := c.number(k - 2) or 0):
        k -= 1
    which = c.at(k - 2)
    n = words().ordinals.get(which, -1 if which in {"last", "final"} else 0)
    if n == 0:
        return None
    lo = hi = None
    if name == "week":
        lo = cal.shift(e.lo, 7 * (n - 1)) if n > 0 else cal.shift(e.hi, -6)
        hi = cal.shift(lo, 6)
    elif e.kind == "year":
        size = {"half": 6, "quarter": 3, "months": count}.get(name, 0)
        if 0 < size <= 12 and n * size <= 12 and (n <= 1 or name != "months"):
            first = 1 + (n - 1) * size if n > 0 else 13 - size
            lo, hi = cal.of_month(e.lo.year, first)[0], cal.of_month(e.lo.year, first + size - 1)[1]
    if lo is None or hi is None:
        return None
    return replace(e, first=k - 3 if c.at(k - 3) == "the" else k - 2, lo=lo, hi=hi, kind=name)


# ------------------------------------------------------------------------------------------ digits and years


def digits(c: Cursor, i: int) -> Expression | None:
    """ "2020-02-07", "2015", "the 1990s", "2012-2014"."""
    return _written(c, i) or _decade(c, i) or _bare_year(c, i)


def _written(c: Cursor, i: int) -> Expression | None:
    """A date in figures; "07/02/2020" is left alone, for day and month could each be either."""
    start = c.s.starts[i]
    if start and (c.text[start - 1].isdigit() or c.text[start - 1] in "-/"):
        return None
    if m := _ISO.match(c.text, start):
        d = cal.day(int(m[1]), int(m[2]), int(m[3]))
    elif m := _NUMERIC.match(c.text, start):
        a, b, y = int(m[1]), int(m[3]), int(m[4])
        d = cal.day(y, b, a) if a > 12 or a == b or m[2] == "." else cal.day(y, a, b) if b > 12 else None
    else:
        return None
    if d is None or d.year not in YEARS:
        return None
    last = i
    while last + 1 < len(c.s) and c.s.ends[last + 1] <= m.end():
        last += 1
    return Expression(i, last, d, d, "day", dated=True)


def _decade(c: Cursor, i: int) -> Expression | None:
    m = _DECADE.match(c.low[i])
    if m is None:
        return None
    lo = int(m[1]) * 10
    first = i - 1 if c.at(i - 1) == "the" else i
    return Expression(first, i, date(lo, 1, 1), date(lo + 9, 12, 31), "decade", dated=True)


def _bare_year(c: Cursor, i: int) -> Expression | None:
    if m := _YEAR_RANGE.match(c.low[i]):
        a, b = int(m[1]), int(m[2]) if len(m[2]) == 4 else int(m[1][:2] + m[2])
        return Expression(i, i, date(a, 1, 1), date(b, 12, 31), "years", dated=True) if a < b else None
    year = c.year(i)
    if c.at(i - 1) in {"-", "/", "."} and c.day_number(i - 2):  # the end of a date in figures that is not clear
        return None
    if year is None or not _is_year(c, i, year[1]):
        return None
    lo, hi = cal.of_year(year[0])
    found = Expression(i, year[1], lo, hi, "year", dated=True)
    return share_of(c, found) or c.until_report(c.portion(found), i)


def _is_year(c: Cursor, i: int, last: int) -> bool:
    """Whether four digits are a year, not a count."""
    s, w, before, after = c.s, words(), c.at(i - 1), c.at(last + 1)
    if after in w.measures or before in w.counting:
        return False
    counts = s.deps[last] in {"nummod", "quantmod"} and s.heads[last] > last
    plural = counts and s.tags[s.heads[last]] in {"NNS", "NNPS"}
    part = before in w.early or before in w.middle or before in w.late
    if part or before in _BEFORE_YEAR:
        governed = counts and s.deps[s.heads[last]] == "pobj"  # "in 2000 cars", but "In 2015 rebels took"
        return not plural or part or (before in {"in", "since", "during"} and not governed)
    if before in _BETWEEN_YEARS:
        return not plural or before in {"the", "year"}
    return before in w.seasons


# -------------------------------------------------------------------------------------------------- seasons


def season(c: Cursor, i: int) -> Expression | None:
    """ "the spring of 2014", "last summer", "in the winter"."""
    w, before, year = words(), c.at(i - 1), c.year_right(i + 1)
    first_month, last_month = w.seasons[c.low[i]]
    modifier = before if before in w.past or before in w.current or before in w.future else ""
    if before == "arab" or c.s.tags[i][:1] == "V":
        return None
    if year:
        y = year[0]
    elif c.anchor is None or not (modifier or _in_the(c, i)):
        return None
    else:
        y = c.anchor.year
        lo, hi = cal.of_season(first_month, last_month, y)
        if modifier in w.future or c.future(i):
            y += hi < c.anchor
        elif modifier in w.past:
            y -= hi >= c.anchor
        else:
            y -= lo > c.anchor
    lo, hi = cal.of_season(first_month, last_month, y)
    first = i - 1 if modifier and not year else i
    found = Expression(first, year[1] if year else i, lo, hi, "season", dated=year is not None)
    return c.until_report(c.portion(found), i)


def _in_the(c: Cursor, i: int) -> bool:
    before, w = c.at(i - 1), words()
    if before == "the":
        return c.at(i - 2) in {"in", "during", "since", "of", "over", "until", "by"}
    return before in {"in", "since", "during"} or before in w.early or before in w.late or before in w.middle
