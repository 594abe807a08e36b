"""Who was displaced or lost a house, told by a count alone."""

from __future__ import annotations

import pytest

from dateline.read.text import make_report
from dateline.types import Claim, CodedReport


def claims(pipeline, text: str) -> tuple[Claim, ...]:
    (one,) = pipeline.code([make_report(text, id="a", published="2020-02-06")])
    assert isinstance(one, CodedReport)
    return one.claims


@pytest.mark.parametrize(
    ("text", "type", "kind", "low"),
    [
        ("Agencies fed some 42,000 internally displaced persons.", "displacement", "displaced", 42000),
        ("About 500 evacuees are staying in schools.", "displacement", "displaced", 500),
        ("Around 700 people were forced into temporary shelters.", "displacement", "displaced", 700),
        ("IDPs in the province total 22,387.", "displacement", "displaced", 22387),
        ("More than 3,000 people were affected and 536 relocated.", "evacuation", "evacuated", 536),
        ("The storm left six dead, and 200 houses collapsed.", "destroy", "destroyed", 200),
        ("Torrents of mud buried 17 homes in the village.", "destroy", "destroyed", 17),
    ],
)
def test_a_count_of_people_moved_or_of_houses_lost_is_a_claim(pipeline, text, type, kind, low):
    found = [(c.type, f.kind, f.low) for c in claims(pipeline, text) for f in c.figures]
    assert (type, kind, low) in found


@pytest.mark.parametrize(
    "text",
    [
        "The displaced persons camp stands near the river.",  # nobody is counted
        "The firm sold 300 homes in March.",
        "Some 200 soldiers returned to the camp.",
    ],
)
def test_other_counts_are_none(pipeline, text):
    assert not [c for c in claims(pipeline, text) if c.type in {"displacement", "evacuation", "return", "destroy"}]


def test_waves_are_no_people(pipeline):
    (claim,) = claims(pipeline, "More than 55,000 people were displaced from the town in two waves of fighting.")
    assert [f.low for f in claim.figures if f.kind == "displaced"] == [55000]


def test_a_name_broken_over_two_lines_is_one(pipeline):
    text = (
        "Gunmen attacked a checkpoint on the road to the north of the town, the Coastal\n"
        "Observatory said on Monday. Shells killed four people at the market in the evening."
    )
    assert "Coastal Observatory" in {s.name for c in claims(pipeline, text) for s in c.sources}
