"""Whether and on what the sources of an event agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dateline.reconcile import evidence as ev
from dateline.reconcile.facts import Fact, figures, iso
from dateline.reconcile.rules import Rules
from dateline.reconcile.voices import Said
from dateline.types import Disagreement, Status, Version


def denies(fact: Fact) -> bool:
    """Whether the claim says that it did not happen."""
    return fact.modality == "denied" or fact.stance == "denies"


def status(said: Sequence[Said], differ: Sequence[Disagreement]) -> Status:
    """The event's status.

    ``denied``: every claim denies it.  ``planned``: none says that it has happened.  ``contested``: some voices say
    and others deny it, or independent voices name doers of opposed sides.  ``corroborated``: two independent voices or
    more say it.  ``single-source``: one does.
    """
    deny = {s.origin for s in said if denies(s.fact)}
    affirm = {s.origin for s in said if not denies(s.fact) and s.fact.modality != "future"}
    if deny and not affirm:
        return "denied"
    if not affirm:
        return "planned"
    if (deny and deny != affirm) or any(d.field == "agents" for d in differ):
        return "contested"
    return "corroborated" if len(affirm) > 1 else "single-source"


def disagreements(said: Sequence[Said], r: Rules) -> tuple[Disagreement, ...]:
    """What independent voices do not agree on, field by field; each value with its claims."""
    facts = [s.fact for s in said]
    found = [
        _differ("happened", said, _happened, apart=_some_other),
        _differ("type", said, lambda f: [f.type], lambda a, b: a in r.vague or b in r.vague or _same_kind(a, b, r)),
        _places(said, r),
        _differ("time", said, _days),
        _differ("agents", said, lambda f: sorted(f.doers), lambda a, b: ev.agree(a, b, r)),
        _differ("targets", said, lambda f: sorted(f.sufferers), lambda a, b: ev.agree(a, b, r)),
    ]
    for kind in sorted({f.kind for fact in facts for f in fact.figures} & r.kinds):
        found.append(_differ(f"figures.{kind}", said, lambda f, k=kind: list(_told(f, k)), _may_be_one))  # type: ignore[misc]
    return tuple(d for d in found if d)


def _differ(
    field: str,
    said: Sequence[Said],
    values: Callable[[Fact], Iterable[str]],
    agree: Callable[[str, str], bool] = lambda a, b: a == b,
    apart: Callable[[frozenset[str], frozenset[str]], bool] = frozenset.isdisjoint,
) -> Disagreement | None:
    """The field's values where two voices of different origin give values that cannot both hold.

    ``apart`` says of two values' origins whether they are two voices' words; as a rule no voice gives both, so that
    one's two words for one thing are no disagreement.
    """
    claims: dict[str, list[str]] = {}
    origins: dict[str, set[str]] = {}
    for s in said:
        for v in values(s.fact):
            claims.setdefault(v, []).append(s.fact.claim)
            origins.setdefault(v, set()).add(s.origin)
    order = sorted(claims)
    odd = {
        v
        for i, a in enumerate(order)
        for b in order[i + 1 :]
        if not agree(a, b) and apart(frozenset(origins[a]), frozenset(origins[b]))
        for v in (a, b)
    }
    if not odd:
        return None
    return Disagreement(
        field=field, values=tuple(Version(value=v, claims=tuple(sorted(claims[v]))) for v in order if v in odd)
    )


def _happened(f: Fact) -> list[str]:
    return ["no"] if denies(f) else ["yes"] if f.modality != "future" else []


def _some_other(a: frozenset[str], b: frozenset[str]) -> bool:
    """One that denies a part and tells another (they entered, but hold it not) still gainsays whoever tells it all."""
    return a != b


def _same_kind(a: str, b: str, r: Rules) -> bool:
    return r.kin.get((a, b), (-1.0, 0.0))[0] > 0.3


def _days(f: Fact) -> list[str]:
    """The day of a claim that tells one day."""
    w = f.window
    return [iso(w.first) or ""] if w and w.told and w.first == w.last else []


def _told(f: Fact, kind: str) -> Iterable[str]:
    for _, low, high in figures(f, frozenset({kind})):
        yield number(low, high)


def number(low: float | None, high: float | None) -> str:
    """A figure in words: ``12``, ``10+`` (at least), ``≤20`` (at most), ``10–20``."""
    if low is not None and high is not None:
        return f"{low:g}" if low == high else f"{low:g}–{high:g}"
    return f"{low:g}+" if low is not None else f"≤{high:g}"


def _may_be_one(a: str, b: str) -> bool:
    """At least ten, and twelve."""
    for x, y in ((a, b), (b, a)):
        if x.endswith("+") and not y.endswith("+") and y.replace(".", "").isdigit() and float(y) >= float(x[:-1]):
            return True
    return False


def _places(said: Sequence[Said], r: Rules) -> Disagreement | None:
    by_name = {s.fact.place.name: s.fact.place for s in said if s.fact.place}
    return _differ(
        "place",
        said,
        lambda f: [f.place.name] if f.place else [],
        lambda a, b: ev.places(by_name[a], by_name[b], r).weight >= 0,
    )
