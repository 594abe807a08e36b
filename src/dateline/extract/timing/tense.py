"""Whether the clause around a date tells of what is to come, or of what has gone on until now."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extract.timing.words import words
from dateline.types import Sentence

_HAVE = frozenset({"has", "have", "'ve", "having"})
_AHEAD = frozenset({"ahead", "upcoming", "deadline"})


def is_future(s: Sentence, i: int) -> bool:
    """Whether the date at token ``i`` is told as still to come."""
    w = words()
    below = i
    for j in _above(s, i):
        low = s.lower[j]
        if low in w.present_only or low in _AHEAD:
            return True
        if s.tags[j][:1] == "V":
            if _is_to_come(s, j):
                return True
            if s.lemmas[j] in w.deadlines and s.lower[below] in {"until", "till", "by", "to"}:
                return True
            if s.deps[j] not in {"xcomp", "conj"} or _has_subject(s, j):
                return False
        below = j
    return False


def is_perfect(s: Sentence, i: int) -> bool:
    """Whether the verb above token ``i`` is in the present perfect ("has fled", "have been fighting")."""
    for j in _above(s, i):
        if s.tags[j][:1] == "V":
            if any(s.deps[k] in {"aux", "auxpass"} and s.lower[k] in _HAVE for k in s.children[j]):
                return True
            if s.deps[j] not in {"xcomp", "conj", "advcl"}:
                return False
    return False


def _above(s: Sentence, i: int) -> Iterator[int]:
    """The tokens over ``i``, nearest first (a broken tree ends it)."""
    for _ in range(12):
        if s.heads[i] == i:
            return
        i = s.heads[i]
        yield i


def _is_to_come(s: Sentence, v: int) -> bool:
    w = words()
    if any(s.deps[k] == "aux" and s.lower[k] in w.modals for k in s.children[v]):
        return True
    if s.tags[v] == "VB" and s.deps[v] in {"xcomp", "acl"} and any(s.lower[k] == "to" for k in s.children[v]):
        return s.lemmas[s.heads[v]] in w.planning or s.lower[s.heads[v]] in w.planning
    return s.tags[v] in {"VBZ", "VBP"} and s.lemmas[v] in w.fixtures and not (s.headline or s.heading)


def _has_subject(s: Sentence, v: int) -> bool:
    return any(s.deps[k] in {"nsubj", "nsubjpass"} for k in s.children[v])
