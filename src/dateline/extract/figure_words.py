"""The lexicon of figures (``lexicon/figures.yaml``) as tables, and its phrases found in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.codebook.lexicon import lexicon
from dateline.types import FigureKind, Quantity, Sentence

Entry = tuple[tuple[str, ...], FigureKind]
Index = Mapping[str, Sequence[Entry]]
Kinds = tuple[FigureKind, ...]

BE = frozenset({"be", "been", "being", "is", "are", "was", "were", "am", "'re", "'s", "get", "gets", "got", "getting"})
BE |= {"gotten", "remain", "remains", "remained", "remaining", "became", "become"}
_GAP = 2  # words that may stand inside a phrase of the lexicon
_STOPS = frozenset({",", ";", ".", ":", "and", "or", "but", "(", ")"})  # what a phrase never crosses


@dataclass(frozen=True, slots=True)
class Table:
    """The lexicon of figures by the place of the words (see ``figures.yaml``): word → phrases, longest first."""

    classes: Mapping[FigureKind, frozenset[str]]
    done: Index
    did: Index
    are: Index
    of: Index
    counted: Index
    toll: Index
    lose: Index


@cache
def table() -> Table:
    """The lexicon of figures, read once.

    Raises:
        CodebookError: the lexicon cannot be read.
    """
    kinds: dict[FigureKind, dict[str, Any]] = lexicon("figures")["kinds"]
    slots = {slot: _index(kinds, slot) for slot in ("done", "did", "are", "of", "counted", "toll", "lose")}
    return Table(classes={k: frozenset(v["classes"]) for k, v in kinds.items()}, **slots)


def _index(kinds: Mapping[FigureKind, Mapping[str, Any]], slot: str) -> Index:
    out: dict[str, list[Entry]] = {}
    for kind, lists in kinds.items():
        for phrase in lists.get(slot) or ():
            parts = tuple(str(phrase).split())
            out.setdefault(parts[0], []).append((parts, kind))
    for entries in out.values():
        entries.sort(key=lambda e: -len(e[0]))
    return out


def fits(kind: FigureKind, cls: str) -> bool:
    """Whether things of a class can be counted under a kind; a count without a noun can be people."""
    return cls in table().classes[kind]


@dataclass(frozen=True, slots=True)
class TypeKinds:
    """The kinds of figure that a type of event has: its own, and those it takes where no other event has more right."""

    own: Kinds
    also: Kinds


@cache
def types() -> Mapping[str, TypeKinds]:
    """Type of event → its kinds."""
    return {name: TypeKinds(tuple(v["own"]), tuple(v["also"])) for name, v in lexicon("figures")["types"].items()}


def match(s: Sentence, i: int, *indexes: Index) -> Kinds:
    """The kinds of the phrases that begin at ``i`` (the rest follows within a few words), longest phrases first."""
    if i >= len(s):
        return ()
    found: dict[FigureKind, None] = {}
    forms = (s.lemmas[i],) if s.lemmas[i] == s.lower[i] else (s.lemmas[i], s.lower[i])
    for index in indexes:
        for form in forms:
            for parts, kind in index.get(form, ()):
                if kind not in found and _rest(s, i + 1, parts[1:]):
                    found[kind] = None
    return tuple(found)


def _rest(s: Sentence, j: int, parts: tuple[str, ...]) -> bool:
    for part in parts:
        end = min(j + _GAP + 1, len(s))
        while j < end and part not in (s.lower[j], s.lemmas[j]):
            if s.lower[j] in _STOPS or s.tags[j] == "CD":
                return False
            j += 1
        if j >= end:
            return False
        j += 1
    return True


def around(s: Sentence, i: int, q: Quantity, index: Index) -> Kinds:
    """As :func:`match`, for a verb whose phrase the count divides: "forced 200 people to flee"."""
    found: dict[FigureKind, None] = {}
    for form in dict.fromkeys((s.lemmas[i], s.lower[i])):
        for parts, kind in index.get(form, ()):
            if len(parts) == 1 or _rest(s, q.mention.last + 1, parts[1:]) or _rest(s, i + 1, parts[1:]):
                found[kind] = None
    return tuple(found)


# ------------------------------------------------------------------------------- a count in the tree


def is_one(s: Sentence, q: Quantity) -> bool:
    """Whether an article stands for the number ("a civilian")."""
    return s.lower[q.mention.first] in {"a", "an"} and q.low == q.high == 1


def top(s: Sentence, q: Quantity) -> int:
    """The token by which a count hangs in its clause: the first conjunct, "thousands" of "thousands of men"."""
    i, m = q.mention.head, q.mention
    while m.first <= s.heads[i] <= m.last and s.heads[i] != i:
        i = s.heads[i]
    while s.deps[i] in {"conj", "appos"} and s.heads[i] < i:
        i = s.heads[i]
    return i


def object_verb(s: Sentence, q: Quantity) -> int | None:
    """The verb of which a count is the object."""
    i = top(s, q)
    return s.heads[i] if s.deps[i] in {"dobj", "oprd"} and s.tags[s.heads[i]].startswith("VB") else None


def has_subject(s: Sentence, v: int) -> bool:
    """Whether a verb has a subject of its own."""
    return any(s.deps[c] in {"nsubj", "nsubjpass"} for c in s.children[v])
