"""When a crosswalk's rule holds: the claim it looks at, and the tests it may make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dateline.codebook.lexicon import lexicon
from dateline.types import AcledCode, Actor, Figure, Modality, PloverCode

STATE = frozenset({"MIL", "GOV", "COP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkContext:
    """What a claim's codes depend on.

    Attributes:
        trigger: the trigger's base forms, with blanks between.
        words: base forms and lower-cased words near the trigger, and their runs of two and three.
        agents, targets: the actors.
        modality: how the claim is told.
        place_country: the place's ISO 3166-1 alpha-3 country, "" if the place is unknown.
        figures: the claim's figures.
        type: the claim's type; parts of the fine print hold for some types only.
    """

    trigger: str
    words: frozenset[str] = frozenset()
    agents: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    modality: Modality = "asserted"
    place_country: str = ""
    figures: tuple[Figure, ...] = ()
    type: str = ""

    @property
    def deaths(self) -> bool:
        """Whether the claim tells of people killed."""
        if any(f.kind == "killed" and f.high != 0 for f in self.figures):
            return True
        return not any(f.kind == "killed" for f in self.figures) and in_phrase(self.trigger, _deadly())


@dataclass(frozen=True, slots=True)
class Rule:
    """Codes that a claim takes where all tests hold.  ``sets`` maps a field to its value."""

    tests: tuple[tuple[str, frozenset[str]], ...]
    sets: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, context: CrosswalkContext, so_far: Mapping[str, Any]) -> bool:
        """Whether every condition is fulfilled, given the codes so far."""
        return all(TESTS[name](wanted, context, so_far) for name, wanted in self.tests)


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A type's crosswalk, checked and ready for use."""

    base: Mapping[str, Any]
    rules: tuple[Rule, ...]


@cache
def _deadly() -> frozenset[str]:
    return frozenset(lexicon("crosswalk")["deadly"])


_Test = Callable[[frozenset[str], CrosswalkContext, Mapping[str, Any]], bool]


def in_phrase(phrase: str, wanted: frozenset[str]) -> bool:
    """Whether one of the words or phrases stands in a phrase."""
    if phrase in wanted or not wanted.isdisjoint(phrase.split()):
        return True
    return any(" " in w and f" {w} " in f" {phrase} " for w in wanted)


def _sector(wanted: frozenset[str], actors: tuple[Actor, ...]) -> bool:
    if not actors:
        return "" in wanted
    return "any" in wanted or any(a.sector in wanted for a in actors)


def _at_home(context: CrosswalkContext) -> bool:
    """Whether a state's actor acts in its own country; an unknown place is taken to be there."""
    return any(a.country and context.place_country in {"", a.country} for a in context.agents if a.sector in STATE)


def _plover(wanted: frozenset[str], found: Mapping[str, Any]) -> bool:
    code: PloverCode | None = found["plover"]
    return code is not None and (code.event in wanted or f"{code.event}/{code.mode}" in wanted)


def _acled(wanted: frozenset[str], found: Mapping[str, Any]) -> bool:
    code: AcledCode | None = found["acled"]
    return code is not None and code.sub_event_type in wanted


TESTS: Mapping[str, _Test] = {
    "trigger": lambda w, c, _: in_phrase(c.trigger, w),
    "cue": lambda w, c, _: not w.isdisjoint(c.words),
    "cue2": lambda w, c, _: not w.isdisjoint(c.words),
    "not_cue": lambda w, c, _: w.isdisjoint(c.words),
    "not_trigger": lambda w, c, _: not in_phrase(c.trigger, w),
    "agent": lambda w, c, _: _sector(w, c.agents),
    "target": lambda w, c, _: _sector(w, c.targets),
    "not_agent": lambda w, c, _: not _sector(w, c.agents),
    "not_target": lambda w, c, _: not _sector(w, c.targets),
    "modality": lambda w, c, _: c.modality in w,
    "agent_home": lambda w, c, _: _at_home(c) == ("true" in w),
    "type": lambda w, c, _: c.type in w,
    "place": lambda w, c, _: bool(c.place_country) == ("true" in w),
    "deaths": lambda w, c, _: c.deaths == ("true" in w),
    "plover": lambda w, _, found: _plover(w, found),
    "acled": lambda w, _, found: _acled(w, found),
}
SECTOR_TESTS = frozenset({"agent", "target", "not_agent", "not_target"})
FLAGS = frozenset({"agent_home", "place", "deaths"})
