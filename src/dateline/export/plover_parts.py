"""An event in PLOVER's terms, for the formats that speak it: its code by PLOVER's own rules, its actors and recipients.

What force both sides use has all of them as actors and no recipient.  Captured fighters are ASSAULT/abduct.  An event
without an actor, or without a recipient where PLOVER asks for one, is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.codebook.actors import load_actors
from dateline.codebook.lexicon import lexicon
from dateline.export.acled_sides import both_ways, camp
from dateline.export.bundle import Bundle
from dateline.export.coding import ARMED, NO_DAY, Days, codes_of, days_or_said, nations
from dateline.export.sheet import tables
from dateline.types import Actor, Codes, Event, PloverCode


@dataclass(frozen=True, slots=True)
class Party:
    """An actor with PLOVER's country (or kind of body) and sector."""

    actor: Actor
    code: str
    sector: str
    cow: str


@dataclass(frozen=True, slots=True)
class PloverEvent:
    """An event that PLOVER knows."""

    code: PloverCode
    days: Days
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    quad: int
    score: float

    @property
    def modes(self) -> list[str]:
        return [self.code.mode] if self.code.mode else []


def plover_event(bundle: Bundle, e: Event) -> PloverEvent | str:
    """The event in PLOVER's terms, or why it has none."""
    codes = codes_of(bundle, e)
    if not codes.plover:
        return f"no PLOVER event: {e.type}"
    code = _judged(e, codes.plover)
    spec = tables("plover")["events"][code.event]
    agents, targets = _sides(e, code, codes)
    if not agents:
        return "no actor is named"
    if spec.get("recipient") and not targets:
        return f"no recipient is named: {code.event}"
    days = days_or_said(bundle, e, verbal=spec["quad"] in (1, 3))
    if days is None:
        return NO_DAY
    known = lexicon("crosswalk")
    if code.mode and code.mode not in known["plover"].get(code.event, ()):
        return f"{code.mode!r} is no mode of {code.event}"
    if wrong := sorted(set(code.contexts) - set(known["contexts"])):
        return f"{wrong[0]!r} is no context"
    score = float(spec.get("modes", {}).get(code.mode, spec["score"]))
    return PloverEvent(code, days, _parties(agents), _parties(targets), int(spec["quad"]), score)


def _judged(e: Event, code: PloverCode) -> PloverCode:
    fighters = [a for a in e.targets if a.sector in ("MIL", "REB")]
    takers = [a for a in e.agents if a.sector in ("MIL", "REB")]
    if (code.event, code.mode) == ("COERCE", "arrest") and takers and fighters and camp(takers[0]) != camp(fighters[0]):
        return PloverCode(event="ASSAULT", mode="abduct", contexts=code.contexts)
    return code


def _sides(e: Event, code: PloverCode, codes: Codes) -> tuple[Sequence[Actor], Sequence[Actor]]:
    clash = codes.acled is not None and codes.acled.sub_event_type == "Armed clash"
    armed = [a for a in e.targets if a.sector in ARMED]
    if code.event == "ASSAULT" and armed and e.agents and (clash or both_ways(e)):
        return list(dict.fromkeys((*e.agents, *armed))), ()
    return e.agents, e.targets


def _parties(actors: Sequence[Actor]) -> tuple[Party, ...]:
    return tuple(_party(a) for a in actors)


def _party(a: Actor) -> Party:
    raw = tables("plover")
    entry = load_actors().entries.get(a.actor_id or "")
    told = entry.plover.split() if entry else []
    lands = [x for x in told if x in raw["bodies"] or x in nations()]
    sectors = [x for x in told if x in raw["sectors"]]
    land = lands[0] if lands else a.country or {"IGO": "IGO", "NGO": "NGO"}.get(a.sector, "")
    sector = sectors[0] if sectors else str(raw["sector"][a.sector])
    cow = nations()[land].cow if land in nations() else ""
    return Party(a, str(raw["countries"].get(land, land)), sector, cow)
