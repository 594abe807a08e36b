"""Cut a report's text into segments: paragraphs, headings, and a headline run into the first sentence.

A segment is parsed on its own, so that a heading never becomes part of the sentence after it.  Offsets are
into the report's text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?"
# "… Monitor AFP Tuesday 14 Oct 2014 At least …": headline, agency, date and body in one line.
_RUN_IN_DATE = re.compile(
    rf"(?P<agency>(?:\b[A-Z][A-Za-z]{{1,11}}\b,? ){{0,1}})\b{_WEEKDAY} (?:\d{{1,2}},? {_MONTH}|{_MONTH} \d{{1,2}}),? \d{{4}}\b"
    rf"(?:[ ,]+\d{{1,2}}[:.]?\d{{2}}(?: ?[ap]m)?(?: (?:GMT|UTC)(?:[+-]\d+)?)?)?[ .:,-]*(?=I?[\"“]?[A-Z0-9])",
    re.IGNORECASE,
)
_HEAD_WINDOW = 320
_LONGEST = 20_000  # characters of a paragraph that is parsed as one
_NEW_SENTENCE = re.compile(r"[a-z0-9]{3}[.!?][\"'”’»)\]]*\s+(?=[\"“‘«(\[]?[A-Z])")
_BLANK = re.compile(r"\s+")
# "KHARTOUM, March 15 (Example Wire) — ": where the report was filed, no part of its first sentence.
_DATELINE = re.compile(
    rf"\s*[A-Z][A-Z .'’/-]{{2,40}}(?:, [A-Z][A-Za-z .-]{{2,30}}?)?(?:\s*\([A-Z][^()]{{1,40}}\))?"
    rf"(?i:,?\s+(?:{_WEEKDAY}\s+)?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)?"
    r"(?:\s*\([A-Z][^()]{1,40}\))?\s*(?:--?|–|—|:)\s+(?=[\"“A-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text parsed on its own; ``paragraph`` counts from 0."""

    start: int
    end: int
    paragraph: int
    heading: bool = False
    headline: bool = False


def segments(text: str, body: int = 0) -> Iterator[Segment]:
    """Yield the report's segments in order, from offset ``body`` on."""
    paragraph = 0
    for start, end, heading in _paragraphs(text, body):
        if paragraph == 0 and (cut := _run_in_date(text, start, end)):
            yield Segment(start, cut[0], 0, headline=True)
            start = cut[1]
        if paragraph < 2 and (m := _DATELINE.match(text, start, end)):
            yield Segment(start, m.end(), paragraph, heading=True)
            start = m.end()
        if text[start:end].strip():
            for first, last in _cut(text, start, end):
                yield Segment(first, last, paragraph, heading=heading)
            paragraph += 1


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph; one far too long in parts, each up to the end of a sentence if there is one, else of a word."""
    while end - start > _LONGEST:
        m = _NEW_SENTENCE.search(text, start + _LONGEST // 2, start + _LONGEST) or _BLANK.search(
            text, start + _LONGEST // 2, start + _LONGEST
        )
        stop = m.end() if m else start + _LONGEST
        yield start, stop
        start = stop
    yield start, end


def _run_in_date(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a headline ends and the body begins, if an agency and a date stand between them."""
    m = _RUN_IN_DATE.search(text, start, min(end, start + _HEAD_WINDOW))
    if not m or m.start() - start < 15:
        return None
    return m.start(), m.end()


def _paragraphs(text: str, body: int) -> Iterator[tuple[int, int, bool]]:
    """Lines joined into paragraphs: a blank line, or a line that ends a sentence, closes one."""
    start = end = -1
    for m in _LINE.finditer(text, body):
        if not m.group().strip():
            continue
        if start >= 0 and _continues(text, start, end, m.start()):
            end = m.end()
            continue
        if start >= 0:
            yield start, end, _is_heading(text[start:end])
        start, end = m.start(), m.end()
    if start >= 0:
        yield start, end, False


def _continues(text: str, start: int, end: int, nxt: int) -> bool:
    """Whether the line at ``nxt`` goes on with the hard-wrapped paragraph ``start``–``end``."""
    between = text[end:nxt].replace("\r\n", "\n")
    if between.count("\n") > 1 or "\u2029" in between:
        return False
    if _ENDS_SENTENCE.search(text, max(start, end - 8), end):
        return False
    first = text[nxt : nxt + 40].lstrip()[:1]
    last_line = text.rfind("\n", start, end)
    return first.islower() or end - max(start, last_line) > 55


def _is_heading(text: str) -> bool:
    text = text.strip()
    return len(text) < 80 and not _ENDS_SENTENCE.search(text)
