"""A word of reporting as its readers hand it on."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.types import Mention, Sentence, Stance

SUBJECTS = frozenset({"nsubj", "csubj", "nsubjpass", "expl"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of reporting.

    ``first``/``last`` hold the reporting words with their speaker; what is said begins at ``right`` (None if
    nothing is said after them) and, where ``left``, stands before ``first``.  ``joint`` is the conjunction
    that opens the reporting clause ("…, but Y said"), where it is a clause of its own.
    """

    at: int
    first: int
    last: int
    verb: str
    stance: Stance
    speakers: tuple[Mention, ...]
    left: bool = False
    right: int | None = None
    joint: int | None = None
    end: int | None = None  # the last token said after it, where that is known
    inner: bool = False  # only names whom the neighbouring cue quotes ("citing X"): its speakers go first there
    around: bool = False  # a parenthesis: what stands before and after it is one
    nested: bool = False  # told as having been said before ("had told"): part of what another says


@dataclass(frozen=True, slots=True)
class Following:
    """What follows a verb: where the thing said would begin, how surely, and who was told."""

    start: int
    strength: int  # 0 nothing said, 1 a bare object, 2 a clause or direct speech
    told: Mention | None
    rest: int  # first token after the verb's adverbials


def subject_of(s: Sentence, i: int, rightwards: bool = False) -> int | None:
    for k in s.children[i]:
        if s.deps[k] in SUBJECTS and (k > i) == rightwards:
            return k
    return None
