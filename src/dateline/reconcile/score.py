"""How likely it is that two reports tell of one happening, field by field, so that a person can follow it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reconcile import evidence as ev
from dateline.reconcile.rules import Rules, rules, step
from dateline.reconcile.telling import Telling


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field says: above 0 for one happening, below 0 against it."""

    field: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """Two tellings (by their keys) compared.  ``total`` is the sum of the fields' weights; ``joins`` is the verdict."""

    a: str
    b: str
    total: float
    fields: tuple[Evidence, ...]
    joins: bool


def score(a: Telling, b: Telling) -> Score:
    """Compare two tellings of different reports, with the evidence of every field.  Symmetric but for names."""
    r = rules()
    fields = tuple(Evidence(name, said.weight, said.why) for name, said in _fields(a, b, r) if said.why)
    total = sum(e.weight for e in fields)
    return Score(a.key, b.key, total, fields, total >= r.across)


def total(a: Telling, b: Telling, r: Rules) -> float:
    """:func:`score`'s total alone, for the many pairs that nobody looks at."""
    return sum(said.weight for _, said in _fields(a, b, r))


def _fields(a: Telling, b: Telling, r: Rules) -> list[tuple[str, ev.Said]]:
    kinds = ev.types(a.types, b.types, r, within=False)
    persons = _persons(a, b, r)
    place = _place(a, b, r)
    time = ev.times(a.window, b.window, r) if a.total == b.total else ev.Said(r.sum, "a sum over a long time")
    both = a.primary and b.primary
    marks = ev.marks(a.teller.marks, b.teller.marks, r) if both else ev.NOTHING
    told = a.types | b.types
    if told & r.recurring or told <= r.recurring_in_war:
        time = ev.Said(time.weight * r.recurring_time, time.why) if time.weight < 0 else time
        marks = ev.Said(marks.weight * r.recurring_marks, marks.why) if marks.weight > 0 else marks
    if persons.weight > 0:  # whoever is named in both outweighs a place or day that one report got wrong
        place, time = _soften(place), _soften(time)
    agent, target, together = ev.actors((a.doers, b.doers), (a.sufferers, b.sufferers), r)
    out = [
        ("type", kinds),
        ("place", place),
        ("time", time),
        ("agents", agent),
        ("targets", target),
        ("actors", together),
        ("figures", ev.numbers(a.figures, b.figures, r, within=False)),
        ("names", persons),
        ("ages", ev.ages(a.ages, b.ages, r)),
        ("modality", _modality(a, b)),
    ]
    if both:
        titles = ev.titles(a.teller.title, b.teller.title, r)
        if marks.why:  # the titles' words are among them
            titles = ev.Said(titles.weight * r.title_marked, titles.why)
        out.append(("main", ev.Said(r.main_marked if marks.why else r.main, "what both reports are mainly about")))
        out.append(("marks", marks))
        out.append(("title", titles))
    else:
        out.append(("main", ev.Said(r.aside, "told beside what a report is mainly about")))
    if a.words & b.words and ev.is_copy(a.teller.sketch, b.teller.sketch, r):
        out.append(("copy", ev.Said(r.copy_weight, "the same words in a copied report")))
    return out


def _persons(a: Telling, b: Telling, r: Rules) -> ev.Said:
    """Persons of both happenings; of what two reports are mainly about, all whom they name."""
    named = ev.persons(a.names, b.names, r)
    if a.primary and b.primary and (shared := len(a.teller.people & b.teller.people)):
        weight = sum(r.names[:shared])
        if weight > named.weight:
            return ev.Said(weight, f"{shared} person{'s' * (shared > 1)} named in both")
    return named


def _place(a: Telling, b: Telling, r: Rules) -> ev.Said:
    """The best that any places say, or for what two reports are mainly about, that both name a town."""
    best = _event_place(a, b, r)
    if a.primary and b.primary:
        both = {t.geonameid for t in b.teller.towns}
        shared = [t for t in a.teller.towns if t.geonameid in both]
        if shared:
            town = min(shared, key=lambda t: (t.radius_km, t.geonameid))
            weight = r.scene * step(r.place_site, town.radius_km)
            if best.weight < weight:
                return ev.Said(weight + min(0.0, best.weight / 2), f"both name {town.name}")
    return best


def _event_place(a: Telling, b: Telling, r: Rules) -> ev.Said:
    """The best that any two places say; a report's mere scene says less for, and nothing against."""
    if a.primary and b.primary and (not a.places or not b.places or a.scene or b.scene):
        for t, other in ((a, b), (b, a)):
            if not t.scene and (other.scene or not other.places):
                for p in t.places:
                    if ev.level(p) == "site" and frozenset(ev.name_key(p.name).split()) <= other.teller.title:
                        return ev.Said(r.title_place, f"{p.name}, in the title")
    if not a.places or not b.places:
        return ev.NOTHING
    best = max((ev.places(x, y, r) for x in a.places for y in b.places), key=lambda said: said.weight)
    if a.scene or b.scene:
        return ev.Said(best.weight * r.scene, f"{best.why}, the scene") if best.weight > 0 else ev.NOTHING
    return best


def _soften(said: ev.Said) -> ev.Said:
    return said if said.weight >= 0 else ev.Said(max(said.weight / 2, -1.5), said.why)


def _modality(a: Telling, b: Telling) -> ev.Said:
    if a.planned != b.planned:
        return ev.Said(-1.5, "planned and happened")
    return ev.NOTHING
