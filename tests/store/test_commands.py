"""The commands on a store, from the words of opposed outlets to events, disputes and figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dateline.cli.add import add, retract
from dateline.cli.control import control
from dateline.cli.deadlines import deadlines, truces
from dateline.cli.diff import diff
from dateline.cli.events import events
from dateline.cli.figures import figures
from dateline.cli.merge import merge, split, undo
from dateline.cli.rebuild import rebuild
from dateline.cli.recode import recode
from dateline.cli.reconcile import reconcile
from dateline.cli.show import show
from dateline.cli.sources import sources
from dateline.cli.verify import verify
from dateline.errors import DatelineError
from dateline.store import Store
from dateline.store.browse import Wanted, chosen
from dateline.store.columns import Board
from dateline.store.engine import reading
from dateline.store.papers import Shelf
from dateline.store.query import find_events

REPORTS = [
    (
        "wire-1",
        "State Wire",
        "2020-02-06",
        "The Syrian army captured the town of Saraqeb on Wednesday, state television said.",
    ),
    (
        "post-1",
        "Northern Post",
        "2020-02-06",
        "Syrian government forces entered the town of Saraqeb on Wednesday but have not captured the town, the Syrian "
        "Observatory for Human Rights said.",
    ),
    ("voice-1", "Free Voice", "2020-02-07", "Rebel fighters captured Saraqeb on Thursday, a rebel spokesman said."),
    (
        "post-2",
        "Northern Post",
        "2020-02-06",
        "Russian air strikes killed 12 civilians in Binnish on Wednesday, the Syrian Observatory for Human Rights said.",
    ),
    (
        "voice-2",
        "Free Voice",
        "2020-02-06",
        "Russian air strikes on Wednesday killed 19 civilians in Binnish, rescuers said.",
    ),
    (
        "wire-2",
        "State Wire",
        "2020-02-07",
        "The Russian defence ministry denied that Russian warplanes bombed Binnish on Wednesday.",
    ),
    (
        "desk-1",
        "World Desk",
        "2020-02-07",
        "Air strikes killed at least 15 civilians in Binnish on Wednesday, the United Nations said.",
    ),
]
COMMANDS: list[Callable[..., None]] = [
    add, retract, control, deadlines, truces, diff, events, figures, merge, split, undo, rebuild, recode, reconcile, show, sources, verify,
]  # fmt: skip


@pytest.fixture(scope="module")
def program() -> typer.Typer:
    app = typer.Typer()
    for command in COMMANDS:
        app.command(command.__name__)(command)
    return app


@pytest.fixture(scope="module")
def store(program: typer.Typer, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("walk")
    path = folder / "in.jsonl"
    path.write_text(
        "".join(json.dumps(dict(zip(("id", "outlet", "published", "text"), r, strict=True))) + "\n" for r in REPORTS)
    )
    store = str(folder / "store.db")
    result = CliRunner().invoke(program, ["add", str(path), "--store", store])
    assert result.exit_code == 0, result.output
    assert "7 reports added" in result.stderr
    again = CliRunner().invoke(program, ["add", str(path), "--store", store])
    assert "0 reports added, 0 corrected, 7 there already" in again.stderr
    return store


@pytest.fixture
def lines(program: typer.Typer, store: str) -> Callable[..., list[dict]]:  # type: ignore[type-arg]
    def run(*words: str) -> list[dict]:  # type: ignore[type-arg]
        result = CliRunner().invoke(program, [*words, "--store", store, "--format", "jsonl"])
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]

    return run


def test_a_contested_event_with_three_sources_figures(lines: Callable[..., list[dict]]) -> None:  # type: ignore[type-arg]
    (event,) = lines("events", "--place", "Binnish", "--status", "contested")
    assert event["type"] == "air-strike"
    (killed,) = [f for f in event["figures"] if f["kind"] == "killed"]
    assert {s["source"]: s["low"] for s in killed["by_source"]} == {
        "Syrian Observatory for Human Rights": 12,
        "rescuers": 19,
        "United Nations": 15,
    }
    assert killed["low"] <= killed["best"] <= killed["high"]
    assert {"happened", "figures.killed"} <= {d["field"] for d in event["disagreements"]}
    (shown,) = lines("show", event["id"])
    assert {v["told"]["report"]["id"] for v in shown["versions"]} == {"post-2", "voice-2", "wire-2", "desk-1"}
    assert any("killed 12 civilians" in v["quote"] for v in shown["versions"])


def test_a_dispute_over_who_holds_a_town(lines: Callable[..., list[dict]]) -> None:  # type: ignore[type-arg]
    (found,) = lines("control", "Saraqeb")
    assert ("enters", "SYR") in {(s["says"], s["who"]) for s in found["statements"]}
    (period,) = found["periods"]
    assert period["contested"]
    assert (period["holder"], period["voices"]) == ("SYR", ["state television"])
    assert len(period["others"]) == 2


def test_figures_and_sources(lines: Callable[..., list[dict]]) -> None:  # type: ignore[type-arg]
    assert sorted(n["low"] for n in lines("figures", "killed", "--since", "2020-02-01")) == [12, 15, 19]
    assert lines("figures", "killed", "--until", "2020-01-01") == []
    assert {v["name"] for v in lines("sources")} >= {"state television", "rescuers", "United Nations"}
    assert lines("deadlines", "--today", "2020-03-01") == []
    assert lines("truces") == []


def test_every_table_prints(program: typer.Typer, store: str) -> None:
    for words in (["events"], ["control", "Saraqeb"], ["figures"], ["deadlines"], ["truces"], ["sources"], ["diff"]):
        result = CliRunner().invoke(program, [*words, "--store", store])
        assert result.exit_code == 0, (words, result.output)


def test_decisions_from_the_command_line(program: typer.Typer, lines: Callable[..., list[dict]], store: str) -> None:  # type: ignore[type-arg]
    before = lines("events")
    ids = [e["id"] for e in before if e["type"] in ("capture", "advance")]
    merged = CliRunner().invoke(program, ["merge", *ids, "--store", store, "--why", "one battle"])
    assert merged.exit_code == 0, merged.output
    assert len(lines("events")) == len(before) - 1
    number = merged.stdout.split()[1].strip(":")
    assert CliRunner().invoke(program, ["undo", number, "--store", store]).exit_code == 0
    assert lines("events") == before
    contested = next(e for e in before if e["status"] == "contested" and len(e["claims"]) > 2)
    result = CliRunner().invoke(program, ["split", contested["id"], contested["claims"][0], "--store", store])
    assert result.exit_code == 0, result.output
    assert (
        CliRunner()
        .invoke(program, ["merge", *result.stdout.split("events ")[1].strip().split(", "), "--store", store])
        .exit_code
        == 0
    )
    assert lines("events") == before


def test_recode_changes_nothing_and_verify_holds(program: typer.Typer, store: str) -> None:
    result = CliRunner().invoke(program, ["recode", "--store", store])
    assert "7 reports coded anew, 0 came out different" in result.stderr
    result = CliRunner().invoke(program, ["verify", "--store", store])
    assert (result.exit_code, "0 faults" in result.stdout) == (0, True)


def test_rebuild_makes_lost_rows_anew_and_a_server_sees_it(program: typer.Typer, store: str, tmp_path: Path) -> None:
    import sqlite3

    copy = tmp_path / "copy.db"
    with sqlite3.connect(store) as one, sqlite3.connect(copy) as other:
        one.backup(other)
    run = CliRunner()
    with Store(str(copy)) as opened:
        board = Board(opened)
        before = board.now()
        with reading(opened.engine) as connection:
            told = chosen(connection, before, Wanted(q="Saraqeb")).tolist()
        assert any(told)
        events = sorted(e.id for e in find_events(opened))
        with sqlite3.connect(copy) as c:
            c.execute("DELETE FROM cards")
            c.execute("DELETE FROM papers")
        for options in (["--lists"], []):
            assert run.invoke(program, ["rebuild", "--store", str(copy), "--why", "a test", *options]).exit_code == 0
            now = board.now()
            assert now.seq > before.seq
            assert now.rows.event.tolist() == before.rows.event.tolist()
            with reading(opened.engine) as connection:
                assert chosen(connection, now, Wanted(q="Saraqeb")).tolist() == told
                assert Shelf().page(connection).total == len(REPORTS)
        assert sorted(e.id for e in find_events(opened)) == events
        board.close()
    assert "0 faults" in run.invoke(program, ["verify", "--store", str(copy)]).stdout


def test_a_damaged_store_ends_verify_with_1(program: typer.Typer, store: str, tmp_path: Path) -> None:
    import shutil
    import sqlite3

    copy = tmp_path / "copy.db"
    with sqlite3.connect(store) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    with sqlite3.connect(copy) as c:
        c.execute("DROP TRIGGER raw_no_update")
        c.execute("UPDATE raw SET data = replace(data, '12', '13')")
    result = CliRunner().invoke(program, ["verify", "--store", str(copy)])
    assert result.exit_code == 1
    assert "its bytes were changed" in result.stderr
    shutil.rmtree(tmp_path)


def test_reconcile_on_files_in_any_split(program: typer.Typer, store: str, tmp_path: Path) -> None:
    from dateline.record import encode
    from dateline.store import Store

    with Store(store) as opened:
        coded = [encode(c) for c in opened.coded()]
    whole, one, two, out = (tmp_path / n for n in ("whole.jsonl", "one.jsonl", "two.jsonl", "events.jsonl"))
    whole.write_bytes(b"\n".join(coded))
    one.write_bytes(b"\n".join(coded[4:][::-1]))
    two.write_bytes(b"\n".join(coded[:4]))
    results = []
    for files in ([whole], [one, two], [two, one]):
        result = CliRunner().invoke(program, ["reconcile", *map(str, files), "-o", str(out)])
        assert result.exit_code == 0, result.output
        results.append(out.read_bytes())
    assert results[0] == results[1] == results[2]


@pytest.mark.parametrize(
    "words",
    [
        ["events", "--box", "1,2"],
        ["events", "--since", "lately"],
        ["deadlines", "--today", "soon"],
        ["show", "nothing"],
        ["diff", "--from", "x"],
        ["reconcile", "missing.jsonl", "-o", "out.jsonl"],
    ],
)
def test_what_makes_no_sense_is_an_error_that_is_ours(
    program: typer.Typer, store: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    more = [] if words[0] == "reconcile" else ["--store", store]
    result = CliRunner().invoke(program, [*words, *more])
    assert isinstance(result.exception, DatelineError), result.output


def test_corrections_and_files_of_one_name(program: typer.Typer, tmp_path: Path) -> None:
    store = str(tmp_path / "s.db")
    for name, text in (("a", "Rebels captured Saraqeb on Wednesday."), ("b", "Rebels shelled Binnish on Wednesday.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.txt").write_text(text)
    result = CliRunner().invoke(program, ["add", str(tmp_path / "a"), str(tmp_path / "b"), "--store", store])
    assert "2 reports added" in result.stderr
    (tmp_path / "a" / "report.txt").write_text("Rebels captured Saraqeb on Thursday.")
    result = CliRunner().invoke(program, ["add", str(tmp_path / "a"), "--store", store])
    assert "0 reports added, 1 corrected" in result.stderr
    result = CliRunner().invoke(program, ["retract", "report", "--store", store, "--why", "withdrawn"])
    assert result.exit_code == 0
    assert "0 faults" in CliRunner().invoke(program, ["verify", "--store", store]).stdout
