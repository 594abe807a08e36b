"""The head of a report's text: its date, and where the text proper begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    m: n
    for n, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for m in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:[\s,]+(?:at\s+)?\d{1,2}[:.]?\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*\(?(?:gmt|utc|est|local time)[+-]?\d*\)?)?)?"
_FORMS = (
    rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}",
    rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.Z+-]+)?",
    rf"(?P<day>\d{{1,2}})[./-](?P<month>\d{{1,2}})[./-]{_YEAR}",
)
_LABEL = r"(?:(?:date(?: of publication)?|published(?: on)?|posted(?: on)?|updated|last update[d]?|publication date)\s*:?\s*)?"
_HEADS = tuple(re.compile(rf"\s*{_LABEL}{_WEEKDAY}{form}\b{_TIME}", re.IGNORECASE) for form in _FORMS)
# "SARAQEB (Example Wire), 7 February 2020 - ": the date of an agency's report.
_DATELINE = re.compile(r"\s*[A-Z][A-Z .'’/-]{2,40}(?:, [A-Z][A-Za-z .-]{2,30}?)??(?:\s*\([A-Z][^()]{1,40}\))?,?\s+")
_BYLINE = re.compile(r"\s*by\s+(?:[A-Z][\w.'-]+\s+){1,3}(?=[A-Z\"“])")
_AFTER_DATELINE = re.compile(r"\s*(?:\([A-Z][^()]{1,40}\))?\s*(?:--?|–|—|:)\s")
_AFTER = re.compile(r"[\s:|,–—-]*")


@dataclass(frozen=True, slots=True)
class Head:
    """The date that a text's head gives (ISO, or None) and the offset at which the text proper begins."""

    published: str | None
    body: int


def read_head(text: str) -> Head:
    """The head matter of a text: ``date 2020-02-07``, ``Tue 05 Jul 2016``, ``Posted on August 12 2016 by …``."""
    window = text[:200]
    if line := _DATELINE.match(window):
        for pattern in _HEADS:
            m = pattern.match(window, line.end())
            if m and _AFTER_DATELINE.match(window, m.end()) and (found := _date(m)):
                return Head(found, 0)
    for pattern in _HEADS:
        m = pattern.match(window)
        if not m:
            continue
        found = _date(m)
        if found is None:
            continue
        end = m.end()
        if by := _BYLINE.match(text, end, end + 80):
            end = by.end()
        after = _AFTER.match(text, end)
        rest = after.end() if after else end
        if _in_sentence(text, rest):
            return Head(None, 0)
        return Head(found, rest if rest < len(text) else 0)
    return Head(None, 0)


def _in_sentence(text: str, at: int) -> bool:
    """Whether the date begins a sentence ("7 February 2020 was …") and is no head matter."""
    return text[at : at + 1].islower()


def _date(m: re.Match[str]) -> str | None:
    month = m["month"].lower()
    number = _MONTHS.get(month) or (int(month) if month.isdigit() else 0)
    day, year = int(m["day"]), int(m["year"])
    if number > 12 and day <= 12 and month.isdigit():
        day, number = number, day
    try:
        return date(year, number, day).isoformat()
    except ValueError:
        return None


def parse_date(value: str) -> str | None:
    """An ISO date of what stands in a report's metadata ("2020-02-07T10:00:00Z", "7 Feb 2020"); None if it is none."""
    for pattern in _HEADS:
        if (m := pattern.match(value.strip())) and (found := _date(m)):
            return found
    return None
