"""Who fights whom in UCDP's sense: the type of organised violence, its two sides and their Gleditsch-Ward numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.codebook.actors import load_actors
from dateline.export.acled_sides import camp
from dateline.export.coding import ARMED, STATE, nations
from dateline.export.sheet import tables
from dateline.types import Actor, Event

CIVILIANS = "Civilians"
UNKNOWN_DOER = "who did it is not known"
UNKNOWN_SIDE = "the other side is not known"
NOT_ORGANISED = "no organised violence between its sides"
_PLAIN = frozenset({"CVL", "MED", "NGO", "OPP", "IGO"})


@dataclass(frozen=True, slots=True)
class Party:
    """A side: its name, its Gleditsch-Ward number where it is a state ("" else), and its actors."""

    name: str
    gw: str
    actors: tuple[Actor, ...]

    @property
    def country(self) -> str:
        """The country whose side it is, ISO 3166-1 alpha-3; "" for a side of no country."""
        return next((a.country for a in self.actors if a.country), "")

    @property
    def is_state(self) -> bool:
        return any(a.sector in STATE for a in self.actors)


@dataclass(frozen=True, slots=True)
class Dyad:
    """Both sides of one type of violence: 1 state-based, 2 non-state, 3 one-sided (the second side is civilians)."""

    type: int
    a: Party
    b: Party

    @property
    def name(self) -> str:
        return f"{self.a.name} - {self.b.name}"


def dyad_of(e: Event, where: str, clash: bool) -> Dyad | str:
    """The event's dyad, or why it has none.

    Where a state fights a group the state is side A.  Of two states, or two groups, side A is the one that did it.

    Args:
        where: the country of the event's place, ISO 3166-1 alpha-3.
        clash: that doers of several sides, told together, fight one another; else they act together.
    """
    agents = [a for a in e.agents if a.sector in ARMED]
    if not agents:
        return UNKNOWN_DOER if all(a.sector == "UNK" for a in e.agents) else NOT_ORGANISED
    first = [a for a in agents if camp(a) == camp(agents[0])]
    ours = {camp(a) for a in agents}
    others = [a for a in e.targets if a.sector in ARMED and camp(a) not in ours]
    others = others or [a for a in e.targets if a.sector in ARMED and camp(a) != camp(agents[0])]
    if not e.targets and clash:
        others = [a for a in agents if camp(a) != camp(agents[0])]
    if not others:
        plain = any(a.sector in _PLAIN for a in e.targets)
        return Dyad(3, _party(first, where), Party(CIVILIANS, "", ())) if plain else UNKNOWN_SIDE
    second = [a for a in others if camp(a) == camp(others[0])]
    one, two = _party(first, where), _party(second, where)
    if two.is_state and not one.is_state:
        one, two = two, one
    return Dyad(1 if one.is_state else 2, one, two)


def country(iso3: str) -> str:
    """A country as UCDP calls it; "" if it is none."""
    n = nations().get(iso3)
    return str(tables("ged")["countries"].get(iso3, n.name)) if n else ""


def _party(actors: Sequence[Actor], where: str) -> Party:
    head = actors[0]
    if head.sector in STATE:
        land = head.country or where
        return Party(f"Government of {country(land)}", nations()[land].gw if land in nations() else "", tuple(actors))
    return Party(_group(head, where), "", tuple(actors))


def _group(a: Actor, where: str) -> str:
    """An armed group's name; one that is not named is told by its country alone, whatever words a report has for it."""
    entry = load_actors().entries.get(a.actor_id or "")
    if entry or a.group:
        return entry.names[0] if entry else a.group
    return str(tables("ged")["unnamed"]).format(country=country(a.country) or country(where))
