"""The word lists of dates, read once into sets, and the arithmetic of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from dateline.codebook.lexicon import lexicon

Interval = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Words:
    """``codebook/data/lexicon/times.yaml`` as lookups."""

    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    months: Mapping[str, int]
    ambiguous_months: frozenset[str]
    seasons: Mapping[str, tuple[int, int]]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    vague: frozenset[str]
    more: frozenset[str]
    less: frozenset[str]
    early: frozenset[str]
    middle: frozenset[str]
    late: frozenset[str]
    portion: Mapping[str, str]
    parts: frozenset[str]
    this_part: frozenset[str]
    deictic: Mapping[str, int]
    past: frozenset[str]
    current: frozenset[str]
    future: frozenset[str]
    role: Mapping[str, str]
    saying: frozenset[str]
    planning: frozenset[str]
    modals: frozenset[str]
    fixtures: frozenset[str]
    achieving: frozenset[str]
    present_only: frozenset[str]
    results: frozenset[str]
    describing: frozenset[str]
    same_time: frozenset[str]
    apart: frozenset[str]
    apart_above: frozenset[str]
    deadlines: frozenset[str]
    head: frozenset[str]
    measures: frozenset[str]
    counting: frozenset[str]


@cache
def words() -> Words:
    """The word lists.

    Raises:
        CodebookError: the file is missing or broken.
    """
    t = lexicon("times")

    def of(name: str) -> frozenset[str]:
        return frozenset(str(w) for w in t[name])

    return Words(
        weekdays={w: n for n, w in enumerate(t["weekdays"]["full"])},
        short_weekdays=dict(t["weekdays"]["short"]),
        months=dict(t["months"]),
        ambiguous_months=of("ambiguous_months"),
        seasons={k: (v[0], v[1]) for k, v in t["seasons"].items()},
        units=dict(t["units"]),
        numbers=dict(t["numbers"]),
        ordinals=dict(t["ordinals"]),
        vague=of("vague"),
        more=of("more"),
        less=of("less"),
        early=of("early") | of("start"),
        middle=of("middle"),
        late=of("late") | of("end"),
        portion=_inverted({n: t[n] for n in ("early", "start", "middle", "late", "end")}),
        parts=of("parts_of_day"),
        this_part=of("this_part"),
        deictic=dict(t["deictic"]),
        past=of("past"),
        current=of("current"),
        future=of("future"),
        role=_inverted(t["roles"]),
        saying=of("saying"),
        planning=of("planning"),
        modals=of("modals"),
        fixtures=of("fixtures"),
        achieving=of("achieving"),
        present_only=of("present_only"),
        results=of("results"),
        describing=of("describing"),
        same_time=of("same_time_marks"),
        apart=of("apart"),
        apart_above=of("apart_above"),
        deadlines=of("deadlines"),
        head=of("head_words"),
        measures=of("measures"),
        counting=of("counting"),
    )


def _inverted(table: Mapping[str, Iterable[Any]]) -> dict[str, str]:
    return {str(w): role for role, listed in table.items() for w in listed}


# -------------------------------------------------------------------------------------------- the calendar


def day(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def shift(d: date, days: int) -> date:
    """``days`` later, held within the calendar."""
    return date.fromordinal(max(1, min(d.toordinal() + days, date.max.toordinal())))


def of_week(d: date) -> Interval:
    """Monday to Sunday of the day's week."""
    monday = shift(d, -d.weekday())
    return monday, shift(monday, 6)


def of_month(year: int, month: int) -> Interval:
    """The whole month; ``month`` may lie outside 1–12 and counts on."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = max(1, min(year, 9999))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def of_year(year: int) -> Interval:
    year = max(1, min(year, 9999))
    return date(year, 1, 1), date(year, 12, 31)


def of_season(first: int, last: int, year: int) -> Interval:
    """A season by its first and last month; one that runs into the next year belongs to its first."""
    return of_month(year, first)[0], of_month(year + (last < first), last)[1]


def months_before(d: date, n: int) -> date:
    """The same day ``n`` months earlier, or that month's last."""
    first, last = of_month(d.year, d.month - n)
    return first.replace(day=min(d.day, last.day))


def back(d: date, n: int, unit: str) -> date:
    """The day ``n`` units before ``d``."""
    if unit in {"month", "year", "decade"}:
        return months_before(d, n * {"month": 1, "year": 12, "decade": 120}[unit])
    if unit == "hour":
        return d - timedelta(days=min((n + 23) // 24, 1000)) if n > 0 else d
    return shift(d, -n * {"week": 7, "fortnight": 14, "weekend": 7}.get(unit, 1))


def ahead(d: date, n: int, unit: str) -> date:
    """The day ``n`` units after ``d``; hours are rounded up to days."""
    return shift(d, (n + 23) // 24) if unit == "hour" else back(d, -n, unit)


def part(interval: Interval, which: str) -> Interval:
    """The early, middle or late part: thirds of a year (mid 2011 = May to August), of a month or a week.

    ``start`` and ``end`` of a year are its first and last two months, elsewhere they are as early and late.
    """
    lo, hi = interval
    size = (hi - lo).days + 1
    if size > 300:
        first, last = {"early": (1, 4), "start": (1, 2), "middle": (5, 8), "late": (9, 12), "end": (11, 12)}[which]
        return of_month(lo.year, first)[0], of_month(lo.year, last)[1]
    which = {"start": "early", "end": "late"}.get(which, which)
    if size >= 28:
        a, b = {"early": (0, 9), "middle": (10, 19), "late": (20, size - 1)}[which]
    elif size > 3:
        third = size // 3
        a, b = {"early": (0, third), "middle": (third, 2 * third), "late": (size - 1 - third, size - 1)}[which]
    else:
        a, b = 0, size - 1
    return shift(lo, a), shift(lo, b)


def precision(lo: date | None, hi: date | None, open_: int = 5) -> int:
    """UCDP's date_prec of an interval: 1 a day, 2 two to six, 3 a week, 4 up to a month, 5 longer or open."""
    if lo is None or hi is None:
        return open_
    size = (hi - lo).days + 1
    return 1 if size <= 1 else 2 if size < 7 else 3 if size == 7 else 4 if size <= 31 else 5
