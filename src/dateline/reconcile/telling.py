"""A report's own account of each happening: its claims of one happening, taken together.

A report tells of a happening in several sentences, each with a part of it: here the town, there the dead.
Claims of one report are joined first, so that reports are compared by all that each of them tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reconcile import evidence as ev
from dateline.reconcile.facts import Fact, Teller, Window, figures, one
from dateline.reconcile.links import Links
from dateline.reconcile.rules import Rules, rules
from dateline.types import Place


@dataclass(frozen=True, slots=True)
class Telling:
    """Claims of one report that tell of one happening, and what they say of it together."""

    key: str  # its smallest claim id: stable whatever else is read
    facts: tuple[Fact, ...]
    group: str
    types: frozenset[str]
    places: tuple[Place, ...]  # closest first; where its claims name none, the report's own scene
    scene: bool  # the place is only the report's scene
    window: Window | None
    doers: frozenset[str]
    sufferers: frozenset[str]
    figures: dict[str, tuple[tuple[float | None, float | None], ...]]
    names: frozenset[str]
    ages: frozenset[int]
    words: frozenset[int]
    primary: bool
    planned: bool
    background: bool
    total: bool

    @property
    def teller(self) -> Teller:
        return self.facts[0].teller


def tell(facts: Sequence[Fact], links: Links | None = None) -> list[Telling]:
    """A report's facts, in order of the text, as tellings.  Costs the square of the claims of one group of types."""
    links = links or Links()
    groups: dict[str, list[Fact]] = {}
    for f in facts:
        groups.setdefault(f.group, []).append(f)
    parts = [part for g in groups.values() for part in _join(g, links, rules())]
    return [telling(part, facts) for part in parts]


def telling(facts: Sequence[Fact], report: Sequence[Fact] = ()) -> Telling:
    """What these claims of one report say together: every place, actor, figure and name, and the sharpest time.

    ``report`` are all the report's claims: what the report is mainly about (its primary claim's happening) has every
    person that it names, and a happening of no place is where the report is.
    """
    r = rules()
    primary = any(f.primary for f in facts)
    places = sorted({f.place for f in facts if f.place}, key=_closeness)
    scene = not places and facts[0].type in r.group_of and not all(f.background for f in facts)
    if scene:
        places = _scene(report)
    numbers: dict[str, dict[tuple[float | None, float | None], None]] = {}
    for f in facts:
        for kind, low, high in figures(f, r.kinds):
            numbers.setdefault(kind, {})[(low, high)] = None
    return Telling(
        key=min(f.claim for f in facts),
        facts=tuple(facts),
        group=facts[0].group,
        types=one(frozenset(f.type for f in facts)),
        places=one(tuple(places[:_MOST_PLACES])),
        scene=scene,
        window=min((f.window for f in facts if f.window), key=_sharpness, default=None),
        doers=one(frozenset().union(*(f.doers for f in facts))),
        sufferers=one(frozenset().union(*(f.sufferers for f in facts))),
        figures={k: one(tuple(v)) for k, v in numbers.items()} if numbers else _NONE,
        names=one(frozenset().union(*(f.names for f in (report if primary and report else facts)))),
        ages=one(frozenset().union(*(f.ages for f in facts), facts[0].teller.ages if primary else ())),
        words=frozenset(f.words for f in facts),
        primary=primary,
        planned=all(f.modality == "future" for f in facts),
        background=all(f.background for f in facts),
        total=all(f.total for f in facts),
    )


_MOST_PLACES = 4
_NONE: dict[str, tuple[tuple[float | None, float | None], ...]] = {}


def _scene(report: Sequence[Fact]) -> list[Place]:
    """The town or site that most of a report's claims name, if any."""
    counts: dict[Place, int] = {}
    for f in report:
        if f.place and not f.background and ev.level(f.place) == "site":
            counts[f.place] = counts.get(f.place, 0) + 1
    return [min(counts, key=lambda p: (-counts[p], _closeness(p)))] if counts else []


_LEVELS = {"site": 0, "area": 1, "country": 2}


def _closeness(p: Place) -> tuple[int, bool, float, str, int]:
    return (_LEVELS[ev.level(p)], p.geonameid is None, p.radius_km or 0.0, p.name, p.geonameid or 0)


def _sharpness(w: Window) -> tuple[bool, int, int]:
    return (not w.told, w.last - w.first, w.first)


# ------------------------------------------------------------------------------------------- within one report

_ACCOUNTS = 24
_ENDS = 4


def _join(facts: Sequence[Fact], links: Links, r: Rules) -> list[list[Fact]]:
    """Walk through the text; each claim joins the account that it fits best, or begins one.

    A claim that says nothing of its own goes on about the account told just before it, if types and figures allow.
    Only the accounts that were gone on with last are looked at, and of a long one its first and last claims, so that
    a book costs no more a claim than an article.
    """
    accounts: list[list[Fact]] = []  # the one gone on with last stands last
    for fact in facts:
        best, home = r.within, -1
        for n in range(len(accounts) - 1, max(-1, len(accounts) - 1 - _ACCOUNTS), -1):
            score = _fits(fact, accounts[n], r)
            if score > best or (home < 0 and score >= best):
                if not links.apart((f.claim for f in accounts[n]), (fact.claim,)):
                    best, home = score, n
        account: list[Fact] = accounts.pop(home) if home >= 0 else []
        account.append(fact)
        accounts.append(account)
    return accounts


def _fits(fact: Fact, account: Sequence[Fact], r: Rules) -> float:
    """The worst that a claim of the account says against it, and the best that one says for it."""
    some = account if len(account) <= 2 * _ENDS else [*account[:_ENDS], *account[-_ENDS:]]
    scores = [_pair(fact, other, r) for other in some]
    worst = min(scores)
    return max(scores) if worst > -1.0 else worst


def _pair(a: Fact, b: Fact, r: Rules) -> float:
    if (a.modality == "future") != (b.modality == "future") or a.background != b.background or a.total != b.total:
        return -5.0
    total = ev.types((a.type,), (b.type,), r, within=True).weight
    if r.group_of.get(a.type) is None and a.type != b.type:
        return -5.0
    total += ev.numbers(_numbers(a, r), _numbers(b, r), r, within=True).weight
    if a.sentence == b.sentence:
        total += r.in_sentence
    if a.empty or b.empty:
        return total + r.follows if not a.background else total
    total += ev.places(a.place, b.place, r).weight
    if a.when and b.when:
        time = ev.times(a.window, b.window, r).weight
        later = "casualties" in (a.type, b.type)
        total += r.within_gap if time < 0 and not later else time
    total += sum(s.weight for s in ev.actors((a.doers, b.doers), (a.sufferers, b.sufferers), r))
    if a.names & b.names:
        total += ev.persons(a.names, b.names, r).weight
    return total


def _numbers(f: Fact, r: Rules) -> dict[str, list[tuple[float | None, float | None]]]:
    out: dict[str, list[tuple[float | None, float | None]]] = {}
    for kind, low, high in figures(f, r.kinds):
        out.setdefault(kind, []).append((low, high))
    return out
