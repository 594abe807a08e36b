"""Verbs of reporting in one sentence: who speaks, and on which side of the verb stands what is said."""

from __future__ import annotations

from dataclasses import replace

from dateline.extract.cue_forms import (
    by_agent,
    footage_cue,
    infinitive_cue,
    looks_active,
    participle_cue,
    passive_cue,
    quoting_cue,
)
from dateline.extract.cue_model import Cue
from dateline.extract.cue_right import following
from dateline.extract.cue_sides import finite_cue
from dateline.extract.cue_told import addresses
from dateline.extract.speakers import is_speaker
from dateline.extract.speech import Group, Words, verb_group
from dateline.types import Sentence

_OFTEN_NOUNS = frozenset({"says", "broadcast", "broadcasts"})  # verbs that the tagger takes for nouns in headlines


def verb_cues(s: Sentence, words: Words) -> list[Cue]:
    """The sentence's verbs of reporting that have a speaker, in order of the text."""
    found: list[Cue] = []
    for i in range(len(s)):
        lemma = s.lemmas[i]
        if s.tags[i][0] != "V" and s.lower[i] not in _OFTEN_NOUNS:
            continue
        if lemma not in words.stances and lemma not in words.frames["footage"] and s.lower[i] != "says":
            continue
        group = verb_group(s, i, words)
        if group.negated or group.unsaid:
            continue
        cue = _read(s, i, "say" if s.lower[i] == "says" else lemma, group, found, words)
        if cue is not None and _names_someone(s, cue, words) and _fits(s, cue, words):
            found.append(replace(cue, nested="had" in s.lower[group.first : i]))
    return found


def _names_someone(s: Sentence, cue: Cue, words: Words) -> bool:
    """Whether the first speaker is a third person: "I", "we" and "you" in direct speech name nobody."""
    if not cue.speakers:
        return False
    m = cue.speakers[0]
    if s.lower[m.head] in words.sets["calendar"] or (s.tags[m.head] == "CD" and s.words[m.head].isdigit()):
        return False
    return s.lower[m.first] not in {
        "no",
        "nobody",
        "none",
        "i",
        "you",
        "we",
        "me",
        "us",
        "'s",
        "this",
        "that",
        "a",
        "the",
    } or (m.last > m.first and s.lower[m.first] != "no")


def _fits(s: Sentence, cue: Cue, words: Words) -> bool:
    """Whether a verb that things can be the subject of, too, has somebody for one: not "the attack confirms"."""
    if s.lemmas[cue.at] not in words.frames["personal"]:
        return True
    m = cue.speakers[0]
    who = (m.head, m.last)
    return m.sentence != s.index or any(is_speaker(s, k, words) or s.ents[k] or s.lower[k] in words.nouns for k in who)


def _read(s: Sentence, i: int, lemma: str, group: Group, found: list[Cue], words: Words) -> Cue | None:
    if lemma in words.frames["as"] or (lemma == "report" and _as_saying_follows(s, i)):
        return quoting_cue(s, i, group, found, words)
    if s.lower[i + 1 : i + 2] and _shows(s, i, lemma, words):
        return footage_cue(s, i, group, words) if group.voice in {"active", "reduced"} else None
    if lemma not in words.stances:  # a verb of footage that shows nothing
        return None
    if group.voice in {"passive", "reduced"} and (by := by_agent(s, i, words)):
        return passive_cue(s, i, lemma, group, by, words)
    if group.voice == "passive":
        return None
    right = following(s, i, lemma, words)
    if lemma == "tell" and not addresses(s, i, right, words):
        return None
    if group.voice == "participle":
        return participle_cue(s, i, lemma, group, right, found, words)
    if group.voice == "infinitive":
        return infinitive_cue(s, i, lemma, group, right, found, words)
    if group.voice == "reduced" and not looks_active(s, i, group, right, words):
        return None
    return finite_cue(s, i, lemma, group, right, found, words)


def _as_saying_follows(s: Sentence, i: int) -> bool:
    """ "reported the ministry as saying"."""
    return any(s.lower[k] == "as" and s.lower[k + 1] == "saying" for k in range(i + 2, min(i + 8, len(s) - 1)))


def _shows(s: Sentence, i: int, lemma: str, words: Words) -> bool:
    if lemma not in words.frames["footage"]:
        return False
    if lemma not in words.stances or s.tags[i][0] != "V":
        return True
    return any(s.lemmas[k] in words.sets["footage_nouns"] for k in range(i + 1, min(i + 4, len(s))))
