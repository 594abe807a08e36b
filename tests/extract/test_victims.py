"""Persons killed or hurt that are told of one by one."""

from __future__ import annotations

import pytest

from dateline.extract.victims import victims


def killed(sentences) -> list[float | None]:
    return [q.low for s in sentences for kind, _, q in victims(s) if kind == "killed"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A woman was fatally shot in the abdomen on Sunday.", 1),
        ("A toddler was fatally wounded in the garage.", 1),
        ("The shooting killed a 14-year-old football player.", 1),
        ("Police made an arrest in the fatal shooting of a clerk.", 1),
        ("A boy fatally shoots his grandfather during a meal.", 1),
        ("He was pronounced dead at the scene.", 1),
        ("A woman in her 50s and a teenage girl died at the hotel.", 2),
        ("A double homicide is under investigation.", 2),
        ("The 24-year-old man was taken to hospital, where he died.", 1),
    ],
)
def test_who_is_killed_is_counted_one_by_one(parse, text, wanted):
    assert wanted in killed(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "A woman was shot in the leg on Sunday.",
        "Nobody was killed in the shooting.",
        "A double shooting is under investigation.",
        "The man was not killed.",
        "A deadly virus of the plant spread in the fields.",
    ],
)
def test_nobody_is_counted_where_nobody_is_killed(parse, text):
    assert killed(parse(text)) == []


def test_a_child_that_she_hid_is_not_killed_with_her(parse):
    assert killed(parse("Officers killed a woman who hid herself and a child inside the flat.")) == [1]


def test_ages_and_telephone_numbers_are_no_tolls(parse, pipeline):
    from dateline.types import Report

    texts = [
        "Boy, 14, Dies After Shooting in East Tilden.",
        "Anyone who knows of the shooting that killed the man is asked to call police at (216) 555-0164.",
    ]
    for coded in pipeline.code(Report(id=str(i), text=t) for i, t in enumerate(texts)):
        assert all((f.high or 0) <= 1 for c in coded.claims for f in c.figures if f.kind == "killed")
