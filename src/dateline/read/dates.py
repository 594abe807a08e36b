"""Whole dates as newsrooms write them: patterns, and what each match means."""

from __future__ import annotations

import re
from datetime import date

_NAMES = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
)
_MONTHS = {m: n for n, names in enumerate(_NAMES, 1) for m in names.split()}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_MONTH_GLUED = _MONTH.replace(r"\b", "(?![a-z])")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_WEEKDAY = r"(?:\b(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?,?\s+)?"
_ZONE = r"\(?(?:gmt|utc|[a-z]{1,3}[ds]t|local time|z)\b\)?(?:\s*[+-]\d{1,4}(?::\d\d)?)?"
TIME = (
    rf"(?:[T\s,|–—-]+(?:at\s+)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\.\d+)?\s*(?:[ap]\.?m\b\.?)?(?:\s*{_ZONE}|\s*[+-]\d\d:?\d\d)?"
    rf"|[\s,]+(?:at\s+\d{{3,4}}\b(?:\s*{_ZONE})?|\d{{3,4}}\s*{_ZONE}))?"
)
"""A time of day after a date; four digits need "at" before them or a zone after them, else they count something."""
DATES = (
    rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s.-]+{_MONTH},?[\s-]+{_YEAR}",
    rf"{_WEEKDAY}\b{_MONTH_GLUED}\s*{_DAY},?\s*{_YEAR}",
    rf"{_WEEKDAY}\b{_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)",
    rf"{_WEEKDAY}\b(?P<day>\d{{1,2}})(?P<sep>[./-])(?P<month>\d{{1,2}})(?P=sep){_YEAR}",
)


def date_of(m: re.Match[str]) -> str | None:
    """The ISO date of a match of one of :data:`DATES`.

    "" where it may be one of two (5/6/2016 is a day in May or in June, unless the weekday tells); None where it
    is no date (31 February).
    """
    groups = m.groupdict()
    day, year, month = int(m["day"]), int(m["year"]), m["month"].lower()
    if not month.isdigit():
        return _iso(year, _MONTHS[month], day)
    number = int(month)
    straight, turned = _iso(year, number, day), _iso(year, day, number)
    first_is_year = m.start("year") < m.start("day")
    if first_is_year or groups.get("sep") != "/":
        return straight or (None if first_is_year else turned)
    if straight and turned and straight != turned:
        told = [d for d in (straight, turned) if groups["weekday"] and _weekday(d) == groups["weekday"].lower()]
        return told[0] if len(told) == 1 else ""
    return straight or turned


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _weekday(iso: str) -> str:
    return _WEEKDAYS[date.fromisoformat(iso).weekday()]
