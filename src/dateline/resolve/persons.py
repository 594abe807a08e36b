"""Whom a report names, without keeping the names: digests that two reports of one happening share.

Persons of office and those who speak are left out, for they are in the reports of many happenings.  A name is a known
given name, or what the parser takes for a person, with the capitalised words after it; its digest is made of the
given name and the last of them, so that "John A. Smith Jr." and "John Smith" have the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache

from dateline.codebook.lexicon import lexicon
from dateline.gazetteer.cues import cues
from dateline.gazetteer.normalise import words
from dateline.types import Sentence

_LONGEST = 4  # words of a name after the given one
_MOST = 40  # persons of a report; one that names more is a list of names


def persons(sentences: Sequence[Sentence], is_actor: Callable[[str], bool]) -> tuple[str, ...]:
    """Digests of the private persons that a report names, each once, sorted; none for a report that lists very many.

    Args:
        is_actor: whether a name is on the list of actors, so that its bearer is no private person.
    """
    named: set[tuple[str, str]] = set()
    public: set[tuple[str, str]] = set()
    for s in sentences:
        i = 0
        while i < len(s):
            last = _ends(s, i)
            if last > i:
                name = (s.lower[i], _fold(s.words[last]))
                known = _is_public(s, i, last) or is_actor(" ".join(s.words[i : last + 1]))
                (public if known else named).add(name)
            i = max(last, i) + 1
    found = sorted(digest(*name) for name in named - public)
    return tuple(found) if len(found) <= _MOST else ()


@lru_cache(maxsize=1 << 12)
def digest(given: str, surname: str) -> str:
    """A person's name, folded, as 10 hexadecimal digits (40 bits of BLAKE2b)."""
    return hashlib.blake2b(f"{given} {surname}".encode(), digest_size=5).hexdigest()


def _ends(s: Sentence, i: int) -> int:
    """The surname's token of a person's name that begins at ``i``; ``i`` itself where none does."""
    known = s.lower[i] in cues().given_names or (s.ents[i] == "PERSON" and (i == 0 or s.ents[i - 1] != "PERSON"))
    if not known or not _is_capitalised(s.words[i]):
        return i
    last = i
    for j in range(i + 1, min(len(s), i + 1 + _LONGEST)):
        word = s.words[j]
        if s.lower[j].rstrip(".") in _set("suffixes"):
            continue
        if not _is_capitalised(word):
            break
        if len(word.rstrip(".")) > 1:
            if s.lower[j].rstrip(".") in _set("bodies"):
                return i
            last = j
    return last


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and not word[1:].isupper()


def _is_public(s: Sentence, first: int, last: int) -> bool:
    """An office before the name, or a verb of saying next to it."""
    before = s.lower[first - 1].rstrip(".") if first else ""
    if before in _set("offices") or (first > 1 and s.lower[first - 2].rstrip(".") in _set("offices") and before == "."):
        return True
    near = (before, s.lower[last + 1] if last + 1 < len(s) else "", s.lower[first - 2] if first > 1 else "")
    return any(word in _set("voices") for word in near)


def _fold(word: str) -> str:
    return "".join(words(word)[:1]) or word.lower()


@lru_cache(maxsize=8)
def _set(name: str) -> frozenset[str]:
    """A list of ``lexicon/people.yaml``."""
    return frozenset(lexicon("people")[name])
