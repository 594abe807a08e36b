"""An error in a codebook names the file, the line and the field."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.codebook.lexicon import read_yaml
from dateline.codebook.new import TEMPLATE
from dateline.errors import CodebookError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATE, tmp_path / "book"))


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (
            "10-types.yaml",
            "save: {object: <people>}",
            "save: {objekt: <people>}",
            "types.rescue.verb_needs.save.objekt",
        ),
        ("10-types.yaml", 'cameo: "0861"', 'cameo: "861x"', "types.rescue.crosswalk.cameo"),
        ("10-types.yaml", "{agent: [MIL]}", "{agent: [ARMY]}", "types.rescue.crosswalk.rules[0].when.agent"),
        ("10-types.yaml", "{subject: none}}", "{subject: nobody}}", "types.flood.patterns[0].frame.subject"),
        ("10-types.yaml", "    weak_nouns:", "    weaknouns:", "types.flood.weaknouns"),
        (
            "10-types.yaml",
            "    examples:\n      - Soldiers",
            "    examples:\n      - a: Soldiers",
            "types.rescue.examples[0]",
        ),
        ("00-general.yaml", "in: none,", "in: nil,", "frames.rising.in"),
        ("00-general.yaml", "light_verbs:", "lightverbs:", "lightverbs"),
        ("00-general.yaml", "water: [flood]", "water: [flod]", "families.water"),
        ("00-general.yaml", "CVL: [farmer", "CIV: [farmer", "actors.CIV"),
        ("00-general.yaml", "occur: [occur", "occur: [<occur>", "light_verbs.occur"),
        ("00-general.yaml", 'version: "0.1"', 'version: ["0.1"]', "version"),
        ("00-general.yaml", "codebook: NAME", "codebook: NAME\ntriage: floods", "triage"),
    ],
)
def test_file_line_and_field(folder: Path, file: str, old: str, new: str, field: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    at = text.index(old) + same + (new[same : same + 1] == "\n")
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(folder)
    found = caught.value
    assert (found.field, found.path) == (field, str(path))
    assert found.line == path.read_text("utf-8")[: at + 1].count("\n") + 1


def test_an_entry_without_a_name_is_counted_over_all_files(folder: Path) -> None:
    path = folder / "20-more.yaml"
    path.write_text(
        "types:\n  - type: drought\n    definition: No rain.\n    frame: rising\n  - definition: x\n", "utf-8"
    )
    with pytest.raises(CodebookError) as caught:
        load_codebook(folder)
    assert (caught.value.path, caught.value.line, caught.value.field) == (str(path), 5, "types[3]")


def _spots(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(spot for k, v in inner for spot in _spots(v, (*at, k)))]


@settings(max_examples=120, deadline=None)
@given(
    pick=st.integers(0, 10**6),
    put=st.sampled_from(
        [None, True, 7, -0.5, "word", "", [], ["a", 3], [[]], {}, {"a": 1}, {"when": 3}, [None], "<no>"]
    ),
)
def test_whatever_is_wrong_is_a_codebook_error(tmp_path_factory: pytest.TempPathFactory, pick: int, put: Any) -> None:
    raw = {**read_yaml(TEMPLATE / "00-general.yaml"), **read_yaml(TEMPLATE / "10-types.yaml")}
    spots = _spots(raw)
    spot = random.Random(pick).choice(spots)
    whole: Any = put
    if spot:
        whole, inner = raw, raw
        for key in spot[:-1]:
            inner = inner[key]
        inner[spot[-1]] = put
    path = tmp_path_factory.mktemp("book") / "book.yaml"
    path.write_text(yaml.safe_dump(whole, sort_keys=False), "utf-8")
    error = _error_of(path)
    assert error is None or (error.path == str(path) and (error.field or error.line or not spot))


def _error_of(path: Path) -> CodebookError | None:
    try:
        load_codebook(path)
    except CodebookError as e:
        return e
    return None
