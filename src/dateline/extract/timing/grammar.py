"""All expressions of a sentence: each read from its head word, then ranges joined and roles given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from dateline.extract.timing import dates, units, years
from dateline.extract.timing import words as cal
from dateline.extract.timing.cursor import Cursor, Expression
from dateline.extract.timing.words import words
from dateline.types import Sentence

Rule = Callable[[Cursor, int], Expression | None]

_ADJECTIVAL = frozenset({"poss", "compound", "amod", "nmod"})
_THROUGH = frozenset({"to", "-", "--", "until", "till", "through", "and"})
_OVER = frozenset({"the", "on", "in", "about", "around", "at", "least"})
_FUSED = frozenset({"mid", "ear", "lat"})


@cache
def _rules() -> Mapping[str, Rule]:
    """Head word → the rule that reads from it."""
    w = words()
    table: dict[str, Rule] = {}
    for listed, rule in (
        (w.parts, dates.part_of_day),
        (w.units, units.unit),
        (w.deictic, dates.deictic),
        (w.seasons, years.season),
        (w.months, dates.month),
        (w.weekdays, dates.weekday),
        (w.short_weekdays, dates.weekday),
    ):
        table.update(dict.fromkeys(listed, rule))
    table["then"] = units.then
    table["night"] = _night
    return table


def _night(c: Cursor, i: int) -> Expression | None:
    return dates.part_of_day(c, i) or units.unit(c, i)


def read(c: Cursor) -> list[Expression]:
    """The sentence's expressions in order of the text, with their roles."""
    found = _joined(c, _plain(c))
    out: list[Expression] = []
    for e in found:
        out.extend(_with_role(c, e))
    return sorted(out, key=lambda e: (e.first, e.last))


def _plain(c: Cursor) -> list[Expression]:
    rules, low = _rules(), c.low
    out: list[Expression] = []
    i = 0
    while i < len(low):
        word = low[i]
        rule = rules.get(word)
        if rule is None and len(word) > 1:
            if word[0].isdigit():
                rule = years.digits
            elif word[:3] in _FUSED:
                rule = dates.fused
        found = rule(c, i) if rule else None
        if found is None or found.first <= c.used:
            i += 1
            continue
        c.take(found)
        out.append(found)
        i = found.last + 1
    return out


# -------------------------------------------------------------------------------------------------- ranges


def _joined(c: Cursor, found: list[Expression]) -> list[Expression]:
    """ "from 3 May to 5 May", "between Monday and Wednesday", "2012 to 2014", "Monday and Tuesday" as one."""
    out: list[Expression] = []
    for e in found:
        if out and (both := _range(c, out[-1], e)):
            out[-1] = both
        else:
            out.append(e)
    return out


def _range(c: Cursor, a: Expression, b: Expression) -> Expression | None:
    if a.lo is None or a.hi is None or b.lo is None or b.hi is None or b.first - a.last != 2:
        return None
    link = c.low[a.last + 1]
    if link not in _THROUGH or a.role or b.role:
        return None
    opening = c.low[a.first - 1] if a.first else ""
    lo, hi = a.lo, a.hi
    if link == "and" and opening != "between":
        return replace(a, last=b.last, hi=b.hi, kind="days") if (b.lo - hi).days == 1 and b.kind == "day" else None
    if link in {"until", "till"} and opening != "from":
        return None
    if b.dated and not a.dated:
        years = b.lo.year - lo.year - ((lo.month, lo.day) > (b.lo.month, b.lo.day))
        if a.kind in {"month", "days"} or (a.kind == "day" and c.low[a.first] not in words().weekdays):
            lo = cal.months_before(lo, -12 * years)
    if lo > b.hi and (lo - b.hi).days < 7:
        lo = cal.shift(lo, -7)
    elif lo > b.hi and not a.dated:
        lo = cal.months_before(lo, 12)
    if lo > b.hi:
        return None
    return Expression(a.first, b.last, lo, b.hi, "years" if a.kind == "year" else "days", dated=a.dated or b.dated)


# --------------------------------------------------------------------------------------------------- roles


def _with_role(c: Cursor, e: Expression) -> list[Expression]:
    """The expression as the words around it bound it; a "since" further up adds one of its own."""
    if e.role:
        return [e]
    s = c.s
    top = topmost(s, e.first, e.last)
    k = _opening(c, e)
    word = c.low[k] if k >= 0 else ""
    role = words().role.get(word, "")
    owns = c.low[e.last + 1 : e.last + 2] == ["'s"]
    lost_comma = word == "since" and k == e.first - 1 and not owns  # "Since Monday shelling has killed nine"
    if s.deps[top] in _ADJECTIVAL and e.kind != "year" and not lost_comma:
        role = ""
    if role == "since" and e.lo is not None:
        whole = _since(c, e, k)
        if whole is not None:
            nested = e.last + 1 < len(s) and "when" in c.low[e.last + 1 : e.last + 3]
            return [whole, e] if nested else [whole]
        return [e]
    if role == "by":
        hi = e.hi
        if word == "before" and e.lo is not None and e.kind != "part":
            hi = cal.shift(e.lo, -1)
        return [replace(e, first=k, lo=None, hi=hi, role="by")]
    if role == "after" and e.kind not in {"days", "years"} and s.tags[s.heads[k]][:1] == "V" and e.lo is not None:
        return [replace(e, first=k, hi=None)]
    above = _since_above(s, top)
    if above >= 0 and e.lo is not None:
        whole = _since(c, e, above)
        if whole is not None:
            return [e, whole]
    return [e]


def _since(c: Cursor, e: Expression, k: int) -> Expression | None:
    """From the expression's first day until the report; the token at ``k`` is the "since"."""
    if e.lo is None or (c.anchor is not None and e.lo > c.anchor):
        return None
    if c.anchor is None and not e.dated:
        return None
    return replace(e, first=min(k, e.first), last=max(k, e.last), hi=c.anchor, role="since", head=k)


def _opening(c: Cursor, e: Expression) -> int:
    """The preposition before an expression, over an article and "early on"."""
    w = words()
    k = e.first - 1
    while k >= 0 and (c.low[k] in _OVER or c.low[k] in w.early or c.low[k] in w.late):
        before = c.low[k - 1] if k else ""
        if c.low[k] in w.role and before not in w.role and before not in w.early and before not in w.late:
            break
        k -= 1
    return k


def topmost(s: Sentence, first: int, last: int) -> int:
    """The token of a run whose head lies outside it."""
    for i in range(last, first - 1, -1):
        if not first <= s.heads[i] <= last or s.heads[i] == i:
            return i
    return last


def _since_above(s: Sentence, i: int) -> int:
    """The "since" whose noun or clause an expression dates ("since the war broke out in 2011"), or -1."""
    for _ in range(10):
        h = s.heads[i]
        if h == i:
            return -1
        if s.lower[h] == "since" and s.deps[h] == "prep":
            return h
        if s.tags[h][:1] == "V":
            for k in s.children[h]:
                if s.deps[k] == "mark" and s.lower[k] == "since":
                    return k
            if s.deps[h] not in {"xcomp", "pcomp"}:
                return -1
        i = h
    return -1
