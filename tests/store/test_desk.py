"""The queue, links, comments, and any sequence of acts with its undoing."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from examples import claim, coded, span, standing, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import events, received

from dateline.errors import DatelineError, StoreError, UsageError
from dateline.reconcile import reconcile
from dateline.store import Store
from dateline.store.desk import queue
from dateline.store.review import acts, comment, judge, reviewed
from dateline.store.weighing import CONTESTED, DOUBT, HARM, UNSEEN, own_weight, weights
from making import claim as told
from making import report

CONVOY = "saraqeb-convoy"


# ------------------------------------------------------------------------------------------------- the queue


def test_the_queue_begins_with_what_matters(store: Store) -> None:
    store.add(
        received(
            report("quiet", told("protest", at="Raqqa"), outlet="One"),
            report("deadly", told(at="Mosul", killed=80, on="2020-01-05"), outlet="One"),
            report("unsure", told("advance", at="Binnish", confidence=0.2), outlet="One"),
            report("yes", told(killed=5, by=["army"]), outlet="Two"),
            report("no", told(killed=5, by=["army"], modality="denied"), outlet="Three"),
        )
    )
    assert [e.status for e in events(store) if len(e.claims) == 2] == ["contested"]
    page = queue(store)
    assert [(i.report, i.reasons) for i in page.items] == [
        ("no", (CONTESTED, UNSEEN)),
        ("yes", (CONTESTED, UNSEEN)),
        ("deadly", (HARM, UNSEEN)),
        ("unsure", (DOUBT, UNSEEN)),
        ("quiet", (UNSEEN,)),
    ]
    w = weights()
    assert page.items[0].weight == pytest.approx(own_weight(0.9, 5) + w.contested)
    assert page.items[2].weight == pytest.approx(w.doubt * 0.1 + w.harm * 1.908485, abs=1e-5)
    judge(store, "deadly.0", "accept")
    assert [i.report for i in queue(store).items] == ["no", "yes", "unsure", "quiet"]
    seen = queue(store, seen=True)
    assert (seen.total, seen.items[2].reasons) == (5, (HARM,))
    store.retract("no", "withdrawn")
    assert [(i.report, i.reasons) for i in queue(store).items][1:] == [("yes", (UNSEEN,)), ("quiet", (UNSEEN,))]


def test_pages_of_the_queue_are_the_whole(store: Store) -> None:
    store.add(received(*coded()))
    everything = queue(store, limit=1000)
    assert everything.next is None
    assert everything.total == len(everything.items) == store.count()["claims"]
    found, cursor = [], ""
    while True:
        page = queue(store, limit=7, cursor=cursor)
        assert page.total == everything.total
        found += page.items
        if page.next is None:
            break
        cursor = page.next
    assert tuple(found) == everything.items
    some = [e.id for e in events(store)][:5]
    few = queue(store, some)
    assert {i.event for i in few.items} == set(some)
    assert few.items == tuple(i for i in everything.items if i.event in some)
    assert queue(store, []).total == 0
    for wrong in ("x", "W10", "bnVsbA"):
        with pytest.raises(UsageError, match="given out"):
            queue(store, cursor=wrong)


def test_a_verdict_undone_brings_the_claim_back_into_the_queue(file: Store) -> None:
    file.add(received(*coded()))
    first = queue(file).items[0]
    done = judge(file, first.claim, "accept", why="seen")
    assert first.claim not in {i.claim for i in queue(file, limit=1000).items}
    at = reviewed(file, [first.claim])[first.claim]
    assert (at.verdict, at.by, at.why) == ("accept", "tester", "seen")
    file.undo(done.seq, "")
    assert queue(file).items[0] == first


# ------------------------------------------------------------------------------------------------- links


def test_links_hold_and_overrule_one_another(store: Store) -> None:
    three = [report(n, told(killed=12), outlet=n) for n in "abc"]
    other = report("d", told("protest", at="Raqqa", on="2020-01-01"), outlet="d")
    store.add(received(*three, other))
    before = events(store)
    must = store.link("a.0", "d.0", "must", "one day")
    assert together(store, "a.0", "d.0")
    cannot = store.link("a.0", "d.0", "cannot", "two days")
    assert events(store) == before
    store.undo(cannot, "one, after all")
    assert together(store, "a.0", "d.0")
    store.undo(must, "two, after all")
    assert events(store) == before
    store.link("a.0", "b.0", "cannot", "two strikes")
    assert not together(store, "a.0", "b.0")
    store.link("b.0", "a.0", "must", "one strike")
    assert together(store, "a.0", "b.0")
    assert whole(store)


def test_a_chain_of_links_that_stands_against_one_is_named(file: Store) -> None:
    file.add(
        received(
            *(
                report(n, told(at=t, killed=12), outlet=n)
                for n, t in zip("abc", ("Mosul", "Raqqa", "Aleppo"), strict=True)
            )
        )
    )
    one, two = file.link("a.0", "b.0", "must", ""), file.link("b.0", "c.0", "must", "")
    assert together(file, "a.0", "c.0")
    with pytest.raises(StoreError, match=f"{one}, {two}"):
        file.link("a.0", "c.0", "cannot", "")
    file.undo(two, "")
    file.link("a.0", "c.0", "cannot", "")
    file.link("b.0", "c.0", "must", "c is with b, which is with a: this is newer")
    assert together(file, "a.0", "c.0")
    for a, b, kind in (("a.0", "a.0", "must"), ("a.0", "x", "must"), ("a.0", "b.0", "maybe")):
        with pytest.raises(StoreError):
            file.link(a, b, kind, "")


def together(store: Store, *claims: str) -> bool:
    return any(set(claims) <= set(e.claims) for e in events(store))


# ------------------------------------------------------------------------------------------------- comments


def test_comments_stand_in_the_log_and_can_be_taken_back(file: Store) -> None:
    file.add(received(*coded()))
    id = claim(CONVOY, "entered").id
    seq = comment(file, id, "Which bank of the river?")
    other = comment(file, CONVOY, "A late copy.")
    (entry,) = acts(file, id)
    assert (entry.seq, entry.action, json.loads(entry.body)) == (seq, "comment", {"text": "Which bank of the river?"})
    file.undo(seq, "answered")
    assert [e.action for e in acts(file, id)] == ["comment", "undo"]
    assert [e.seq for e in acts(file)] == [seq, other, seq + 2]
    with pytest.raises(StoreError, match="not in force"):
        file.undo(seq, "")
    for subject, text in (("nothing", "x"), (id, "  "), (id, "x" * 20_000)):
        with pytest.raises(DatelineError):
            comment(file, subject, text)
    for seq in (1, 10_000):
        with pytest.raises(StoreError):
            file.undo(seq, "")
    assert whole(file)


def test_the_log_of_an_event_has_what_was_done_to_its_claims(file: Store) -> None:
    file.add(received(*coded()))
    one, two = events(file)[:2]
    merged = file.merge([one.id, two.id], "the same")
    (event,) = [e for e in events(file) if set(one.claims) <= set(e.claims)]
    done = judge(file, two.claims[0], "accept")
    assert {e.seq for e in acts(file, event.id)} >= {merged, done.seq}
    assert [e.seq for e in acts(file, two.claims[0])] == [merged, done.seq]
    assert [e.seq for e in acts(file, after=merged)] == [done.seq]
    file.undo(merged, "no")
    assert whole(file)


# ------------------------------------------------------------------------------------------------- any sequence

MELLIT = ("mellit-lawyers", "mellit-radio", "mellit-rsf")
_STEP = st.tuples(
    st.sampled_from(["accept", "reject", "correct", "merge", "split", "must", "cannot", "comment"]),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)


def act(store: Store, kind: str, a: int, b: int) -> int | None:
    """Do something to claims that the numbers pick; its number in the log, None where it makes no sense."""
    known = [(c.report.id, x.id) for c in coded(*MELLIT) for x in c.claims]
    (text, one), (_, other) = known[a % len(known)], known[b % len(known)]
    try:
        if kind in ("accept", "reject"):
            return judge(store, one, kind, why="by lot").seq  # type: ignore[arg-type]
        if kind == "correct":
            return judge(store, one, "correct", _fields(text, b), "by lot").seq
        if kind == "merge":
            return store.merge([one, other], "by lot")
        if kind == "split":
            event = next(e for e in events(store) if one in e.claims)
            return store.split(event.id, [one], "by lot")
        if kind in ("must", "cannot"):
            return store.link(one, other, kind, "by lot")
        return comment(store, one, "by lot")
    except (DatelineError, StopIteration):
        return None


def _fields(text: str, n: int) -> dict[str, Any]:
    (report,) = [c for c in coded(*MELLIT) if c.report.id == text]
    at = report.claims[n % len(report.claims)]
    words = {"start": at.trigger.start, "end": at.trigger.end}
    place = {"start": at.place.start, "end": at.place.end} if at.place else None
    return [
        {"type": "shelling", "modality": "denied"},
        {"place": place, "agents": []},
        {"trigger": words, "time": {"earliest": "2020-02-01", "latest": None}},
        {"figures": [{**words, "kind": "killed", "low": n % 90, "high": None}], "background": n % 2 == 0},
        {"targets": [words], "quoted": True},
    ][n % 5]


@settings(max_examples=15, deadline=None)
@given(st.lists(_STEP, min_size=1, max_size=8))
def test_any_acts_undone_in_reverse_leave_what_was_before(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder) / "s.db"), by="t") as store:
        store.add(received(*coded(*MELLIT)))
        before = standing(store)
        page = queue(store, limit=1000)
        done = []
        for step in steps:
            now = standing(store)
            seq = act(store, *step)
            if seq is None:
                assert standing(store) == now
            else:
                done.append((seq, now))
            assert whole(store)
        for seq, then in reversed(done):
            store.undo(seq, "back")
            assert standing(store) == then
            assert whole(store)
        assert standing(store) == before
        assert queue(store, limit=1000) == page


@settings(max_examples=10, deadline=None)
@given(st.lists(_STEP, min_size=1, max_size=6))
def test_verdicts_alone_give_the_events_of_what_stands(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder) / "s.db"), by="t") as store:
        store.add(received(*coded(*MELLIT)))
        for kind, a, b in steps:
            act(store, kind if kind in ("accept", "reject") else "correct", a, b)
        counted, found = standing(store)
        assert found == reconcile(counted)


# ------------------------------------------------------------------------------------------------- proof


def test_a_verdict_changed_behind_the_store_s_back_is_found(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with Store(str(path), by="t") as store:
        store.add(received(*coded()))
        judge(store, claim(CONVOY, "entered").id, "correct", {"agents": [span(CONVOY, "Turkish artillery")]})
        assert whole(store)
    for change in (
        "UPDATE verdicts SET undone = 7",
        "UPDATE verdicts SET fields = '{}'",
        "UPDATE verdicts SET claim = 'x'",
        "DELETE FROM verdicts",
    ):
        copy = tmp_path / "copy.db"
        copy.write_bytes(path.read_bytes())
        connection = sqlite3.connect(copy)
        connection.execute(change)
        connection.commit()
        connection.close()
        with Store(str(copy)) as store:
            assert not whole(store), change


def test_the_migration_weighs_the_claims_of_an_older_store(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with Store(str(path), by="t") as store:
        store.add(received(*coded()))
        before = queue(store, limit=1000)
    connection = sqlite3.connect(path)
    for index in ("claims_queue", "log_acts"):
        connection.execute(f"DROP INDEX {index}")
    for table, column in [("current", "base"), *(("claims", c) for c in COLUMNS)]:
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("verdicts", "rounds", "answers"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.commit()
    connection.close()
    with Store(str(path)) as store:
        assert queue(store, limit=1000) == before
        assert whole(store)


COLUMNS = ("confidence", "people", "own", "weight", "reviewed")
