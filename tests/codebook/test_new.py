"""A codebook begun with ``codebook new`` works as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.codebook import load_codebook
from dateline.codebook.new import TEMPLATE, write_new
from dateline.errors import CodebookError
from dateline.evaluate.codebook import check
from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report


def test_what_is_written_codes_its_own_examples_and_others(tmp_path: Path) -> None:
    folder = write_new("high-water", tmp_path)
    verdict = check(folder)
    assert verdict.label == "high-water 0.1"
    assert verdict.tried >= 8
    assert not verdict.failures
    (coded,) = Pipeline(folder).code([Report(id="r", text="Farmers were rescued after the river flooded Harim.")])
    assert isinstance(coded, CodedReport)
    assert {c.type for c in coded.claims} == {"flood", "rescue"}
    assert coded.codebook == "high-water 0.1"


def test_every_part_of_the_template_is_explained() -> None:
    for file in TEMPLATE.glob("*.yaml"):
        lines = file.read_text("utf-8").splitlines()
        assert sum(line.lstrip().startswith("#") for line in lines) >= 10


@pytest.mark.parametrize("name", ["", "High", "a b", "../x", "1st", "-a", "a/b", "ä"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CodebookError, match="is no name"):
        write_new(name, tmp_path)
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = write_new("mine", tmp_path)
    before = {f: f.read_bytes() for f in folder.iterdir()}
    with pytest.raises(CodebookError, match="there already"):
        write_new("mine", tmp_path)
    assert {f: f.read_bytes() for f in folder.iterdir()} == before
    assert load_codebook(folder).name == "mine"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="none"):
        write_new("mine", tmp_path / "none")
