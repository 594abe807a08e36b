"""One happening, one claim: what tells of it twice is joined, what only points at it is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.codebook import load_codebook
from dateline.extract.company import Names
from dateline.extract.merging import merge
from dateline.extract.tree import Tree
from dateline.extract.triggers import Hit, find_hits
from dateline.types import Mention, Sentence

Parse = Callable[[str], list[Sentence]]
SECTORS = {
    "army": "MIL", "soldiers": "MIL", "troops": "MIL", "jets": "MIL", "rebels": "REB", "gunmen": "UNK", "people": "CVL",
    "villagers": "CVL", "families": "CVL", "woman": "CVL", "government": "GOV", "sailors": "MIL", "others": "CVL",
}  # fmt: skip
PLACES = {"Harim", "Goma", "Kutum"}


def read(parse: Parse, text: str) -> list[Hit]:
    (s,) = parse(text)

    def sector(m: Mention) -> str:
        return SECTORS.get(s.lower[m.head], "")

    names = Names(sector=sector, is_place=lambda _, i: s.words[i] in PLACES)
    tree = Tree(s)
    return merge(tree, find_hits(tree, load_codebook(), names), load_codebook())


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("A woman was shot and killed in Goma.", ["attack"]),
        ("The army killed six rebels and wounded nine.", ["armed-clash"]),
        ("The government launched air strikes in March.", ["air-strike"]),
        ("The army said its jets bombed the port, killing three sailors.", ["air-strike"]),
        ("The fighting forced hundreds of people to leave their homes.", ["armed-clash", "displacement"]),
        ("The army vowed to respond.", ["threaten"]),
        ("The troops repelled two assaults on Harim.", ["repel"]),
        ("The government sent jets to support the army.", ["deploy"]),
        ("The army carried out raids on Harim and raids targeting rebels in Kutum.", ["air-strike", "air-strike"]),
        ("The army pressed its assault on Harim.", ["attack"]),
    ],
)
def test_one_claim_a_happening(parse: Parse, text: str, types: list[str]) -> None:
    assert [h.type for h in read(parse, text)] == types


def test_those_killed_in_clashes_are_not_their_doers_when_the_clashes_kill(parse: Parse) -> None:
    (hit,) = read(parse, "The clashes killed six soldiers and wounded others.")
    assert not hit.agents
    assert {m.head for m in hit.targets}


def test_soldiers_killed_in_clashes_with_rebels(parse: Parse) -> None:
    (hit,) = read(parse, "Six soldiers were killed in clashes with rebels near Harim.")
    (s,) = parse("Six soldiers were killed in clashes with rebels near Harim.")
    assert [s.lower[m.head] for m in hit.agents] == ["rebels"]
    assert [s.lower[m.head] for m in hit.targets] == ["soldiers"]


def test_fact_and_forecast_stay_apart(parse: Parse) -> None:
    hits = read(parse, "The shelling killed five people, and the death toll is likely to rise.")
    assert [h.type for h in hits] == ["shelling", "casualties"]
