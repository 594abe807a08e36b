"""Truces: agreed, violated, collapsed, each by whose word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from dateline.codebook.lexicon import lexicon
from dateline.reconcile.facts import day
from dateline.store.ledgers.told import Told, party

_LATER = 365  # days after which a violation is of no truce that is known


@dataclass(frozen=True, slots=True)
class Step:
    """One claim in a truce's life; ``by`` is who is said to have done it."""

    on: str | None
    what: Literal["agreed", "violated", "collapsed", "denied"]
    by: str
    voice: str
    claim: str


@dataclass(slots=True)
class Truce:
    """A truce of a country: where it stands after the last step."""

    country: str
    parties: tuple[str, ...]
    since: str | None
    event: str
    steps: list[Step] = field(default_factory=list)

    @property
    def state(self) -> str:
        last = [s.what for s in self.steps if s.what != "denied"]
        return "collapsed" if "collapsed" in last else "violated" if "violated" in last else "agreed"


def truces(told: Iterable[Told]) -> list[Truce]:
    """The truces among claims, by their first day; violations belong to the country's last truce before them."""
    rules = lexicon("ledgers")["truces"]
    words, ends = tuple(rules["words"]), tuple(rules["collapse"])
    open_: dict[str, Truce] = {}
    out: list[Truce] = []
    for t in sorted(told, key=lambda t: t.order):
        c = t.claim
        if c.type not in ("agree", "violate") or c.modality in ("future", "uncertain"):
            continue
        country = _country(t)
        now = open_.get(country)
        trigger = c.trigger.text.lower()
        if c.type == "agree" and any(w in trigger for w in words):
            if now is None or (t.event != now.event and now.state == "collapsed") or _old(now, t):
                now = Truce(country, (), t.on, t.event)
                open_[country] = now
                out.append(now)
            now.parties = tuple(
                dict.fromkeys([*now.parties, *filter(None, (party((a,)) for a in (*c.agents, *c.targets)))])
            )
            now.steps.append(_step(t, "denied" if t.denied else "agreed"))
        elif c.type == "violate" and now is not None:
            over = any(w in trigger for w in ends)
            now.steps.append(_step(t, "denied" if t.denied else "collapsed" if over else "violated"))
    return out


def _step(t: Told, what: Literal["agreed", "violated", "collapsed", "denied"]) -> Step:
    return Step(t.on, what, party(t.claim.agents), t.voice, t.claim.id)


def _country(t: Told) -> str:
    if t.claim.place and t.claim.place.country:
        return t.claim.place.country
    return next((a.country for a in (*t.claim.agents, *t.claim.targets) if a.country), "")


def _old(truce: Truce, t: Told) -> bool:
    last = day(truce.steps[-1].on) if truce.steps else None
    now = day(t.on)
    return last is not None and now is not None and now - last > _LATER
