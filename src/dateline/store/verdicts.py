"""Verdicts on claims, and what lies on top of the program's coding because of them.

A claim's verdicts hold in the order in which they were given: the last one says whether the claim stands, and every
correction in force changes the fields that it names.  The program's own coding is never changed; what counts is made
from it each time, so that to undo a verdict gives back exactly what was before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, get_type_hints

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from dateline.errors import StoreError
from dateline.store import schema as s
from dateline.store.index import coded_from
from dateline.store.log import Writer
from dateline.types import Claim, CodedReport, Report

Verdict = Literal["accept", "reject", "correct"]
ACTIONS: Mapping[str, Verdict] = {"accept": "accept", "reject": "reject", "correct-claim": "correct"}
"""The log's action → the verdict."""

REVIEW = "review"
"""In place of the program: what a coding with verdicts on top was made by."""

_TYPES = get_type_hints(Claim)


@dataclass(frozen=True, slots=True)
class Act:
    """A verdict in force.

    ``start`` and ``words`` are the sentence that was judged (-1 and the title, where the claim is the title's);
    ``fits``: it is still there.
    """

    seq: int
    claim: str
    report: str
    verdict: Verdict
    fields: Mapping[str, Any]
    start: int
    words: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A report's coding with the verdicts on top; ``out`` are the claims that were rejected, as they would stand."""

    coded: CodedReport
    out: tuple[Claim, ...] = ()


def in_force(connection: Connection, report: str) -> list[Act]:
    """The verdicts in force on a report's claims, in order."""
    v = s.verdicts.c
    query = select(s.verdicts).where(v.report == report, v.undone.is_(None)).order_by(v.seq)
    return [act_of(r) for r in connection.execute(query)]


def act_of(row: Any) -> Act:
    """A row of the table as an act."""
    fields = {k: value_of(k, v) for k, v in json.loads(row.fields).items()}
    return Act(row.seq, row.claim, row.report, row.verdict, fields, row.start, json.loads(row.words), bool(row.fits))


def value_of(name: str, plain: Any) -> Any:
    """A field's value from what JSON has."""
    return msgspec.convert(plain, _TYPES[name])


def plain(value: Any) -> Any:
    """A field's value as JSON has it."""
    return msgspec.to_builtins(value)


def lay(coded: CodedReport, acts: Sequence[Act], report: Report) -> Laid:
    """The coding with verdicts on top.  Acts whose claim, sentence or words are no longer there change nothing.

    Args:
        coded: the program's coding.
        acts: verdicts in force, in order.
        report: the report with its text.
    """
    holding = [a for a in acts if holds(a, coded.claims, report)]
    if not holding:
        return Laid(coded)
    from dateline.store.fields import applied  # these bring the parser with them, which few commands need
    from dateline.store.wording import read_closely

    wording = partial(read_closely, report)
    out: list[Claim] = []
    kept: list[Claim] = []
    for claim in coded.claims:
        mine = [a for a in holding if a.claim == claim.id]
        new = {name: value for a in mine for name, value in a.fields.items()}
        now = applied(claim, new, wording) if new else claim
        (out if mine and mine[-1].verdict == "reject" else kept).append(now)
    if tuple(kept) == coded.claims:
        return Laid(coded)
    kept.sort(key=lambda c: (c.trigger.start or 0, c.type))
    main = coded.primary
    if out and main not in {c.id for c in kept}:
        main = _main(report, kept)
    return Laid(replace(coded, claims=tuple(kept), primary=main), tuple(out))


def _main(report: Report, claims: Sequence[Claim]) -> str | None:
    """What the report is mainly about where that claim was rejected; None where our codebook lacks a type."""
    from dateline.resolve.primary import primary
    from dateline.store.wording import codebook

    types = codebook().types
    return primary(report, claims, codebook()) if all(c.type in types for c in claims) else None


def holds(act: Act, claims: Iterable[Claim], report: Report) -> bool:
    """Whether what was judged is still there: the claim, its sentence, and the words of the new values."""
    same = report.title == act.words if act.start < 0 else report.text.startswith(act.words, act.start)
    if not same or not any(c.id == act.claim for c in claims):
        return False
    return all(
        report.text[span["start"] : span["end"]] == span["text"]
        for v in act.fields.values()
        for span in _spans(plain(v))
    )


def _spans(value: Any) -> list[dict[str, Any]]:
    found = value if isinstance(value, list | tuple) else [value]
    return [v for v in found if isinstance(v, dict) and v.get("start") is not None]


def note(connection: Connection, acts: Sequence[Act], claims: Sequence[Claim], report: Report) -> None:
    """Write down which acts still have what they judged."""
    v = s.verdicts.c
    for act in acts:
        if (fits := holds(act, claims, report)) != act.fits:
            connection.execute(update(s.verdicts).where(v.seq == act.seq).values(fits=int(fits)))


def give(
    connection: Connection,
    writer: Writer,
    verdict: Verdict,
    claim: Claim,
    report: Report,
    new: Mapping[str, Any],
    more: Mapping[str, Any],
) -> int:
    """Write a verdict into the log and the table; the entry's number.

    Args:
        claim: the claim as it stood.
        report: the claim's report, with its text.
        new: the corrected fields' new values.
        more: what else the log should say.
    """
    fields = {k: plain(v) for k, v in new.items()}
    changes = {k: {"old": plain(getattr(claim, k)), "new": v} for k, v in fields.items()}
    action = next(a for a, v in ACTIONS.items() if v == verdict)
    seq = writer.add(action, claim.id, {"report": claim.report_id, "fields": changes, **more})
    e, titled = claim.sentence, claim.trigger.start is None
    start, words = (-1, report.title) if titled else (e.start, report.text[e.start : e.end])
    row = {
        "seq": seq,
        "claim": claim.id,
        "report": claim.report_id,
        "verdict": verdict,
        "fields": json.dumps(fields),
        "start": start,
        "words": json.dumps(words),
        "fits": 1,
        "undone": None,
    }
    connection.execute(insert(s.verdicts), row)
    return seq


# ------------------------------------------------------------------------------------------------- what stands


@dataclass(frozen=True, slots=True)
class Base:
    """The program's own coding of a current report, and the id of the one that counts now."""

    coding: str
    coded: CodedReport
    current: str


def base(connection: Connection, report: str) -> Base | None:
    """A current report's own coding; None where there is no such report, or it was retracted."""
    c, k = s.current.c, s.codings.c
    query = select(k.coding, k.body, c.coding.label("now")).where(
        c.report == report, k.coding == func.coalesce(c.base, c.coding)
    )
    row = connection.execute(query).first()
    return Base(row.coding, coded_from(row.body), row.now) if row else None


def report_of_claim(connection: Connection, claim: str) -> str | None:
    """The report of a claim that stands or was judged."""
    for column, key in ((s.claims.c.report, s.claims.c.claim), (s.verdicts.c.report, s.verdicts.c.claim)):
        found = connection.execute(select(column).where(key == claim).limit(1)).scalar()
        if found is not None:
            return str(found)
    return None


# ------------------------------------------------------------------------------------------------- undoing


def action_of(connection: Connection, seq: int) -> str:
    """What a log entry did.

    Raises:
        StoreError: there is no such entry, or it is no reviewer's act.
    """
    action = connection.execute(select(s.log.c.action).where(s.log.c.seq == seq)).scalar()
    if action is None:
        raise StoreError(f"no entry {seq} in the log")
    if action not in {*ACTIONS, "comment", "merge", "split", "link"}:
        raise StoreError(f"entry {seq} of the log ({action}) is no reviewer's act that could be undone")
    return str(action)


def undo(connection: Connection, writer: Writer, seq: int) -> tuple[int, str]:
    """Take a verdict back; the log entry's number, and the report whose claim it was about."""
    v = s.verdicts.c
    row = connection.execute(select(s.verdicts).where(v.seq == seq)).one()
    if row.undone is not None:
        raise StoreError(f"act {seq} is not in force: entry {row.undone} of the log undid it")
    undone = writer.add("undo", str(seq), {"claim": row.claim})
    connection.execute(update(s.verdicts).where(v.seq == seq).values(undone=undone))
    return undone, row.report


def undo_comment(connection: Connection, writer: Writer, seq: int) -> int:
    """Take a comment back: it stays in the log, and so does that it was taken back."""
    g = s.log.c
    before = connection.execute(select(g.seq).where(g.action == "undo", g.subject == str(seq))).scalar()
    if before is not None:
        raise StoreError(f"comment {seq} is not in force: entry {before} of the log undid it")
    about = connection.execute(select(g.subject).where(g.seq == seq)).scalar_one()
    return writer.add("undo", str(seq), {"subject": about})
