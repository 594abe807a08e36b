"""What an event says, field by field, from the claims that tell of it.

Figures.  Each source's own number is kept, by date.  A report that gives several numbers of one kind in one voice
means its largest (the others are parts of it); what is only planned or denied counts nothing where more is told.
One person told of ("her son was killed", "he died") is no count where others count.  The number in a report's title
is the one that it means of what it is mainly about.  A number for a long time ("since 2011") is none of a day's.
``low`` and ``high`` are the least and the most that any source's latest word allows.  ``best`` is the number
that most independent sources give in their latest word, a report that gives several counting for its largest; of
equals the one given last; of those the lower.
low ≤ best ≤ high wherever they are known.  Numbers are never added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from dateline.reconcile import evidence as ev
from dateline.reconcile.facts import Fact, iso, side
from dateline.reconcile.rules import Rules
from dateline.reconcile.voices import Said
from dateline.types import Actor, EventFigure, Figure, FigureKind, Place, SourceFigure, When

T = TypeVar("T")


def main_type(facts: Sequence[Fact], r: Rules) -> str:
    """The type that most reports tell of; one that says little only where no other is told."""
    reports = Counter(t for t, _ in sorted({(f.type, f.teller.id) for f in facts}))
    return min(
        reports, key=lambda t: (t in r.vague and len(r.vague.intersection(reports)) < len(reports), -reports[t], t)
    )


def main_place(facts: Sequence[Fact]) -> Place | None:
    """Of the closest level told, the place that most reports tell."""
    told = [(f.place, f.teller.id) for f in facts if f.place]
    if not told:
        return None
    levels = {p: _LEVELS[ev.level(p)] + (p.geonameid is None) for p, _ in told}
    closest = min(levels.values())
    return _commonest(
        ((p, t) for p, t in told if levels[p] == closest), lambda p: (p.radius_km or 0.0, p.name, repr(p))
    )


_LEVELS = {"site": 0, "area": 2, "country": 4}


def main_time(facts: Sequence[Fact]) -> When | None:
    """Of the sharpest times told, the one that most reports tell; the days between the reports' dates if none is told.

    A time that is only guessed from the reports' dates has a precision of 2 (some days) and no words.
    """
    told = [(f.when, f.window, f.teller.id) for f in facts if f.when and f.window and f.window.told]
    if told:
        spans = {w: win.last - win.first for w, win, _ in told}
        sharpest = min(spans.values())
        return _commonest(((w, t) for w, _, t in told if spans[w] == sharpest), lambda w: (w.latest or "", repr(w)))
    weak = [f.window for f in facts if f.window]
    if not weak:
        return None
    first, last = min(w.first for w in weak), min(w.last for w in weak)
    return When(text="", start=None, end=None, earliest=iso(min(first, last)), latest=iso(last), precision=2)


def _commonest(told: Iterable[tuple[T, str]], tie: Callable[[T], object]) -> T:
    counts: dict[T, set[str]] = {}
    for value, report in told:
        counts.setdefault(value, set()).add(report)
    return min(counts, key=lambda v: (-len(counts[v]), tie(v)))


def main_actors(facts: Sequence[Fact], which: Callable[[Fact], tuple[Actor, ...]]) -> tuple[Actor, ...]:
    """Every actor once, those that most reports name first; one that is only a side's word for another is left out.

    "Troops", "the army" and "regime forces" are one actor where all of them are of one side: the fullest name stays.
    """
    reports: dict[Actor, set[str]] = {}
    for f in facts:
        for a in which(f):
            reports.setdefault(a, set()).add(f.teller.id)
    best: dict[str, Actor] = {}
    ranked = sorted(reports, key=lambda a: (-len(reports[a]), a.actor_id is None, -len(a.name), a.name, repr(a)))
    for a in ranked:
        key = a.actor_id or side(a) or a.name.lower()
        best.setdefault(key, a)
    return tuple(best.values())


# ----------------------------------------------------------------------------------------------------- figures


_ONE = frozenset({"one", "1", "single", "another", "only"})


class _Word(NamedTuple):
    """A source's number, with the day of its report."""

    said: Said
    low: float | None
    high: float | None
    day: int
    counted: bool  # a number stands in the text, not just one person

    @property
    def point(self) -> float:
        known = self.low if self.low is not None else self.high
        assert known is not None
        return known


def figures(said: Sequence[Said]) -> tuple[EventFigure, ...]:
    """The event's figures, one a kind, in the order of their names."""
    by_kind: dict[FigureKind, list[_Word]] = {}
    happened = [s for s in said if s.fact.modality not in ("future", "denied")]
    for s in _of_the_day(happened or said):
        for f in s.fact.figures:
            if f.low is not None or f.high is not None:
                word = _Word(s, f.low, f.high, s.fact.teller.published or 0, _counted(f))
                by_kind.setdefault(f.kind, []).append(word)
    if happened and (dead := _dead(happened, by_kind.pop("killed", []))):
        by_kind["killed"] = dead
    return tuple(_figure(kind, _no_sums(by_kind[kind])) for kind in sorted(by_kind))


def _no_sums(words: Sequence[_Word]) -> list[_Word]:
    """Without the numbers of a whole war, told of no day, beside those of a day."""
    least = min((w.point for w in words if w.counted and w.point > 0), default=0.0)
    return [
        w
        for w in words
        if w.point < max(_SUM, _TIMES * least)
        or ((t := w.said.fact.window) is not None and t.told and not w.said.fact.total)
    ]


_SUM, _TIMES = 1000.0, 30.0


def _of_the_day(said: Sequence[Said]) -> list[Said]:
    """What is told of the happening's own days: no sums over a long time, where any claim tells a short one."""
    return [s for s in said if not s.fact.total] or list(said)


def _dead(happened: Sequence[Said], told: Sequence[_Word]) -> list[_Word]:
    """The words on the dead, with those of the titles; who only died is one person.

    One person who is not counted, told by few of the reports or under a title of people hurt alone, is of some other
    happening.
    """
    words, tellers, single = list(told), {s.fact.teller.id for s in happened}, 0
    for s in happened:
        f, title = s.fact, s.fact.teller.toll
        if f.background or f.group != "violence":
            continue
        day = f.teller.published or 0
        if f.primary and title and title.counted:
            words = [w for w in words if w.said.fact.teller is not f.teller or w.said.origin != s.origin]
            words.append(_Word(s, float(title.dead), float(title.dead), day, True))
        elif f.primary and title and title.dead:
            words.append(_Word(s, float(title.dead), None, day, False))
            single += title.single
        elif f.deadly and f.modality == "asserted" and not any(x.kind in ("killed", "injured") for x in f.figures):
            words.append(_Word(s, 1.0, None, day, False))
    if counting := {w.said.fact.teller.id for w in words if w.counted}:
        return words if single <= len(counting) else [w for w in words if not w.counted]
    words = [w for w in words if (t := w.said.fact.teller.toll) is None or t.dead]
    if any(w.said.fact.teller.toll for w in words):
        return words
    return words if _FEW * len({w.said.fact.teller.id for w in words}) >= len(tellers) else []


_FEW = 3  # less than one report in so many


def _figure(kind: FigureKind, words: Sequence[_Word]) -> EventFigure:
    own = _largest_of_each_report([w for w in words if w.counted] or words)
    latest: dict[str, _Word] = {}
    for w in own:  # sorted by day
        latest[w.said.origin] = w
    last = list(latest.values())
    most: dict[str, float] = {}
    for w in last:
        most[w.said.fact.teller.id] = max(w.point, most.get(w.said.fact.teller.id, 0.0))
    best = _best([w for w in last if w.point == most[w.said.fact.teller.id]])
    low = min(w.low if w.low is not None else w.point for w in last)
    high = max(w.high if w.high is not None else w.point for w in last)
    return EventFigure(
        kind=kind,
        low=min(low, best),
        best=best,
        high=max(high, best),
        by_source=tuple(
            SourceFigure(
                source=w.said.voice,
                low=w.low,
                high=w.high,
                date=iso(w.said.fact.teller.published),
                claim=w.said.fact.claim,
            )
            for w in own
        ),
    )


def _largest_of_each_report(words: Sequence[_Word]) -> list[_Word]:
    """One number for each report and voice, by day: its largest; exact ones before open ones of the same size."""
    best: dict[tuple[str, str], _Word] = {}
    for w in sorted(words, key=_rank):
        best[(w.said.fact.teller.id, w.said.origin)] = w
    return sorted(best.values(), key=lambda w: (w.day, *_rank(w)))


def _counted(f: Figure) -> bool:
    """Whether a number is told, in digits or words, and not one person ("a boy", a name)."""
    if f.low != 1 or f.high != 1:
        return True
    told = f.text.lower().replace("-", " ").split()
    return any(w in _ONE for w in told)


def _rank(w: _Word) -> tuple[float, bool, str]:
    return (w.point, w.low == w.high, w.said.fact.claim)


def _best(last: Sequence[_Word]) -> float:
    votes = Counter(w.point for w in last)
    lately = {p: max(w.day for w in last if w.point == p) for p in votes}
    return min(votes, key=lambda p: (-votes[p], -lately[p], p))
