"""A claim's codes in the field's other codebooks: PLOVER, CAMEO, ACLED and UCDP.

A type's ``crosswalk`` names its codes and rules with conditions.  Of a type's rules that hold, **the first that names
a field gives that field**, so the more telling rule stands first.  Then the fine print of the schemes
themselves (lexicon ``crosswalk``) is applied, in which every rule that holds changes what it names: what has not
happened is no ACLED or UCDP event, force to come is a threat, and so on.

UCDP counts only deadly violence, so its type is given only where deaths are told (a figure of people killed that
is not nought, or a deadly word), and the sides decide which: 1 state-based, 2 between groups, 3 one-sided.  It is
None where neither side is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dateline.codebook.crosswalk_read import compile_crosswalk, schemes
from dateline.codebook.crosswalk_rules import STATE, Crosswalk, CrosswalkContext
from dateline.types import AcledCode, Actor, Codes, PloverCode

__all__ = ["Crosswalk", "CrosswalkContext", "codes", "compile_crosswalk"]

_UNARMED = frozenset({"CVL", "MED", "NGO", "IGO", "OPP"})


def codes(spec: Crosswalk | Mapping[str, Any], context: CrosswalkContext) -> Codes:
    """The codes of a claim.

    Args:
        spec: the type's crosswalk, compiled or as it stands in the codebook's file (without classes then).
        context: the claim.

    Raises:
        CodebookError: a raw ``spec`` is wrong.
    """
    crosswalk = spec if isinstance(spec, Crosswalk) else compile_crosswalk(spec)
    found = dict(crosswalk.base)
    given: set[str] = set()
    for rule in crosswalk.rules:
        if rule.sets.keys() - given and rule.holds(context, found):
            found.update((k, v) for k, v in rule.sets.items() if k not in given)
            given.update(rule.sets)
    for rule in schemes().fine_print:
        if rule.holds(context, found):
            found.update(rule.sets)
    plover: PloverCode = found["plover"] or PloverCode(event="", mode="")
    if plover:
        contexts = {name for name, rule in schemes().contexts if rule.holds(context, found)}
        plover = PloverCode(event=plover.event, mode=plover.mode, contexts=tuple(sorted(contexts)))
    return Codes(plover=plover, cameo=found["cameo"], acled=found["acled"], ucdp=_ucdp(found, context))


# ------------------------------------------------------------------------------------------------------- UCDP


def _ucdp(found: Mapping[str, Any], context: CrosswalkContext) -> int | None:
    """The type of organised violence, where the claim tells of deaths.

    State-based (1): a state's forces against a group or another state's.  Non-state (2): groups against
    groups.  One-sided (3): against people who do not fight.
    """
    base: int | None = found["ucdp"]
    if base is None or not context.deaths:
        return None
    if (plover := found["plover"]) is not None and plover.event == "PROTEST":
        return base
    agents, targets = _known(context.agents), _known(context.targets)
    if not agents and not targets:
        return None
    sectors = {a.sector for a in agents}, {t.sector for t in targets}
    if sectors[1] and sectors[1] <= _UNARMED:
        return 3 if not sectors[0] or sectors[0] & (STATE | {"REB"}) else None
    if base == 3 and not _battle(found):
        return 1 if sectors[0] == {"REB"} and sectors[1] & {"GOV", "COP"} else 3
    return _sides(agents, targets, base)


def _known(actors: tuple[Actor, ...]) -> list[Actor]:
    return [a for a in actors if a.sector != "UNK"]


def _battle(found: Mapping[str, Any]) -> bool:
    acled: AcledCode | None = found["acled"]
    return acled is not None and acled.event_type == "Battles"


def _sides(agents: list[Actor], targets: list[Actor], base: int) -> int:
    """Who fights whom, where both are known; the type's own value where only one is."""
    everyone = [a for a in (*agents, *targets) if a.sector in STATE or a.sector == "REB"]
    states = any(a.sector in STATE for a in everyone)
    groups = [a for a in everyone if a.sector == "REB"]
    if states:
        return 1
    opposed = bool(agents and targets) or len({a.group or a.name for a in groups}) > 1
    return 2 if len(groups) > 1 and opposed else (1 if base != 2 else 2)
