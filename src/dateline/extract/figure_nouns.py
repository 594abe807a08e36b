"""Counts told by a noun: a total's ("the death toll rose to 12") or the one counted ("12 deaths", "30 rockets")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.extract.counted import class_of
from dateline.extract.figure_words import BE, Kinds, is_one, match, object_verb, table
from dateline.types import Quantity, Sentence

Found = Iterator[tuple[Kinds, int]]

_BACK = 24  # tokens before a count in which a total's noun is looked for


def in_total(s: Sentence, quantities: Sequence[Quantity], k: int) -> Found:
    """ "the death toll rose to 12", "the number of injured at 28", "among the dead were three"."""
    q, t = quantities[k], table()
    first = q.mention.first
    floor = quantities[k - 1].mention.last if k else -1
    for j in range(first - 1, max(floor, first - _BACK), -1):
        low = s.lower[j]
        if low in {";", "."}:
            break
        if (kinds := match(s, j, t.toll)) and _linked(s, j, first):
            yield kinds, j
            return
        totals = low in {"number", "numbers", "total"} and _linked(s, j, first)
        if totals or (low in {"among", "amongst"} and s.lower[first - 1] in BE):
            for m in range(j + 1, min(j + 6, first)):
                if kinds := match(s, m, t.are, t.counted, t.done):
                    yield kinds, m
                    return
    if first > 1 and s.lower[first - 1] in BE and (kinds := match(s, 0, t.are, t.done)):
        yield kinds, 0  # "Killed in the raid were four officers"
        return
    yield from _labelled(s, q)
    yield from _total_after(s, q)


_LINKS = frozenset({"to", "at", "of", "as", "is", "was", "be", "are", "were", ":", "(", "-", "--", "toll", "figure"})


def _linked(s: Sentence, j: int, first: int) -> bool:
    """Whether the word before the number ties it to a total's noun."""
    return s.lower[first - 1] in _LINKS or s.tags[first - 1].startswith("VB")


def _labelled(s: Sentence, q: Quantity) -> Found:
    """A table's line: "Number of displaced: 452", "IDPs total 122 387"."""
    after = s.lower[q.mention.last + 1] if q.mention.last + 1 < len(s) else "."
    if q.of or after not in {".", ")", ";", "("}:
        return
    t = table()
    for j in range(q.mention.first - 1, max(-1, q.mention.first - 7), -1):
        if kinds := match(s, j, t.are, t.counted, t.done, t.of):
            yield kinds, j
            return


def _total_after(s: Sentence, q: Quantity) -> Found:
    """ "brings to 274,000 the total number of people displaced"."""
    i = q.mention.last + 1
    if "number" not in s.lower[i : i + 3]:
        return
    t = table()
    for m in range(i + 1, min(i + 9, len(s))):
        if kinds := match(s, m, t.are, t.counted, t.done):
            yield kinds, m
            return


def by_noun(s: Sentence, quantities: Sequence[Quantity], k: int) -> Found:
    """The noun says it: "12 deaths", "30 rockets", "5,000 displaced people"."""
    q, t = quantities[k], table()
    head = q.mention.head
    if not q.of:
        return
    if class_of(s, head) in {"munition", "strike"}:
        if not is_one(s, q) or _is_fired(s, q):
            yield ("strikes",), head
        return
    if (kinds := match(s, head, t.counted)) or (kinds := described(s, q)):
        yield kinds, head


def described(s: Sentence, q: Quantity) -> Kinds:
    """What the adjectives before the noun say: "5,000 newly displaced people"."""
    t = table()
    for j in range(q.mention.first, q.mention.head):
        if s.tags[j] in {"VBN", "JJ", "VBD"} and (kinds := match(s, j, t.are, t.done)):
            return kinds
    return ()


def _is_fired(s: Sentence, q: Quantity) -> bool:
    """Whether one munition is what is fired or dropped ("dropped a barrel bomb")."""
    before = q.mention.first - 1
    verb = object_verb(s, q)
    nearby = [v for v in (verb, before) if v is not None and v >= 0]
    return any("strikes" in match(s, v, table().done) for v in nearby)
