"""Why a draft is as it is: the rule's conditions with the words that met them, and the ways that gave participants.

Asked of the very rules, trees and roles that filled the draft, and only where an explanation is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, cast

from dateline.codebook.loader import Condition, Test
from dateline.extract.company import Company
from dateline.extract.figure_kinds import role_of
from dateline.extract.modality import modality_of
from dateline.extract.triggers import Hit
from dateline.types import Draft, Grounds, Quantity, Sentence, Way

_Met = tuple[tuple[str, str], ...]
_NAMED = {"cue": "words near by", "near": "words of the sentence"}


def grounds_of(
    s: Sentence, hit: Hit, found: Sequence[Hit], draft: Draft, quantities: Sequence[Quantity], background: str
) -> Grounds:
    """A draft's grounds.

    Args:
        s: its sentence.
        hit: the hit that it was made of.
        found: all hits of the sentence, before those that tell of one event were joined.
        draft: the draft, its figures filled.
        quantities: the sentence's counts.
        background: the reason why it is background, "" if it is not.
    """
    rule, company = hit.rule, hit.company
    refined = next((r for r in rule.refine if company.holds(r.condition)), None)
    return Grounds(
        type=draft.type,
        met=tuple(_met(company, rule.condition)),
        refined=tuple(_met(company, refined.condition)) if refined and refined.type == draft.type else None,
        ways=tuple(_ways([hit, *(h for h in found if h is not hit)])),
        modality=modality_of(s, hit.trigger, hit.type)[1],
        background=background,
        counts=tuple(_counted(s, q, quantities) for _, q in draft.figures),
        merged=tuple(hit.merged),
    )


def _ways(hits: Sequence[Hit]) -> Iterator[Way]:
    for h in hits:
        for role, slot, m in h.company.ways():
            yield Way(role=cast(Literal["agent", "target"], role), mention=m, slot=slot, of=h.head)


def _counted(s: Sentence, q: Quantity, quantities: Sequence[Quantity]) -> str:
    """The word that says what a count is a count of, "" for a person without a number."""
    k = next((k for k, other in enumerate(quantities) if other is q), None)
    role = role_of(s, quantities, k) if k is not None else None
    return s.words[role.governor] if role else ""


def _met(company: Company, condition: Condition) -> Iterator[tuple[str, str]]:
    """What must stand there for the rule to hold, each slot with the words that do."""
    held = [*condition.tests, *(t for t in condition.either if company.holds(Condition((t,))))]
    for test in held:
        if test.wanted and not test.words.nothing:
            yield _NAMED.get(test.slot, test.slot), _standing(company, test)


def _standing(company: Company, test: Test) -> str:
    """The words of the sentence that a test found in its slot."""
    s, words, roles = company.tree.s, test.words, company.roles
    if test.slot in {"agent", "target"}:
        mentions = company.agents if test.slot == "agent" else company.targets
        return ", ".join(" ".join(s.words[m.first : m.last + 1]) for m in mentions)
    if test.slot in {"cue", "near"}:
        scope = company.scope if test.slot == "cue" else frozenset(range(len(s)))
        single = [i for i in sorted(scope) if s.lemmas[i] in words.single or s.lower[i] in words.single]
        runs = [p for phrase in words.phrases for p in company.tree.phrases(phrase) if all(i in scope for i in p)]
        return ", ".join(
            dict.fromkeys([*(s.words[i] for i in single), *(" ".join(s.words[i] for i in p) for p in runs)])
        )
    if test.slot == "verb":
        return s.words[company.verb] if company.verb is not None else ""
    if test.slot == "particle":
        return ", ".join(p for p in roles.particles if p in words.single)
    if test.slot in {"trigger", "plural", "not_verb", "that", "modality"}:
        return s.words[company.head]
    return ", ".join(s.words[company.tree.counted(h)] for h in roles.of(test.slot))
