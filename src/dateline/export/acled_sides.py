"""An event's actors as ACLED's two sides: names, associated actors, and the kinds whose pair is the interaction.

ACLED gives its two actors no direction.  Civilians who are caught in a battle are no actor in it; violence against civilians,
protests and riots have theirs by definition; a side of violence that no report names is an unidentified group.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.codebook.actors import load_actors
from dateline.export.coding import ARMED, STATE, nations, same, unique
from dateline.export.sheet import tables
from dateline.types import AcledCode, Actor, Event

_AIR = "Air/drone strike"
_PLAIN = frozenset({"CVL", "MED", "NGO"})


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its actor's name and kind, and who stands with it."""

    name: str
    kind: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides; the second is None where there is one only.  ``civilians`` says that the targets are civilians alone."""

    first: Side
    second: Side | None
    civilians: bool

    @property
    def interaction(self) -> str:
        """The pair of kinds, the lower code first, as ACLED words it."""
        raw = tables("acled")
        if self.second is None:
            return f"{self.first.kind} only"
        pair = "-".join(sorted((self.first.kind, self.second.kind), key=raw["kinds"].index))
        return str(raw["reversed"].get(pair, pair))


def country(iso3: str) -> str:
    """A country as ACLED calls it; "" if it is none."""
    n = nations().get(iso3)
    return str(tables("acled")["countries"].get(iso3, n.name)) if n else ""


def sides_of(e: Event, code: AcledCode, where: str, year: int) -> Sides | None:
    """The event's sides; None where nobody is named and ACLED has no word for it.

    Args:
        where: the country of the event's place, ISO 3166-1 alpha-3.
        year: the event's; governments and forces have other names in other years.
    """
    one, two = _parted(e, code)
    civilians = bool(two) and all(a.sector in _PLAIN for a in two)
    if code.event_type == "Battles":
        one, two = _fighters(one), _fighters(two)
    elif any(a.sector in ARMED for a in two) and code.event_type != "Violence against civilians":
        two = tuple(a for a in two if a.sector not in _PLAIN)
    if code.event_type in ("Battles", "Violence against civilians") and not one and not two:
        return None
    first, second = _side(one, where, year, code), _side(two, where, year, code)
    if code.event_type == "Violence against civilians":
        return Sides(first or _unknown(where, code), _victims(two, where, year, code), True)
    if code.event_type in ("Protests", "Riots"):
        return _crowd(one, two, where, year, code)
    if code.event_type == "Battles":
        return Sides(first or _unknown(where, code), second or _unknown(where, code), False)
    if code.event_type == "Explosions/Remote violence":
        return Sides(first or _unknown(where, code), second, civilians)
    if first is None:
        first, second = second, None
    return Sides(first, second, False) if first else None


def _parted(e: Event, code: AcledCode) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The doers and those it was done to; of a battle's fighters who are told as one side, the first against the others."""
    targets = tuple(a for a in e.targets if not any(same(a, b) for b in e.agents))
    if targets or code.event_type != "Battles":
        return e.agents, targets
    return opposed(e.agents)


def opposed(agents: tuple[Actor, ...]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Fighters of a clash that are told together ("the army and the rebels clashed"): the first's side, and the others."""
    others = tuple(a for a in agents[1:] if a.sector in ARMED and camp(a) != camp(agents[0]))
    if not others or agents[0].sector not in ARMED:
        return agents, ()
    return tuple(a for a in agents if a not in others), others


def camp(a: Actor) -> str:
    """Which side an armed actor is of: its group, else its state, else its country's rebels."""
    return a.group or (a.country if a.sector in STATE else f"{a.country} {a.sector}")


def both_ways(e: Event) -> bool:
    """Whether an armed actor is told both as one who did it and as one to whom it was done: the two sides fight."""
    return any(a.sector in ARMED and b.sector in ARMED and same(a, b) for a in e.agents for b in e.targets) and (
        len({camp(a) for a in (*e.agents, *e.targets) if a.sector in ARMED}) > 1
    )


def _fighters(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    return tuple(a for a in actors if a.sector not in _PLAIN)


def _side(actors: Sequence[Actor], where: str, year: int, code: AcledCode) -> Side | None:
    if not actors:
        return None
    named = [(_name(a, where, year), a) for a in actors]
    head, main = named[0]
    names = unique(n for n, _ in named if n != head)
    return Side(head, _kind(main, where, code), tuple(unique([*names, *(_beside(a, where) for a in actors)])))


def _victims(targets: Sequence[Actor], where: str, year: int, code: AcledCode) -> Side:
    """Civilians; those who were armed once and are captive or unarmed now stand beside them."""
    plain = next((a for a in targets if a.sector in _PLAIN), None)
    name = _filled("CVL", plain.country if plain else "", where)
    beside = [_beside(a, where) or _name(a, where, year) for a in targets]
    return Side(name, "Civilians", tuple(b for b in unique(beside) if b != name and not b.startswith("Civilians (")))


def _crowd(one: Sequence[Actor], two: Sequence[Actor], where: str, year: int, code: AcledCode) -> Sides:
    """Those who protest or riot, against a mob's victims or the forces that step in."""
    kind = "Protesters" if code.event_type == "Protests" else "Rioters"
    mob = code.sub_event_type == "Mob violence" and any(a.sector in _PLAIN for a in two)
    people = [a for a in (one if mob else (*one, *two)) if a.sector not in ARMED]
    land = next((a.country for a in people if a.country), "")
    name = str(tables("acled")["crowd"][code.event_type]).format(country=country(land) or country(where))
    beside = unique(b for a in people if (b := _beside(a, where) or (_name(a, where, year) if a.actor_id else "")))
    first = Side(name, kind, tuple(beside))
    if mob:
        return Sides(first, _victims(two, where, year, code), True)
    forces = [a for a in (*one, *two) if a.sector in ARMED and code.sub_event_type != "Peaceful protest"]
    excess = code.sub_event_type == "Excessive force against protesters"
    return Sides(first, _side(forces, where, year, code), excess)


def _unknown(where: str, code: AcledCode) -> Side:
    raw = tables("acled")["unknown_air" if code.sub_event_type == _AIR else "unknown"]
    return Side(str(raw["name"]).format(country=country(where)), str(raw["kind"]))


def _name(a: Actor, where: str, year: int) -> str:
    """An actor's name in ACLED: the actor list's, else one made of its group, its own name or its sector and country."""
    entry = load_actors().entries.get(a.actor_id or "")
    if entry and entry.acled:
        return entry.acled
    if a.group and a.sector == "REB":
        return entry.names[0] if entry else a.group
    plain = _filled(a.sector, a.country, where)
    return _of_its_time(plain, year) or plain or a.name


@cache
def _periods() -> dict[str, list[tuple[int, int, str]]]:
    """Names with the years that they stand for: "Military Forces of Example" → (2000, 2024, with its years)."""
    found: dict[str, set[tuple[int, int, str]]] = {}
    for entry in load_actors().entries.values():
        if m := re.fullmatch(r"(.+) \((\d{4})-(\d{4})?\)", entry.acled):
            found.setdefault(m[1], set()).add((int(m[2]), int(m[3] or 9999), entry.acled))
    return {name: sorted(periods) for name, periods in found.items()}


def _of_its_time(name: str, year: int) -> str:
    return next((full for first, last, full in _periods().get(name, ()) if first <= year <= last), "")


def _filled(sector: str, iso3: str, where: str) -> str:
    land = country(iso3) or country(where)
    return str(tables("acled")["names"][sector]).format(country=land) if land else ""


def _beside(a: Actor, where: str) -> str:
    words = tables("acled")["beside"].get(a.sector)
    return str(words).format(country=country(a.country) or country(where)) if words else ""


def _kind(a: Actor, where: str, code: AcledCode) -> str:
    if a.sector in STATE:
        return "State forces" if a.country in ("", where) else "External/Other forces"
    if a.sector == "IGO":
        return "External/Other forces"
    if a.sector == "REB":
        return "Rebel group"
    if a.sector == "OPP":
        return "Rioters" if code.event_type == "Riots" else "Protesters"
    return "Civilians" if a.sector in _PLAIN else "Political militia"
