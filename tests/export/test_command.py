"""``dateline export``: from a store to a file, and what it says on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import rows, told

from dateline.cli import main
from dateline.codebook import load_codebook
from dateline.store import Received, Store
from dateline.store.bundling import bundle_of
from dateline.store.query import Filters
from making import report

TEXT = "The army shelled rebels near Saraqeb. Something else."


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = str(tmp_path / "store.db")
    coded = [
        report("r1", told("shelling", to=["rebels"], killed=3), told("threaten", at="Aleppo"), outlet="One", text=TEXT),
        report(
            "r2", told("shelling", to=["rebels"], at="Mosul", on="2020-03-05"), outlet="Two", published="2020-03-06"
        ),
    ]
    with Store(path, by="tester") as opened:
        opened.add([Received(coded=c, raw=c.report.text.encode(), origin="x") for c in coded])
    return path


def test_it_writes_and_says_what_was_dropped(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.csv"
    main(["export", "acled", "-o", str(out), "--store", store])
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{out}: 2 rows from 3 events" in said.err
    assert "1  no ACLED event: threaten" in said.err
    assert [r["location"] for r in rows(out)] == ["Saraqeb", "Mosul"]


def test_filters_are_those_of_events(store: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    main(["export", "acled", "-o", str(out), "--store", store, "--country", "IRQ"])
    assert [r["location"] for r in rows(out)] == ["Mosul"]
    main(["export", "acled", "-o", str(out), "--store", store, "--until", "2020-02-10"])
    assert [r["location"] for r in rows(out)] == ["Saraqeb"]


def test_a_wrong_format_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = tmp_path / "none.db"
    with pytest.raises(SystemExit) as end:
        main(["export", "xlsx", "-o", str(tmp_path / "out"), "--store", str(none)])
    assert end.value.code == 2
    assert "no format 'xlsx'" in capsys.readouterr().err
    assert not none.exists()


def test_a_bundle_has_the_reports_with_their_texts_and_the_events_claims_alone(store: str) -> None:
    with Store(store) as opened:
        b = bundle_of(opened, Filters(type="shelling", country="SYR"), load_codebook())
    assert [e.type for e in b.events] == ["shelling"]
    (coded,) = b.coded
    assert coded.report.text == TEXT
    assert [c.id for c in coded.claims] == list(b.events[0].claims)
    assert b.quote(coded.claims[0].id) == TEXT[:10].strip()
