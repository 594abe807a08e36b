"""A reviewer's decisions: obeyed, logged, reversible."""

from __future__ import annotations

import pytest
from kept import events, many, received, whole

from dateline.errors import StoreError
from dateline.store import Store, verify
from making import claim, report


def test_merge_then_split_is_the_identity(store: Store) -> None:
    coded = many(16)
    store.add(received(*coded))
    before = events(store)
    one, other = before[0], before[5]
    store.merge([one.id, other.id], "seen by eye")
    (merged,) = [e for e in events(store) if set(one.claims) <= set(e.claims)]
    assert set(merged.claims) == {*one.claims, *other.claims}
    assert len(events(store)) == len(before) - 1
    store.split(merged.id, one.claims, "seen again")
    assert events(store) == before
    assert verify(store.engine).faults == ()


def test_split_then_merge_and_undo(store: Store) -> None:
    coded = [report(n, claim(killed=12), outlet=n) for n in "abc"]
    store.add(received(*coded))
    (event,) = events(store)
    decision = store.split(event.id, ["b.0"], "another strike")
    assert sorted(len(e.claims) for e in events(store)) == [1, 2]
    store.undo(decision, "mistaken")
    assert events(store) == [event]
    with pytest.raises(StoreError, match="not in force"):
        store.undo(decision, "again")
    again = store.split(event.id, ["b.0"], "after all")
    parts = events(store)
    joined = store.merge([e.id for e in parts], "no, one")
    assert events(store) == [event]
    store.undo(joined, "the split holds")
    assert events(store) == parts
    assert again < joined


def test_a_decision_holds_for_reports_that_come_later(store: Store) -> None:
    a, b, c = (report(n, claim(killed=12), outlet=n) for n in "abc")
    store.add(received(a, b))
    (event,) = events(store)
    store.split(event.id, ["a.0"], "two strikes")
    store.add(received(c))
    assert not any({"a.0", "b.0"} <= set(e.claims) for e in events(store))
    assert sum(len(e.claims) for e in events(store)) == 3


def test_what_makes_no_sense_is_refused_and_changes_nothing(file: Store) -> None:
    coded = many(4)
    file.add(received(*coded))
    event = next(e for e in events(file) if len(e.claims) == 1)
    for wrong in (
        lambda: file.merge([event.id], ""),
        lambda: file.merge([event.id, "nothing"], ""),
        lambda: file.split(event.id, event.claims, ""),
        lambda: file.split(event.id, ["r9999.0"], ""),
        lambda: file.split("nothing", ["r0000.0"], ""),
        lambda: file.undo(12345, ""),
    ):
        with pytest.raises(StoreError):
            wrong()
    assert events(file) == whole(coded)
