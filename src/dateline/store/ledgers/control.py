"""Who holds a place, by whose word and since when.

Only a capture, or an attack beaten off, says that someone holds a place; an entry says that someone is in it.  A
period begins with each claim that names another holder, and is ``contested`` while two voices name different holders
within some days of one another, or one denies what the other says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.codebook.lexicon import lexicon
from dateline.reconcile.facts import day
from dateline.store.ledgers.told import Told, party


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim on a place: ``says`` is holds, kept, lost, enters or surrounds, with ``not`` before it if denied."""

    on: str | None
    says: str
    who: str
    voice: str
    outlet: str
    claim: str
    event: str


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until the next period, or until now: who holds the place, or "" if that is not told."""

    since: str | None
    until: str | None
    holder: str
    voices: tuple[str, ...]
    contested: bool
    others: tuple[str, ...]  # whom other voices name
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Control:
    periods: tuple[Period, ...]
    statements: tuple[Statement, ...]


def control(told: Iterable[Told]) -> Control:
    """The ledger of one place, from claims on it of any type; those not about control are passed over."""
    rules = lexicon("ledgers")["control"]
    says: dict[str, str] = rules["says"]
    said: list[Statement] = []
    for t in sorted((t for t in told if t.claim.type in says), key=lambda t: t.order):
        c = t.claim
        if c.modality in ("future", "uncertain"):
            continue
        word, who = says[c.type], party(c.agents)
        if not who:
            continue
        said.append(Statement(t.on, f"not {word}" if t.denied else word, who, t.voice, t.report.outlet, c.id, t.event))
    return Control(tuple(_periods(said, int(rules["dispute_days"]))), tuple(said))


def _periods(said: list[Statement], days: int) -> Iterable[Period]:
    """Walk through the statements in order of their days."""
    holding: list[Statement] = []  # statements that name the holder of the period that is open
    against: list[Statement] = []
    for s in said:
        if s.says in ("holds", "kept"):
            if holding and s.who == holding[0].who:
                holding.append(s)
            elif holding and s.voice not in {h.voice for h in holding} and _near(holding[-1], s, days):
                against.append(s)
            else:
                if holding:
                    yield _period(holding, against, s.on)
                holding, against = [s], []
        elif s.says in ("not holds", "not kept"):
            if holding and s.who == holding[0].who and s.voice not in {h.voice for h in holding}:
                against.append(s)
        elif s.says == "lost" and holding and s.who == holding[0].who:
            yield _period(holding, against, s.on)
            holding, against = [], []
    if holding:
        yield _period(holding, against, None)


def _near(a: Statement, b: Statement, days: int) -> bool:
    return abs((day(a.on) or 0) - (day(b.on) or 0)) <= days


def _period(holding: list[Statement], against: list[Statement], until: str | None) -> Period:
    return Period(
        since=holding[0].on,
        until=until,
        holder=holding[0].who,
        voices=tuple(dict.fromkeys(h.voice for h in holding)),
        contested=bool(against),
        others=tuple(dict.fromkeys(f"{a.voice}: {a.says} {a.who}" for a in against)),
        claims=tuple(s.claim for s in (*holding, *against)),
    )
