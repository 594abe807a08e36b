"""Who speaks, and who of them is independent of whom.

The voice of a claim is its innermost source, else the outlet.  An outlet that quotes another, or copies a report, adds
no voice of its own: only origins count, and of copies only the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.gazetteer.normalise import words
from dateline.reconcile.cluster import Union
from dateline.reconcile.evidence import is_copy
from dateline.reconcile.facts import Fact, Teller
from dateline.reconcile.rules import Rules

_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "this", "that"})


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its voice as shown, and its origin: what it has in common with all that depends on it."""

    fact: Fact
    voice: str
    origin: str


def voices(facts: Sequence[Fact], r: Rules) -> list[Said]:
    """Each claim's voice and origin, in the facts' order."""
    first = _first_of_copies([f.teller for f in facts], r)
    spoken: dict[str, set[str]] = {}
    for f in facts:
        if f.voice:
            spoken.setdefault(f.teller.id, set()).add(_key(f.voice))
    out = []
    for f in facts:
        if f.voice:
            out.append(Said(f, f.voice, _key(f.voice)))
            continue
        lead = first[f.teller.id]
        quoted = spoken.get(f.teller.id)
        # A report that attributes the happening elsewhere leans on that source here too.
        origin = min(quoted) if quoted else _key(lead.name)
        out.append(Said(f, f.teller.name, origin))
    return out


def _key(name: str) -> str:
    """A name by which the same voice is known again: folded, without an article."""
    parts = words(name)
    while len(parts) > 1 and parts[0] in _ARTICLES:
        parts = parts[1:]
    return " ".join(parts) or name


def _first_of_copies(tellers: Sequence[Teller], r: Rules) -> dict[str, Teller]:
    """For each report the one that it is a copy of, or itself: of copies the first published, then the smallest id."""
    unique = sorted({t.id: t for t in tellers}.values(), key=lambda t: (t.published is None, t.published or 0, t.id))
    union: Union[str] = Union()
    for i, later in enumerate(unique):
        for earlier in unique[max(0, i - 50) : i]:
            if is_copy(earlier.sketch, later.sketch, r):
                union.join(earlier.id, later.id)
    known = {t.id: t for t in unique}
    return {t.id: known[union.root(t.id)] for t in unique}
