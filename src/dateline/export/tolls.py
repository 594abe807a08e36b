"""How many were killed in an event, without the tolls of whole wars that a report gives in passing.

A number of a thousand or more in a sentence that speaks of years, of months or of all since a beginning
(``data/export/tolls.yaml``) is no one event's.  What is left counts as the record counts it: the best number is the one that
most sources give, of equals the latest given, of those the lower.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from dateline.export.bundle import Bundle
from dateline.export.coding import killed
from dateline.export.sheet import tables
from dateline.types import Event, EventFigure, SourceFigure

TOLL = "its deaths are a toll of months or years"


def deaths(bundle: Bundle, e: Event) -> EventFigure | None:
    """The event's own figure of people killed; None where none is told or all that is told are tolls of more."""
    f = killed(e)
    if f is None:
        return None
    own = tuple(s for s in f.by_source if not _is_toll(bundle, s))
    if len(own) == len(f.by_source):
        return f
    points = {s: p for s in own if (p := _point(s)) is not None}
    if not points:
        return None
    votes = Counter(points.values())
    lately = {p: max(s.date or "" for s in points if points[s] == p) for p in votes}
    best = sorted(sorted(votes), key=lambda p: (votes[p], lately[p]), reverse=True)[0]
    low = min(s.low if s.low is not None else points[s] for s in points)
    high = max(s.high if s.high is not None else points[s] for s in points)
    return EventFigure(kind="killed", low=min(low, best), best=best, high=max(high, best), by_source=own)


def _point(s: SourceFigure) -> int | float | None:
    return s.low if s.low is not None else s.high


def _is_toll(bundle: Bundle, s: SourceFigure) -> bool:
    value = _point(s)
    if value is None or value < tables("tolls")["least"]:
        return False
    return _spans().search(bundle.quote(s.claim)) is not None


@cache
def _spans() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in tables("tolls")["words"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
