"""Templates of the Message Understanding Conferences from claims, and how well they agree with annotated ones.

Two documents' templates are paired so that most agrees, one to one, and only templates of the same incident type.  A
template counts one slot for its type and one for each filler; a filler is right where its words are one of the ways in
which the annotation names one entity of that slot (articles and punctuation aside).  This is how systems that were
trained on the set are measured (Du et al. 2021).
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(slots=True)
class Template:
    """An incident: its type, and for each slot the entities, each with the ways in which it is named."""

    type: str
    fillers: dict[str, list[frozenset[str]]] = field(default_factory=dict)


def plain(text: str) -> str:
    """Lower case, without articles, punctuation and further blanks."""
    bare = text.lower().translate(_PUNCTUATION)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", bare).split())


def wanted(raw: Sequence[Mapping[str, object]]) -> list[Template]:
    """A document's annotated templates; of two that are the same, one."""
    out: list[Template] = []
    for t in raw:
        fillers = {
            slot: [frozenset(plain(m[0]) for m in entity) for entity in t[slot] if entity]  # type: ignore[attr-defined]
            for slot in SLOTS
        }
        made = Template(str(t["incident_type"]), fillers)
        if made not in out:
            out.append(made)
    return out


Counts = dict[str, tuple[int, int, int, int]]
"""Slot → right of the given, given, found of the wanted, wanted."""


def agreement(given: Sequence[Template], gold: Sequence[Template]) -> Counts:
    """The slots of one document under the pairing that agrees most."""
    pairs = _pairing(given, gold)
    counts: dict[str, list[int]] = {slot: [0, 0, 0, 0] for slot in ("type", *SLOTS)}
    for slot, c in counts.items():
        c[1] = sum(1 if slot == "type" else len(t.fillers.get(slot, ())) for t in given)
        c[3] = sum(1 if slot == "type" else len(t.fillers.get(slot, ())) for t in gold)
    for i, j in pairs.items():
        for slot, c in counts.items():
            right, found = (1, 1) if slot == "type" else _alike(given[i], gold[j], slot)
            c[0] += right
            c[2] += found
    return {slot: (c[0], c[1], c[2], c[3]) for slot, c in counts.items()}


def _alike(a: Template, b: Template, slot: str) -> tuple[int, int]:
    """How many of a's fillers are right, and how many of b's were found."""
    mine, theirs = a.fillers.get(slot, []), b.fillers.get(slot, [])
    return sum(any(m <= t for t in theirs) for m in mine), sum(any(m <= t for m in mine) for t in theirs)


def _pairing(given: Sequence[Template], gold: Sequence[Template]) -> dict[int, int]:
    """Given → wanted, so that the most slots agree."""

    @cache
    def best(i: int, taken: frozenset[int]) -> tuple[int, tuple[tuple[int, int], ...]]:
        if i == len(given):
            return 0, ()
        top = best(i + 1, taken)
        for j, g in enumerate(gold):
            if j not in taken and given[i].type in g.type:
                rest = best(i + 1, taken | {j})
                points = 2 + sum(sum(_alike(given[i], g, slot)) for slot in SLOTS) + rest[0]
                if points > top[0]:
                    top = points, ((i, j), *rest[1])
        return top

    return dict(best(0, frozenset())[1])
