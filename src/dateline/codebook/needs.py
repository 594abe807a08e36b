"""What a rule needs of a sentence's words before anything else can make it hold: a quick look before the long one.

A rule can only hold of a sentence that has all of its words and at least one of the words of each condition
that asks for some.  Conditions on who did it, on number, tense and the like are taken to be met.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.codebook.model import Condition, Rule, Test, Words

_BLIND = frozenset({"agent", "target", "plural", "not_verb", "counted", "that", "modality", "trigger"})
"""Slots that say nothing of the words that stand around the trigger."""


@dataclass(frozen=True, slots=True)
class Choice:
    """At least one of these words, or all words of one of the phrases, must stand in the sentence."""

    single: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]

    def met(self, here: Set[str]) -> bool:
        return not self.single.isdisjoint(here) or any(all(w in here for w in p) for p in self.phrases)


@dataclass(frozen=True, slots=True)
class Need:
    """All of ``words`` and one of each of ``choices``."""

    words: tuple[str, ...]
    choices: tuple[Choice, ...]

    def met(self, here: Set[str]) -> bool:
        """Whether a sentence of these words (base forms and words as they stand, in lower case) has them."""
        return all(w in here for w in self.words) and all(c.met(here) for c in self.choices)


def needs_of(rule: Rule) -> tuple[Need, ...]:
    """The needs of a rule, one of which must be met; none at all if it never holds."""
    base = _choices(rule.condition)
    if base is None:
        return ()
    if not rule.refine:
        return (Need(rule.words, base),)
    found = (_choices(r.condition) if r.type else None for r in rule.refine)
    return tuple(dict.fromkeys(Need(rule.words, (*base, *more)) for more in found if more is not None))


def _choices(c: Condition) -> tuple[Choice, ...] | None:
    if c.drop:
        return None
    out = [_choice([t.words]) for t in c.tests if _asks(t)]
    if c.either and all(_asks(t) for t in c.either):
        out.append(_choice([t.words for t in c.either]))
    return tuple(out)


def _choice(words: list[Words]) -> Choice:
    phrases = (tuple(w for w in p if w[:1].isalnum()) for one in words for p in one.phrases)
    return Choice(frozenset().union(*(one.single for one in words)), tuple(dict.fromkeys(phrases)))


def _asks(t: Test) -> bool:
    """Whether a test asks for words that must stand in the sentence."""
    w = t.words
    return t.wanted and t.slot not in _BLIND and not (w.anything or w.nothing or w.place)
