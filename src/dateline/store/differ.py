"""What changed between two codings of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlalchemy import select

from dateline.errors import StoreError
from dateline.store import schema as s
from dateline.store.engine import reading
from dateline.store.index import coded_from
from dateline.store.keep import Store
from dateline.store.verdicts import REVIEW
from dateline.types import Claim, CodedReport

_NOT_COMPARED = frozenset({"id", "report_id", "codes", "sentence"})


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding of a report, old or current; ``seq`` is the log's entry."""

    coding: str
    report: str
    revision: int
    codebook: str
    program: str
    seq: int
    coded: CodedReport


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that is new (``added``), gone (``removed``) or told otherwise (``changed``, in these fields)."""

    report: str
    what: str
    before: Claim | None
    after: Claim | None
    fields: tuple[str, ...] = ()


def codings(store: Store, report: str) -> list[Coding]:
    """A report's codings by the program, oldest first; not those with a reviewer's verdicts on top.

    Raises:
        StoreError: there is no such report.
    """
    k = s.codings.c
    with reading(store.engine) as connection:
        rows = connection.execute(
            select(s.codings).where(k.report == report, k.program != REVIEW).order_by(k.seq)
        ).all()
    if not rows:
        raise StoreError(f"no report {report}", path=store.path)
    return [Coding(r.coding, r.report, r.revision, r.codebook, r.program, r.seq, coded_from(r.body)) for r in rows]


def recoded(store: Store) -> list[str]:
    """The reports that have more than one coding."""
    k = s.codings.c
    with reading(store.engine) as connection:
        counts: dict[str, int] = {}
        for r in connection.execute(select(k.report).where(k.program != REVIEW)):
            counts[r.report] = counts.get(r.report, 0) + 1
    return sorted(i for i, n in counts.items() if n > 1)


def diff(before: CodedReport, after: CodedReport) -> Iterator[Change]:
    """The claims that differ, in order of the text.  Claims are the same where their words are."""
    old, new = _by_words(before), _by_words(after)
    for at in sorted(old.keys() | new.keys(), key=lambda k: (k[0] or 0, k[1] or 0, k[2])):
        a, b = old.get(at), new.get(at)
        if a is None:
            yield Change(after.report.id, "added", None, b)
        elif b is None:
            yield Change(after.report.id, "removed", a, None)
        else:
            names = (f.name for f in fields(Claim) if f.name not in _NOT_COMPARED)
            odd = tuple(n for n in names if getattr(a, n) != getattr(b, n))
            if odd:
                yield Change(after.report.id, "changed", a, b, odd)


def _by_words(coded: CodedReport) -> dict[tuple[int | None, int | None, int], Claim]:
    """Claims by their trigger's place; of several there, the first, the second…"""
    out: dict[tuple[int | None, int | None, int], Claim] = {}
    for c in coded.claims:
        n = 0
        while (c.trigger.start, c.trigger.end, n) in out:
            n += 1
        out[(c.trigger.start, c.trigger.end, n)] = c
    return out
