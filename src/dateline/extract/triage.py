"""Which reports, and which of their sentences, can tell of an event at all, by their words alone, unparsed.

A rule of the codebook can only hold of a sentence that has all of its words, and at least one of the words of
each condition that asks for some.  That much is known from the forms that the words may be of, whatever the
parse would be, so a sentence that fails it for every rule holds no claim.  Beyond that, where the codebook asks
for it, words that any news has ("fall", "call") tell of nothing in a report that has no word of conflict, crisis or
politics; which those are stands in the lexicon ``triage``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from itertools import chain

from dateline.codebook.lexicon import lexicon
from dateline.codebook.loader import Codebook
from dateline.codebook.needs import Need


class Depth(Enum):
    """How much of a report is worth parsing."""

    NONE = 0
    SOME = 1  # the sentences that may tell of something, and those beside them
    WHOLE = 2


class Triage:
    """Knows the words that a codebook's rules need.

    Args:
        codebook: the codebook.
        lemmas_of: every base form that a lower-cased word may have, the word itself among them.
    """

    def __init__(self, codebook: Codebook, lemmas_of: Callable[[str], frozenset[str]]) -> None:
        words = lexicon("triage")
        self._lemmas_of = lemmas_of
        self._stage, self._hints = frozenset(words["stage"]), frozenset(words["hints"])
        self._needs: dict[str, tuple[Need, ...]] = {}
        for rules in (codebook.verbs, codebook.nouns):
            for word, listed in rules.items():
                needs = dict.fromkeys(n for r in listed for n in r.needs)
                self._needs[word] = (*self._needs.get(word, ()), *needs)
        self._firm = frozenset(self._needs) - frozenset(words["everyday"] if codebook.triage else ())

    def depth(self, text: str) -> Depth:
        """How much of a report's text is worth parsing."""
        words = _WORD.findall(text.lower())
        if len(self._stage.intersection(words)) >= _STAGE:
            return Depth.WHOLE
        here = self._forms(chain(words, *(w.split("-") for w in words if "-" in w)))
        met = self._met(here)
        if not met:
            return Depth.NONE
        if len(words) < _SHORT:
            return Depth.WHOLE
        stage = len(here & self._stage)
        hints = len(here & self._hints)
        firm = len(met & self._firm)
        if stage and (firm >= _FIRM or stage >= _STAGE):
            return Depth.WHOLE
        return Depth.SOME if firm or stage or hints >= _HINTS else Depth.NONE

    def wanted(self, sentences: Sequence[Sequence[str]]) -> list[bool]:
        """Of a report of which some is worth parsing, the sentences (as lower-cased words) that are, with those beside them."""
        tells = [self.may_tell(words) for words in sentences]
        n = len(tells)
        return [any(tells[max(0, i - 1) : min(n, i + 2)]) for i in range(n)] if any(tells) else tells

    def may_tell(self, words: Iterable[str]) -> bool:
        """Whether a sentence of these lower-cased words may hold a claim."""
        return bool(self._met(self._forms(words)))

    def _forms(self, words: Iterable[str]) -> set[str]:
        return set(chain.from_iterable(map(self._lemmas_of, set(words))))

    def _met(self, here: set[str]) -> set[str]:
        """The first words of the rules that may hold where these base forms stand."""
        return {w for w in here & self._needs.keys() if any(n.met(here) for n in self._needs[w])}


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FIRM, _STAGE, _HINTS = 2, 3, 3  # different words that are wanted
_SHORT = 60  # words; so few give no picture of what a report is about
