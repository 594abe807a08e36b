"""Adding, correcting, retracting: the events follow, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import events, many, received, whole

from dateline.errors import StoreError
from dateline.store import Store, verify
from dateline.store.log import entries
from dateline.store.query import show
from making import claim, report


def test_the_same_report_twice_is_one(store: Store) -> None:
    coded = many(10)
    added = store.add(received(*coded))
    assert (added.new, added.corrected, added.known) == (10, 0, 0)
    added = store.add(received(*coded, *coded))
    assert (added.new, added.corrected, added.known) == (0, 0, 20)
    assert store.count() == {"reports": 10, "claims": 20, "events": len(whole(coded))}
    assert verify(store.engine).faults == ()


def test_twice_in_one_batch_is_one(file: Store) -> None:
    (coded,) = many(1)
    added = file.add(received(coded, coded))
    assert (added.new, added.corrected, added.known) == (1, 0, 1)


def test_one_by_one_gives_the_events_of_all_at_once(store: Store) -> None:
    coded = many(24)
    for c in reversed(coded):
        store.add(received(c))
    assert events(store) == whole(coded)


def test_a_corrected_report_changes_the_event_and_leaves_a_trace(store: Store) -> None:
    a, b = report("a", claim(killed=10), outlet="One"), report("b", claim(killed=10), outlet="Two")
    store.add(received(a, b))
    (before,) = events(store)
    new = report("b", claim(killed=30), outlet="Two", text="Another text.")
    added = store.add(received(new))
    assert (added.new, added.corrected) == (0, 1)
    assert events(store) == whole([a, new])
    (after,) = events(store)
    assert after.id == before.id
    history = show(store, after.id).history
    assert [e.action for e in history] == ["event", "event"]
    assert verify(store.engine).faults == ()


def test_a_retracted_report_leaves_its_events(store: Store) -> None:
    coded = many(8)
    store.add(received(*coded))
    store.retract("r0003", "the outlet withdrew it")
    assert events(store) == whole(c for c in coded if c.report.id != "r0003")
    with store.engine.connect() as connection:
        (entry,) = [e for e in entries(connection, "r0003") if e.action == "retract"]
    assert (entry.actor, entry.why) == ("tester", "the outlet withdrew it")
    assert store.report("r0003") == coded[3].report
    with pytest.raises(StoreError, match="retracted already"):
        store.retract("r0003", "again")
    store.add(received(coded[3]))
    assert events(store) == whole(coded)
    assert verify(store.engine).faults == ()


def test_an_event_that_ends_says_where_its_claims_went(file: Store) -> None:
    a, b = report("a", claim("air-strike", at="Idlib", on=None), published="2020-02-01"), report("b", claim(killed=9))
    file.add(received(a, b))
    first = {e.claims: e.id for e in events(file)}
    file.merge(list(first.values()), "the same")
    (event,) = events(file)
    gone = next(i for i in first.values() if i != event.id)
    with pytest.raises(StoreError, match=event.id):
        show(file, gone)


def test_raw_bytes_are_kept_as_received(file: Store) -> None:
    from hashlib import sha256

    from sqlalchemy import select

    from dateline.store.schema import raw

    (item,) = received(report("a", claim()))
    file.add([item])
    with file.engine.connect() as connection:
        (row,) = connection.execute(select(raw)).all()
    assert row.data == item.raw
    assert row.sha256 == sha256(item.raw).hexdigest()


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)), st.integers(1, 5), st.data())
def test_any_order_and_batches_give_the_same(order: list[int], batch: int, data: st.DataObject) -> None:
    import tempfile
    from pathlib import Path

    coded = many(12)
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder) / "s.db"), by="t") as store:
        store.add(received(*(coded[i] for i in order)), batch=batch)
        assert events(store) == whole(coded)
        gone = data.draw(st.sampled_from(coded))
        store.retract(gone.report.id, "no more")
        assert events(store) == whole(c for c in coded if c is not gone)
