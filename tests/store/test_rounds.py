"""Double coding: blind until all are done, agreement as it is counted by hand, and what is decided after it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from examples import claim, coded, span, whole
from kept import received
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dateline.errors import StoreError, UsageError
from dateline.store import Store, verify
from dateline.store.agreement import alpha, alphas, differences
from dateline.store.log import entries
from dateline.store.review import standing
from dateline.store.rounds import adjudicate, answer, find, make, outcome, own_answers, rounds

AGENCY = "kafr-nabl-agency"


def test_alpha_is_what_is_counted_by_hand() -> None:
    """Pairs within units: a-a 3 (of three coders), a-b and b-a 1 each, b-b 2; a stands 4 times, b 3 times in 7.

    Observed disagreement 2/7, expected 2·4·3/(7·6) = 4/7, so alpha is 1 - 1/2.  The last unit has one answer and
    counts for nothing.
    """
    units = [["a", "a", "a"], ["a", "b", None], ["b", None, "b"], ["a", None, None]]
    assert alpha(units) == pytest.approx(0.5)
    assert alpha(units[:3]) == pytest.approx(0.5)
    assert alpha([["a", "a"], ["b", "b"]]) == pytest.approx(1.0)
    assert alpha([["a", "b"], ["b", "a"]]) == pytest.approx(1 - 1 / (2 * 2 * 2 / 12))


@pytest.mark.parametrize("units", [[], [["a", None]], [["a", "a"], ["a", "a"]], [[None, None]]])
def test_alpha_that_is_not_defined_is_none(units: list[list[str | None]]) -> None:
    assert alpha(units) is None


PLACE = {"text": "Homs", "name": "Homs", "geonameid": 7, "country": "SYR"}
ACTOR = {"text": "the army", "name": "the army", "country": "SYR", "sector": "MIL", "group": "", "actor_id": None}


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("place", PLACE, PLACE | {"text": "Hims", "name": "Hims"}, True),
        ("place", PLACE, PLACE | {"geonameid": 8}, False),
        ("place", PLACE | {"geonameid": None}, PLACE | {"geonameid": None, "name": "HOMS"}, True),
        ("place", PLACE, None, False),
        ("place", None, None, True),
        ("agents", [ACTOR], [ACTOR | {"text": "its troops", "name": "its troops"}], True),
        ("agents", [ACTOR], [ACTOR | {"country": "RUS"}], False),
        ("agents", [ACTOR, ACTOR | {"country": "RUS"}], [ACTOR | {"country": "RUS"}, ACTOR], True),
        ("agents", [ACTOR], [], False),
        ("background", True, False, False),
        ("time", {"earliest": "2020-01-01", "latest": None}, {"earliest": "2020-01-01", "latest": None}, True),
        ("time", {"earliest": "2020-01-01", "latest": None}, None, False),
    ],
)
def test_what_counts_as_the_same_answer(field: str, one: Any, other: Any, same: bool) -> None:
    answers = {"c": {"ada": {field: one}, "ben": {field: other}}}
    assert (differences(answers, [field]) == []) is same


def test_a_field_left_out_is_missing_and_null_is_a_value() -> None:
    answers = {
        "c1": {"ada": {"place": None}, "ben": {"place": None}},
        "c2": {"ada": {"place": PLACE}, "ben": {}},
        "c3": {"ada": {"place": PLACE}, "ben": {"place": PLACE}},
    }
    assert alphas(answers, ["place", "time"], ["ada", "ben"]) == {"place": 1.0}
    assert differences(answers, ["place"]) == []


# ------------------------------------------------------------------------------------------------- a round


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "s.db"), by="lead") as store:
        store.add(received(*coded()))
        yield store


def mine(store: Store, name: str, coder: str, **special: dict[str, Any]) -> None:
    """Answers for every claim: what the program says, but for some claims."""
    for id in find(store, name).claims:
        c = standing(store, id).claim
        answer(store, name, id, coder, special.get(id, {"type": c.type, "modality": c.modality}))


def test_nobody_sees_another_s_answers_until_all_are_done(desk: Store) -> None:
    r = make(desk, "first", [AGENCY], ["ada", "ben"], "to see how we agree")
    assert list(r.claims) == [c.id for x in coded() if x.report.id == AGENCY for c in x.claims]
    assert [x.name for x in rounds(desk)] == ["first"]
    ids = list(r.claims)
    mine(desk, "first", "ada")
    answer(desk, "first", ids[0], "ben", {"type": "protest"})
    now = find(desk, "first")
    assert (now.done, now.closed, outcome(desk, "first")) == ({"ada": len(ids), "ben": 1}, False, None)
    assert own_answers(desk, "first", "ben") == {ids[0]: {"type": "protest"}}
    assert own_answers(desk, "first", "cleo") == {}
    with desk.engine.connect() as connection:
        logged = [e.body for e in entries(connection) if e.action == "answer"]
    assert len(logged) == len(ids) + 1
    assert not any("protest" in body or "fields" in body for body in logged)
    assert len({json.loads(body)["sha256"] for body in logged}) == len(logged)
    with pytest.raises(StoreError, match="not closed"):
        adjudicate(desk, "first", ids[0], "type", "protest")
    assert whole(desk)


def test_agreement_differences_and_what_is_decided(desk: Store) -> None:
    make(desk, "first", [AGENCY], ["ada", "ben"])
    ids = list(find(desk, "first").claims)
    before = standing(desk, ids[0]).claim
    fields = {"type": "protest", "modality": "denied", "place": span(AGENCY, "Idlib"), "agents": []}
    mine(desk, "first", "ada")
    mine(desk, "first", "ben", **{ids[0]: fields, ids[1]: {"type": None}})
    with pytest.raises(StoreError, match="closed"):
        answer(desk, "first", ids[0], "ada", {"type": "protest"})
    found = outcome(desk, "first")
    assert found is not None
    assert set(found.alpha) == {"type", "modality", "place", "agents"}
    assert found.alpha["place"] is None
    assert found.alpha["type"] is not None
    assert found.alpha["type"] < 1
    assert [(d.claim, d.field) for d in found.disagreements] == sorted(
        [(ids[0], "type"), (ids[0], "modality"), (ids[1], "type")], key=lambda x: (x[0], x[1] != "type")
    )
    values = next(d.values for d in found.disagreements if (d.claim, d.field) == (ids[0], "modality"))
    assert values == {"ada": before.modality, "ben": "denied"}
    done = adjudicate(desk, "first", ids[0], "modality", "denied", "ben has it")
    assert done.claim.modality == standing(desk, ids[0]).claim.modality == "denied"
    kept = adjudicate(desk, "first", ids[0], "type", before.type, "ada has it")
    assert kept.claim.type == before.type
    out = adjudicate(desk, "first", ids[1], "type", None, "no event")
    assert standing(desk, ids[1]).rejected
    found = outcome(desk, "first")
    assert found is not None
    assert found.settled == {
        (ids[0], "modality"): done.seq,
        (ids[0], "type"): kept.seq,
        (ids[1], "type"): out.seq,
    }
    assert whole(desk)
    for seq in (out.seq, kept.seq, done.seq):
        desk.undo(seq, "")
    assert standing(desk, ids[0]).claim == before
    found = outcome(desk, "first")
    assert found is not None
    assert found.settled == {}


def test_a_coder_s_value_can_be_taken_over_whole(desk: Store) -> None:
    make(desk, "first", [AGENCY], ["ada", "ben"])
    (id, *_) = find(desk, "first").claims
    mine(desk, "first", "ada", **{id: {"place": None, "agents": []}})
    mine(desk, "first", "ben", **{id: {"place": span(AGENCY, "Idlib"), "agents": [span(AGENCY, "A military source")]}})
    found = outcome(desk, "first")
    assert found is not None
    values = {d.field: d.values["ben"] for d in found.disagreements}
    assert values["place"]["country"] == "SYR"
    assert adjudicate(desk, "first", id, "place", values["place"]).claim.place is not None
    now = adjudicate(desk, "first", id, "agents", values["agents"]).claim
    assert [a.text for a in now.agents] == ["A military source"]
    assert whole(desk)


def test_what_makes_no_sense_is_refused(desk: Store) -> None:
    for name, reports, coders in (
        ("", [AGENCY], ["ada", "ben"]),
        ("a/b", [AGENCY], ["ada", "ben"]),
        ("r", [AGENCY], ["ada", "ada"]),
        ("r", [], ["ada", "ben"]),
        ("r", ["nothing"], ["ada", "ben"]),
    ):
        with pytest.raises((UsageError, StoreError)):
            make(desk, name, reports, coders)
    make(desk, "r", [AGENCY], ["ada", "ben"])
    (id, *_) = find(desk, "r").claims
    other = claim("mellit-lawyers", "air strike").id
    for wrong in (
        lambda: make(desk, "r", [AGENCY], ["ada", "ben"]),
        lambda: find(desk, "other"),
        lambda: answer(desk, "r", other, "ada", {"type": "protest"}),
        lambda: answer(desk, "r", id, "cleo", {"type": "protest"}),
        lambda: answer(desk, "r", id, "ada", {}),
        lambda: answer(desk, "r", id, "ada", {"sources": []}),
        lambda: answer(desk, "r", id, "ada", {"type": "picnic"}),
        lambda: answer(desk, "r", id, "ada", {"type": None, "place": None}),
        lambda: answer(desk, "r", id, "ada", {"place": {"start": 3, "end": 2}}),
    ):
        with pytest.raises((UsageError, StoreError)):
            wrong()
    assert find(desk, "r").done == {"ada": 0, "ben": 0}
    assert whole(desk)


def test_answers_are_kept_for_good_and_proved(desk: Store, tmp_path: Path) -> None:
    make(desk, "r", [AGENCY], ["ada", "ben"])
    (id, *_) = find(desk, "r").claims
    answer(desk, "r", id, "ada", {"type": "protest"})
    answer(desk, "r", id, "ada", {"type": "advance"})
    assert own_answers(desk, "r", "ada") == {id: {"type": "advance"}}
    assert find(desk, "r").done["ada"] == 1
    with pytest.raises(DBAPIError, match="kept for good"), desk.engine.connect() as c, c.begin():
        c.execute(text("DELETE FROM answers"))
    connection = sqlite3.connect(tmp_path / "s.db")
    connection.execute("DROP TRIGGER answers_no_update")
    connection.execute("UPDATE answers SET body = CAST(replace(body, 'advance', 'capture') AS BLOB)")
    connection.commit()
    connection.close()
    assert any(f.where.startswith("answer ") for f in verify(desk.engine).faults)


def test_a_round_on_every_kind_of_store(store: Store) -> None:
    store.add(received(*coded()))
    make(store, "both", [AGENCY], ["ada", "ben"])
    mine(store, "both", "ada")
    mine(store, "both", "ben")
    found = outcome(store, "both")
    assert found is not None
    assert found.disagreements == ()
    assert set(found.alpha) == {"type", "modality"}
    assert found.alpha["type"] == 1.0
    assert whole(store)
