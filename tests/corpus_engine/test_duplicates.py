"""Near-duplicates: one story on many sites is one report."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.corpus import code_corpus
from dateline.corpus.duplicates import SIGNATURE_BYTES, signature, texts
from dateline.errors import UsageError
from tests.corpus_engine.texts import ids, rows, write

WIRE = (
    "Gunmen attacked a convoy north of the river crossing on Monday, killing four soldiers and wounding nine others, the army said. "
    "Residents told reporters that shooting went on until nightfall and that the road to the provincial capital remained closed. "
    "The governor called for calm and promised that reinforcements would arrive within two days, while aid workers asked for safe passage. "
    "A spokesman for the rebels denied that his men had taken part and blamed bandits who have robbed travellers for months."
)


def test_the_same_story_with_small_changes_is_one() -> None:
    cut = WIRE.replace("The governor called for calm", "Governor called for calm")
    shouted = WIRE.upper().replace(",", " ,")
    signed = WIRE + " (Agency)"
    assert texts(
        [
            WIRE,
            "Another thing happened in another town to other people on another day of another year.",
            cut,
            shouted,
            signed,
        ]
    ) == [0, 1, 0, 0, 0]


def test_another_story_in_like_words_is_not() -> None:
    other = WIRE.replace("Monday", "Friday").replace("four soldiers", "a nurse").replace("army", "ministry")
    later = (
        other.replace("north of the river crossing", "at the old airport")
        .replace("until nightfall", "for an hour")
        .replace("provincial capital", "coast")
        .replace("within two days", "by boat")
    )
    assert texts([WIRE, later]) == [0, 1]


def test_short_reports_are_one_only_if_they_are_the_same() -> None:
    assert texts(["Two killed in Gao.", "two killed in gao", "Three killed in Gao."]) == [0, 0, 2]


@given(st.text(max_size=200))
def test_a_signature_has_its_length_and_is_its_texts(text: str) -> None:
    assert len(signature(text)) == SIGNATURE_BYTES
    assert texts([text, text]) == [0, 0]


def test_forty_sites_are_forty_publications(tmp_path: Path) -> None:
    rng = random.Random(2)
    wire = [
        {"id": f"w{n}", "text": WIRE + f" Site {n}.", "url": f"https://s{n}.example", "outlet": f"s{n}"}
        for n in range(40)
    ]
    mixed = [*wire, *rows(6)]
    rng.shuffle(mixed)
    source = write(tmp_path / "in.jsonl", mixed)
    summary = code_corpus([source], tmp_path / "out.jsonl", jobs=1, shard=7, publications=True)
    first = next(r["id"] for r in mixed if r["id"].startswith("w"))
    assert summary.copies == 39
    assert sorted(ids(tmp_path / "out.jsonl")) == sorted([first, *(f"r{n}" for n in range(6))])
    (group,) = [json.loads(line) for line in (tmp_path / "out.jsonl.publications.jsonl").read_text().splitlines()]
    assert group["report"] == first
    assert [p["id"] for p in group["publications"]] == [r["id"] for r in mixed if r["id"].startswith("w")]
    assert {p["outlet"] for p in group["publications"]} == {f"s{n}" for n in range(40)}


def test_a_folder_of_parts_cannot_be_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        code_corpus([write(tmp_path / "in.jsonl", rows(1))], f"{tmp_path}/out/", publications=True)
