"""What reconciling needs of a claim, in little room: a million of them fit into memory.

A :class:`Fact` is a claim without its offsets; actors, places and sources that are the same are one object.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any, TypeVar

from dateline.gazetteer.cues import cues
from dateline.gazetteer.normalise import words
from dateline.reconcile.rules import Rules, group_of, rules
from dateline.reconcile.toll import Toll, is_death, toll
from dateline.types import Actor, Claim, CodedReport, Codes, Figure, Modality, Place, Stance, Town, When, bare

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Teller:
    """A report, as far as it matters who tells and when.  ``published`` is a day's ordinal or None."""

    id: str
    outlet: str
    published: int | None
    title: frozenset[str]
    ages: frozenset[int]  # that the title names
    sketch: frozenset[int]  # hashes of its claims' words: copies share them
    people: frozenset[str] = frozenset()  # digests of the private persons that it names
    towns: tuple[Town, ...] = ()  # that it names, those named most first
    toll: Toll | None = None  # the dead that its title tells of
    marks: tuple[int, ...] = ()  # its rare words, the weightiest first: a digest, then 8 bits of a weight

    @property
    def name(self) -> str:
        """The voice of what it says on its own: the outlet, or the report where no outlet is known."""
        return self.outlet or f"report {self.id}"


@dataclass(frozen=True, slots=True)
class Window:
    """Days (ordinals, both ends included) within which it happened; not ``told`` where only guessed from the report."""

    first: int
    last: int
    told: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim, reduced.  ``voice`` is the innermost source's name, "" for the report's own voice."""

    claim: str
    teller: Teller
    type: str
    group: str
    codes: Codes
    start: int
    sentence: int
    place: Place | None
    when: When | None
    window: Window | None
    agents: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    doers: frozenset[str]
    sufferers: frozenset[str]
    figures: tuple[Figure, ...]
    names: frozenset[str]
    ages: frozenset[int]
    words: int
    modality: Modality
    stance: Stance | None
    voice: str
    background: bool
    primary: bool
    deadly: bool = False  # its own words tell of a death

    @property
    def total(self) -> bool:
        """It counts what came together over a long time ("since 2011"), and tells of no happening of some days."""
        w = self.window
        return w is not None and w.told and w.last - w.first > rules().long_days and bool(self.figures)

    @property
    def empty(self) -> bool:
        """It says nothing of who, where and when."""
        return not (self.place or self.when or self.doers or self.sufferers or self.names)


def facts_of(coded: CodedReport) -> list[Fact]:
    """A report's claims as facts, in order of the text."""
    r = rules()
    hashes = [_words(c) for c in coded.claims]
    spokesmen = {n for c in coded.claims for s in c.sources for n in _persons((s.name,))}
    teller = _teller(coded, hashes, r)
    return [_fact(c, n, teller, c.id == coded.primary, spokesmen, r) for c, n in zip(coded.claims, hashes, strict=True)]


def _teller(coded: CodedReport, hashes: list[int], r: Rules) -> Teller:
    report = coded.report
    title = frozenset(intern(w) for w in words(report.title) if w not in r.stop)
    return Teller(
        report.id,
        report.outlet,
        day(report.published),
        title,
        one(_ages(report.title)),
        frozenset(hashes),
        one(frozenset(coded.people)),
        one(coded.towns),
        toll(report.title),
        tuple(int(m, 16) for m in coded.marks),
    )


def _fact(c: Claim, hashed: int, teller: Teller, primary: bool, spokesmen: set[str], r: Rules) -> Fact:
    agents = tuple(one(bare(a)) for a in c.agents)
    targets = tuple(one(bare(a)) for a in c.targets)
    names = _persons(tuple(a.name for a in (*c.agents, *c.targets) if a.actor_id is None)) - spokesmen
    source = c.sources[0] if c.sources else None
    return Fact(
        claim=c.id,
        teller=teller,
        type=intern(c.type),
        group=intern(group_of(c.type)),
        codes=one(c.codes),
        start=c.trigger.start or 0,
        sentence=c.sentence.start,
        place=one(bare(c.place)) if c.place else None,
        when=one(bare(c.time)) if c.time else None,
        window=_window(c, teller, r),
        agents=one(agents),
        targets=one(targets),
        doers=one(frozenset(filter(None, map(side, agents)))),
        sufferers=one(frozenset(filter(None, map(side, targets)))),
        figures=one(tuple(bare(f) for f in c.figures)),
        names=one(frozenset(names)),
        ages=one(frozenset(n for a in (*c.agents, *c.targets) for n in _ages(a.text))),
        words=hashed,
        modality=c.modality,
        stance=source.stance if source else None,
        voice=intern(source.name) if source else "",
        background=c.background,
        primary=primary,
        deadly=is_death(c.trigger.text),
    )


_SEEN: dict[Any, Any] = {}
_MOST_SEEN = 1 << 20


def one(value: T) -> T:
    """The one object of all that are equal: a million claims name few places and actors."""
    if len(_SEEN) > _MOST_SEEN:
        _SEEN.clear()
    found: T = _SEEN.setdefault(value, value)
    return found


def day(iso: str | None) -> int | None:
    """The ordinal of an ISO date's or date-time's day; None where there is none or it is malformed."""
    return _day(iso[:10]) if iso else None


@lru_cache(maxsize=1 << 14)
def _day(iso: str) -> int | None:
    try:
        return date.fromisoformat(iso).toordinal()
    except ValueError:
        return None


def iso(ordinal: int | None) -> str | None:
    """The ISO date of an ordinal."""
    return date.fromordinal(ordinal).isoformat() if ordinal is not None else None


def _window(c: Claim, teller: Teller, r: Rules) -> Window | None:
    if c.time and (c.time.earliest or c.time.latest):
        first, last = day(c.time.earliest), day(c.time.latest)
        if first is not None and last is not None:
            return one(Window(min(first, last), max(first, last), True))
        if first is not None or last is not None:
            known = first if first is not None else last
            assert known is not None
            back, on = (r.long_days * 2, 0) if first is None else (0, r.long_days * 2)
            return one(Window(known - back, known + on, True))
    if teller.published is None or c.background:
        return None
    if c.modality == "future":
        return one(Window(teller.published, teller.published + r.weak_days, False))
    return one(Window(teller.published - r.weak_days, teller.published, False))


def side(actor: Actor) -> str:
    """Which side an actor is of: a named group, a state's forces, a country's rebels, unarmed people; "" if unknown.

    Examples: ``ISIS``, ``SYR`` (its government, army and police alike), ``SYR rebels``, ``CVL``.
    """
    if actor.group:
        return actor.group
    if actor.sector in rules().unarmed:
        return actor.sector
    if actor.sector == "REB":
        return f"{actor.country} rebels".strip()
    if actor.sector in ("GOV", "MIL", "COP"):
        return actor.country or actor.sector
    return ""


def _persons(names: tuple[str, ...]) -> set[str]:
    """Full names of persons among names: a given name and what follows it, folded."""
    return {p for n in names for p in _person(n)}


@lru_cache(maxsize=1 << 14)
def _person(name: str) -> tuple[str, ...]:
    parts = [p for p in name.replace("\u2019s", "").replace("'s", "").split() if p]
    given = cues().given_names
    for i, word in enumerate(parts[:-1]):
        if word[:1].isupper() and word.lower() in given:
            rest = [w for w in parts[i + 1 :] if w[:1].isupper() and len(w.strip(".")) > 1]
            if rest:
                return (intern(" ".join([word.lower(), *(words(rest[-1]) or [rest[-1].lower()])])),)
    return ()


@lru_cache(maxsize=1 << 14)
def _ages(text: str) -> frozenset[int]:
    """The ages of persons that some words tell."""
    if not any(ch.isdigit() for ch in text):
        return frozenset()
    return frozenset(int(n) for pattern in rules().age_words for n in pattern.findall(text))


def _words(c: Claim) -> int:
    """A hash of the words that a claim is told in, so that copies meet; 60 bits."""
    parts = [
        c.type,
        c.trigger.text,
        *(a.text for a in c.agents),
        *(a.text for a in c.targets),
        *(f.text for f in c.figures),
    ]
    if c.place:
        parts.append(c.place.text)
    digest = hashlib.blake2b("\x1f".join(parts).lower().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 4


def figures(fact: Fact, kinds: frozenset[str]) -> Iterator[tuple[str, float | None, float | None]]:
    """(kind, low, high) of the figures of these kinds."""
    for f in fact.figures:
        if f.kind in kinds and (f.low is not None or f.high is not None):
            yield f.kind, f.low, f.high
