"""The words of reporting, and small questions about tokens that their readers share.

The lists are the lexicon ``reporting``; everything here is looked up once and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from dateline.codebook.lexicon import lexicon
from dateline.types import Manner, Sentence, Stance

QUOTES = frozenset({'"', "``", "''", "“", "”"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STOPS = frozenset({".", "!", "?", "..."})
_HAVE = frozenset({"have", "has", "had", "'ve", "'d", "having"})
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "'s", "'re"})
_COMPOUNDED = frozenset({"based", "led", "backed", "held", "run", "controlled"})
_DO = frozenset({"do", "does", "did"})

Phrases = dict[str, tuple[tuple[str, ...], ...]]  # first word → the phrases that begin with it, longest first


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon of reporting, ready to look up."""

    stances: dict[str, Stance]  # base form of a verb → the stance that it lends
    frames: dict[str, frozenset[str]]
    charge: dict[str, str]  # verb → the preposition that opens what is charged
    attitudes: dict[str, tuple[Manner, Stance]]  # base forms of the verbs of doing by speaking, and of attitudes
    sets: dict[str, frozenset[str]]
    nouns: dict[str, Stance]
    according: Phrases
    outlets: Phrases
    headline: Phrases
    headline_unmarked: Phrases


@cache
def speech_words() -> Words:
    """The lexicon ``reporting``.

    Raises:
        CodebookError: the file cannot be read.
    """
    data = lexicon("reporting")
    frames: dict[str, Any] = dict(data["frames"])
    charge = dict(frames.pop("charge"))
    stances: dict[str, Stance] = {}
    for stance, verbs in data["verbs"].items():
        stances |= {v: cast(Stance, stance) for v in verbs}
    for verb in charge:
        stances.setdefault(verb, "accuses")
    attitudes: dict[str, tuple[Manner, Stance]] = {}
    manners: tuple[Manner, ...] = ("attitude", "belief", "act")
    for manner in manners:
        for stance, verbs in data[f"{manner}s"].items():
            attitudes |= {v: (manner, cast(Stance, stance)) for v in verbs}
    names = (
        *("onward", "unsaid", "negations", "carriers", "anonymous", "void", "speakers", "modifiers", "audiences"),
        *("outlet_nouns", "calendar", "toll_nouns", "footage_nouns", "place_nouns", "not_speakers"),
        *("attitude_adjectives", "attitude_nouns", "showing", "showers"),
    )
    return Words(
        stances=stances,
        frames={name: frozenset(verbs) for name, verbs in frames.items()},
        charge=charge,
        attitudes=attitudes,
        sets={name: frozenset(data[name]) for name in names},
        nouns={n: cast(Stance, stance) for stance, nouns in data["nouns"].items() for n in nouns},
        according=_phrases(tuple(p) for p in data["according"]),
        outlets=_phrases(_split(name) for name in data["outlets"]),
        headline=_phrases(_split(name) for name in data["headline"]),
        headline_unmarked=_phrases(_split(name) for name in data["headline_unmarked"]),
    )


def _split(name: str) -> tuple[str, ...]:
    """A name as the parser cuts it: hyphens stand alone."""
    return tuple(re.findall(r"[\w']+|-", name))


def _phrases(items: Iterable[tuple[str, ...]]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for item in dict.fromkeys(items):
        found.setdefault(item[0], []).append(item)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in found.items()}


def phrase_at(s: Sentence, i: int, phrases: Phrases) -> int:
    """How many tokens from ``i`` on are one of the phrases (the longest); 0 if none."""
    lower = s.lower
    for phrase in phrases.get(lower[i], ()):
        end = i + len(phrase)
        if end <= len(lower) and tuple(lower[i:end]) == phrase:
            return len(phrase)
    return 0


# ------------------------------------------------------------------------------------------- a verb's group


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with the auxiliaries and adverbs before it."""

    first: int
    voice: str  # "active", "passive", "participle" (bare -ing), "reduced" (bare -ed), "infinitive"
    negated: bool
    unsaid: bool


def verb_group(s: Sentence, i: int, words: Words) -> Group:
    """The verb's group: what stands before it decides how it is meant."""
    tag, low = s.tags[i], s.lower
    have = be = do = modal = to = negated = unsaid = False
    j = i - 1
    while j >= 0:
        w, t = low[j], s.tags[j]
        if w in words.sets["negations"]:
            negated = True
        elif w in _HAVE and t[0] in "VM":
            have = True
        elif w in _BE and t[0] == "V":
            be = True
        elif w in _DO and t[0] == "V":
            do = True
        elif t == "MD":
            modal, unsaid = True, unsaid or w in words.sets["unsaid"]
        elif t == "TO":
            to = True
        elif t not in {"RB", "RBR"} or w in words.sets["calendar"]:
            break
        j -= 1
    if j >= 0 and to and s.lemmas[j] in words.sets["negations"]:
        negated = True
    if tag == "VBG":
        voice = "active" if be else "participle"
    elif tag == "VB" and to and not do and not modal:
        voice = "infinitive"
    elif be:
        voice = "passive" if tag in {"VBN", "VBD"} else "active"
    elif tag == "VBN" and not have:
        voice = "reduced"
    else:
        voice = "active"
    return Group(j + 1, voice, negated, unsaid)


# ------------------------------------------------------------------------------------------- token questions


def is_quote(s: Sentence, i: int) -> bool:
    return 0 <= i < len(s) and s.words[i] in QUOTES


def closes(s: Sentence, i: int) -> bool:
    """Whether a quotation mark closes direct speech: what stands before it is inside."""
    return (
        is_quote(s, i) and i > 0 and s.quoted[i - 1] and (i + 1 >= len(s) or not s.quoted[i + 1] or is_quote(s, i + 1))
    )


def opens(s: Sentence, i: int) -> bool:
    """Whether a quotation mark opens direct speech."""
    return is_quote(s, i) and i + 1 < len(s) and s.quoted[i + 1] and not closes(s, i)


def last_word(s: Sentence) -> int:
    """The last token that is not the sentence's closing punctuation."""
    k = len(s) - 1
    while k > 0 and s.words[k] in _STOPS:
        k -= 1
    return k


def finite_verbs(s: Sentence, first: int, last: int) -> int:
    """How many main or subordinate clauses the tokens hold, relative clauses left out."""
    count, relative = 0, False
    for k in range(max(first, 0), last + 1):
        tag = s.tags[k]
        if tag in {"WDT", "WP", "WP$"}:
            relative = True
        elif tag in FINITE and not (tag != "MD" and k and s.tags[k - 1] == "MD"):
            if not relative and not _adjectival(s, k):
                count += 1
            relative = False
    return count


def _adjectival(s: Sentence, k: int) -> bool:
    """The second half of a compound that lost its hyphen: "UK based group", "US led strikes"."""
    if s.lower[k] not in _COMPOUNDED or not 0 < k < len(s) - 1:
        return False
    return s.tags[k - 1] in {"NNP", "NN"} and s.tags[k + 1][:1] in "NJ" and s.tags[k] != "MD"
