"""The commands as a user runs them: what they print and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.cli import _SHORT, COMMANDS

STORY = "Army units entered Harim on Monday but did not capture it, a monitor said. Two people were killed."


def run(*args: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dateline", *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    lines = [
        json.dumps({"id": "a", "text": STORY, "published": "2020-02-07"}),
        "{oops",
        json.dumps({"id": "c", "text": STORY}),
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_every_command_has_help() -> None:
    assert set(_SHORT) == set(COMMANDS)
    whole = run("--help")
    assert whole.returncode == 0
    for name in COMMANDS:
        assert name in whole.stdout
        shown = run(name, "--help")
        assert shown.returncode == 0, shown.stderr
        assert "Usage" in shown.stdout


def test_code_puts_a_bad_line_aside_and_ends_with_3(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = run("code", corpus, "-o", out)
    assert done.returncode == 3, done.stderr
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [r["report"]["id"] for r in records] == ["a", "c"]
    (reject,) = [json.loads(line) for line in Path(f"{out}.rejects.jsonl").read_text("utf-8").splitlines()]
    assert reject["reason"] == "malformed"
    assert "line 2" in reject["detail"]
    assert "1 malformed" in done.stderr


def test_the_same_input_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    run("code", corpus, "-o", first)
    run("code", corpus, "-o", second)
    assert first.read_bytes() == second.read_bytes()


def test_stale_rejects_are_removed(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    stale = Path(f"{out}.rejects.jsonl")
    stale.write_text("{}", "utf-8")
    source = tmp_path / "a.txt"
    source.write_text(STORY, "utf-8")
    assert run("code", source, "-o", out).returncode == 0
    assert not stale.exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("read", "/no/such/file.txt"), "no such file"),
        (("read", "-", "--published", "soon"), "no date"),
        (("read", "-", "--field", "text"), "no mapping"),
        (("read", "-", "--codebook", "/no/book.yaml"), "no such file"),
        (("read", "-", "--format", "pdf"), "format"),
        (("frobnicate",), "No such command"),
        (("code", "x.txt"), "output"),
        (("read",), "paths"),
        (("read", "-", "--bogus"), "--bogus"),
        (("codebook", "chek"), "chek"),
    ],
)
def test_usage_errors_end_with_2(args: tuple[str, ...], words: str) -> None:
    done = run(*args, stdin=STORY)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.startswith("dateline: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_output_folder_must_exist(corpus: Path) -> None:
    done = run("code", corpus, "-o", "/no/such/folder/out.jsonl")
    assert done.returncode == 2
    assert "/no/such/folder/out.jsonl" in done.stderr


def test_a_report_in_another_language_is_put_aside() -> None:
    french = "Le gouvernement a annoncé mardi que les soldats avaient repris la ville après trois jours de combats."
    done = run("read", "-", stdin=french)
    assert done.returncode == 3
    assert "language" in done.stderr
    assert "fr" in done.stderr


def test_table_fits_80_columns() -> None:
    done = run("read", "-", "--published", "2020-02-07", stdin=STORY)
    assert done.returncode == 0
    assert "capture" in done.stdout
    assert "denied" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_json_is_one_document() -> None:
    done = run("read", "-", "--format", "json", stdin=STORY)
    assert json.loads(done.stdout)[0]["report"]["id"] == "stdin"


def test_read_gives_events_and_code_does_not(corpus: Path, tmp_path: Path) -> None:
    records = [json.loads(line) for line in run("read", corpus, "--format", "jsonl").stdout.splitlines()]
    for r in records:
        told = [c for e in r["events"] for c in e["claims"]]
        assert sorted(told) == sorted(c["id"] for c in r["claims"])
    out = tmp_path / "out.jsonl"
    run("code", corpus, "-o", out)
    assert all("events" not in json.loads(line) for line in out.read_text("utf-8").splitlines())


def test_page_names_every_report(corpus: Path) -> None:
    done = run("read", corpus, "--format", "html")
    assert done.returncode == 3
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.count("<article") == 2


def test_places_as_jsonl() -> None:
    done = run("places", "-", "--format", "jsonl", stdin="Fighting spread from Khartoum to Omdurman.")
    found = json.loads(done.stdout)
    assert [p["text"] for p in found["places"]] == ["Khartoum", "Omdurman"]
    assert all(p["lat"] is not None for p in found["places"])


def test_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["$defs"]["Claim"]


def test_default_codebook_passes_its_own_examples() -> None:
    done = run("codebook", "check")
    assert done.returncode == 0, done.stdout
