"""The review desk: verdicts on claims, comments, and what the log says of them.

Every act stands in the log with its old and new values, who did it and why, and can be undone with
:meth:`dateline.store.Store.undo`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, or_, select, text

from dateline.errors import StoreError, UsageError
from dateline.store import schema as s
from dateline.store import verdicts
from dateline.store.engine import reading
from dateline.store.index import chunks
from dateline.store.keep import Store, report_of
from dateline.store.ledgers import Told
from dateline.store.log import Entry
from dateline.store.verdicts import ACTIONS, Verdict
from dateline.types import Claim, CodedReport, Report

_LONGEST = 10_000  # characters of a reason or comment


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim as it now stands: ``event`` is None where it was rejected, ``machine`` is the claim as coded."""

    claim: Claim
    machine: Claim
    report: Report
    coded: CodedReport
    event: str | None
    rejected: bool
    acts: tuple[verdicts.Act, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict given: its number in the log, the claim as it stands after it, and the event that it is in."""

    seq: int
    claim: Claim
    event: str | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The verdict in force on a claim."""

    seq: int
    verdict: Verdict
    by: str
    at: str
    why: str


def standing(store: Store, claim: str) -> Standing:
    """A claim as it now stands, rejected ones too.

    Raises:
        StoreError: there is no such claim in a current report.
    """
    with reading(store.engine) as connection:
        return _standing(connection, claim, store.path)


def _standing(connection: Connection, claim: str, path: str) -> Standing:
    id = verdicts.report_of_claim(connection, claim)
    base = verdicts.base(connection, id) if id else None
    report = report_of(connection, id) if id else None
    machine = next((c for c in base.coded.claims if c.id == claim), None) if base else None
    if machine is None or base is None or report is None:
        raise StoreError(f"no claim {claim}", path=path)
    acts = verdicts.in_force(connection, report.id)
    laid = verdicts.lay(base.coded, acts, report)
    out = next((c for c in laid.out if c.id == claim), None)
    now = out or next(c for c in laid.coded.claims if c.id == claim)
    event = connection.execute(select(s.claims.c.event).where(s.claims.c.claim == claim)).scalar()
    mine = tuple(a for a in acts if a.claim == claim)
    return Standing(now, machine, report, laid.coded, event, out is not None, mine)


def judge(
    store: Store,
    claim: str,
    verdict: Verdict,
    fields: Mapping[str, Any] | None = None,
    why: str = "",
    more: Mapping[str, Any] | None = None,
    taken: Sequence[Any] = (),
) -> Judged:
    """Accept, reject or correct a claim.

    Args:
        fields: for a correction: field → value, see :func:`dateline.store.fields.values`.
        why: the reason, for the log.
        more: what else the log should say of it.
        taken: values, as JSON has them, that are taken over whole where a field is given one of them.

    Raises:
        StoreError: there is no such claim, or its report was changed meanwhile.
        UsageError: the verdict is none, a field is wrong, or nothing differs.
    """
    if verdict not in ACTIONS.values():
        raise UsageError(f"{verdict!r} is no verdict; {', '.join(ACTIONS.values())} are", field="verdict")
    if (verdict == "correct") != bool(fields):
        raise UsageError("a correction needs fields, and only a correction has them", field="fields")
    _check_text(why, "reason")
    before = standing(store, claim)
    new, codes = _new_values(before, fields, taken) if fields else ({}, {})
    if fields and not new:
        if more is None:
            raise UsageError("nothing differs from the claim as it stands", field="fields")
        verdict = "accept"  # whoever decided found the claim right
    with store.change(why) as (connection, writer, index):
        now = _standing(connection, claim, store.path)
        if (now.claim, now.report) != (before.claim, before.report):
            raise StoreError(f"claim {claim} was changed meanwhile: look at it again", path=store.path)
        seq = verdicts.give(connection, writer, verdict, before.claim, before.report, new, {**codes, **(more or {})})
        store.lay_anew(connection, writer, index, before.report.id)
    after = standing(store, claim)
    return Judged(seq, after.claim, after.event)


def _new_values(
    before: Standing, fields: Mapping[str, Any], taken: Sequence[Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that change with their new values, and what that makes of the codes."""
    from dateline.store.fields import applied, values
    from dateline.store.wording import read_closely

    whole = {k: verdicts.value_of(k, v) for k, v in fields.items() if v in taken}
    rest = {k: v for k, v in fields.items() if k not in whole}
    new = whole | values(rest, before.claim, before.coded.claims, read_closely(before.report))
    new = {k: v for k, v in new.items() if v != getattr(before.claim, k)}
    codes = applied(before.claim, new, lambda: read_closely(before.report)).codes
    if codes == before.claim.codes:
        return new, {}
    return new, {"codes": {"old": verdicts.plain(before.claim.codes), "new": verdicts.plain(codes)}}


def comment(store: Store, subject: str, words: str) -> int:
    """Say something of a claim, event or report, in the log; the entry's number.

    Raises:
        StoreError: there is no such subject.
        UsageError: the text is empty or too long.
    """
    _check_text(words, "text")
    if not words.strip():
        raise UsageError("a text is wanted", field="text")
    with store.change() as (connection, writer, _):
        if not _is_known(connection, subject):
            raise StoreError(f"no claim, event or report {subject}", path=store.path)
        return writer.add("comment", subject, {"text": words})


def _check_text(words: str, name: str) -> None:
    if len(words) > _LONGEST:
        raise UsageError(f"is longer than {_LONGEST} characters", field=name)


def _is_known(connection: Connection, subject: str) -> bool:
    keys = (s.claims.c.claim, s.heads.c.event, s.reports.c.report, s.verdicts.c.claim)
    return any(connection.execute(select(k).where(k == subject).limit(1)).first() for k in keys)


# ------------------------------------------------------------------------------------------------- what was done


def reviewed(store: Store, claims: Sequence[str]) -> dict[str, Reviewed]:
    """The verdict in force on each of these claims that has one."""
    v, g = s.verdicts.c, s.log.c
    found: dict[str, Reviewed] = {}
    with reading(store.engine) as connection:
        for some in chunks(sorted(set(claims))):
            query = select(v.claim, v.seq, v.verdict, g.actor, g.at, g.why).where(
                v.claim.in_(some), v.undone.is_(None), v.fits == 1, g.seq == v.seq
            )
            for r in connection.execute(query.order_by(v.seq)):
                found[r.claim] = Reviewed(r.seq, r.verdict, r.actor, r.at, r.why)
    return found


def orphans(store: Store) -> list[verdicts.Act]:
    """Verdicts that no longer hold, since the claim or the words that they judged are no longer there."""
    v = s.verdicts.c
    with reading(store.engine) as connection:
        query = select(s.verdicts).where(v.undone.is_(None), v.fits == 0).order_by(v.seq)
        return [verdicts.act_of(r) for r in connection.execute(query)]


def acts(store: Store, subject: str = "", after: int = 0, limit: int = 1000) -> list[Entry]:
    """The log's entries of reviewers' acts, and of their undoing, in order.

    Args:
        subject: of a claim, of an event with its claims, or of a report; all if "".
        after: entries after this number.
        limit: how many at most.
    """
    g = s.log.c
    with reading(store.engine) as connection:
        query = select(s.log).where(g.seq > after, text(s.ACTS))
        if not subject:
            return [Entry(*r) for r in connection.execute(query.order_by(g.seq).limit(limit))]
        about = _about(connection, subject)
        found: dict[int, Entry] = {}
        for some in chunks(sorted(about)):
            for r in connection.execute(query.where(g.subject.in_(some), g.action != "undo")):
                found[r.seq] = Entry(*r)
        for numbers in chunks(_decisions(connection, about)):
            for r in connection.execute(query.where(g.seq.in_(numbers))):
                found[r.seq] = Entry(*r)
        for some in chunks([str(n) for n in sorted(found)]):
            for r in connection.execute(query.where(g.subject.in_(some), g.action == "undo")):
                found[r.seq] = Entry(*r)
    return [found[n] for n in sorted(found)][:limit]


def _about(connection: Connection, subject: str) -> set[str]:
    """A subject, and where it is an event its claims."""
    c = s.claims.c
    return {subject, *(r.claim for r in connection.execute(select(c.claim).where(c.event == subject)))}


def _decisions(connection: Connection, about: set[str]) -> list[int]:
    """The merges, splits and links that speak of some of these claims."""
    rows = connection.execute(select(s.decisions.c.seq, s.decisions.c.one, s.decisions.c.other)).all()
    return [r.seq for r in rows if about & {*json.loads(r.one), *json.loads(r.other)}]


def members(store: Store, ids: Sequence[str]) -> list[str]:
    """The current claims of these events, and of these ids those that are claims.

    Raises:
        StoreError: an id is of no current event or claim.
    """
    c = s.claims.c
    found: dict[str, None] = {}
    with reading(store.engine) as connection:
        for id in ids:
            rows = connection.execute(select(c.claim).where(or_(c.event == id, c.claim == id)).order_by(c.claim)).all()
            if not rows:
                raise StoreError(f"no event or claim {id}", path=store.path)
            found.update(dict.fromkeys(r.claim for r in rows))
    return list(found)


def homes(store: Store, claims: Sequence[str]) -> list[str]:
    """The events that these claims are in now."""
    c = s.claims.c
    with reading(store.engine) as connection:
        found = {
            r.event
            for some in chunks(claims)
            for r in connection.execute(select(c.event).where(c.claim.in_(some)).distinct())
        }
    return sorted(filter(None, found))


def told(store: Store, claim: str) -> Told:
    """A claim as it now stands with its report, rejected ones too (their event is "").

    Raises:
        StoreError: there is no such claim in a current report.
    """
    at = standing(store, claim)
    return Told(at.claim, replace(at.report, text=""), at.event or "")
