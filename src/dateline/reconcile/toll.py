"""What a report's title says of the dead: "2 killed in market", "third victim dies", "fatal shooting".

A title tells of what its report is mainly about, so its number stands before those of other happenings in the text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.codebook.lexicon import DATA, lexicon
from dateline.errors import CodebookError


class Toll(NamedTuple):
    """So many dead; ``counted`` where the title gives a number, else it only says that someone died.

    ``single`` where it is of one person's death.  None dead where it tells of people hurt alone.
    """

    dead: int
    counted: bool
    single: bool = False


@lru_cache(maxsize=1 << 14)
def toll(title: str) -> Toll | None:
    """The dead of a title; None where it tells of none."""
    lower = title.lower()
    told = [_number(m) for p in _patterns()["counted"] for m in p.finditer(lower)]
    known = [n for n in (*told, *_listed(lower)) if n is not None]
    if known:
        return Toll(max(known) + (_has("kills", lower) and _has("self", lower)), True)
    if _has("never", lower):
        return None
    if _has("some", lower):
        both = _has("both", lower)
        return Toll(2 if both else 1, False, not both and _has("single", lower))
    return Toll(0, False) if _has("hurt", lower) else None


@lru_cache(maxsize=1 << 14)
def is_death(words: str) -> bool:
    """Whether the words that carry a claim tell of a death."""
    return _has("told", words.lower())


def _has(kind: str, words: str) -> bool:
    return any(p.search(words) for p in _patterns()[kind])


def _listed(title: str) -> list[int]:
    """The sums of lists of people: "mother, two children found dead"."""
    out = []
    for p in _patterns()["listed"]:
        for m in p.finditer(title):
            parts = _patterns()["item"][0].finditer(m.group(0))
            out.append(sum(_worth(x.group(0)) for x in parts))
    return out


def _worth(item: str) -> int:
    first = item.split()[0]
    return int(first) if first.isdigit() else _numbers().get(first, 2 if first == "parents" else 1)


def _number(m: re.Match[str]) -> int | None:
    word = m.group(1)
    if word.isdigit():
        return int(word)
    return _numbers().get(word)


@cache
def _numbers() -> dict[str, int]:
    return {str(k): int(v) for k, v in lexicon("reconcile")["title_dead"]["numbers"].items()}


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    raw = lexicon("reconcile")["title_dead"]
    number = r"(\d{1,3}|" + "|".join(_numbers()) + ")"
    one = "(?:" + "|".join(raw["one"]) + ")"
    item = raw["item"].replace("NUMBER", number.replace("(", "(?:", 1)).replace("ONE", one)
    people = "(?:" + "|".join(raw["people"]) + ")"
    item = item.replace("PEOPLE", people)
    try:
        return {
            kind: tuple(
                re.compile(
                    p.replace("NUMBER", number).replace("PEOPLE", people).replace("ONE", one).replace("ITEM", item)
                )
                for p in ([raw[kind]] if isinstance(raw[kind], str) else raw[kind])
            )
            for kind in (
                "counted",
                "item",
                "listed",
                "self",
                "kills",
                "both",
                "single",
                "some",
                "told",
                "hurt",
                "never",
            )
        }
    except re.error as e:
        raise CodebookError(f"title_dead: {e}", path=str(DATA / "lexicon" / "reconcile.yaml")) from None
