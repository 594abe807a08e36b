"""Events and their types in a line of text, as lists show them."""

from __future__ import annotations

from dateline.export.redact import is_private_actor
from dateline.types import Event


def title_of(e: Event) -> str:
    """An event in one line: what, where, who to whom, how many killed.  Private persons are left out."""
    what = f"{label(e.type)}, {e.place.name}" if e.place else label(e.type)
    agents, targets = (
        ", ".join(dict.fromkeys(a.name for a in x if not is_private_actor(a))) for x in (e.agents[:2], e.targets[:2])
    )
    if targets and not agents:
        what = f"{what} → {targets}"
    who = f"{agents} → {targets}" if agents and targets else agents
    killed = next((f for f in e.figures if f.kind == "killed"), None)
    dead = f"{_number(killed.low, killed.high)} killed" if killed else ""
    return clean("; ".join(p for p in (what, who, dead) if p))


def _number(low: float | None, high: float | None) -> str:
    from dateline.reconcile.status import number

    return "" if low is None and high is None else number(low, high)


def label(type: str) -> str:
    """A type's name as it is shown: ``air-strike`` is "Air strike"."""
    words = type.replace("-", " ")
    return words[:1].upper() + words[1:]


def clean(text: str) -> str:
    """Without what a database cannot keep in a text."""
    return text.encode("utf-8", "replace").decode().replace("\x00", " ")
