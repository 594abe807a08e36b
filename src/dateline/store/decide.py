"""A reviewer's decisions: what is one happening and what is not.  Each is in the log and can be undone.

A later decision overrules an earlier one where both speak of the same claims: merging undoes splits between what is
merged, splitting undoes merges across the split, so that to merge and then to split gives what was before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from dateline.errors import StoreError
from dateline.reconcile import Links
from dateline.store import schema as s
from dateline.store.index import chunks
from dateline.store.log import Writer


def links(connection: Connection) -> Links:
    """The decisions in force."""
    must, cannot = [], []
    for row in _in_force(connection):
        one, other = frozenset(json.loads(row.one)), frozenset(json.loads(row.other))
        if row.kind == "must":
            must.append(one)
        else:
            cannot.append((one, other))
    return Links(tuple(must), tuple(cannot))


def merge(connection: Connection, writer: Writer, ids: Sequence[str]) -> tuple[int, set[str]]:
    """Decide that events or claims are one; the decision's number and the claims that it touches."""
    claims = [_claims_of(connection, id) for id in ids]
    whole = frozenset().union(*claims)
    if len(set(ids)) < 2:
        raise StoreError("two events or claims at least are wanted")
    touched = set(whole)
    overruled = []
    for row in _in_force(connection):
        one, other = set(json.loads(row.one)), set(json.loads(row.other))
        if row.kind == "cannot" and one & whole and other & whole:
            overruled.append(row.seq)
            touched |= one | other
    seq = writer.add("merge", _event_of(connection, min(whole)), {"claims": sorted(whole), "overrules": overruled})
    _decide(connection, seq, "must", whole, frozenset(), overruled)
    return seq, touched


def split(connection: Connection, writer: Writer, event: str, claims: Sequence[str]) -> tuple[int, set[str]]:
    """Decide that claims of an event are not one with its others; as :func:`merge`."""
    whole = _claims_of(connection, event)
    if wrong := sorted(set(claims) - whole):
        raise StoreError(f"claim {wrong[0]} is not in event {event}")
    one, other = frozenset(claims), frozenset(whole - set(claims))
    if not one or not other:
        raise StoreError("some claims of the event are wanted, not none and not all")
    overruled, touched = [], set(whole)
    for row in _in_force(connection):
        together = set(json.loads(row.one))
        if row.kind == "must" and together & one and together & other:
            overruled.append(row.seq)
            touched |= together
    body = {"one": sorted(one), "other": sorted(other), "overrules": overruled}
    seq = writer.add("split", event, body)
    _decide(connection, seq, "cannot", one, other, overruled)
    return seq, touched


def link(connection: Connection, writer: Writer, a: str, b: str, kind: str) -> tuple[int, set[str]]:
    """Decide that two claims (or events) must, or cannot, be of one happening; as :func:`merge`.

    A later link overrules what stands against it: ``must`` every split between what it then holds together,
    ``cannot`` every merge or link that holds the two themselves.
    """
    if kind not in ("must", "cannot"):
        raise StoreError(f"{kind!r} is no link; must and cannot are")
    one, other = _claims_of(connection, a), _claims_of(connection, b)
    if one & other:
        raise StoreError(f"{a} and {b} are the same, or one is in the other")
    rows = _in_force(connection)
    overruled, touched = [], set(one | other)
    if kind == "must":
        left, right = _held(rows, one), _held(rows, other)
        clash = [r for r in rows if r.kind == "cannot" and _parts(r, left, right)]
    else:
        clash = [r for r in rows if r.kind == "must" and (m := _sides(r)[0]) & one and m & other]
        rest = [r for r in rows if r not in clash]
        if _held(rest, one) & other:
            held = ", ".join(str(r.seq) for r in rest if r.kind == "must" and _sides(r)[0] & _held(rest, one))
            raise StoreError(f"{a} and {b} are held together by decisions {held}: undo one of them first")
    for r in clash:
        overruled.append(r.seq)
        touched |= _sides(r)[0] | _sides(r)[1]
    body = {"kind": kind, "one": sorted(one), "other": sorted(other), "overrules": overruled}
    seq = writer.add("link", a, body)
    both = (one | other, frozenset[str]()) if kind == "must" else (one, other)
    _decide(connection, seq, kind, *both, overruled)
    return seq, touched


def _sides(row: Any) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(json.loads(row.one)), frozenset(json.loads(row.other))


def _parts(row: Any, left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether a decision keeps some of the one from some of the other."""
    one, other = _sides(row)
    return bool((one & left and other & right) or (one & right and other & left))


def _held(rows: Sequence[Any], claims: frozenset[str]) -> frozenset[str]:
    """These claims with all that merges and links hold together with them."""
    musts = [_sides(r)[0] for r in rows if r.kind == "must"]
    while more := [m for m in musts if m & claims and not m <= claims]:
        claims = claims.union(*more)
    return claims


def undo(connection: Connection, writer: Writer, decision: int) -> tuple[int, set[str]]:
    """Take a decision back; the log entry's number and the claims that this touches."""
    d = s.decisions.c
    row = connection.execute(select(s.decisions).where(d.seq == decision)).first()
    if row is None:
        raise StoreError(f"no decision {decision}")
    if row.undone is not None:
        raise StoreError(f"decision {decision} is not in force: entry {row.undone} of the log undid it")
    seq = writer.add("undo", str(decision), {})
    touched = {*json.loads(row.one), *json.loads(row.other)}
    for again in connection.execute(select(s.decisions).where(d.undone == decision)).all():
        touched |= {*json.loads(again.one), *json.loads(again.other)}
    connection.execute(update(s.decisions).where(d.undone == decision).values(undone=None))
    connection.execute(update(s.decisions).where(d.seq == decision).values(undone=seq))
    return seq, touched


def _decide(
    connection: Connection, seq: int, kind: str, one: frozenset[str], other: frozenset[str], overruled: Sequence[int]
) -> None:
    d = s.decisions.c
    for some in chunks(overruled):
        connection.execute(update(s.decisions).where(d.seq.in_(some)).values(undone=seq))
    row = {"seq": seq, "kind": kind, "one": json.dumps(sorted(one)), "other": json.dumps(sorted(other)), "undone": None}
    connection.execute(insert(s.decisions), row)


def _in_force(connection: Connection) -> Sequence[Any]:
    d = s.decisions.c
    return connection.execute(select(s.decisions).where(d.undone.is_(None)).order_by(d.seq)).all()


def _claims_of(connection: Connection, id: str) -> frozenset[str]:
    """The claims of an event, or a claim itself."""
    c = s.claims.c
    found = frozenset(r.claim for r in connection.execute(select(c.claim).where(c.event == id)))
    if not found:
        found = frozenset(r.claim for r in connection.execute(select(c.claim).where(c.claim == id)))
    if not found:
        raise StoreError(f"no event or claim {id}")
    return found


def _event_of(connection: Connection, claim: str) -> str:
    return str(connection.execute(select(s.claims.c.event).where(s.claims.c.claim == claim)).scalar_one())
