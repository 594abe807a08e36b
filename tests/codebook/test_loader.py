"""Codebooks are read whole or refused with the place of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.codebook import load_codebook
from dateline.codebook.lexicon import read_tsv, read_yaml
from dateline.errors import CodebookError

SMALL = """
codebook: strikes
version: "2"
classes: {workers: [worker, miner]}
frames: {gathering: {subject: agent, against: target, on: none}}
types:
  - type: walkout
    definition: Workers stop work.
    frame: gathering
    verbs: [walk out]
    nouns: [walkout]
    verb_needs: {"walk out": {subject: <workers>, not_object: any}}
    crosswalk: {plover: {event: PROTEST, mode: strike}}
    examples: [Miners walked out on Monday.]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "book.yaml"
    path.write_text(text, "utf-8")
    return path


def test_default_codebook_covers_the_closed_list() -> None:
    book = load_codebook()
    assert len(book.types) == 36
    assert {"shelling", "capture", "displacement", "claim-responsibility", "investigate"} <= set(book.types)
    for spec in book.types.values():
        assert spec.definition
        assert spec.examples, f"{spec.type} has no example"


def test_families_of_the_default_codebook() -> None:
    types = load_codebook().types
    assert types["air-strike"].family == types["armed-clash"].family == "violence"
    assert types["capture"].family == "territory"


def test_a_codebook_in_one_file(tmp_path: Path) -> None:
    book = load_codebook(write(tmp_path, SMALL))
    assert book.label == "strikes 2"
    (rule,) = book.verbs["walk"]
    assert rule.words == ("walk", "out")
    assert rule.condition.tests[0].words.single == frozenset({"worker", "miner"})
    assert not rule.condition.tests[1].wanted
    assert rule.frame["on"] == "none"  # YAML 1.1 would read "on" as true


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("definition: Workers stop work.", "", "types.walkout.definition"),
        ("frame: gathering", "frame: nothing", "types.walkout.frame"),
        ("<workers>", "<bosses>", "types.walkout.verb_needs.walk out.subject"),
        ("against: target", "against: victim", "frames.gathering.against"),
        ("not_object: any", "shoes: any", "types.walkout.verb_needs.walk out.shoes"),
        ("- type: walkout", "- kind: walkout", "types[0]"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    path = write(tmp_path, SMALL.replace(old, new))
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert caught.value.field == field
    assert caught.value.path == str(path)


def test_broken_yaml_names_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "codebook: x\ntypes: [\n  {a: b\n")
    with pytest.raises(CodebookError) as caught:
        read_yaml(path)
    assert caught.value.line is not None
    assert str(path) in str(caught.value)


def test_missing_codebook(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no such file"):
        load_codebook(tmp_path / "none.yaml")


def test_table_rows_are_counted_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("# a note\na\tb\n1\t2\n\n3\n", "utf-8")
    with pytest.raises(CodebookError) as caught:
        read_tsv(path, ("a", "b"))
    assert caught.value.line == 5
