"""What two codebooks differ in, each difference once and by name."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.codebook import load_codebook
from dateline.codebook.diff import Change, diff
from dateline.codebook.new import TEMPLATE


def changed(tmp_path: Path, file: str, old: str, new: str) -> tuple[Change, ...]:
    folder = Path(shutil.copytree(TEMPLATE, tmp_path / "book"))
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return diff(load_codebook(TEMPLATE), load_codebook(folder))


def test_a_codebook_does_not_differ_from_itself() -> None:
    assert diff(load_codebook(), load_codebook()) == ()
    assert diff(load_codebook(TEMPLATE), load_codebook(TEMPLATE)) == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("verbs: [flood, inundate,", "verbs: [flood,", Change("removed", "trigger", "flood", "inundate (verb)", "anywhere", "")),
        ("nouns: [rescue,", "nouns: [rescue, airlift,", Change("added", "trigger", "rescue", "airlift (noun)", "", "anywhere")),
        ('cameo: "0861"', 'cameo: "0862"', Change("changed", "crosswalk", "rescue", "cameo", "0861", "0862")),
        ("acled: null\n      ucdp: null\n      rules:", "ucdp: 3\n      rules:", Change("added", "crosswalk", "rescue", "ucdp", "", "3")),
        ("when: {agent: [MIL]}, cameo", "when: {agent: [MIL]}, ucdp: 1, cameo", Change("added", "crosswalk", "rescue", "ucdp when agent: MIL", "", "1")),
        ("pluck: {from: any}", "pluck: {from: [tree]}", Change("changed", "trigger", "rescue", "pluck (verb)", "from: any", "from: tree")),
        ("weak_nouns: [deluge]", "weak_nouns: []", Change("changed", "trigger", "flood", "deluge (noun)", "strength 0.6", "")),
        ("Water covers land", "Water hides land", Change("changed", "definition", "flood", "", "Water covers land, streets or houses that are dry in other times.", "Water hides land, streets or houses that are dry in other times.")),
        ("subject: <water>, frame: {subject: none}", "subject: <water>", Change("changed", "trigger", "flood", "burst (pattern)", "role subject = none", "role subject = agent")),
    ],
)  # fmt: skip
def test_one_difference(tmp_path: Path, old: str, new: str, found: Change) -> None:
    assert found in changed(tmp_path, "10-types.yaml", old, new)


def test_a_class_is_told_once_and_its_users_by_its_name(tmp_path: Path) -> None:
    found = changed(tmp_path, "00-general.yaml", "water: [river, stream,", "water: [river, creek,")
    assert found == (Change("changed", "class", "water", "", "stream", "creek"),)


def test_families_and_types(tmp_path: Path) -> None:
    (found,) = changed(tmp_path, "00-general.yaml", "relief: [rescue]", "help: [rescue]")
    assert found == Change("changed", "family", "rescue", "", "relief", "help")
    whole = diff(load_codebook(TEMPLATE), load_codebook())
    assert {c.owner for c in whole if c.part == "type" and c.kind == "removed"} == {"flood", "rescue"}
    assert sum(c.part == "type" and c.kind == "added" for c in whole) == len(load_codebook().types)


def test_commands(tmp_path: Path) -> None:
    def run(*args: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dateline", "codebook", *map(str, args)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert run("new", "mine", "--in", tmp_path).returncode == 0
    assert run("new", "mine", "--in", tmp_path).returncode == 2
    path = tmp_path / "mine" / "10-types.yaml"
    path.write_text(path.read_text("utf-8").replace('cameo: "0861"', 'cameo: "0862"'), "utf-8")
    done = run("diff", TEMPLATE, tmp_path / "mine", "--format", "json")
    assert done.returncode == 0, done.stderr
    whole = json.loads(done.stdout)
    assert (whole["old"], whole["new"]) == ("NAME 0.1", "mine 0.1")
    (change,) = whole["changes"]
    assert (change["owner"], change["old"], change["new"]) == ("rescue", "0861", "0862")
    table = run("diff", TEMPLATE, tmp_path / "mine").stdout
    assert "1 difference" in table
    assert "0862" in table
    path.write_text(path.read_text("utf-8").replace("frame: acting-on", "frame: acting"), "utf-8")
    wrong = run("check", tmp_path / "mine")
    assert wrong.returncode == 2
    assert "10-types.yaml, line " in wrong.stderr
    assert "types.rescue.frame" in wrong.stderr
