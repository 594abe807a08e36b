"""Coded claims held against annotated ones, slot by slot.

A coded claim answers an annotated one of the same sentence and type; within a sentence those that agree most are
paired first, one to one.  Every claim fills one slot with its type, one with its modality, one with each actor,
source and figure, one with its place and one with its date.  A slot is right where both sides fill it alike, missed
where only the annotation fills it, spurious where only the coding does; a claim with no partner misses, or makes up,
all its slots.  Texts are alike where they share at least half the content words of the shorter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dateline.evaluate.gold import GoldActor, GoldClaim, GoldFigure, GoldReport, GoldSource
from dateline.types import Actor, Claim, CodedReport, Figure, Place, Source

SLOTS = ("type", "agent", "target", "place", "date", "modality", "source", "figure")

_G = TypeVar("_G")
_C = TypeVar("_C")
_EMPTY = frozenset({"the", "a", "an", "of", "al", "el", "s", "and"})
_WORD = re.compile(r"\w+")
_NEAR = 0.02  # figures this close, as a share of the larger, are the same
_TRIGGER = 3.0  # what the same trigger weighs, in slots, when claims are paired


@dataclass(frozen=True, slots=True)
class Counts:
    """Slots that are right, missed and spurious."""

    right: int = 0
    missed: int = 0
    spurious: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.missed + other.missed, self.spurious + other.spurious)

    @property
    def precision(self) -> float:
        """Share of what was coded that is right, 0 where nothing was."""
        return self.right / max(1, self.right + self.spurious)

    @property
    def recall(self) -> float:
        """Share of what was annotated that is right, 0 where nothing was."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.spurious)


Slots = dict[str, Counts]


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated claim and the coded one that answers it; either is None where it has no partner."""

    report: str
    sentence: int
    gold: GoldClaim | None
    coded: Claim | None
    slots: Slots

    @property
    def flawless(self) -> bool:
        """Nothing missed and nothing spurious."""
        return not any(c.missed or c.spurious for c in self.slots.values())


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts by slot; by type of claim, for finding the claims alone; and what they were counted from."""

    slots: Slots
    types: Slots
    pairs: tuple[Pair, ...] = field(repr=False)

    @property
    def total(self) -> Counts:
        """All slots together."""
        return sum(self.slots.values(), Counts())


def score(gold: Iterable[GoldReport], coded: Iterable[CodedReport]) -> Scores:
    """Score what was coded of the annotated reports; other coded reports are left out.

    An annotated report that was not coded misses all its slots.
    """
    claims = {c.report.id: c.claims for c in coded}
    pairs = tuple(p for report in gold for p in _pairs(report, claims.get(report.id, ())))
    slots = {name: sum((p.slots[name] for p in pairs), Counts()) for name in SLOTS}
    types: Slots = {}
    for p in pairs:
        kind = _type(p)
        types[kind] = types.get(kind, Counts()) + p.slots["type"]
    return Scores(slots, dict(sorted(types.items())), pairs)


def alike(a: str, b: str) -> bool:
    """Whether two texts share at least half the content words of the shorter one; never where one has none."""
    x, y = _content(a), _content(b)
    return bool(x and y) and 2 * len(x & y) >= min(len(x), len(y))


# ----------------------------------------------------------------------------------------------------- pairing


def _pairs(report: GoldReport, claims: Sequence[Claim]) -> Iterator[Pair]:
    gold: dict[int, list[GoldClaim]] = {}
    coded: dict[int, list[Claim]] = {}
    for g in report.claims:
        gold.setdefault(g.sent, []).append(g)
    for c in claims:
        coded.setdefault(_sentence(report, c), []).append(c)
    for n in sorted(gold.keys() | coded.keys()):
        for one, other in _match(gold.get(n, []), coded.get(n, [])):
            yield Pair(report.id, n, one, other, _slots(one, other))


def _match(gold: Sequence[GoldClaim], coded: Sequence[Claim]) -> Iterator[tuple[GoldClaim | None, Claim | None]]:
    """Partners within a sentence in order of the annotation, then what was coded and has none."""
    rated = [(-_agreement(g, c), i, j) for i, g in enumerate(gold) for j, c in enumerate(coded) if g.type == c.type]
    partner: dict[int, int] = {}
    for _, i, j in sorted(rated):
        if i not in partner and j not in partner.values():
            partner[i] = j
    for i, g in enumerate(gold):
        yield g, coded[partner[i]] if i in partner else None
    yield from ((None, c) for j, c in enumerate(coded) if j not in partner.values())


def _agreement(gold: GoldClaim, coded: Claim) -> float:
    counts = sum(_slots(gold, coded).values(), Counts())
    same = _TRIGGER if alike(gold.trigger, coded.trigger.text) else 0.0
    return same + counts.right - 0.5 * (counts.missed + counts.spurious)


def _sentence(report: GoldReport, claim: Claim) -> int:
    """The annotated sentence that a claim's trigger stands in, -1 if none."""
    at = -1 if claim.trigger.start is None else claim.trigger.start
    return next((n for n, (start, end) in enumerate(report.sentences) if start <= at < end), -1)


def _type(pair: Pair) -> str:
    either = pair.gold or pair.coded
    return either.type if either else ""


# ------------------------------------------------------------------------------------------------------- slots


def _slots(g: GoldClaim | None, c: Claim | None) -> Slots:
    place, day = (g.place if g else None), _gold_days(g)
    return {
        "type": _single(g is not None, c is not None, True),
        "agent": _several(g.agents if g else (), c.agents if c else (), _same_actor),
        "target": _several(g.targets if g else (), c.targets if c else (), _same_actor),
        "place": _single(bool(place), bool(c and c.place), bool(place and c and c.place and _named(place, c.place))),
        "date": Counts() if _VAGUE in day else _single(bool(day), bool(_coded_days(c)), day == _coded_days(c)),
        "modality": _single(g is not None, c is not None, bool(g and c and g.modality == c.modality)),
        "source": _several(g.sources if g else (), c.sources if c else (), _same_source),
        "figure": _several(g.figures if g else (), c.figures if c else (), _same_figure),
    }


def _single(wanted: bool, given: bool, same: bool) -> Counts:
    """A slot that is filled once: two fillings that differ are one missed and one spurious."""
    if wanted and given and same:
        return Counts(right=1)
    return Counts(missed=int(wanted), spurious=int(given))


def _several(gold: Sequence[_G], coded: Sequence[_C], same: Callable[[_G, _C], bool]) -> Counts:
    """A slot that may be filled several times: each filling answers at most one of the other side."""
    left = list(coded)
    for g in gold:
        at = next((i for i, c in enumerate(left) if same(g, c)), None)
        if at is not None:
            del left[at]
    right = len(coded) - len(left)
    return Counts(right, len(gold) - right, len(left))


_VAGUE = "?"


def _gold_days(g: GoldClaim | None) -> tuple[str, ...]:
    return (g.date_start, g.date_end or g.date_start) if g and g.date_start else ()


def _coded_days(c: Claim | None) -> tuple[str, ...]:
    if c is None or c.time is None or not c.time.earliest:
        return ()
    return c.time.earliest[:10], (c.time.latest or c.time.earliest)[:10]


def _same_actor(g: GoldActor, c: Actor) -> bool:
    if g.group and alike(g.group, c.group or c.name or c.text):
        return True
    if g.text and _named(g.text, c):
        return True
    return bool(g.country) and not g.group and (g.country, g.sector) == (c.country, c.sector)


def _same_source(g: GoldSource, c: Source) -> bool:
    return _named(g.text, c)


def _same_figure(g: GoldFigure, c: Figure) -> bool:
    return g.kind == c.kind and _near(g.low, c.low) and _near(g.high, c.high)


def _near(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= _NEAR * max(abs(a), abs(b))


def _named(text: str, c: Actor | Place | Source) -> bool:
    """Whether a text is like the words that stand for someone or some place, or like its resolved name."""
    return alike(text, c.text) or alike(text, c.name)


def _content(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _EMPTY
