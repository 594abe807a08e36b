"""Double coding: several people code the same claims, blind to one another until all are done.

A round names reports and coders; the claims are those that the reports have when it is made.  The log gets the digest
of every answer, and the answer itself stands in a table of its own, so that reading the log shows nobody what another
said.  When all have answered for every claim the round is closed: answers can no longer be changed, the agreement is
counted, and where coders differ somebody may decide, which corrects the claim.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from dateline.errors import StoreError, UsageError
from dateline.store import schema as s
from dateline.store.agreement import Difference, alphas, differences
from dateline.store.engine import reading
from dateline.store.index import chunks
from dateline.store.keep import Store
from dateline.store.review import Judged, judge, standing
from dateline.store.verdicts import plain

FIELDS = ("type", "modality", "background", "place", "time", "agents", "targets", "figures")
"""The fields that are coded; a type of None says that there is no event."""

_MOST = 5_000  # claims of a round


@dataclass(frozen=True, slots=True)
class Round:
    """A round of double coding; ``claims`` is claim → its report, in order of the texts."""

    name: str
    seq: int
    reports: tuple[str, ...]
    claims: Mapping[str, str]
    coders: tuple[str, ...]
    done: Mapping[str, int]

    @property
    def closed(self) -> bool:
        """Whether all coders have answered for every claim."""
        return all(n == len(self.claims) for n in self.done.values())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round that is closed found; ``settled`` is (claim, field) → the log's entry that decided it."""

    alpha: Mapping[str, float | None]
    disagreements: tuple[Difference, ...]
    settled: Mapping[tuple[str, str], int]


def make(store: Store, name: str, reports: Sequence[str], coders: Sequence[str], why: str = "") -> Round:
    """Begin a round.

    Raises:
        StoreError: there is a round of this name, or a report is none.
        UsageError: fewer than two coders, no claims, or too many.
    """
    if not name.strip() or len(name) > 100 or "/" in name:
        raise UsageError("a short name without / is wanted", field="name")
    people = tuple(dict.fromkeys(coders))
    if len(people) < 2 or not all(p.strip() for p in people):
        raise UsageError("two coders at least are wanted", field="coders")
    texts = tuple(dict.fromkeys(reports))
    with store.change(why) as (connection, writer, _):
        if connection.execute(select(s.rounds.c.round).where(s.rounds.c.round == name)).first():
            raise StoreError(f"there is a round {name!r} already", path=store.path)
        claims = _claims(connection, texts, store.path)
        if not 0 < len(claims) <= _MOST:
            raise UsageError(f"the reports have {len(claims)} claims; 1 to {_MOST} are wanted", field="reports")
        body = {"reports": texts, "claims": list(claims), "coders": people}
        seq = writer.add("round", name, body)
        row = {"round": name, "seq": seq} | {k: json.dumps(v) for k, v in (body | {"claims": claims}).items()}
        connection.execute(insert(s.rounds), row)
    return Round(name, seq, texts, claims, people, dict.fromkeys(people, 0))


def _claims(connection: Connection, reports: Sequence[str], path: str) -> dict[str, str]:
    """The current claims of reports, each with its report."""
    from dateline.store.index import coded_from

    c, k = s.current.c, s.codings.c
    found = {}
    for some in chunks(reports):
        query = select(c.report, k.body).where(c.report.in_(some), k.coding == c.coding)
        found.update({r.report: coded_from(r.body).claims for r in connection.execute(query)})
    if missing := [r for r in reports if r not in found]:
        raise StoreError(f"no report {missing[0]}", path=path)
    return {claim.id: r for r in reports for claim in found[r]}


def answer(store: Store, name: str, claim: str, coder: str, given: Mapping[str, Any]) -> int:
    """Keep what a coder says of a claim, in place of what they said before; the log entry's number.

    Args:
        given: field → value, as for a correction; a field left out is missing, a type of None says that there is
            no event.

    Raises:
        StoreError: there is no such round or claim, the coder is none of it, or it is closed.
        UsageError: a field is wrong.
    """
    found = find(store, name)
    _check_claim(found, claim, store.path)
    values = _answered(store, claim, given)
    body = json.dumps({"fields": values, "salt": secrets.token_hex(16)}).encode()
    digest = hashlib.sha256(body).hexdigest()
    with store.change() as (connection, writer, _):
        now = _find(connection, name, store.path)
        if coder not in now.coders:
            raise StoreError(f"{coder} is no coder of the round {name!r}", path=store.path)
        if now.closed:
            raise StoreError(f"the round {name!r} is closed: all have answered", path=store.path)
        seq = writer.add("answer", name, {"claim": claim, "coder": coder, "sha256": digest})
        row = {"seq": seq, "round": name, "claim": claim, "coder": coder, "sha256": digest, "body": body}
        connection.execute(insert(s.answers), row)
    return seq


def _answered(store: Store, claim: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """An answer's values as JSON has them."""
    from dateline.store.fields import values
    from dateline.store.wording import read_closely

    if not given:
        raise UsageError("some field is wanted", field="fields")
    if unknown := sorted(set(given) - set(FIELDS)):
        raise UsageError(f"is not coded in rounds; {', '.join(FIELDS)} are", field=unknown[0])
    if "type" in given and given["type"] is None:
        if len(given) > 1:
            raise UsageError("where there is no event there are no other fields", field="type")
        return {"type": None}
    at = standing(store, claim)
    return {k: plain(v) for k, v in values(given, at.claim, at.coded.claims, read_closely(at.report)).items()}


def adjudicate(store: Store, name: str, claim: str, field: str, value: Any, why: str = "") -> Judged:
    """Decide a field of a claim after a round: a correction, or, where there is no event (type None), a rejection.

    Args:
        value: as for a correction, or exactly what one of the coders gave.

    Raises:
        StoreError: there is no such round or claim, or the round is not closed.
        UsageError: the field or its value is wrong.
    """
    found = find(store, name)
    _check_claim(found, claim, store.path)
    if not found.closed:
        raise StoreError(f"the round {name!r} is not closed: not all have answered", path=store.path)
    if field not in FIELDS:
        raise UsageError(f"{field!r} is not coded in rounds; {', '.join(FIELDS)} are", field="field")
    more = {"round": name, "field": field}
    if field == "type" and value is None:
        return judge(store, claim, "reject", why=why, more=more)
    with reading(store.engine) as connection:
        said = _answers(connection, name).get(claim, {})
    return judge(
        store, claim, "correct", {field: value}, why, more, taken=[a[field] for a in said.values() if field in a]
    )


def _check_claim(found: Round, claim: str, path: str) -> None:
    if claim not in found.claims:
        raise StoreError(f"no claim {claim} in the round {found.name!r}", path=path)


# ------------------------------------------------------------------------------------------------- reading


def rounds(store: Store) -> list[Round]:
    """All rounds, the oldest first."""
    with reading(store.engine) as connection:
        return [_round(connection, r) for r in connection.execute(select(s.rounds).order_by(s.rounds.c.seq)).all()]


def find(store: Store, name: str) -> Round:
    """The round of a name.

    Raises:
        StoreError: there is none.
    """
    with reading(store.engine) as connection:
        return _find(connection, name, store.path)


def _find(connection: Connection, name: str, path: str) -> Round:
    row = connection.execute(select(s.rounds).where(s.rounds.c.round == name)).first()
    if row is None:
        raise StoreError(f"no round {name!r}", path=path)
    return _round(connection, row)


def _round(connection: Connection, row: Any) -> Round:
    a = s.answers.c
    done = dict.fromkeys(json.loads(row.coders), 0)
    for r in connection.execute(select(a.coder, a.claim).where(a.round == row.round).distinct()):
        done[r.coder] += 1
    claims, reports = json.loads(row.claims), tuple(json.loads(row.reports))
    return Round(row.round, row.seq, reports, claims, tuple(done), done)


def _answers(connection: Connection, name: str) -> dict[str, dict[str, dict[str, Any]]]:
    a = s.answers.c
    out: dict[str, dict[str, dict[str, Any]]] = {}
    for r in connection.execute(select(s.answers).where(a.round == name).order_by(a.seq)):
        out.setdefault(r.claim, {})[r.coder] = json.loads(r.body)["fields"]
    return out


def own_answers(store: Store, name: str, coder: str) -> dict[str, dict[str, Any]]:
    """What one coder said so far: claim → field → value."""
    with reading(store.engine) as connection:
        return {c: given[coder] for c, given in _answers(connection, name).items() if coder in given}


def outcome(store: Store, name: str) -> Outcome | None:
    """What a round found; None until all have answered.

    Raises:
        StoreError: there is no such round.
    """
    with reading(store.engine) as connection:
        found = _find(connection, name, store.path)
        if not found.closed:
            return None
        given = _answers(connection, name)
        settled = _settled(connection, found)
    return Outcome(alphas(given, FIELDS, found.coders), tuple(differences(given, FIELDS)), settled)


def _settled(connection: Connection, found: Round) -> dict[tuple[str, str], int]:
    v, g = s.verdicts.c, s.log.c
    out = {}
    query = select(v.claim, v.seq, g.body).where(v.seq > found.seq, v.undone.is_(None), g.seq == v.seq)
    for r in connection.execute(query.order_by(v.seq)):
        body = json.loads(r.body)
        if body.get("round") == found.name:
            out[(r.claim, body["field"])] = r.seq
    return out
