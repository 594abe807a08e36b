"""Claims in a few plain words, for tables and pages."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.types import Actor, Claim, CodedReport, Event, Figure, Place, Source, When

MODALITY = {"asserted": "", "denied": "denied", "uncertain": "uncertain", "future": "not yet"}
_KIND = {
    "near": "near ",
    "around": "around ",
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


def called(p: Place) -> str:
    """A place as the report spells it, or by its own name where the report only points at it ("the town")."""
    return p.text if p.text[:1].isupper() and not p.text.startswith("The ") else p.name


def where(p: Place) -> str:
    """ "Saraqeb", "10 km S of Saraqeb", "near Saraqeb"."""
    r, name = p.relation, called(p)
    if r is None:
        return name
    if r.kind == "between":
        return f"between {name} and another place"
    far = f"{number(r.distance_km)} km " if r.distance_km is not None else ""
    side = f"{r.bearing} of " if r.bearing else ""
    return f"{far}{side}{_KIND.get(r.kind, '') if not side and not far else ''}{name}"


def when(t: When) -> str:
    if t.earliest and t.latest:
        return t.earliest if t.earliest == t.latest else f"{t.earliest} to {t.latest}"
    return f"from {t.earliest}" if t.earliest else f"until {t.latest}" if t.latest else ""


_OUTLETS = frozenset({"media", "state-media"})


def source(sources: tuple[Source, ...]) -> str:
    """ "rescuers, via Example Radio", where an outlet was told; "the agency, the channel", where both say so."""
    if not sources:
        return ""
    parts = [sources[0].name]
    for before, s in zip(sources, sources[1:], strict=False):
        parts.append(f"via {s.name}" if s.kind in _OUTLETS and before.kind not in _OUTLETS else s.name)
    return ", ".join(parts)


def voice(sources: tuple[Source, ...], outlet: str = "") -> str:
    """By whose word: the first source's name; the report's own voice where there is none."""
    return sources[0].name if sources else outlet or "the report itself"


def summary(c: Claim) -> str:
    """One line: "Syrian government forces → rebels"."""
    return " → ".join(part for part in (who(c.agents), who(c.targets)) if part)


DIFFER = {"happened": "happened", "agents": "who did it", "targets": "to whom", "place": "where", "time": "when"}
"""Fields that sources differ on, as shown."""
_ORDER = {"contested": 0, "denied": 1, "corroborated": 2, "single-source": 3, "planned": 4}


def voices(reports: Sequence[CodedReport]) -> dict[str, str]:
    """Claim's id → by whose word."""
    return {c.id: voice(c.sources, r.report.outlet) for r in reports for c in r.claims}


def shared(reports: Sequence[CodedReport], events: Sequence[Event]) -> list[Event]:
    """The events that more than one report tells of or that sources differ on, those in dispute first."""
    told = {c.id: n for n, r in enumerate(reports) for c in r.claims}

    def spread(e: Event) -> int:
        return len({told[c] for c in e.claims if c in told})

    found = [e for e in events if spread(e) > 1 or e.disagreements]
    return sorted(found, key=lambda e: (_ORDER[e.status], -spread(e), -len(e.claims)))
