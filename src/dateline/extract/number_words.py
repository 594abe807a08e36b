"""The words of numbers, and a number as it is read.

Word lists are the codebook's ``lexicon/numbers.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.codebook.lexicon import lexicon
from dateline.types import Sentence

_DIGITS = re.compile(r"(?:\d{1,3}(?:[,.\u00a0\u202f'’]\d{3})+|\d+)(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a sentence: its tokens (inclusive) and the interval that it names.

    ``scale`` is the multiplier that ended it ("million"), 1 where none did; ``unit`` is ``money``, ``km2``…
    where a sign beside the number already says what is counted.
    """

    first: int
    last: int
    low: float | None
    high: float | None
    scale: float = 1
    unit: str = ""
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon's lists about numbers, as sets and maps."""

    units: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    vague: Mapping[str, int]
    pairs: Mapping[str, int]
    fractions: Mapping[str, float]
    few: frozenset[str]
    times: frozenset[str]
    measures: frozenset[str]
    area: Mapping[str, str]
    signs: frozenset[str]
    currencies: frozenset[str]
    designators: frozenset[str]
    counted_after: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    streets: frozenset[str]
    ordinals: frozenset[str]
    year_counts: frozenset[str]
    one_after: frozenset[str]
    one_before: frozenset[str]
    rising: frozenset[str]
    starts: frozenset[str]  # words that can begin a number


_SETS: tuple[str, ...] = ("few", "times", "measures", "designators", "counted_after", "months", "weekdays", "streets")
_SETS += ("ordinals", "year_counts", "one_after", "one_before", "rising")


@cache
def words() -> Words:
    """The number lists, read once.

    Raises:
        CodebookError: the lexicon cannot be read.
    """
    t = lexicon("numbers")
    sets = {name: frozenset(map(str, t[name])) for name in _SETS}
    starts = frozenset([*t["units"], *t["tens"], *t["scales"], *t["vague"], *t["pairs"], "half", "quarter", "no"])
    return Words(
        units=t["units"],
        tens=t["tens"],
        scales=t["scales"],
        suffixes=t["suffixes"],
        vague=t["vague"],
        pairs=t["pairs"],
        fractions=t["fractions"],
        area=t["area"],
        signs=frozenset(t["currency_signs"]),
        currencies=frozenset(t["currencies"]),
        starts=starts,
        **sets,
    )


def digits(word: str) -> float | None:
    """The value of a number in digits ("1,200", "1.5", "1.200.000"), or None."""
    if not _DIGITS.fullmatch(word) or (len(word) > 1 and word[0] == "0" and word[1] != "."):
        return None
    whole = re.sub(r"[,\u00a0\u202f'’]", "", word)
    if whole.count(".") > 1 or re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", whole):
        whole = whole.replace(".", "")
    return float(whole)


def at(s: Sentence, i: int) -> str:
    """The lower-cased word at ``i``, "" outside the sentence."""
    return s.lower[i] if 0 <= i < len(s) else ""


def tag(s: Sentence, i: int) -> str:
    """The tag at ``i``, "" outside the sentence."""
    return s.tags[i] if 0 <= i < len(s) else ""
