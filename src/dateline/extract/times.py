"""Time expressions of a report, anchored on its date, and which of them dates an event.

A weekday is the latest such day on or before the report; "in 2015" is the whole year; "since December" runs
from the first of December to the report.  Nothing is made up: what a report's words leave open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.extract.timing import grammar
from dateline.extract.timing import words as cal
from dateline.extract.timing.attach import time_of
from dateline.extract.timing.cursor import Cursor, Expression
from dateline.extract.timing.words import words
from dateline.types import Mention, Sentence, TimeMention

__all__ = ["find_times", "time_of"]

_HEAD_CHARS = 600
_CLOCK = re.compile(
    r"\b(?P<h12>0?[1-9]|1[0-2])(?:[:.](?P<m12>[0-5][0-9]))?\s?(?P<half>[ap])\.?m\b"
    r"|\b(?P<h24>[01]?[0-9]|2[0-3]):(?P<m24>[0-5][0-9])\b"
    r"|\b(?P<hz>[01][0-9]|2[0-3])(?P<mz>[0-5][0-9])\s?(?:GMT|UTC|hours|hrs|local time)\b",
    re.IGNORECASE,
)
_CLOCK_WORDS = frozenset({"am", "pm", "a.m.", "p.m.", "gmt", "utc", "hrs", "local"})
_CLOCK_REACH = 40  # characters between a day and its hour


def find_times(sentences: Sequence[Sentence], text: str, published: str | None) -> list[list[TimeMention]]:
    """The time expressions of each sentence, in order of the text.

    Args:
        sentences: the report's, in order.
        text: the report's text, which the sentences' offsets point into.
        published: the report's date (ISO), or None: then only expressions that name their own year are read.

    Returns:
        One list a sentence.  ``earliest`` and ``latest`` are dates, or date-times ("2020-02-07T10:30") where
        the text gives that day's hour; None where that end is open ("for days", "by Friday").  Mentions may
        overlap: "since the war began in 2011" gives 2011 for the war's beginning and, hung on "since", the
        time from then on.  A date at the report's head that dates the report itself is no mention.

    Raises:
        ValueError: ``published`` is not an ISO date.
    """
    anchor = date.fromisoformat(published[:10]) if published else None
    out: list[list[TimeMention]] = []
    reference = since = None
    for s in sentences:
        c = Cursor(s, text, anchor, reference, since)
        found = grammar.read(c)
        if found and s.start < _HEAD_CHARS:
            head = _head_end(s, found)
            if head >= 0:
                found = [e for e in found if e.first > head]
                c.reference, c.since = reference, since
                for e in found:
                    c.take(e)
        reference, since = c.reference, c.since
        out.append(_mentions(s, text, found) if found else [])
    return out


def _mentions(s: Sentence, text: str, found: Sequence[Expression]) -> list[TimeMention]:
    hour = _hour(s, text, found)
    out = []
    for e in found:
        lo, hi = e.lo.isoformat() if e.lo else None, e.hi.isoformat() if e.hi else None
        if hour and hour[0] is e:
            lo = hi = f"{lo}T{hour[1]}"
        top = e.head if e.head >= 0 else grammar.topmost(s, e.first, e.last)
        out.append(
            TimeMention(
                mention=Mention(s.index, e.first, e.last, top),
                earliest=lo,
                latest=hi,
                precision=cal.precision(e.lo, e.hi),
                role=e.role or "at",  # type: ignore[arg-type]
            )
        )
    return out


def _hour(s: Sentence, text: str, found: Sequence[Expression]) -> tuple[Expression, str] | None:
    """The one day whose hour the sentence gives, with that hour as HH:MM."""
    days = [e for e in found if e.kind == "day" and e.lo == e.hi and e.role in {"", "relative"}]
    if not days or not any(":" in w or w in _CLOCK_WORDS or w[-2:] in {"am", "pm"} for w in s.lower):
        return None
    clocks = list(_CLOCK.finditer(text, s.start, s.end))
    if len(clocks) != 1:
        return None
    m = clocks[0]
    near = [e for e in days if _gap(s, e, m.start(), m.end()) <= _CLOCK_REACH]
    if len(near) != 1:
        return None
    hour, minute = int(m["h12"] or m["h24"] or m["hz"]), m["m12"] or m["m24"] or m["mz"] or "00"
    if m["half"]:
        hour = hour % 12 + (12 if m["half"] in "pP" else 0)
    return near[0], f"{hour:02d}:{minute}"


def _gap(s: Sentence, e: Expression, start: int, end: int) -> int:
    return max(start - s.ends[e.last], s.starts[e.first] - end)


def _head_end(s: Sentence, found: Sequence[Expression]) -> int:
    """The last token of a date that dates the report itself ("Published July 2 2016 …"), or -1.

    Such a date begins the sentence, after nothing but words of a report's head, and no sentence goes on from
    it; "On July 1 2016 rebels took…" is not one.
    """
    head, end = words().head, -1
    for e in found:
        before = [w for w in s.lower[end + 1 : e.first] if not w.isdigit()]
        if e.lo is None or not all(w in head for w in before):
            break
        if end < 0 and before and not any(w.isalpha() and w not in {"on", "at", "by", "last", "in"} for w in before):
            if any(w.isalpha() for w in before):
                break
        nxt = e.last + 1
        figures = e.first == 0 and not any(w in words().months for w in s.lower[: e.last + 1])  # "01.10.2017 updated"
        if nxt < len(s) and s.words[nxt][:1].islower() and s.lower[nxt] not in head and not figures:
            break
        if not e.dated and not (nxt < len(s) and s.words[nxt] in {"(", "-", "--"} and before):
            break
        if e.kind not in {"day", "month"}:
            break
        end = e.last
    return end if end >= 0 else _dateline_end(s, found)


def _dateline_end(s: Sentence, found: Sequence[Expression]) -> int:
    """The date of an agency's dateline: "BEIRUT, Feb 5 (Agency) - …"."""
    e = found[0]
    opening = [w for w in s.words[: e.first] if w[:1].isalpha()]
    nxt = e.last + 1
    if e.kind == "day" and opening and len(opening) <= 4 and e.first <= 8 and all(w[:1].isupper() for w in opening):
        if nxt < len(s) and s.words[nxt] in {"(", "--", "-"} and s.lower[0] not in words().role:
            return e.last
    return -1
