"""Double coding: rounds of named coders, blind to one another until all are done, and what came of them."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, Field

from dateline.serve.auth import Person, Reviewer
from dateline.serve.bodies import Id, Reason, Strict, found
from dateline.serve.state import acting, store_of
from dateline.serve.wire import Plain, answer, errors
from dateline.store import Store, rounds
from dateline.store.accounts import ROLES, list_accounts
from dateline.store.rounds import Round
from dateline.types import Claim

router = APIRouter(prefix="/rounds", tags=["rounds"])
_ASKS = errors(401, 403)
_ONE = errors(401, 403, 404)
_CHANGES = errors(401, 403, 404, 409)
Coder = Annotated[Plain, Field(min_length=1, max_length=64)]


class NewRound(Strict):
    name: Annotated[Plain, Field(min_length=1, max_length=100)]
    reports: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    coders: Annotated[list[Coder], Field(min_length=2, max_length=20)]
    reason: Reason = ""


class Answer(Strict):
    """As for a correction; a field that is left out is missing, a type of null says that there is no event."""

    fields: dict[str, Any]


class Decision(Strict):
    """``value`` is as for a correction, or exactly what one of the coders gave."""

    claim: Id
    field: Annotated[Plain, Field(max_length=40)]
    value: Any
    reason: Reason = ""


class RoundItem(BaseModel):
    name: str
    reports: list[str]
    coders: list[str]
    claims: int
    done: dict[str, int]
    closed: bool


class Rounds(BaseModel):
    items: list[RoundItem]


class RoundClaim(BaseModel):
    claim: str
    report: str


class Difference(BaseModel):
    """``settled`` is the log's entry that decided it."""

    report: str
    claim: str
    field: str
    values: dict[str, Any]
    settled: int | None


class RoundDetail(BaseModel):
    """``answers`` are those of who asks; ``alpha`` and ``disagreements`` are there when all are done."""

    name: str
    reports: list[str]
    coders: list[str]
    claims: list[RoundClaim]
    done: dict[str, int]
    closed: bool
    answers: dict[str, dict[str, Any]]
    alpha: dict[str, float | None] | None
    disagreements: list[Difference]


class Answered(BaseModel):
    seq: int
    done: dict[str, int]


class Settled(BaseModel):
    seq: int
    claim: Claim
    event: str | None


@router.get("", response_model=Rounds, responses=_ASKS)
def all_rounds(request: Request, person: Reviewer) -> Response:
    """All rounds, the oldest first."""
    return answer({"items": [_short(r) for r in rounds.rounds(store_of(request))]})


def _short(r: Round) -> dict[str, Any]:
    return {
        "name": r.name,
        "reports": r.reports,
        "coders": r.coders,
        "claims": len(r.claims),
        "done": r.done,
        "closed": r.closed,
    }


@router.post("", response_model=RoundItem, responses=_CHANGES)
def make(request: Request, person: Reviewer, body: NewRound) -> Response:
    """Begin a round: these people code every claim that these reports have now."""
    store = acting(request, person.name)
    known = {a.name for a in list_accounts(store) if ROLES.index(a.role) >= ROLES.index("reviewer")}
    if known and (strangers := [c for c in body.coders if c not in known]):
        raise HTTPException(422, f"coders: {strangers[0]!r} is no account of a reviewer")
    return answer(_short(rounds.make(store, body.name, body.reports, body.coders, body.reason)))


@router.get("/{name}", response_model=RoundDetail, responses=_ONE)
def one(request: Request, person: Reviewer, name: str) -> Response:
    """A round.  Until all are done everyone sees only their own answers."""
    store = store_of(request)
    r = _find(store, name)
    outcome = rounds.outcome(store, name)
    differ = outcome.disagreements if outcome else ()
    settled = outcome.settled if outcome else {}
    body = _short(r) | {
        "claims": [{"claim": c, "report": report} for c, report in r.claims.items()],
        "answers": rounds.own_answers(store, name, person.name),
        "alpha": outcome.alpha if outcome else None,
        "disagreements": [
            {"report": r.claims[d.claim], "settled": settled.get((d.claim, d.field))} | msgspec.to_builtins(d)
            for d in differ
        ],
    }
    return answer(body)


@router.put("/{name}/claims/{id}", response_model=Answered, responses=_CHANGES)
def code(request: Request, person: Reviewer, name: str, id: str, body: Answer) -> Response:
    """What the one who asks says of a claim, in place of what they said before."""
    store = acting(request, person.name)
    r = _find(store, name)
    _check_claim(r, id)
    _check_coder(r, person)
    seq = rounds.answer(store, name, id, person.name, body.fields)
    return answer({"seq": seq, "done": rounds.find(store, name).done})


@router.post("/{name}/adjudicate", response_model=Settled, responses=_CHANGES)
def adjudicate(request: Request, person: Reviewer, name: str, body: Decision) -> Response:
    """Decide a field of a claim after a round, which corrects the claim (or, with a type of null, rejects it)."""
    store = acting(request, person.name)
    _check_claim(_find(store, name), body.claim)
    done = rounds.adjudicate(store, name, body.claim, body.field, body.value, body.reason)
    return answer({"seq": done.seq, "claim": done.claim, "event": done.event})


def _find(store: Store, name: str) -> Round:
    with found():
        return rounds.find(store, name)


def _check_claim(r: Round, claim: str) -> None:
    if claim not in r.claims:
        raise HTTPException(404, f"no claim {claim} in the round {r.name!r}")


def _check_coder(r: Round, person: Person) -> None:
    if person.name not in r.coders:
        raise HTTPException(403, f"{person.name} is no coder of the round {r.name!r}")
