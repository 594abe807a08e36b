"""Ultimatums and announced plans with the day by which they are due: met, late, missed or open.

``met``: a claim of the same doer (or of the one who was told to) and the same type is dated between the announcement
and the due day.  ``late``: only after it.  ``missed``: the day has passed and no claim tells of it, which is not
proof that it did not happen.  ``open``: the day is yet to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.codebook.lexicon import lexicon
from dateline.reconcile.evidence import agree
from dateline.reconcile.facts import day, side
from dateline.reconcile.rules import rules
from dateline.store.ledgers.told import Told, party


@dataclass(frozen=True, slots=True)
class Deadline:
    """``due`` is the last day; ``answer`` the claim that tells that it was done, "" if none does."""

    due: str
    announced: str
    who: str
    whom: str
    type: str
    words: str
    place: str
    voice: str
    state: Literal["met", "late", "missed", "open"]
    answer: str
    claim: str
    event: str


def deadlines(told: Iterable[Told], today: str) -> list[Deadline]:
    """Every deadline among claims, by due day, as it stands on a day.

    Args:
        told: claims of every type, or at least of those that a deadline may be of.
        today: ISO date.
    """
    rules_ = lexicon("ledgers")["deadlines"]
    types, most = frozenset(rules_["types"]), int(rules_["most_days"])
    every = list(told)
    done: dict[str, list[Told]] = {}
    for t in sorted(every, key=lambda t: t.order):
        if t.claim.modality == "asserted" and not t.denied:
            done.setdefault(t.claim.type, []).append(t)
    out = []
    for t in every:
        due = _due(t, most) if t.claim.modality == "future" and t.claim.type in types else None
        if due is not None:
            out.append(_deadline(t, due, done.get(t.claim.type, ()), today))
    return sorted(out, key=lambda d: (d.due, d.announced, d.claim))


def _due(t: Told, most: int) -> str | None:
    """The day by which it is due: told in words, after the report's day and not too far off."""
    time, published = t.claim.time, day(t.report.published)
    if time is None or time.latest is None or published is None:
        return None
    last = day(time.latest)
    return time.latest[:10] if last is not None and 0 < last - published <= most else None


def _deadline(t: Told, due: str, done: Sequence[Told], today: str) -> Deadline:
    c = t.claim
    announced = t.report.published or ""
    answers = [a for a in done if _answers(a, t, announced)]
    in_time = next((a for a in answers if (a.on or "") <= due), None)
    late = next((a for a in answers if (a.on or "") > due), None)
    answer = in_time or late
    return Deadline(
        due=due,
        announced=announced,
        who=party(c.agents),
        whom=party(c.targets),
        type=c.type,
        words=c.trigger.text,
        place=c.place.name if c.place else "",
        voice=t.voice,
        state="met" if in_time else "late" if late else "open" if due >= today else "missed",
        answer=answer.claim.id if answer else "",
        claim=c.id,
        event=t.event,
    )


def _answers(a: Told, t: Told, announced: str) -> bool:
    """Whether a claim tells that what was announced was done."""
    if a.on is None or a.on <= announced or a.claim.time is None:
        return False
    if a.claim.place and t.claim.place and a.claim.place.country != t.claim.place.country:
        return False
    if a.claim.place and t.claim.place and t.claim.place.geonameid not in (None, a.claim.place.geonameid):
        return False
    mine = {side(x) for x in t.claim.agents} - {""}
    theirs = {side(x) for x in a.claim.agents} - {""}
    return bool(mine) and any(agree(x, y, rules()) for x in sorted(mine) for y in sorted(theirs))
