"""A codebook may bring nouns and names of actors of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline.codebook import load_codebook
from dateline.codebook.actors import COLUMNS, load_actors, with_own
from dateline.codebook.new import TEMPLATE
from dateline.errors import CodebookError
from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report


def book(tmp_path: Path, *rows: str) -> Path:
    folder = Path(shutil.copytree(TEMPLATE, tmp_path / "book"))
    (folder / "actor_list").mkdir()
    blank = [""] * (len(COLUMNS) - 4)
    lines = ["\t".join(COLUMNS), *("\t".join([*r.split("|"), *blank[:3], "unknown", *blank[4:]]) for r in rows)]
    (folder / "actor_list" / "own.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_names_and_nouns_are_known(tmp_path: Path) -> None:
    folder = book(tmp_path, "harim-rescue|Harim Boat Guild|SYR|NGO")
    (coded,) = Pipeline(folder).code([
        Report(id="r", text="The Harim Boat Guild rescued 20 farmers. Lifeboat crews rescued others.", published="2020-02-07")
    ])  # fmt: skip
    assert isinstance(coded, CodedReport)
    first, second = coded.claims
    assert [(a.actor_id, a.country, a.sector) for a in first.agents] == [("harim-rescue", "SYR", "NGO")]
    assert [(a.text, a.sector) for a in second.agents] == [("Lifeboat crews", "NGO")]


def test_the_built_in_list_stays_and_gives_way(tmp_path: Path) -> None:
    folder = book(tmp_path, "islamic-state|Islamic State|XXX|REB", "is-river|IS River Guild||NGO")
    own = load_codebook(folder).actor_list
    both = with_own(own)
    assert len(both.entries) == len(load_actors().entries) + 1
    assert both.entries["islamic-state"].country == "XXX"
    assert load_actors().entries["islamic-state"].country == ""
    assert with_own(None) is load_actors()
    assert load_codebook().actor_list is None


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    folder = book(tmp_path, "harim-rescue|Harim Boat Guild|SYR|BOAT")
    with pytest.raises(CodebookError) as caught:
        Pipeline(folder)
    assert str(folder / "actor_list" / "own.tsv") == caught.value.path
    assert (caught.value.line, caught.value.field) == (2, "sector")


@pytest.mark.parametrize(
    ("new", "field"), [("XYZ: [farmer, boatman]", "actors.XYZ"), ("CVL: [head of the guild]", "actors.CVL")]
)
def test_a_noun_of_no_sector_or_too_long_is_refused(tmp_path: Path, new: str, field: str) -> None:
    folder = Path(shutil.copytree(TEMPLATE, tmp_path / "book"))
    path = folder / "00-general.yaml"
    path.write_text(path.read_text("utf-8").replace("CVL: [farmer, boatman, boatmen]", new), "utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(folder)
    assert caught.value.field == field
