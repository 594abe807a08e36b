"""Whether a coded report that came from outside holds together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from dateline.types import Claim, CodedReport, Span

_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def fault(coded: CodedReport) -> str:
    """The first thing that is wrong with it, else "".

    Ids are there, unlike and without control characters; every claim is the report's own; the report's main claim is
    among them; dates are dates; spans lie in order and, where the text is there, have the words that stand there; coordinates and
    confidences are possible ones.
    """
    return next(_faults(coded), "")


def _faults(coded: CodedReport) -> Iterator[str]:
    r, ids = coded.report, [c.id for c in coded.claims]
    for id in (r.id, *ids):
        if not id or _CONTROL.search(id):
            yield f"an id is empty or has control characters: {id!r}"
    if "\x00" in r.outlet:
        yield "the outlet's name has control characters"
    if r.published is not None and not _is_time(r.published):
        yield f"no date: {r.published!r}"
    if len(set(ids)) < len(ids):
        yield f"claim {next(i for i in ids if ids.count(i) > 1)} is given twice"
    if coded.primary is not None and coded.primary not in ids:
        yield f"the main claim {coded.primary} is not among the claims"
    if not 0 <= r.body <= len(r.text):
        yield f"the text does not begin at {r.body}"
    for c in coded.claims:
        for wrong in _of_claim(c, coded):
            yield f"claim {c.id}: {wrong}"


def _of_claim(c: Claim, coded: CodedReport) -> Iterator[str]:
    text = coded.report.text
    if c.report_id != coded.report.id:
        yield f"is of report {c.report_id}"
    if not 0 <= c.confidence <= 1:
        yield f"a confidence of {c.confidence}"
    if not 0 <= c.sentence.start <= c.sentence.end or (text and c.sentence.end > len(text)):
        yield "its sentence is not in the text"
    for span in _spans(c):
        if span.start is None or span.end is None:
            continue
        if not 0 <= span.start <= span.end:
            yield f"a span from {span.start} to {span.end}"
        elif text and text[span.start : span.end] != span.text:
            yield f"{span.text!r} does not stand at {span.start} to {span.end}"
    if c.time and not all(_is_time(x) for x in (c.time.earliest, c.time.latest) if x is not None):
        yield f"no time: {c.time.earliest!r} to {c.time.latest!r}"
    p = c.place
    if p and not (-90 <= (p.lat or 0) <= 90 and -180 <= (p.lon or 0) <= 180):
        yield f"no such coordinates: {p.lat}, {p.lon}"


def _spans(c: Claim) -> Iterator[Span]:
    yield c.trigger
    yield from (*c.agents, *c.targets, *c.sources, *c.figures)
    if c.place:
        yield c.place
    if c.time:
        yield c.time


def _is_time(value: str) -> bool:
    """Whether it is an ISO date, or a date-time."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return value[4:5] == "-" and value[7:8] == "-"
