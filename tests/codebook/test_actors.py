"""The actor list is whole, and a wrong row is named."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from dateline.codebook.actors import COLUMNS, fold_alias, load_actors
from dateline.errors import CodebookError
from dateline.gazetteer.tables import countries

ROW = dict(
    zip(
        COLUMNS,
        ("x", "Example Front|EF", "SYR", "REB", "EF", "SYR REB", "", "armed-group", "2011", "", ""),
        strict=True,
    )
)


def write(folder: Path, **changes: str) -> Path:
    row = ROW | changes
    (folder / "a.tsv").write_text("\t".join(COLUMNS) + "\n# a note\n" + "\t".join(row.values()) + "\n", "utf-8")
    return folder


def test_the_list_is_long_enough_to_be_of_use() -> None:
    assert len(load_actors().entries) >= 400


def test_countries_are_known() -> None:
    known = countries()
    assert {e.country for e in load_actors().entries.values() if e.country} <= known.keys()


def test_an_alias_of_two_says_why() -> None:
    shared = {a: es for a, es in load_actors().by_alias.items() if len(es) > 1 and not all(e.note for e in es)}
    assert shared == {}


def test_no_alias_is_a_countrys_name() -> None:
    names = {fold_alias(n) for c in countries().values() for n in c.names}
    wrong = defaultdict(list)
    for e in load_actors().entries.values():
        for n in e.names:
            if fold_alias(n) in names:
                wrong[e.id].append(n)
    assert wrong == {}


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("The Al-Nusra Front", "al nusra front"),
        ("Hizbu’llah", "hizbullah"),
        ("M23", "m23"),
        ("Mouvement du 23‑Mars", "mouvement du 23 mars"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold_alias(written) == folded


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    found = load_actors(write(tmp_path))
    assert [e.id for e in found.by_alias["ef"]] == ["x"]
    assert found.entries["x"].start == 2011


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sector": "ARMY"}, "sector"),
        ({"kind": "press"}, "kind"),
        ({"country": "Syria"}, "country"),
        ({"from": "soon"}, "from"),
        ({"names": ""}, "names"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, changes: dict[str, str], field: str) -> None:
    with pytest.raises(CodebookError) as caught:
        load_actors(write(tmp_path, **changes))
    assert caught.value.field == field
    assert "a.tsv" in str(caught.value)
