"""Which sentences can tell of an event at all, by their words alone, before anything is parsed.

A rule of the codebook can only hold of a sentence that has all of its words, and at least one of the words of
each condition that asks for some.  That much is known from the forms that the words may be of, whatever the
parse would be, so a sentence that fails it for every rule holds no claim, and need not be parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dateline.codebook.loader import Codebook, Condition, Rule, Test, Words

_BLIND = frozenset({"agent", "target", "plural", "not_verb", "that", "modality"})
"""Slots that say nothing of a sentence's words."""


@dataclass(frozen=True, slots=True)
class _Need:
    """What a rule needs: all words of ``all``, and of each set of ``some`` at least one."""

    all: tuple[str, ...]
    some: tuple[tuple[frozenset[str], tuple[tuple[str, ...], ...]], ...]


class Triage:
    """Knows the words that a codebook's rules need.

    Args:
        codebook: the codebook.
        lemmas_of: every base form that a lower-cased word may have, the word itself among them.
    """

    def __init__(self, codebook: Codebook, lemmas_of: Callable[[str], frozenset[str]]) -> None:
        self._lemmas_of = lemmas_of
        self._needs: dict[str, tuple[_Need, ...]] = {}
        for rules in (codebook.verbs, codebook.nouns):
            for word, listed in rules.items():
                needs = dict.fromkeys(n for r in listed for n in _needs(r))
                self._needs[word] = (*self._needs.get(word, ()), *needs)

    def may_tell(self, words: Iterable[str]) -> bool:
        """Whether a sentence of these lower-cased words may hold a claim."""
        here: set[str] = set()
        for word in words:
            here |= self._lemmas_of(word)
        return any(_met(need, here) for word in here & self._needs.keys() for need in self._needs[word])


def _needs(rule: Rule) -> Iterable[_Need]:
    """The needs of a rule, one of which must be met."""
    base = _of_condition(rule.condition)
    if base is None:
        return
    if not rule.refine:
        yield _Need(rule.words, base)
        return
    for r in rule.refine:
        more = _of_condition(r.condition) if r.type else None
        if more is not None:
            yield _Need(rule.words, (*base, *more))


def _of_condition(c: Condition) -> tuple[tuple[frozenset[str], tuple[tuple[str, ...], ...]], ...] | None:
    """The word sets of a condition; None if it never holds."""
    if c.drop:
        return None
    sets = [_words(t.words) for t in c.tests if _asks(t)]
    if c.either and all(_asks(t) for t in c.either):
        found = [_words(t.words) for t in c.either]
        sets.append((frozenset().union(*(f[0] for f in found)), tuple(p for f in found for p in f[1])))
    return tuple(sets)


def _asks(t: Test) -> bool:
    """Whether a test asks for words that must stand in the sentence."""
    w = t.words
    return t.wanted and t.slot not in _BLIND and t.slot != "trigger" and not (w.anything or w.nothing or w.place)


def _words(w: Words) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    return w.single, w.phrases


def _met(need: _Need, here: set[str]) -> bool:
    if not here.issuperset(need.all):
        return False
    return all(
        not singles.isdisjoint(here) or any(here.issuperset(p) for p in phrases) for singles, phrases in need.some
    )


def with_neighbours(wanted: Sequence[bool], reach: int = 1) -> list[bool]:
    """The sentences wanted, and those that stand next to one."""
    n = len(wanted)
    return [any(wanted[max(0, i - reach) : min(n, i + reach + 1)]) for i in range(n)]
