"""Rules for what names a place in the calendar: weekdays, days, months, years, seasons, "yesterday"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.extract.timing import words as cal
from dateline.extract.timing.cursor import YEARS, Cursor, Expression
from dateline.extract.timing.words import words

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_NUMERIC = re.compile(r"([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})(?![0-9/])")
_DAY_RANGE = re.compile(r"([0-9]{1,2})-{1,2}([0-9]{1,2})\Z")
_YEAR_RANGE = re.compile(r"((?:19|20)[0-9]{2})(?:-{1,2}|/)((?:19|20)[0-9]{2}|[0-9]{2})\Z")
_DECADE = re.compile(r"((?:19|20)[0-9])0'?s\Z")
_FUSED = re.compile(r"(mid|early|late)-?([a-z]{3,}|[0-9]{4})\Z")
_LINKS = frozenset({",", "of", "the", "on"})
_DASHES = frozenset({"-", "--", "to", "/"})
_MEASURES = frozenset("% percent per km kilometres kilometers metres meters miles hours people".split())
_COUNTED = frozenset("$ € £ # than least nearly some almost approximately number".split())
_BEFORE_YEAR = frozenset("in since during until by till early late mid before after end beginning start".split())
_BETWEEN_YEARS = frozenset("between from to and - -- the year through or of".split())

# ------------------------------------------------------------------------------------------ weekdays and days


def weekday(c: Cursor, i: int) -> Expression | None:
    """ "Wednesday", "last Tuesday", "Monday night": the latest such day on or before the report, or the next one
    if told as still to come; "Tuesday, 5 July" is the date it names."""
    w = words()
    if (dated := _weekday_date(c, i)) is not None:
        return dated
    wanted = w.weekdays.get(c.low[i])
    if wanted is None or c.anchor is None:
        return None
    first, last, before = i, i, c.at(i - 1)
    modifier = before if before in w.past or before in w.current or before in w.future else ""
    if modifier:
        first = i - 2 if c.at(i - 2) in w.current else i - 1
    if c.at(i + 1) in w.parts:
        last = i + 1
    k = last + 2 if c.at(last + 1) == "of" else last + 1
    if c.at(k) in w.past and c.at(k + 1) == "week":
        d = cal.shift(cal.of_week(c.anchor)[0], wanted - 7)
        return Expression(first, k + 1, d, d, "day")
    if modifier in w.future or (modifier not in w.past and c.future(i)):
        ahead = (wanted - c.anchor.weekday()) % 7
        d = cal.shift(c.anchor, ahead or (7 if modifier in w.future else 0))
    else:
        ago = (c.anchor.weekday() - wanted) % 7
        d = cal.shift(c.anchor, -(ago or (7 if modifier in w.past and first == i - 1 else 0)))
    return Expression(first, last, d, d, "day")


def _weekday_date(c: Cursor, i: int) -> Expression | None:
    months = words().months
    j = i + 1
    while c.at(j) in _LINKS and j < i + 3:
        j += 1
    k = j if c.at(j) in months else j + 1 if c.day_number(j) else -1
    if k > j and c.at(k) == "of":
        k += 1
    if k < 0 or c.at(k) not in months:
        return None
    found = month(c, k)
    return replace(found, first=i) if found and found.kind == "day" and found.first == j else None


def deictic(c: Cursor, i: int) -> Expression | None:
    """ "today", "yesterday morning"."""
    if c.anchor is None:
        return None
    last = i + 1 if c.at(i + 1) in words().parts else i
    first = i - 1 if c.at(i - 1) in {"earlier", "later", "early", "late"} else i
    d = cal.shift(c.anchor, words().deictic[c.low[i]])
    return Expression(first, last, d, d, "day")


def part_of_day(c: Cursor, i: int) -> Expression | None:
    """ "this morning", "last night", "overnight", "the same evening"."""
    w, before, low = words(), c.at(i - 1), c.low[i]
    if c.anchor is None:
        return None
    if before == "this" and low in w.this_part:
        return Expression(i - 1, i, c.anchor, c.anchor, "day")
    if before == "last" and low in {"night", "evening"}:
        d = cal.shift(c.anchor, -1)
        return Expression(i - 1, i, d, d, "day")
    if before in {"that", "same"} and c.reference and low in w.this_part:
        return Expression(i - 1, i, c.reference, c.reference, "day")
    if low == "overnight" and c.s.deps[i] not in {"amod", "compound", "nmod"} and before not in w.weekdays:
        if c.at(i + 1) not in w.weekdays and c.at(i + 1) not in {"on", "to", "into", "from"}:
            return Expression(i, i, cal.shift(c.anchor, -1), c.anchor, "night")
    return None


# ------------------------------------------------------------------------------------------ months and dates


def month(c: Cursor, i: int) -> Expression | None:
    """ "7 February 2020", "Feb. 7", "May 3-5", "in December", "early March", "last May"."""
    left, right = _days_left(c, i), _days_right(c, i)
    if left and (found := _date(c, i, left[:2], left[2], i)):
        return found
    if right and _reads_as_name(c, i) and (found := _date(c, i, right[:2], i, right[2])):
        return found
    return _whole_month(c, i) if _names_month(c, i) else None


def _date(c: Cursor, i: int, days: tuple[int, int], first: int, last: int) -> Expression | None:
    number = words().months[c.low[i]]
    year = c.year_right(last + 1)
    y = year[0] if year else c.inferred_year(i, number, days[1])
    if y is None:
        return None
    lo, hi = cal.day(y, number, days[0]), cal.day(y, number, days[1])
    if lo is None or hi is None or lo > hi:
        return None
    return Expression(first, year[1] if year else last, lo, hi, "day" if lo == hi else "days", dated=year is not None)


def _days_left(c: Cursor, i: int) -> tuple[int, int, int] | None:
    """The day or days before a month ("5", "5th of", "3-5", "3 to 5"): first day, last day, first token."""
    k = i - 2 if c.at(i - 1) == "of" else i - 1
    if m := _DAY_RANGE.match(c.at(k)):
        return int(m[1]), int(m[2]), k
    end = c.day_number(k)
    if end is None:
        return None
    start = c.day_number(k - 2)
    if start and start < end and (c.at(k - 1) in _DASHES or c.at(k - 1) == "and"):
        return start, end, k - 2
    return end, end, k


def _days_right(c: Cursor, i: int) -> tuple[int, int, int] | None:
    """The day or days after a month ("5", "5th", "3-5", "3 to 5"): first day, last day, last token."""
    if c.year(i + 1):
        return None
    k = i + 2 if c.at(i + 1) == "the" else i + 1
    if m := _DAY_RANGE.match(c.at(k)):
        return int(m[1]), int(m[2]), k
    start = c.day_number(k)
    if start is None or _counts(c, k, i):
        return None
    end = c.day_number(k + 2) if c.at(k + 1) in _DASHES else None
    if end and end > start and c.at(k + 3) not in words().months:
        return start, end, k + 2
    return start, start, k


def _counts(c: Cursor, k: int, month_at: int) -> bool:
    """Whether a number after a month counts what follows it ("In May 16 people died")."""
    s = c.s
    if c.at(month_at - 1) == "on" or s.tags[k] != "CD" or c.year_right(k + 1):
        return False
    return s.deps[k] in {"nummod", "quantmod"} and s.heads[k] > k and c.at(k + 1) != ","


def _reads_as_name(c: Cursor, i: int) -> bool:
    if c.low[i] not in words().ambiguous_months:
        return True
    return c.s.words[i][:1].isupper() and c.s.tags[i] not in {"MD", "VB", "VBD"}


def _names_month(c: Cursor, i: int) -> bool:
    """Whether a month stands here without a day: "March" and "May" want a sign of it, short forms a year."""
    w, low = words(), c.low[i]
    if low not in w.ambiguous_months:
        return True
    if not _reads_as_name(c, i):
        return False
    if c.year_right(i + 1):
        return True
    before = c.at(i - 1)
    known = before in w.role or before in w.past or before in w.current or before in w.future
    return known or before in w.early or before in w.middle or before in w.late or before == "-"


def _whole_month(c: Cursor, i: int) -> Expression | None:
    w, number = words(), words().months[c.low[i]]
    year = c.year_right(i + 1)
    modifier = c.at(i - 1)
    if modifier not in w.past and modifier not in w.future and modifier not in w.current:
        modifier = ""
    first = i - 1 if modifier else i
    if year:
        y: int | None = year[0]
    elif c.anchor is None:
        return None
    elif modifier in w.future:
        y = c.anchor.year + (number <= c.anchor.month)
    elif modifier in w.past:
        y = c.anchor.year - (number >= c.anchor.month)
    else:
        y = c.inferred_year(i, number, None)
    if y is None:
        return None
    lo, hi = cal.of_month(y, number)
    found = Expression(first, year[1] if year else i, lo, hi, "month", dated=year is not None)
    week = _week_of(c, found)
    return week or c.until_report(c.portion(found), i)


def _week_of(c: Cursor, e: Expression) -> Expression | None:
    """ "the first week of March", "the last week of 2016"."""
    k = e.first - 1
    if e.lo is None or e.hi is None or c.at(k) not in {"of", "in"} or c.at(k - 1) != "week":
        return None
    which = c.at(k - 2)
    first = k - 3 if c.at(k - 3) == "the" else k - 2
    if which in {"last", "final"}:
        return replace(e, first=first, lo=cal.shift(e.hi, -6), kind="week")
    n = words().ordinals.get(which)
    if n is None:
        return None
    lo = cal.shift(e.lo, 7 * (n - 1))
    return replace(e, first=first, lo=lo, hi=cal.shift(lo, 6), kind="week")


def fused(c: Cursor, i: int) -> Expression | None:
    """ "mid-March", "mid-2011" as one token."""
    m = _FUSED.match(c.low[i])
    if m is None:
        return None
    last, dated = i, True
    if m[2].isdigit():
        if int(m[2]) not in YEARS:
            return None
        whole = cal.of_year(int(m[2]))
    elif m[2] in words().months:
        number, year = words().months[m[2]], c.year_right(i + 1)
        y = year[0] if year else c.inferred_year(i, number, None)
        if y is None:
            return None
        whole, last, dated = cal.of_month(y, number), year[1] if year else i, year is not None
    else:
        return None
    lo, hi = cal.part(whole, {"mid": "middle"}.get(m[1], m[1]))
    return c.until_report(Expression(i, last, lo, hi, "part", dated=dated), i)


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
    if year is None or not _is_year(c, i, year[1]):
        return None
    lo, hi = cal.of_year(year[0])
    found = Expression(i, year[1], lo, hi, "year", dated=True)
    return _week_of(c, found) or c.until_report(c.portion(found), i)


def _is_year(c: Cursor, i: int, last: int) -> bool:
    """Whether four digits are a year, not a count."""
    s, before, after = c.s, c.at(i - 1), c.at(last + 1)
    if after in _MEASURES or before in _COUNTED:
        return False
    counts = s.deps[last] in {"nummod", "quantmod"} and s.heads[last] > last
    plural = counts and s.tags[s.heads[last]] in {"NNS", "NNPS"}
    if before in _BEFORE_YEAR:
        return not plural or before in {"in", "since", "during", "early", "late", "mid"}
    if before in _BETWEEN_YEARS:
        return not plural or before in {"the", "year"}
    return before in words().seasons


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
