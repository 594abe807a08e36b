"""Rules for what is counted in days, weeks, months and years: "two weeks ago", "last month", "for three days"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateline.extract.timing import words as cal
from dateline.extract.timing.cursor import Cursor, Expression
from dateline.extract.timing.tense import is_perfect
from dateline.extract.timing.words import Interval, words

_HEDGES = frozenset({"just", "about", "around", "some", "only", "at", "well", "roughly", "approximately"})
_LATER = frozenset({"later", "after"})
_EARLIER = frozenset({"earlier", "before"})


def unit(c: Cursor, i: int) -> Expression | None:
    """Whatever is said with a unit of time at ``i``."""
    name = words().units[c.low[i]]
    found = _from_another(c, i, name)
    if found is None and c.anchor is not None:
        found = _ago(c, i, name, c.anchor) or _named(c, i, name, c.anchor) or _stretch(c, i, name, c.anchor)
    return found


def then(c: Cursor, i: int) -> Expression | None:
    """ "since then": from the last date told until the report."""
    if c.at(i - 1) != "since" or c.since is None or c.anchor is None or c.since > c.anchor:
        return None
    return Expression(i - 1, i, c.since, c.anchor, "since", role="since")


def _counted(c: Cursor, i: int) -> tuple[int, int, bool, bool] | None:
    """The number before a unit: how many, first token, whether "more than", whether "nearly"."""
    w = words()
    n = c.number(i - 1)
    if n is None:
        return None
    k = i - 1
    more = less = False
    while (word := c.at(k - 1)) and (word in w.more or word in w.less or word in _HEDGES or word == "least"):
        if word == "over" and c.at(k - 2) not in {"just", "for", "in", "within", "well", "of"}:
            break  # "over two weeks" may be the time taken
        more, less = more or word in w.more or word == "least", less or word in w.less
        k -= 1
    return n, k, more and not less, less and not more


# ------------------------------------------------------------------------------------- from another day


def _from_another(c: Cursor, i: int, name: str) -> Expression | None:
    """ "two days later", "a day earlier", "the previous day", "the same day": from the last day told."""
    ref = c.reference
    if ref is None or name not in {"day", "week", "night"}:
        return None
    before, after = c.at(i - 1), c.at(i + 1)
    if name != "week" and c.low[i] in {"day", "night"}:
        if before == "same" or (before == "that" and c.at(i - 2) in {"on", "since", "earlier", "later", "until"}):
            return _relative(i - 1, i, ref, name)
        back = before in {"previous", "preceding"} or (before == "the" and after == "before")
        ahead = before in {"following", "next"} or (before == "the" and after == "after")
        closes = after in {"before", "after"}
        if (back or ahead) and not (closes and _goes_on(c, i + 1)):
            return _relative(i - 1, i + closes, cal.shift(ref, -1 if back else 1), name)
    counted = _counted(c, i)
    if counted is None or (after not in _LATER and after not in _EARLIER):
        return None
    n = counted[0] * (7 if name == "week" else 1) * (1 if after in _LATER else -1)
    if not _goes_on(c, i + 1):
        return _relative(counted[1], i + 1, cal.shift(ref, n), name)
    if c.named_here and name == "day":  # "was shelled on Friday, a day after rebels withdrew"
        return replace(_relative(counted[1], i + 1, cal.shift(ref, -n), name), head=i + 1)
    return None


def _relative(first: int, last: int, d: date, name: str) -> Expression:
    lo, hi = cal.of_week(d) if name == "week" else (d, d)
    return Expression(first, last, lo, hi, "week" if name == "week" else "day", role="relative")


def _goes_on(c: Cursor, i: int) -> bool:
    """Whether "before" or "after" at ``i`` names what it is before or after: then it leans on that, not on a day."""
    s = c.s
    return s.deps[i] == "mark" or any(s.deps[k] in {"pobj", "pcomp"} for k in s.children[i])


# --------------------------------------------------------------------------------------- from the report


def _ago(c: Cursor, i: int, name: str, a: date) -> Expression | None:
    """ "three years ago" is that whole year, "two months ago" that month, "two weeks ago" that week."""
    if c.at(i + 1) != "ago":
        return None
    counted = _counted(c, i)
    if counted is None:
        return Expression(i - 1 if c.at(i - 1) in words().vague else i, i + 1, None, a, "vague")
    n, first, more, less = counted
    d = cal.back(a, n, name)
    if name == "decade":
        lo, hi = cal.of_year(d.year - 5 - 5 * more)[0], cal.of_year(d.year + 5)[1]
    elif name == "year":
        lo, hi = cal.of_year(d.year - more)[0], cal.of_year(d.year + less)[1]
    elif name == "month":
        lo, hi = cal.of_month(d.year, d.month - more)[0], cal.of_month(d.year, d.month + less)[1]
    elif name in {"week", "fortnight", "weekend"}:
        week = cal.of_week(d)
        lo, hi = cal.shift(week[0], -7 * more), cal.shift(week[1], 7 * less)
    else:
        slack = 1 if n >= 7 and name != "hour" else 0
        lo, hi = cal.shift(d, -slack - more), cal.shift(d, slack + less)
    return Expression(first, i + 1, lo, max(lo, min(hi, a)), "day" if lo == hi else "ago")


def _named(c: Cursor, i: int, name: str, a: date) -> Expression | None:
    """ "last week", "earlier this month", "the end of the year", "next month", "over the weekend"."""
    w, before = words(), c.at(i - 1)
    of_another = c.at(i + 1) == "of" and (c.at(i + 2) in w.months or c.year(i + 2) is not None)
    whole = None if of_another or c.low[i].endswith("s") else _calendar(c, i, name, before, a)
    if whole is None:
        return None
    e = Expression(i - 1, i, whole[0], whole[1], name)
    outer = c.at(i - 2)
    if before == "the":
        if outer in {"of", "in"} and (c.at(i - 3) in w.early or c.at(i - 3) in w.middle or c.at(i - 3) in w.late):
            return c.portion(e)
        return e if name == "weekend" and outer in {"at", "over", "on", "during"} else None
    if outer in {"earlier", "later"} and before in w.current:
        if outer == "earlier":
            return replace(e, first=i - 2, hi=a)
        return replace(e, first=i - 2, lo=a)
    found = c.portion(e)
    return c.until_report(e, i) if found is e else found


def _calendar(c: Cursor, i: int, name: str, before: str, a: date) -> Interval | None:
    """The calendar's week, month, year or weekend before, around or after the report."""
    w = words()
    if before == "past":  # "the past week" is a stretch up to the report
        return None
    here = before in w.current or before == "the"
    step = -1 if before in w.past else 1 if before in w.future else 0
    if step == 0 and not here:
        return None
    if name == "week":
        return cal.of_week(cal.shift(a, 7 * step))
    if name == "month":
        return cal.of_month(a.year, a.month + step)
    if name == "year":
        return cal.of_year(a.year + step)
    if name == "weekend":
        saturday = cal.shift(cal.of_week(a)[0], 5)
        if step < 0 or (step == 0 and saturday > a and not c.future(i)):
            saturday = cal.shift(saturday, -7)
        elif step > 0 and saturday <= a:
            saturday = cal.shift(saturday, 7)
        return saturday, cal.shift(saturday, 1)
    return None


def _stretch(c: Cursor, i: int, name: str, a: date) -> Expression | None:
    """ "over the past five days", "in just over two months", "for three weeks", "in recent weeks": a span that
    ends with the report; its first day is None where the words give no number."""
    w = words()
    counted = _counted(c, i)
    n, k, more, _ = counted or (1, i, False, False)
    many = c.low[i].endswith("s")
    lead = c.at(k - 1)
    if lead in {"past", "last", "previous"} and (counted or many or lead == "past"):
        lo = None if counted is None and many else cal.back(a, n + more, name)
        return Expression(k - 1, i, lo, a, "span", role="during")
    if counted is None:
        if lead in w.vague and c.at(k - 2) in {"past", "last", "recent", "previous"}:
            return Expression(k - 2, i, None, a, "vague", role="during")
        if lead == "recent" or (lead == "for" and many and is_perfect(c.s, i)):
            return Expression(i - (lead == "recent"), i, None, a, "vague", role="during")
        return None
    if lead in {"in", "within"} and c.future(i):
        return Expression(k, i, a, cal.ahead(a, n, name), "span", role="by")
    if lead in {"for", "in", "within"} and is_perfect(c.s, i):
        return Expression(k, i, cal.back(a, n + more, name), a, "span", role="during")
    return None
