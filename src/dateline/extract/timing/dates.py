"""Rules for what names a day or a month: weekdays, dates, months, "yesterday"."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.extract.timing import words as cal
from dateline.extract.timing.cursor import YEARS, Cursor, Expression
from dateline.extract.timing.words import words
from dateline.extract.timing.years import share_of

_DAY_RANGE = re.compile(r"([0-9]{1,2})-{1,2}([0-9]{1,2})\Z")
_FUSED = re.compile(r"(mid|early|late)-?([a-z]{3,}|[0-9]{4})\Z")
_LINKS = frozenset({",", "of", "the", "on"})
_DASHES = frozenset({"-", "--", "to", "/"})

# ------------------------------------------------------------------------------------------ weekdays and days


def weekday(c: Cursor, i: int) -> Expression | None:
    """ "Wednesday", "last Tuesday", "Monday night": the latest such day on or before the report, or the next one
    if told as still to come; "Tuesday, 5 July" is the date it names."""
    w = words()
    if (dated := _weekday_date(c, i)) is not None:
        return dated
    wanted = w.weekdays.get(c.low[i])
    if wanted is None or c.anchor is None or _names_paper(c, i):
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


def _names_paper(c: Cursor, i: int) -> bool:
    """ "The Sunday Times"."""
    return (
        c.at(i - 1) == "the"
        and c.s.deps[i] == "compound"
        and c.s.words[i + 1 : i + 2] != []
        and c.s.tags[i + 1] == "NNP"
    )


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
    if _names_thing(c, i, right):
        return None
    if left and (found := _date(c, i, left[:2], left[2], i)):
        return found
    if right and _reads_as_name(c, i) and (found := _date(c, i, right[:2], i, right[2])):
        return found
    return _whole_month(c, i) if _names_month(c, i) else None


def _names_thing(c: Cursor, i: int, right: tuple[int, int, int] | None) -> bool:
    """ "May 3rd Square", "the 14 March Brigade": a name with a date in it."""
    s, last = c.s, right[2] if right else i
    nxt = last + 1
    if nxt >= len(s) or s.tags[nxt] not in {"NNP", "NNPS"} or c.at(nxt) in words().months:
        return False
    return s.heads[i] == nxt and s.deps[i] == "compound" and s.deps[last] in {"compound", "nummod", "amod"}


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
    """Whether a number after a month counts what follows it ("In May 16 people fell ill")."""
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
    return share_of(c, found) or c.until_report(c.portion(found), i)


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
