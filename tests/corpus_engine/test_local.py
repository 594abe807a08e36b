"""The pieces of the local engine, without its processes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.corpus.batch import Settings, code_batch
from dateline.corpus.local import CAREFUL, Task, _Pool
from dateline.corpus.shards import BYTES, digest, pack, shards, unpack
from dateline.read.items import Item


def items(count: int, size: int = 10) -> list[Item]:
    return [Item("line", f"x:{n}", f"line {n}", b"{}" + str(n).encode(), size=size) for n in range(count)]


@given(st.lists(st.integers(0, 2 * BYTES), max_size=40), st.integers(1, 7))
def test_shards_hold_every_item_once_in_order(sizes: list[int], most: int) -> None:
    given_items = [Item("line", "x", str(n), size=size) for n, size in enumerate(sizes)]
    cut = list(shards(given_items, most))
    assert [i for s in cut for i in s.items] == given_items
    assert [s.number for s in cut] == list(range(len(cut)))
    assert all(0 < len(s.items) <= most for s in cut)
    assert all(len(s.items) == 1 or sum(i.size for i in s.items) <= BYTES for s in cut)


def test_a_digest_knows_bytes_and_places() -> None:
    one, two = items(2)
    assert digest([one, two]) == digest([one, two]) != digest([two, one])
    assert digest([one]) != digest([Item("line", "x:0", "line 0", b"{}1", size=10)])


def test_a_shard_travels() -> None:
    (shard,) = shards(items(3))
    assert unpack(pack(shard)) == shard


def test_a_shard_that_ends_workers_is_coded_with_care_and_its_item_left_out() -> None:
    pool = _Pool(Settings(), "nowhere", 1)
    (shard,) = shards(items(3))
    task = Task(shard)
    for n in range(1, CAREFUL + 1):
        assert not task.careful
        task = pool._after_death(task, None)
        assert task.careful == (n == CAREFUL)
    task = pool._after_death(task, 1)
    assert task.skip == {1}
    assert pool._after_death(task, 2).skip == {1, 2}


def test_an_item_left_out_is_put_aside_by_its_name() -> None:
    told: list[int] = []
    text = '{{"id": "{}", "text": "Rebels shelled the army base in Gao on Monday, killing two soldiers, residents told the radio."}}'
    given_items = [Item("line", f"x:{n}", f"line {n}", text.format(n).encode()) for n in range(3)]
    batch = code_batch(given_items, Settings(), frozenset({1}), told.append)
    assert told == [0, 2]
    assert batch.tally.reports == 2
    assert batch.tally.rejects == {"crashed": 1}
    assert b'"line 1"' in batch.rejects[0]


def test_a_reader_that_trips_puts_its_item_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        __import__("dateline.read.items", fromlist=["READERS"]).READERS, "odd", "tests.corpus_engine.test_local:trip"
    )
    batch = code_batch([Item("odd", "x", "n"), *items(1)], Settings())
    assert batch.tally.rejects == {"failed": 1, "malformed": 1}


def trip(item: Item, options: object) -> None:
    raise RuntimeError("tripped")
