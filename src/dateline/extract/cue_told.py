"""Who was told, and who passed a statement on: the outlet."""

from __future__ import annotations

from dateline.extract.cue_model import Following
from dateline.extract.speakers import after, is_speaker
from dateline.extract.speech import FINITE, Words, closes, phrase_at
from dateline.types import Mention, Sentence

_TALKS = frozenset({"interview", "remark", "statement", "comment", "conversation", "call"})


def outlets(s: Sentence, i: int, first: int, right: Following, words: Words) -> tuple[Mention, ...]:
    """The outlet that was told, or that carried the statement."""
    told = right.told
    if told is not None and is_outlet(s, told, words):
        return (told,)
    return carried(s, first, max(right.rest, i + 1) - 1, words)


def carried(s: Sentence, first: int, last: int, words: Words) -> tuple[Mention, ...]:
    """ "in a statement published by X", "in an interview with X" among the tokens first..last."""
    for k in range(first, min(last + 1, len(s) - 2)):
        found = None
        passed = (
            s.tags[k] in {"VBN", "VBD"} and s.lemmas[k] in words.sets["carriers"] and s.lower[k + 1] in {"by", "on"}
        )
        if passed or (s.lemmas[k] in _TALKS and s.lower[k + 1] in {"with", "to"}):
            found = after(s, k + 2, words)
        if found and is_outlet(s, found, words):
            return (found,)
    return ()


def after_speech(s: Sentence, i: int) -> bool:
    """Whether direct speech closes before the subject of a verb, and no other clause stands between."""
    for k in range(i - 1, max(i - 16, 0), -1):
        if s.tags[k] in FINITE:
            return False
        if closes(s, k):
            return True
    return False


def is_outlet(s: Sentence, m: Mention, words: Words) -> bool:
    """Whether the one who was told is a news outlet: a known one, or a name headed by a word for one."""
    if any(phrase_at(s, k, words.outlets) for k in range(m.first, m.last + 1)):
        return True
    low, lemma = s.lower[m.head], s.lemmas[m.head]
    named = any(s.tags[k] in {"NNP", "NNPS"} for k in range(m.first, m.last + 1))
    if low in words.sets["outlet_nouns"] or lemma in words.sets["outlet_nouns"]:
        return named or lemma in {"newspaper", "channel", "agency", "radio", "broadcaster", "television"}
    if lemma in words.sets["audiences"]:
        return False
    return named and s.ents[m.head] == "ORG" and s.lemmas[m.head] not in words.sets["speakers"]


def addresses(s: Sentence, i: int, right: Following, words: Words) -> bool:
    """Whether "told" has someone who was told, or what was told beside it: not "told a story"."""
    if right.told is None or after_speech(s, i):
        return right.strength == 2 or after_speech(s, i)
    head = right.told.head
    return (
        is_speaker(s, head, words)
        or s.lemmas[head] in words.sets["audiences"]
        or s.tags[head][0] == "P"
        or is_outlet(s, right.told, words)
    )
