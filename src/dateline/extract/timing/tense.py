"""Whether the clause around a date tells of what is to come, or of what has gone on until now."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extract.timing.words import words
from dateline.types import Sentence

_HAVE = frozenset({"has", "have", "'ve", "having"})
_BOUNDS = frozenset({"until", "till", "til", "by", "before"})
_SHARES = frozenset({"xcomp", "conj", "acomp", "oprd"})  # a verb that shares the tense of the one above it
_AHEAD = frozenset({"ahead", "upcoming"})


def is_future(s: Sentence, i: int) -> bool:
    """Whether the date at token ``i`` is told as still to come."""
    w = words()
    bound = False
    for j in _above(s, i):
        low = s.lower[j]
        bound = bound or low in _BOUNDS
        if low in w.present_only or low in _AHEAD:
            return True
        if s.tags[j][:1] == "V":
            if _is_to_come(s, j) or (bound and _sets_deadline(s, j)):
                return True
            if s.deps[j] not in _SHARES or _has_subject(s, j):
                return False
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
    aux = {s.lower[k] for k in s.children[v] if s.deps[k] == "aux"}
    if aux & w.modals:
        return not aux & _HAVE
    if s.tags[v] == "VB" and s.deps[v] in {"xcomp", "acl"} and any(s.lower[k] == "to" for k in s.children[v]):
        return s.lemmas[s.heads[v]] in w.planning or s.lower[s.heads[v]] in w.planning
    if s.tags[v] == "VBN" and s.deps[v] in {"relcl", "acl", "advcl"} and "to" in aux:
        return not _is_one_of_many(s, s.heads[v])  # "a meeting to be held on Monday"
    return s.tags[v] in {"VBZ", "VBP"} and s.lemmas[v] in w.fixtures and not (s.headline or s.heading)


def _is_one_of_many(s: Sentence, noun: int) -> bool:
    """ "The third man to be killed on Monday" was killed."""
    return any(s.lower[k] in words().ordinals or s.lower[k] in {"last", "latest", "only"} for k in s.children[noun])


def _sets_deadline(s: Sentence, v: int) -> bool:
    """ "Gave them until Friday", "wants to leave by June": a bound for what is not done yet."""
    if s.lemmas[v] in words().deadlines or s.lemmas[v] in words().planning:
        return True
    if s.tags[v] != "VB" or not any(s.lower[k] == "to" for k in s.children[v]):
        return False
    above = s.heads[v]
    return not (s.tags[above] in {"VBD", "VBN"} and s.lemmas[above] in words().achieving)


def is_past(s: Sentence, i: int) -> bool:
    """Whether the verb above token ``i`` is in the past, or there is none to say."""
    for j in _above(s, i):
        if s.tags[j][:1] == "V" and s.tags[j] not in {"VBG", "VB"}:
            aux = {s.lower[k] for k in s.children[j] if s.deps[k] in {"aux", "auxpass"}}
            if s.tags[j] in {"VBD", "VBN"}:
                return not aux & {"is", "are", "be"}
            return False
    return True


def _has_subject(s: Sentence, v: int) -> bool:
    return any(s.deps[k] in {"nsubj", "nsubjpass"} for k in s.children[v])
