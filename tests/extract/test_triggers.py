"""Which words tell of which event, by whom and to whom; one claim an event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.extract.company import Names
from dateline.extract.merging import merge
from dateline.extract.tree import Tree
from dateline.extract.triggers import Hit, find_hits
from dateline.types import Mention, Sentence

Parse = Callable[[str], list[Sentence]]
SECTORS = {
    "troops": "MIL", "soldiers": "MIL", "army": "MIL", "jets": "MIL", "rebels": "REB", "fighters": "REB", "militia": "REB",
    "people": "CVL", "civilians": "CVL", "residents": "CVL", "families": "CVL", "police": "COP", "president": "GOV",
    "ministry": "GOV", "demonstrators": "CVL", "gunmen": "UNK", "convoy": "", "forces": "MIL", "detainees": "CVL",
    "russian": "MIL", "mediator": "GOV", "journalist": "CVL", "agency": "NGO", "villagers": "CVL",
}  # fmt: skip
PLACES = {"Harim", "Kupiansk", "Omdurman", "Goma", "Darfur"}


def read(parse: Parse, text: str) -> list[Hit]:
    (s,) = parse(text)

    def sector(m: Mention) -> str:
        return SECTORS.get(s.lower[m.head], "")

    names = Names(sector=sector, is_place=lambda _, i: s.words[i] in PLACES)
    tree = Tree(s)
    return merge(tree, find_hits(tree, load_codebook(), names), load_codebook())


def told(hits: list[Hit], s: Sentence) -> list[tuple[str, list[str], list[str]]]:
    return [(h.type, [s.lower[m.head] for m in h.agents], [s.lower[m.head] for m in h.targets]) for h in hits]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The troops shelled rebels north of Harim.", [("shelling", ["troops"], ["rebels"])]),
        ("Rebels were shelled by the army.", [("shelling", ["army"], ["rebels"])]),
        ("An attack by the army killed nine rebels in Harim.", [("armed-clash", ["army"], ["rebels"])]),
        ("Twelve people were killed in air strikes on Omdurman.", [("air-strike", [], ["people"])]),
        ("The army shelled Omdurman, killing six people.", [("shelling", ["army"], ["people"])]),
        ("The troops entered Harim and captured the airport.", [("advance", ["troops"], []), ("capture", ["troops"], [])]),
        ("Police arrested 40 demonstrators in Goma.", [("arrest", ["police"], ["demonstrators"])]),
        ("The president threatened to use force.", [("threaten", ["president"], [])]),
        ("About 20,000 people have fled Darfur.", [("displacement", [], ["people"])]),
        ("The jets carried out air raids on Harim.", [("air-strike", ["jets"], [])]),
        ("The rebels came under fire from the army.", [("armed-clash", ["army"], ["rebels"])]),
        ("The army compelled the fighters to retreat.", [("withdraw", ["fighters"], [])]),
        ("Fighters who stormed the base executed five soldiers.",
         [("advance", ["fighters"], []), ("execution", ["fighters"], ["soldiers"])]),
        ("Goma fell to the rebels in January.", [("capture", ["rebels"], [])]),
        ("Harim fell into the hands of rebels.", [("capture", ["rebels"], [])]),
        ("Some 40 detainees were released in Goma.", [("release", [], ["detainees"])]),
        ("Rebels quit the town of Harim overnight.", [("withdraw", ["rebels"], [])]),
        ("A journalist was shot dead in Goma.", [("attack", [], ["journalist"])]),
        ("The army lost 40 soldiers near Kupiansk.", [("casualties", [], ["army"])]),
        ("Police dispersed the demonstrators.", [("attack", ["police"], ["demonstrators"])]),
        ("The agency suspended its activities in Goma.", [("sanction", ["agency"], [])]),
        ("Russian missiles struck a school in Kupiansk.", [("shelling", ["russian"], [])]),
        ("The troops repelled two attacks by rebels.", [("repel", ["troops"], ["rebels"])]),
        ("The army carried out raids targeting fighters.", [("air-strike", ["army"], ["fighters"])]),
        ("The ministry accused the rebels of killing nine villagers.",
         [("accuse", ["ministry"], ["rebels"]), ("attack", ["rebels"], ["villagers"])]),
        ("Rebels have been trying to push back towards Harim.", [("advance", ["rebels"], [])]),
        ("Civilians fled the rebels in Goma.", [("displacement", [], ["civilians"])]),
    ],
)  # fmt: skip
def test_who_did_what_to_whom(parse: Parse, text: str, wanted: list[tuple[str, list[str], list[str]]]) -> None:
    (s,) = parse(text)
    assert told(read(parse, text), s) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The photograph captured the mood of the capital.",
        "Fans besieged the museum on Sunday.",
        "The minister attacked the budget.",
        "No group claimed responsibility for the attack.",
        "The war-battered town has no bakery.",
        "The film drew crowds in Goma.",
        "Prices in Harim fell to a new low.",
        "The president fell ill in Goma.",
        "The market fell silent.",
    ],
)
def test_no_violence_where_there_is_none(parse: Parse, text: str) -> None:
    violent = {"armed-clash", "attack", "capture", "siege", "air-strike", "shelling"}
    assert not violent & {h.type for h in read(parse, text)}


@pytest.mark.parametrize(
    "text",
    [
        "A mediator, who asked not to be named, spoke in Goma.",
        "The president invited readers to his home.",
        "It was not clear who the mediator was.",
    ],
)
def test_asking_is_not_always_a_demand(parse: Parse, text: str) -> None:
    assert "demand" not in {h.type for h in read(parse, text)}


def test_a_word_of_the_trigger_suffers_nothing(parse: Parse) -> None:
    for h in read(parse, "A journalist was shot dead and the soldiers were taken prisoner in Goma."):
        assert all(m.head not in h.tokens for m in h.targets)


def test_a_responsibility_claim_is_one_claim(parse: Parse) -> None:
    assert [h.type for h in read(parse, "No group claimed responsibility for the attack.")] == ["claim-responsibility"]


def test_two_events_in_a_sentence_stay_two(parse: Parse) -> None:
    hits = read(parse, "Rebels shelled the airport on Monday and the army bombed Harim from the air on Tuesday.")
    assert len(hits) == 2


def test_no_token_is_used_twice(parse: Parse) -> None:
    hits = read(parse, "Rebels launched an offensive and fired rockets at the army, killing two soldiers.")
    used = [i for h in hits for i in h.tokens]
    assert len(used) == len(set(used))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from("the army rebels shelled killed in of by Harim attack , and who was fled 12 people .".split()),
        max_size=25,
    )
)
def test_word_salad_never_trips_it(parse: Parse, words: list[str]) -> None:
    text = " ".join(words)
    for s in parse(text):
        names = Names(
            sector=lambda m, s=s: SECTORS.get(s.lower[m.head], ""), is_place=lambda _, i, s=s: s.words[i] in PLACES
        )
        tree = Tree(s)
        for h in merge(tree, find_hits(tree, load_codebook(), names), load_codebook()):
            assert 0 <= h.trigger.first <= h.head <= h.trigger.last < len(s)
            assert not set(h.agents) & set(h.targets)
