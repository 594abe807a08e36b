"""People displaced, evacuated or returned, and houses lost, of whom a sentence tells by a count and no event's word.

"To date, 199 families have been found in need of shelter", "houses damaged: 1,800": the count says what befell
those counted, as the lexicon ``figures`` has it, so it is a claim of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from dateline.codebook.lexicon import lexicon
from dateline.codebook.loader import Codebook, Rule
from dateline.extract.company import Company, Names
from dateline.extract.counted import class_of
from dateline.extract.figure_kinds import counted_class, role_of
from dateline.extract.tree import Tree
from dateline.extract.triggers import FIRM, Hit
from dateline.types import FigureKind, Mention, Quantity, Sentence

_HOUSING = "building"
_ARMED = frozenset({"MIL", "REB", "COP", "GOV"})


@cache
def _types() -> dict[FigureKind, str]:
    return dict(lexicon("figures")["told_by_count"]["types"])


@cache
def _words() -> frozenset[str]:
    return frozenset(lexicon("figures")["told_by_count"]["words"])


def may_tell(s: Sentence) -> bool:
    """Whether a sentence has a number and one of the words that such counts are told with."""
    return not _words().isdisjoint(s.lemmas) and "CD" in s.tags


def told_by_count(
    tree: Tree,
    hits: Sequence[Hit],
    quantities: Sequence[Quantity],
    taken: set[Mention],
    codebook: Codebook,
    names: Names,
) -> Iterator[tuple[Hit, FigureKind, Quantity]]:
    """A hit for each count of those kinds that no event of the sentence has.

    Args:
        tree: the sentence.
        hits: its events.
        quantities: its counts.
        taken: the mentions of the counts that the events have.
        codebook: what types there are.
        names: who is an actor.
    """
    s = tree.s
    types = {h.type for h in hits}
    seen = {(q.low, q.high) for q in quantities if q.mention in taken}
    seen |= {(p.low, p.high) for q in quantities for p in q.includes}
    for k, q in enumerate(quantities):
        if q.mention in taken or (q.low, q.high) in seen or not (role := role_of(s, quantities, k)):
            continue
        kind = role.kinds[0]
        type = _types().get(kind)
        if type is None or type not in codebook.types or type in types:
            continue
        if names.sector(q.mention) in _ARMED:
            continue
        housing = _HOUSING in {counted_class(s, quantities, k), class_of(s, role.governor)}
        if housing != (kind == "destroyed"):
            continue
        types.add(type)
        yield _hit(tree, q, role.governor, type, codebook, names), kind, q


def _hit(tree: Tree, q: Quantity, governor: int, type: str, codebook: Codebook, names: Names) -> Hit:
    s = tree.s
    rule = Rule(type, "count", (s.lemmas[governor],), {}, strength=FIRM)
    company = Company(tree, names, codebook, governor, rule.words, rule.frame, tree.roles(governor))
    if names.sector(q.mention):
        company.targets.append(q.mention)
    trigger = Mention(s.index, governor, governor, governor)
    return Hit(rule, type, trigger, company, frozenset({governor}), FIRM)
