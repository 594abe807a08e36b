"""How far two annotators agree: Krippendorff's alpha and F1, field by field.

Claims of one sentence are paired one to one, those that agree most first: the same trigger counts most, then the same
type; two claims that share neither are never a pair.  Alpha (Krippendorff 2019, nominal but for figures) looks at what
both say of each pair; for `claim`, at every pair and every claim of one side only, where the other side's value is
"none", so that it measures finding and typing at once.  Figures are compared on the ratio scale, by their lower end.
F1 is that of :mod:`dateline.evaluate.scoring`, taken both ways round and averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dateline.errors import ReadError
from dateline.evaluate.gold import GoldActor, GoldClaim, GoldReport
from dateline.evaluate.scoring import SLOTS, alike, score
from dateline.types import Actor, Claim, CodedReport, Codes, Extent, Figure, Place, Source, Span, When

_NONE = "none"
_Value = str | float | None
_Level = Literal["nominal", "ratio"]
_Pair = tuple[GoldClaim | None, GoldClaim | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Agreement on one field.

    ``alpha`` is None where it is not defined (nothing to compare, or one value only); ``units`` are the claims that it
    was taken from; ``f1`` is None where the field has none or neither side fills it.
    """

    name: str
    alpha: float | None
    units: int
    f1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Everything that ``dateline agreement`` says."""

    reports: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    claims_a: int
    claims_b: int
    paired: int
    fields: tuple[Field, ...]


def agreement(a: Sequence[GoldReport], b: Sequence[GoldReport]) -> Agreement:
    """Compare two annotations of the same reports; reports that one of them lacks are left out.

    Raises:
        ReadError: they have no report in common, or one report has two texts.
    """
    left, right = {r.id: r for r in a}, {r.id: r for r in b}
    both = [i for i in left if i in right]
    if not both:
        raise ReadError("the annotations have no report in common")
    for i in both:
        if left[i].text != right[i].text:
            raise ReadError(f"report {i!r} has another text on either side")
    one, other = [left[i] for i in both], [_cut_like(left[i], right[i]) for i in both]
    pairs = [p for x, y in zip(one, other, strict=True) for p in _pairs(x.claims, y.claims)]
    f1 = _f1(one, other)
    return Agreement(
        reports=len(both),
        only_a=tuple(i for i in left if i not in right),
        only_b=tuple(i for i in right if i not in left),
        claims_a=sum(len(r.claims) for r in one),
        claims_b=sum(len(r.claims) for r in other),
        paired=sum(x is not None and y is not None for x, y in pairs),
        fields=tuple(_field(name, look, level, pairs, f1) for name, (look, level) in _FIELDS.items()),
    )


def _cut_like(a: GoldReport, b: GoldReport) -> GoldReport:
    """The second with its claims numbered by the first's sentences, by where their own sentence begins."""
    if a.sentences == b.sentences:
        return b
    moved = tuple(replace(c, sent=_at(a, b.sentences[c.sent][0] + _offset(b, c))) for c in b.claims)
    return replace(b, sentences=a.sentences, claims=moved)


def _offset(report: GoldReport, claim: GoldClaim) -> int:
    """Where a trigger begins in its sentence, as far as it is found."""
    start, end = report.sentences[claim.sent]
    return max(0, report.text[start:end].find(claim.trigger))


def _at(report: GoldReport, place: int) -> int:
    return next((n for n, (start, end) in enumerate(report.sentences) if start <= place < end), -1)


# ----------------------------------------------------------------------------------------------------- pairs


def _pairs(a: Sequence[GoldClaim], b: Sequence[GoldClaim]) -> Iterator[_Pair]:
    rated = sorted(
        ((-_likeness(x, y), i, j) for i, x in enumerate(a) for j, y in enumerate(b) if x.sent == y.sent),
    )
    partner: dict[int, int] = {}
    for value, i, j in rated:
        if value <= -2 and i not in partner and j not in partner.values():
            partner[i] = j
    for i, x in enumerate(a):
        yield x, b[partner[i]] if i in partner else None
    yield from ((None, y) for j, y in enumerate(b) if j not in partner.values())


def _likeness(a: GoldClaim, b: GoldClaim) -> float:
    """4 for the same trigger, 2 for the same type, and a little for what else agrees."""
    value = 4.0 * alike(a.trigger, b.trigger) + 2.0 * (a.type == b.type)
    return value + 0.1 * sum(look(a) == look(b) for look, _ in _FIELDS.values())


# ----------------------------------------------------------------------------------------------------- alpha


def _first(actors: Sequence[GoldActor], part: Callable[[GoldActor], str]) -> str:
    return part(actors[0]) or _NONE if actors else _NONE


_Look = Callable[[GoldClaim], _Value]
_FIELDS: Mapping[str, tuple[_Look, _Level]] = {
    "claim": (lambda c: c.type, "nominal"),
    "type": (lambda c: c.type, "nominal"),
    "modality": (lambda c: c.modality, "nominal"),
    "background": (lambda c: str(c.background), "nominal"),
    "place": (lambda c: " ".join((c.place or _NONE).lower().split()), "nominal"),
    "date": (lambda c: f"{c.date_start or _NONE}/{c.date_end or c.date_start or _NONE}", "nominal"),
    "agent": (lambda c: _first(c.agents, lambda x: x.text.lower()), "nominal"),
    "agent country": (lambda c: _first(c.agents, lambda x: x.country), "nominal"),
    "agent sector": (lambda c: _first(c.agents, lambda x: x.sector), "nominal"),
    "target": (lambda c: _first(c.targets, lambda x: x.text.lower()), "nominal"),
    "target country": (lambda c: _first(c.targets, lambda x: x.country), "nominal"),
    "target sector": (lambda c: _first(c.targets, lambda x: x.sector), "nominal"),
    "source": (lambda c: c.sources[0].text.lower() if c.sources else _NONE, "nominal"),
    "figure": (lambda c: next((float(f.low) for f in c.figures if f.low is not None), None), "ratio"),
}


def _field(name: str, look: _Look, level: _Level, pairs: Sequence[_Pair], f1: Mapping[str, float | None]) -> Field:
    if name == "claim":
        values = [(look(x) if x else _NONE, look(y) if y else _NONE) for x, y in pairs]
    else:
        values = [(look(x), look(y)) for x, y in pairs if x and y]
        if name == "figure":
            values = [(x, y) for x, y in values if x is not None and y is not None]
    slot = "type" if name == "claim" else "" if name == "type" else name
    return Field(name=name, alpha=_alpha(values, level), units=len(values), f1=f1.get(slot))


def _alpha(values: Sequence[tuple[_Value, _Value]], level: _Level) -> float | None:
    """Krippendorff's alpha of two coders, rounded to four places; None where nothing varies."""
    import krippendorff

    if len({v for pair in values for v in pair}) < 2:
        return None
    if level == "nominal":
        names = {v: n for n, v in enumerate(sorted({str(v) for pair in values for v in pair}))}
        numbers = [[float(names[str(v)]) for v in side] for side in zip(*values, strict=True)]
    else:
        numbers = [[float(v or 0.0) for v in side] for side in zip(*values, strict=True)]
    return round(float(krippendorff.alpha(np.array(numbers), level_of_measurement=level)), 4)


# -------------------------------------------------------------------------------------------------------- F1


def _f1(a: Sequence[GoldReport], b: Sequence[GoldReport]) -> dict[str, float | None]:
    ways = [score(x, [_as_coded(r) for r in y]).slots for x, y in ((a, b), (b, a))]
    out: dict[str, float | None] = {}
    for slot in SLOTS:
        counts = [w[slot] for w in ways]
        filled = any(c.right + c.missed + c.spurious for c in counts)
        out[slot] = round(sum(c.f1 for c in counts) / 2, 4) if filled else None
    return out


def _as_coded(report: GoldReport) -> CodedReport:
    return CodedReport(
        report=report.report(), claims=tuple(_as_claim(report, n, c) for n, c in enumerate(report.claims))
    )


def _as_claim(report: GoldReport, n: int, c: GoldClaim) -> Claim:
    """An annotated claim as a coded one, for the scorer; it has no codes and no confidence."""
    start, end = report.sentences[c.sent]
    at = start + max(0, report.text[start:end].find(c.trigger))
    return Claim(
        id=f"{report.id}.{n}",
        report_id=report.id,
        type=c.type,
        codes=Codes(plover=None, cameo=None, acled=None, ucdp=None),
        trigger=Span(text=c.trigger, start=at, end=at + len(c.trigger)),
        sentence=Extent(start=start, end=end),
        agents=tuple(map(_actor, c.agents)),
        targets=tuple(map(_actor, c.targets)),
        place=_place(c.place) if c.place else None,
        time=_when(c),
        modality=c.modality,
        sources=tuple(
            Source(text=s.text, start=None, end=None, name=s.text, kind="unknown", verb="", stance="reports")
            for s in c.sources
        ),
        figures=tuple(
            Figure(text=f.text, start=None, end=None, kind=f.kind, low=f.low, high=f.high, of="") for f in c.figures
        ),
        background=c.background,
        evidence=(),
        quoted=False,
        confidence=0.0,
    )


def _actor(a: GoldActor) -> Actor:
    return Actor(
        text=a.text,
        start=None,
        end=None,
        name=a.text or a.group,
        country=a.country,
        sector=a.sector,
        group=a.group,
        actor_id=None,
    )


def _place(name: str) -> Place:
    return Place(
        text=name,
        start=None,
        end=None,
        name=name,
        geonameid=None,
        country="",
        admin1="",
        feature="",
        lat=None,
        lon=None,
        radius_km=None,
        precision=7,
        relation=None,
    )


def _when(c: GoldClaim) -> When | None:
    if not c.date_start or c.date_start == "?":
        return None
    return When(text="", start=None, end=None, earliest=c.date_start, latest=c.date_end or c.date_start, precision=1)
