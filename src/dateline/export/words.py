"""Claims in a few plain words, for tables and pages."""

from __future__ import annotations

from dateline.types import Actor, Claim, Figure, Place, Source, When

MODALITY = {"asserted": "", "denied": "denied", "uncertain": "uncertain", "future": "not yet"}
_KIND = {
    "near": "near ",
    "around": "around ",
    "between": "between ",
    "along": "along ",
    "edge": "edge of ",
    "outskirts": "outskirts of ",
}


def number(value: int | float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def count(n: int, noun: str) -> str:
    """ "1 claim", "12 claims"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def between(low: float | None, high: float | None) -> str:
    """ "12", "12+", "to 150", "8–12"."""
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)}–{number(high)}"
    return f"{number(low)}+" if low is not None else f"to {number(high)}" if high is not None else "?"


def amount(f: Figure) -> str:
    """ "12", "at least 12", "up to 150", "8 to 12"."""
    if f.low is not None and f.high is not None:
        return number(f.low) if f.low == f.high else f"{number(f.low)} to {number(f.high)}"
    if f.low is not None:
        return f"at least {number(f.low)}"
    return f"up to {number(f.high)}" if f.high is not None else "?"


def figure(f: Figure) -> str:
    return f"{f.kind} {amount(f)}"


def who(actors: tuple[Actor, ...]) -> str:
    return ", ".join(a.name for a in actors)


def where(p: Place) -> str:
    if p.relation is None:
        return p.name
    r = p.relation
    far = f"{number(r.distance_km)} km " if r.distance_km is not None else ""
    side = f"{r.bearing} of " if r.bearing else ""
    return f"{far}{side}{_KIND.get(r.kind, '') if not side and not far else ''}{p.name}"


def when(t: When) -> str:
    if t.earliest and t.latest:
        return t.earliest if t.earliest == t.latest else f"{t.earliest} to {t.latest}"
    return f"from {t.earliest}" if t.earliest else f"until {t.latest}" if t.latest else ""


def source(sources: tuple[Source, ...]) -> str:
    return ", via ".join(s.name for s in sources)


def voice(sources: tuple[Source, ...], outlet: str = "") -> str:
    """By whose word: the first source's name; the report's own voice where there is none."""
    return sources[0].name if sources else outlet or "the report itself"


def summary(c: Claim) -> str:
    """One line: "Syrian government forces → rebels"."""
    return " → ".join(part for part in (who(c.agents), who(c.targets)) if part)
