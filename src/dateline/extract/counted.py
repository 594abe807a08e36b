"""What is counted: the noun phrase at a number, its head and the class of thing that it names.

Noun phrases are read along the tags, for the tree of a scraped sentence is often wrong ("killed 12 men State TV said").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from dateline.codebook.lexicon import lexicon
from dateline.extract.number_words import at, tag, words
from dateline.types import FigurePart, Sentence

OPEN_PARTS = frozenset({"including", "includes", "included", "include"})
PLURAL_PRONOUNS = frozenset({"them", "whom", "which", "those", "these"})
_QUOTES = frozenset({'"', "``", "''", "'"})
_BRACKETS = {"(": ")", "[": "]"}
_PREMODIFIERS = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNP", "NNPS", "POS", "HYPH", "RB", "FW", "AFX"})
_NOT_INSIDE = frozenset(
    ["while", "when", "ago", "later", "earlier", "today", "yesterday", "so", "then", "early", "late", *OPEN_PARTS]
)
_BEFALLEN = frozenset({"person", "household", "vehicle", "building"})


@dataclass(slots=True)
class Phrase:
    """A count on its way to a quantity; tokens inclusive, ``what`` the tokens of the thing counted."""

    first: int
    last: int
    head: int
    low: float | None
    high: float | None
    what: tuple[int, int] | None = None
    cls: str = ""
    unit: str = ""
    one: bool = False  # an article or a possessive stands for the number
    weak: bool = False  # counts only as part of a sum
    of_them: bool = False
    parts: list[FigurePart] = field(default_factory=list)


@cache
def listed(name: str) -> frozenset[str]:
    """One of the plain lists of ``lexicon/figures.yaml``."""
    return frozenset(lexicon("figures")[name])


def class_of(sentence: Sentence, i: int) -> str:
    """The class of what a noun names: person, household, vehicle, munition, strike, building, place, event or ""."""
    table = _classes()
    low, lemma = sentence.lower[i], sentence.lemmas[i]
    found = table.get(low) or table.get(lemma)
    if found:
        return found
    if low.endswith("s") and (found := table.get(low[:-1])):
        return found
    tag = sentence.tags[i]
    if tag in {"NNS", "NN"} and len(low) > 5 and low.endswith(_endings()):
        return "person"
    return "person" if tag == "NNPS" or (tag == "NNP" and low.endswith(("is", "ans", "ists", "ers"))) else ""


@cache
def _classes() -> Mapping[str, str]:
    """Noun → its class."""
    return {noun: name for name, nouns in lexicon("figures")["classes"].items() for noun in nouns}


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lexicon("figures")["agentive"])


def fill(s: Sentence, p: Phrase) -> Phrase:
    """Fill in the thing counted, where the words after the number name it."""
    k = p.last + 1
    if at(s, k) == "-" and k + 1 < len(s):
        return _hyphenated(s, p, k + 1)
    if at(s, k) in {"more", "other", "others"}:
        p.last, k = k, k + 1
    if at(s, k) == "of":
        return _partitive(s, p, k)
    found = noun_phrase(s, k)
    if found:
        settle(s, p, k, *found)
    elif s.lower[p.last] == "others":
        p.head, p.cls, p.unit, p.what = p.last, "person", "others", (p.last, p.last)
    return p


def _hyphenated(s: Sentence, p: Phrase, k: int) -> Phrase:
    if s.lower[k] == "strong":
        p.last = k
        if found := noun_phrase(s, k + 1):
            settle(s, p, k + 1, *found)
        return p
    p.head, p.last, p.what = k, k, (k, k)
    p.cls, p.unit = class_of(s, k), s.lower[k]
    if k + 2 < len(s) and s.lower[k + 1] == "-" and s.lower[k + 2] == "strong":
        p.last = k + 2
    return p


def _partitive(s: Sentence, p: Phrase, k: int) -> Phrase:
    """ "dozens of civilians", "four of her children", "12 of them"."""
    j = k + 1
    while j < len(s) and s.tags[j] in {"DT", "PRP$", "CD", "PDT"}:
        j += 1
    if j < len(s) and s.lower[j] in PLURAL_PRONOUNS:
        p.last, p.of_them = j, True
        if found := noun_phrase(s, j + 1):
            settle(s, p, j + 1, *found)
        return p
    if s.lower[p.head] == "one" and tag(s, j) in {"JJ", "JJS", "VBN"} and s.lower[j] not in listed("befallen"):
        return p  # "one of many reasons", "one of the biggest battles"
    if found := noun_phrase(s, j):
        settle(s, p, k + 1, *found)
    return p


def settle(s: Sentence, p: Phrase, first: int, last: int, head: int) -> None:
    """Say that a noun phrase is what is counted, with the "of" that continues it ("members of the family")."""
    p.head, p.cls, p.unit = head, class_of(s, head), s.lower[head]
    if last + 1 < len(s) and s.lower[last + 1] == "of" and p.cls == "person":
        j = last + 2
        while j < len(s) and (s.tags[j] in {"DT", "PRP$"} or s.lower[j] == "one"):
            j += 1
        if found := noun_phrase(s, j):
            last = found[0]
    p.what, p.last = (first, last), last


def noun_phrase(s: Sentence, k: int) -> tuple[int, int] | None:
    """Last token and head of the noun phrase whose words begin at ``k``, read along the tags (None: there is none)."""
    j, head = k, -1
    while j < len(s):
        t, low = s.tags[j], s.lower[j]
        if low in _NOT_INSIDE or _is_date(s, j):
            break
        if t == "NNS" or (t == "NNPS" and tag(s, j + 1) not in {"NNS", "NN"}):
            head = j
            if low not in listed("plural_modifiers") or tag(s, j + 1) not in {"NN", "NNS"}:
                break
        elif t in {"NN", "NNP", "NNPS"}:
            head = j
            if t == "NN" and _classes().get(low) == "person" and not _goes_on(s, j):
                break
        elif low in _BRACKETS or low in _QUOTES:
            j = _closing(s, j)
        elif not _is_premodifier(s, j, head):
            break
        j += 1
    return (head, head) if head >= 0 else None


def _is_date(s: Sentence, j: int) -> bool:
    if s.tags[j][:2] != "NN":
        return False
    w, low = words(), s.lower[j]
    return low in w.times or s.lemmas[j] in w.times or low in w.weekdays or low in w.months


def _is_premodifier(s: Sentence, j: int, head: int) -> bool:
    """Whether a word can stand inside a noun phrase of which the head so far is ``head`` (-1: none yet)."""
    t, low = s.tags[j], s.lower[j]
    if t in {"VBN", "VBD", "JJ"} and low in listed("befallen"):
        return head < 0 and _noun_soon(s, j + 1)
    if t == "CC":
        return head < 0 and tag(s, j - 1) in {"JJ", "VBN"} and tag(s, j + 1) in {"JJ", "VBN"}
    if t not in _PREMODIFIERS or (t == "VBG" and s.deps[j] not in {"amod", "compound", "nmod"}):
        return False
    return head < 0 or t in {"HYPH", "POS"} or s.tags[j - 1] in {"HYPH", "POS"}


def _goes_on(s: Sentence, j: int) -> bool:
    """Whether a person noun only describes the next one ("police officer", "child soldiers")."""
    if j + 1 >= len(s) or s.tags[j + 1] not in {"NN", "NNS", "HYPH"}:
        return False
    if s.tags[j + 1] == "HYPH":
        return True
    sexes = listed("sexes")
    if s.lower[j] in sexes and s.lower[j + 1] in sexes and s.lower[j] not in {"baby", "infant"}:
        return False
    return class_of(s, j + 1) != "" and s.lower[j + 1] != "police"


def _closing(s: Sentence, j: int) -> int:
    """The bracket that closes the one at ``j``, within a short name ("Islamic State (IS) men"); a quote itself."""
    close = _BRACKETS.get(s.lower[j])
    if close is None:
        return j
    return next((m for m in range(j + 2, min(j + 5, len(s))) if s.lower[m] == close), len(s))


def _noun_soon(s: Sentence, j: int) -> bool:
    """Whether a noun for persons, families or things ends the run of words at ``j``."""
    for m in range(j, min(j + 4, len(s))):
        if s.tags[m] in {"NNS", "NN", "NNPS"} and class_of(s, m) in _BEFALLEN:
            return True
        if s.tags[m] not in {"JJ", "NNP", "NN", "CC", "VBN"}:
            return False
    return False
