"""What the benchmarks of places share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.building import distance_km
from dateline.gazetteer.cues import cues
from dateline.gazetteer.normalise import key
from dateline.parse import Parser
from dateline.types import Report, Sentence

__all__ = ["distance_km", "f1", "parsed"]


def parsed(reports: Iterable[Report], gazetteer: Gazetteer) -> Iterator[tuple[Report, list[Sentence]]]:
    """Reports parsed as the pipeline parses them."""

    @lru_cache(100_000)
    def is_name(word: str) -> bool:
        found = () if word in cues().common else gazetteer.lookup(key(word))
        return bool(found) and found[0].prior > 4.0

    return Parser(is_name, cues().common.__contains__).parse(reports)


def f1(tp: int, fp: int, fn: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    p, r = tp / (tp + fp or 1), tp / (tp + fn or 1)
    return p, r, 2 * p * r / (p + r or 1)


def part(rows: Sequence[object], which: str) -> list[object]:
    """ "a" and "b": every other row; "all": all."""
    return list(rows if which == "all" else rows[0::2] if which == "a" else rows[1::2])
