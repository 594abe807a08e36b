"""How many of what: every count in a sentence as an interval, with the words that it stands on.

    at least 16 people                         16 -
    nearly 150-vehicle-strong                   - 150
    between 500 and 1300 people               500 - 1300
    seven soldiers and a civilian               8 - 8
    12 people, among them four children        12 - 12, of which four children

"A civilian" is a count of one.  Counts of one class that stand together are added; parts of a total are kept with
the total.  Dates, hours, ages, shares and names are no counts (see :mod:`dateline.extract.numerals`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dateline.codebook.lexicon import lexicon
from dateline.extract.counted import Phrase, class_of, fill, listed, noun_phrase, settle
from dateline.extract.number_words import Numeral, at, tag, words
from dateline.extract.numerals import find_numerals
from dateline.extract.sums import combine, text_of
from dateline.types import Mention, Quantity, Sentence

_ARTICLES = frozenset({"a", "an"})
_POSSESSIVES = frozenset({"his", "her", "their", "its"})
_RANGES = frozenset({"to", "-", "--", "or"})


def find_quantities(sentence: Sentence, text: str) -> list[Quantity]:
    """The counts of a sentence in order of the text, none inside another.

    ``text`` is the report's text, from which ``of`` is cut.  A count that is part of another ("including two women") is
    kept in that one's ``includes``.
    """
    numbers = _ranges(sentence, find_numerals(sentence))
    phrases = [p for n in numbers if (p := _phrase(sentence, n))]
    phrases = _with_ones(sentence, _without_denominators(phrases))
    return [_quantity(sentence, p, text) for p in combine(sentence, phrases, text) if not p.weak]


def _quantity(s: Sentence, p: Phrase, text: str) -> Quantity:
    return Quantity(
        mention=Mention(s.index, p.first, p.last, p.head),
        low=p.low,
        high=p.high,
        of=text_of(s, p.what, text),
        unit=p.unit,
        includes=tuple(p.parts),
    )


# --------------------------------------------------------------------------------------- number and bounds


@cache
def _qualifiers() -> tuple[Mapping[tuple[str, ...], str], int]:
    """Phrase → how it bends the number that follows, and the length of the longest phrase."""
    table: dict[str, Any] = lexicon("numbers")["qualifiers"]
    out = {tuple(str(p).split()): kind for kind in ("low", "high", "exact") for p in table[kind]}
    return out, max(map(len, out))


@cache
def _afterwards() -> Mapping[tuple[str, ...], str]:
    """Phrase → how it bends the number before it."""
    table: dict[str, Any] = lexicon("numbers")["qualifiers"]
    return {tuple(str(p).split()): kind for kind in ("low", "high", "exact") for p in table[f"after_{kind}"]}


def _ranges(s: Sentence, numerals: Sequence[Numeral]) -> list[Numeral]:
    """Numbers with "8 to 12", "between 8 and 12", "8-12", "10 or 12" joined, and "from 8" of a change dropped."""
    out: list[Numeral] = []
    k = 0
    while k < len(numerals):
        a, b = numerals[k], numerals[k + 1] if k + 1 < len(numerals) else None
        k += 1
        risen = at(s, a.first - 1) == "from" and _changes(s, a.first)
        joined = _joined(s, a, b) if b and not risen else None
        if joined:
            out.append(joined)
            k += 1
        elif not (risen and (out or (b and at(s, a.last + 1) == "to"))):  # "rose from 8 to 12", "to 12 from 8"
            out.append(a)
    return out


def _joined(s: Sentence, a: Numeral, b: Numeral) -> Numeral | None:
    """The range that two numbers make, if they do."""
    before, link = at(s, a.first - 1), at(s, a.last + 1)
    if b.first - a.last != 2 or a.vague or b.vague or a.low is None or b.high is None:
        return None
    if link not in _RANGES and not (link == "and" and before == "between"):
        return None
    low = a.low * b.scale if a.scale == 1 and b.scale > a.low and a.low * b.scale < b.high else a.low
    first = a.first - 1 if before in {"between", "from"} else a.first
    return Numeral(first, b.last, low, b.high, b.scale, b.unit) if low < b.high else None


def _changes(s: Sentence, i: int) -> bool:
    rising = words().rising
    return any(s.lemmas[j] in rising or s.lower[j] in rising for j in range(max(0, i - 7), i))


def _phrase(s: Sentence, n: Numeral) -> Phrase | None:
    first, kind = _qualified(s, n.first)
    low, high = n.low, n.high
    last = n.last
    if kind != "low" and (after := _qualified_after(s, n.last)):
        last, kind = after
    if kind == "low" and (low == high or low is None):
        low, high = low if low is not None else high, None
    elif kind == "high" and (low == high or high is None):
        low, high = None, high if high is not None else low
    if n.unit:
        return Phrase(first, last, n.last, low, high, None, n.unit if n.unit == "money" else "area", n.unit)
    p = Phrase(first, last, n.last, low, high)
    return fill(s, p) if _follows(s, p) else None


def _qualified(s: Sentence, i: int) -> tuple[int, str]:
    """The first token of the qualifiers before a number, and what they make of it: low, high or exact."""
    table, longest = _qualifiers()
    kind = "exact"
    while i > 0:
        for size in range(min(longest, i), 0, -1):
            found = table.get(tuple(s.lower[i - size : i]))
            if found and s.deps[i - 1] != "prt":  # "handed over 20 tanks"
                i -= size
                kind = found if kind == "exact" else kind
                break
        else:
            break
    return i, kind


def _qualified_after(s: Sentence, i: int) -> tuple[int, str] | None:
    for size in (3, 2, 1):
        if kind := _afterwards().get(tuple(s.lower[i + 1 : i + 1 + size])):
            return i + size, kind
    return None


def _follows(s: Sentence, p: Phrase) -> bool:
    """Whether a hyphen after the number joins it to something that can be counted ("a 20-truck convoy")."""
    k = p.last + 1
    if k >= len(s) or s.lower[k] != "-" or s.starts[k] != s.ends[k - 1]:
        return True
    return k + 1 < len(s) and (s.lower[k + 1] == "strong" or class_of(s, k + 1) != "")


def _without_denominators(phrases: list[Phrase]) -> list[Phrase]:
    """Leave out the 30 of "12 of the 30 people"."""
    out: list[Phrase] = []
    for p in phrases:
        if not out or p.first > out[-1].last:
            out.append(p)
    return out


# ------------------------------------------------------------------------------------------ the article


def _with_ones(s: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with those that an article or a possessive counts as one."""
    taken = [False] * len(s)
    for p in phrases:
        taken[p.first : p.last + 1] = [True] * (p.last + 1 - p.first)
    ones: list[Phrase] = []
    at = -1
    for i, low in enumerate(s.lower):
        if i > at and not taken[i] and (low in _ARTICLES or low in _POSSESSIVES):
            one = _one(s, i)
            if one and not any(taken[one.first : one.last + 1]):
                ones.append(one)
                at = one.last
    return sorted([*phrases, *ones], key=lambda p: p.first) if ones else phrases


def _one(s: Sentence, i: int) -> Phrase | None:
    if at(s, i + 1) in words().ordinals:
        return None  # "a second victim": how many there are in all is not said
    weak = s.lower[i] in _POSSESSIVES
    k = _after_age(s, i + 1)
    found = noun_phrase(s, k)
    if not found or s.tags[found[1]] not in {"NN", "NNP"}:
        aged = Phrase(i, k - 1, k - 1, 1, 1, (i, k - 1), "person", "person", one=True, weak=weak)
        return aged if k > i + 1 else None
    last, head = found
    low = s.lower[head]
    if low in listed("one_of") and not _is_compound(s, head):
        p = Phrase(i, last, head, 1, 1, one=True, weak=weak)
        settle(s, p, i, last, head)
        p.cls = "person"
        _bare_ones(s, p)
        p.weak = p.weak and p.low == 1
        return p
    names = {" ".join(s.lower[j : last + 1]) for j in (i + 1, max(i + 1, last - 1))}
    if not weak and not names.isdisjoint(listed("single")):
        return Phrase(i, last, head, 1, 1, (i, last), class_of(s, head), low, one=True)
    return None


def _after_age(s: Sentence, k: int) -> int:
    """The token after an age: "a 12-year-old boy", "a 17 year old"."""
    rest = [low for low in s.lower[k : k + 6] if low != "-"]
    if len(rest) >= 3 and rest[1] == "year" and rest[2] == "old":
        j = k
        while s.lower[j] != "old":
            j += 1
        return j + 1
    return k


def _is_compound(s: Sentence, head: int) -> bool:
    """ "a police spokesman", "a member state": the person noun only describes the next word."""
    return tag(s, head + 1) in {"NN", "NNS", "POS", "HYPH"} and s.lower[head + 1] not in listed("sexes")


def _bare_ones(s: Sentence, p: Phrase) -> None:
    """Add "woman and child" to "a man": scraping loses the commas, headlines the articles."""
    sexes, n = listed("sexes"), len(s)
    if s.lower[p.head] not in sexes:
        return
    while True:
        k = p.last + 1
        while k < n and s.lower[k] in {",", "and"}:
            k += 1
        if k >= n or s.lower[k] not in sexes or s.tags[k] not in {"NN", "NNP"}:
            return
        p.low = p.high = (p.low or 0) + 1
        p.last = k
        p.what = (p.first, k)
