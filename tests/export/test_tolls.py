"""The toll of a war, given in passing, is not the toll of the day's strike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made import bundle, of, reasons, rows, told, written

import making
from dateline.export.bundle import Bundle
from dateline.export.coding import killed
from dateline.export.tolls import TOLL, deaths

WAR = "More than 280,000 people have been killed since the war began. "


def passing(*own: int, text: str = WAR, toll: int = 280_000) -> Bundle:
    """A report with a war's toll, and others that give the strike's own."""
    strike: dict[str, Any] = {"by": ["army"], "to": ["rebels"]}
    first = making.report("r0", told("shelling", killed=toll, **strike), outlet="Zero", text=text)
    whole = first.claims[0]
    whole = replace(whole, sentence=replace(whole.sentence, start=0, end=len(text)))
    others = [
        making.report(
            f"r{n}", told("shelling", killed=k, **strike), outlet=f"Outlet {n}", text=f"{n} {k} own words differ"
        )
        for n, k in enumerate(own, 1)
    ]
    return bundle(replace(first, claims=(whole,)), *others)


def test_a_war_s_toll_is_left_out_and_the_rest_counts_as_before() -> None:
    b = passing(5, 7, 5)
    (e,) = b.events
    record, own = killed(e), deaths(b, e)
    assert record is not None
    assert record.high == 280_000
    assert own is not None
    assert (own.low, own.best, own.high, len(own.by_source)) == (5, 5, 7, 3)


@pytest.mark.parametrize(
    ("text", "toll", "is_one"),
    [
        (WAR, 280_000, True),
        ("The six-year conflict has killed 470,000 people so far.", 470_000, True),
        ("The attack with gas killed 1,300 people on Wednesday.", 1_300, False),
        ("Twelve were killed in the worst strike since the war began.", 12, False),
    ],
)
def test_what_is_a_toll(text: str, toll: int, is_one: bool) -> None:
    b = passing(text=text, toll=toll)
    assert (deaths(b, b.events[0]) is None) == is_one


def test_no_format_gives_it_to_the_event(tmp_path: Path) -> None:
    b = passing()
    path, w = written("ged", b, tmp_path)
    assert (rows(path), reasons(w)) == ([], [TOLL])
    assert [r["fatalities"] for r in rows(written("acled", b, tmp_path)[0])] == ["0"]
    assert '"dead"' not in written("plover", b, tmp_path)[0].read_text()


def test_where_nothing_is_a_toll_the_record_s_figure_stands() -> None:
    b = of(told("shelling", to=["rebels"], killed=(3, 9)))
    assert deaths(b, b.events[0]) is killed(b.events[0])
