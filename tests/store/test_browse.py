"""What lists are answered from: kept in step with the record, on SQLite and PostgreSQL alike, and made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kept import many, received
from sqlalchemy import MetaData, select

from dateline.errors import UsageError
from dateline.store import Store, schema
from dateline.store.browse import ALL, View, Wanted, bodies, chosen, page
from dateline.store.cards import cards, papers, refill, voices_of
from dateline.store.columns import Board
from dateline.store.counts import facets, histogram, places
from dateline.store.cursors import read_cursor, write_cursor
from dateline.store.engine import open_engine, reading, writing
from dateline.store.migrate import upgrade
from dateline.store.papers import Shelf
from dateline.store.query import Filters, find_claims, find_events
from dateline.store.snapshot import Snapshot
from dateline.store.windows import window
from making import claim, report


def rows_of(store: Store) -> list[list[tuple[Any, ...]]]:
    """Everything in both tables but the numbers."""
    out = []
    with reading(store.engine) as c:
        for table, key in ((cards, "event"), (papers, "report")):
            columns = [x for x in table.c if x.name not in ("number", "seq")]
            out.append([tuple(r) for r in c.execute(table.select().with_only_columns(*columns).order_by(table.c[key]))])
    return out


def same(a: Snapshot, b: Snapshot) -> None:
    """That two snapshots answer alike; numbers and codes may differ."""
    mask = np.ones(len(a.rows), np.bool_)
    assert a.rows.event.tolist() == b.rows.event.tolist()
    assert a.rows.title.tolist() == b.rows.title.tolist()
    assert a.queue.tolist() == b.queue.tolist()
    assert facets(a, mask) == facets(b, mask)
    assert histogram(a, mask, "month") == histogram(b, mask, "month")
    for row in range(len(a.rows)):
        assert sorted(a.words.voices.values[v] for v in a.voices.of(row)) == sorted(
            b.words.voices.values[v] for v in b.voices.of(row)
        )


def test_the_rows_are_kept_in_step(store: Store) -> None:
    board = Board(store)
    assert len(board.now().rows) == 0
    store.add(received(*many(12)))
    board.now()
    store.add(received(*many(8, 12)))
    store.add(received(report("r0003", claim("protest", at="Mosul", on="2020-03-03"), outlet="Else")))
    store.retract("r0005", "a test")
    ids = [e.id for e in find_events(store, Filters(type="air-strike"))]
    store.merge(ids[:2], "a test")
    same(board.now(), Board(store).now())
    assert {str(e) for e in board.now().rows.event} == {e.id for e in find_events(store)}
    kept = rows_of(store)
    with writing(store.engine) as c:
        refill(c)
    assert rows_of(store) == kept


@pytest.mark.filterwarnings("ignore:Did not recognize type")
def test_a_store_of_before_is_filled_when_it_is_opened(place: str, tmp_path: Path) -> None:
    engine = open_engine(place)
    upgrade(engine, "0002")
    with Store(str(tmp_path / "new.db"), by="tester") as new, reading(new.engine) as source, writing(engine) as c:
        new.add(received(*many(6)))
        old = MetaData()
        old.reflect(c)
        for table in old.sorted_tables:
            if table.name in schema.metadata.tables:
                rows = [
                    r._asdict()
                    for r in source.execute(
                        select(*(schema.metadata.tables[table.name].c[x.name] for x in table.c if x.name != "point"))
                    )
                ]
                if rows:
                    c.execute(table.insert(), rows)
        kept = rows_of(new)
    engine.dispose()
    with Store(place) as store:
        assert rows_of(store) == kept
        assert len(Board(store).now().rows) == len(kept[0]) > 0


@pytest.mark.parametrize(
    ("wanted", "reports"),
    [
        (Wanted(), "abcd"),
        (Wanted(place="saraqeb"), "ab"),
        (Wanted(place="1"), "ab"),
        (Wanted(country="IRQ"), "d"),
        (Wanted(box=(36, 35, 37, 36)), "ab"),
        (Wanted(box=(40, 30, 38, 40)), "abd"),
        (Wanted(types=("protest", "shelling")), "cd"),
        (Wanted(actor="isis"), "d"),
        (Wanted(actor="Russ"), "ab"),
        (Wanted(source="observatory"), "ab"),
        (Wanted(source="three"), "c"),
        (Wanted(statuses=("single-source",)), "cd"),
        (Wanted(since="2020-02-04"), "abc"),
        (Wanted(until="2020-02-03"), "d"),
        (Wanted(q="observatory"), "ab"),
        (Wanted(q="SARAQEB observ"), "ab"),
        (Wanted(q="obs saraqeb"), ""),
        (Wanted(q="raqqa"), "c"),
        (Wanted(q="isis mosul shelling"), "d"),
        (Wanted(q="nothing like it"), ""),
    ],
    ids=str,
)
def test_filters(store: Store, wanted: Wanted, reports: str) -> None:
    store.add(
        received(
            report("a", claim(killed=12, says="the Observatory"), outlet="One"),
            report("b", claim(killed=14, by=["Russia"]), outlet="Two"),
            report(
                "c", claim("protest", at="Raqqa", on=None, by=["civilians"]), published="2020-03-01", outlet="Three"
            ),
            report("d", claim("shelling", at="Mosul", on="2020-02-01/2020-02-03", by=["ISIS"]), published="2020-02-05"),
        )
    )
    now = Board(store).now()
    with reading(store.engine) as c:
        mask = chosen(c, now, wanted)
        found = bodies(c, now, np.flatnonzero(mask).tolist())
    assert len(found) == mask.sum()
    ids = {e.id: e for e in find_events(store)}
    told = {x[0] for id in now.rows.event[mask] for x in ids[str(id)].claims}
    assert "".join(sorted(told)) == reports


def test_reports_are_listed_and_searched(store: Store) -> None:
    store.add(
        received(*many(9), report("x", claim(), title="Zebras cross", text="Words 000. Lions roar.", published=None))
    )
    shelf = Shelf()
    with reading(store.engine) as c:
        seen, after = [], None
        for _ in range(4):
            found = shelf.page(c, limit=3, after=after)
            seen += [r.id for r, _ in found.reports]
            after = found.next
            assert found.total == 10
        assert after is None
        assert sorted(seen) == sorted([*(f"r{n:04}" for n in range(9)), "x"])
        assert seen[-1] == "x"  # no date is known
        assert [r.id for r, _ in shelf.page(c, "lions zebr").reports] == ["x"]
        assert shelf.page(c, "lions tigers").total == 0
        assert shelf.page(c, outlet="One").total == 3
    store.retract("x", "a test")
    store.add(received(report("y", claim(), title="Lions", text="and zebras.", outlet="One")))
    with reading(store.engine) as c:
        assert [r.id for r, _ in shelf.page(c, "lions zebr").reports] == ["y"]
        assert shelf.page(c, "lions").total == Shelf().page(c, "lions").total == 1
        assert shelf.page(c, outlet="One").total == 4
        assert shelf.page(c).total == 10
        assert (
            shelf.page(c, after=("2020-01-01", "zzz")).reports == Shelf().page(c, after=("2020-01-01", "zzz")).reports
        )


def test_voices_add_up_to_the_ledger(store: Store) -> None:
    from dateline.store.ledgers import sources

    store.add(received(*many(20)))
    wanted = sources(find_claims(store), {e.id: e for e in find_events(store)})
    with reading(store.engine) as c:
        assert voices_of(c) == wanted


def test_places_and_windows(file: Store) -> None:
    file.add(received(*many(12)))
    now = Board(file).now()
    spots = places(now, "sar")
    assert [str(now.words.shown.values[now.rows.shown[s.row]]) for s in spots] == ["Saraqeb"]
    assert spots[0].events == sum(e.place is not None and e.place.name == "Saraqeb" for e in find_events(file))
    with reading(file.engine) as c:
        seen = window(c, now, Wanted(), view=View(False, False))
    assert len(seen.rows) == sum(e.place is not None for e in find_events(file))


@pytest.mark.parametrize(
    "cursor", ["", "x", "dGltZQ", "a" * 400, "é", write_cursor("time", "1e3", "e"), write_cursor("time", 2**70, "e")]
)
def test_cursors_that_were_not_given_out(file: Store, cursor: str) -> None:
    with pytest.raises(UsageError):
        read_cursor(cursor, "time")
    assert read_cursor(write_cursor("-time", -7, "e\udcff"[:1]), "-time") == (-7, "e")


def test_pages_go_through_everything_once_in_every_order(file: Store) -> None:
    file.add(received(*many(30)))
    now = Board(file).now()
    mask = np.ones(len(now.rows), np.bool_)
    for sort in ("time", "-time", "queue"):
        seen: list[int] = []
        cursor: str | None = ""
        while cursor is not None:
            part = page(now, mask, sort, 4, cursor)  # type: ignore[arg-type]
            seen += part.rows
            cursor = part.next
        assert sorted(seen) == list(range(len(now.rows)))
    assert View(True, True) == ALL
