"""The head of a report's text: its date, its title, and where the text proper begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.read.dates import DATES, TIME, date_of


@dataclass(frozen=True, slots=True)
class Head:
    """The date that a text's head gives (ISO, or None), the offset at which the text proper begins, and the
    title where one stands alone above the date ("" otherwise)."""

    published: str | None
    body: int
    title: str = ""


NOTHING = Head(None, 0)
_WINDOW = 400  # characters from the text's begin in which head matter may stand
_SKIP = re.compile(r"[\s\ufeff\u200b]*")
_LABEL = (
    r"(?:(?:date(?:d| of publication)?|publication date|(?:first )?published(?: on| at)?|posted(?: on| at)?"
    r"|issued(?: on)?|filed(?: on)?|(?:last )?updated?(?: on| at)?|last modified)\s*:?\s*)?"
)
_HEADS = tuple(re.compile(_LABEL + form + TIME, re.IGNORECASE) for form in DATES)
_INSIDE = tuple(re.compile(form + TIME, re.IGNORECASE) for form in DATES)
_NAME = r"[A-Z][\w.'’-]+"
_BYLINE = re.compile(
    rf"\s*[|,–—-]?\s*by\s+(?:{_NAME}\s+{_NAME}(?:\s+and\s+{_NAME}\s+{_NAME})?|[A-Z]{{2,6}})\s+(?=[A-Z\"“‘'0-9])"
)
_BYLINE_LINE = re.compile(r"[ \t]*[|,–—-]?[ \t]*by [^\n.]{2,80}(?=\r?\n)", re.IGNORECASE)
_AFTER = re.compile(r"[\s:|,.–—-]*")
# "SARAQEB (Example Wire), 7 February 2020 - ", "MOSCOW, March 15, 2023. /Agency/. "
_AGENCY = r"(?:\([A-Z][^()\n]{1,40}\)|/[A-Z][^/\n]{1,30}/)"
_BEFORE_DATE = re.compile(
    rf"[A-Z][\w'’./-]*(?: [A-Z][\w'’./-]*){{0,4}}(?:, [A-Z][\w .'’-]{{1,30}})?[,:]?\s*(?:{_AGENCY})?[,:]?\s*"
)
_AFTER_DATE = re.compile(rf"[.,]?\s*(?:{_AGENCY}[.,]?)?\s*(?:--?|–|—|:|(?<=[./])|(?<=/\.))\s")
_LINE = re.compile(r"[^\r\n]+")
_BY = re.compile(r"\s*by\s+[A-Z]", re.IGNORECASE)
_LONGEST_TITLE = 160
_NO_DATELINE = frozenset("on in at by since until from before after between the a an".split())


def read_head(text: str) -> Head:
    """The head matter of a text.

    ``date 2020-02-07``, ``Tue 05 Jul 2016``, ``Posted on August 12 2016 by …`` at its begin are left out of the
    body, as is a title above such a line.  The date of an agency's dateline and of one that stands between a
    headline and its story is read, too, and left where it is.
    """
    begin = _SKIP.match(text)
    at = begin.end() if begin else 0
    for find in (_date_line, _dateline, _title_and_date, _run_in):
        if found := find(text, at):
            return found
    return NOTHING


def _date_line(text: str, at: int) -> Head | None:
    """A date, with or without a label and a byline, at the very begin."""
    for pattern in _HEADS:
        m = pattern.match(text, at, at + _WINDOW)
        if m and (day := date_of(m)) is not None:
            rest = _after(text, m.end())
            if text[rest : rest + 1].islower() and "\n" not in text[m.end() : rest]:
                return NOTHING  # the date begins a sentence
            return Head(day or None, rest if rest < len(text) else 0)
    return None


def _after(text: str, end: int) -> int:
    """Where the text goes on after a date's byline and dashes."""
    if by := _BYLINE_LINE.match(text, end, end + 120) or _BYLINE.match(text, end, end + 80):
        end = by.end()
    after = _AFTER.match(text, end)
    return after.end() if after else end


def _dateline(text: str, at: int) -> Head | None:
    """The date in an agency's dateline, which the parser leaves out."""
    for pattern in _INSIDE:
        m = pattern.search(text, at, at + 110)
        if m and m.start() > at and _BEFORE_DATE.fullmatch(text, at, m.start()) and _AFTER_DATE.match(text, m.end()):
            return Head(date_of(m) or None, 0) if text[at : m.start()].split()[0].lower() not in _NO_DATELINE else None
    return None


def _title_and_date(text: str, at: int) -> Head | None:
    """A title on its own line, and below it, with at most a byline between, a line that is a date."""
    lines = _LINE.finditer(text, at, at + _WINDOW)
    first = next(lines, None)
    if first is None or len(first.group()) > _LONGEST_TITLE or first.group().rstrip().endswith((".", ",")):
        return None
    for n, line in enumerate(line for line in lines if line.group().strip()):
        for pattern in _HEADS:
            start = line.start() + len(line.group()) - len(line.group().lstrip())
            m = pattern.match(text, start, line.end())
            if m and (day := date_of(m)) is not None and _ends_line(text, m.end(), line.end()):
                rest = _after(text, m.end())
                return Head(day or None, rest, first.group().strip()) if rest < len(text) else None
        if n == 2 or not (_BY.match(line.group()) and len(line.group()) < 80):
            return None
    return None


def _ends_line(text: str, at: int, end: int) -> bool:
    rest = text[at:end].strip(" \t:|,.–—-")
    return not rest or bool(_BY.match(rest))


def _run_in(text: str, at: int) -> Head | None:
    """A date with its weekday between a headline and its story, all in one line."""
    for pattern in _INSIDE:
        for m in pattern.finditer(text, at, at + 320):
            before = text[at : m.start()].split()
            new = text[m.end() : m.end() + 2].lstrip()[:1]
            if m["weekday"] and len(before) > 2 and _is_break(before[-1]) and (new.isupper() or new.isdigit()):
                return Head(date_of(m) or None, 0)
    return None


def _is_break(word: str) -> bool:
    """Whether a headline or its agency may end in a word: no "on", and no comma before the date."""
    return word[0].isupper() and word.isalpha()


def parse_date(value: str) -> str | None:
    """An ISO date of what stands in a report's metadata ("2020-02-07T10:00:00Z", "7 Feb 2020", "20200207").

    None where there is none, or where day and month cannot be told apart ("05/06/2016").
    """
    value = value.strip()
    if len(value) == 8 and value.isdigit():
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    for pattern in _HEADS:
        if (m := pattern.match(value)) and (found := date_of(m)):
            return found
    return None
