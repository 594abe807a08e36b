"""Which counts are figures of which event, and of what kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.codebook.lexicon import lexicon
from dateline.extract.figure_words import types
from dateline.extract.figures import assign, figures_of
from dateline.extract.quantities import find_quantities
from dateline.types import Mention, Sentence

Parse = Callable[[str], list[Sentence]]
Told = tuple[str, float | None, float | None]


def event(sentence: Sentence, text: str, trigger: str) -> Mention:
    start = text.index(trigger)
    inside = [i for i in range(len(sentence)) if start <= sentence.starts[i] < start + len(trigger)]
    head = next(i for i in inside if sentence.heads[i] not in inside or sentence.heads[i] == i)
    return Mention(sentence.index, inside[0], inside[-1], head)


def told(parse: Parse, text: str, *events: tuple[str, str]) -> list[list[Told]]:
    (sentence,) = parse(text)
    mentions = [(event(sentence, text, trigger), type) for trigger, type in events]
    found = assign(sentence, mentions, find_quantities(sentence, text))
    return [[(kind, q.low, q.high) for kind, q in figures] for figures in found]


@pytest.mark.parametrize(
    ("text", "trigger", "type", "wanted"),
    [
        ("Sixteen people were killed in an air strike.", "air strike", "air-strike", [("killed", 16, 16)]),
        ("Sixteen people, two of them children, were later found dead after the raid.", "raid", "air-strike",
         [("killed", 16, 16)]),
        ("They shelled the town, killing six.", "shelled", "shelling", [("killed", 6, 6)]),
        ("The blast left 12 dead and 30 wounded.", "blast", "bombing", [("killed", 12, 12), ("injured", 30, 30)]),
        ("The blast killed 12 and wounded dozens more.", "blast", "bombing",
         [("killed", 12, 12), ("injured", 24, None)]),
        ("Nine persons killed 12 injured in attack on the city.", "attack", "attack",
         [("killed", 9, 9), ("injured", 12, 12)]),
        ("The shelling claimed the lives of 12 civilians.", "shelling", "shelling", [("killed", 12, 12)]),
        ("The war has claimed 300,000 lives.", "war", "armed-clash", [("killed", 300_000, 300_000)]),
        ("The militia lost 10 fighters in the battle.", "battle", "armed-clash", [("killed", 10, 10)]),
        ("The death toll rose to 12.", "death toll", "casualties", [("killed", 12, 12)]),
        ("The death toll from the bombing of the market has risen to at least 27.", "bombing", "bombing",
         [("killed", 27, None)]),
        ("The ministry put the number of injured at 28.", "injured", "casualties", [("injured", 28, 28)]),
        ("Among the dead were three children.", "dead", "casualties", [("killed", 3, 3)]),
        ("A nurse and two soldiers are among the deceased.", "deceased", "casualties", [("killed", 3, 3)]),
        ("There were 18 deaths and 40 injuries in the clashes.", "clashes", "armed-clash",
         [("killed", 18, 18), ("injured", 40, 40)]),
        ("Two people are in critical condition after the shooting.", "shooting", "attack", [("injured", 2, 2)]),
        ("Eleven people are still missing after the strike.", "strike", "air-strike", [("missing", 11, 11)]),
        ("The army destroyed over 60 terrorists in the raid.", "raid", "armed-clash", [("killed", 60, None)]),
        ("The fighting in which 200 people died ended.", "fighting", "armed-clash", [("killed", 200, 200)]),
        ("Four teenagers were shot, one fatally, in the attack.", "attack", "attack", [("killed", 1, 1)]),
        ("A man was shot in the chest in the attack and pronounced dead.", "attack", "attack", [("killed", 1, 1)]),
        ("The bombing killed a policeman and his driver.", "bombing", "bombing", [("killed", 2, 2)]),
        ("More than 20,000 people have fled their homes.", "fled", "displacement", [("displaced", 20_000, None)]),
        ("More than 10 million were displaced by the war.", "displaced", "displacement",
         [("displaced", 10_000_000, None)]),
        ("The floods forced 300 families to leave their homes.", "leave", "displacement", [("displaced", 300, 300)]),
        ("Some 3,000 people remained displaced.", "displaced", "displacement", [("displaced", 3000, 3000)]),
        ("The storm left 500 homeless.", "homeless", "displacement", [("displaced", 500, 500)]),
        ("Some 1,200 families returned to their villages.", "returned", "return", [("returned", 1200, 1200)]),
        ("The Red Crescent evacuated 90 wounded people.", "evacuated", "evacuation", [("evacuated", 90, 90)]),
        ("Nearly 4,000 people left the district under the evacuation deal.", "evacuation", "evacuation",
         [("evacuated", None, 4000)]),
        ("The two sides exchanged 50 prisoners.", "exchanged", "release", [("released", 50, 50)]),
        ("Turkey sent 300 soldiers and 50 armoured vehicles.", "sent", "deploy",
         [("forces", 300, 300), ("forces", 50, 50)]),
        ("Turkey sent commandos in a nearly 150-vehicle-strong convoy.", "sent", "deploy", [("forces", None, 150)]),
        ("The withdrawal of 500 troops began.", "withdrawal", "withdraw", [("forces", 500, 500)]),
        ("They fired at least 40 rockets at the town.", "fired", "shelling", [("strikes", 40, None)]),
        ("A helicopter dropped a barrel bomb on the town.", "dropped", "air-strike", [("strikes", 1, 1)]),
        ("Warplanes carried out more than 30 air strikes.", "air strikes", "air-strike", [("strikes", 30, None)]),
        ("Several people were killed in twin attacks.", "attacks", "bombing", [("strikes", 2, 2)]),
        ("Rebels shot down two helicopters.", "shot down", "destroy", [("destroyed", 2, 2)]),
        ("The fire destroyed 12 containers.", "destroyed", "destroy", [("destroyed", 12, 12)]),
        ("Dozens of houses were damaged or destroyed.", "destroyed", "destroy", [("destroyed", 24, None)]),
        ("Security forces arrested 25 people, among them two journalists.", "arrested", "arrest",
         [("detained", 25, 25)]),
        ("Gunmen abducted four aid workers.", "abducted", "abduction", [("captured", 4, 4)]),
        ("The rebels seized 120 square kilometres of land.", "seized", "capture", [("area", 120, 120)]),
        ("Washington gave $20 million to the rescuers.", "gave", "aid", [("money", 20_000_000, 20_000_000)]),
        ("Hundreds of protesters rallied outside the ministry.", "rallied", "protest", [("other", 200, None)]),
    ],
)  # fmt: skip
def test_the_figures_of_one_event(parse: Parse, text: str, trigger: str, type: str, wanted: list[Told]) -> None:
    assert told(parse, text, (trigger, type)) == [wanted]


@pytest.mark.parametrize(
    ("text", "trigger", "type"),
    [
        ("The death toll is likely to rise after the strike.", "strike", "air-strike"),
        ("Several people were killed in the strike.", "strike", "air-strike"),
        ("Ten gunmen killed the guards in the attack.", "attack", "attack"),
        ("A bomber attacked a police post.", "attacked", "attack"),
        ("Two leaders met for talks on the attack.", "attack", "attack"),
        ("The strike hit a town of 60,000 people.", "strike", "air-strike"),
        ("The army killed 30 militants.", "killed", "consult"),
        ("The shelling went on for 12 days.", "shelling", "shelling"),
        ("Nobody was killed in the two sieges of the town.", "killed", "casualties"),
    ],
)
def test_no_figure(parse: Parse, text: str, trigger: str, type: str) -> None:
    assert told(parse, text, (trigger, type)) == [[]]


@pytest.mark.parametrize(
    ("text", "events", "wanted"),
    [
        (
            "Sixteen people were killed in an air strike on Homs and 12 soldiers died in clashes near Hama.",
            [("air strike", "air-strike"), ("clashes", "armed-clash")],
            [[("killed", 16, 16)], [("killed", 12, 12)]],
        ),
        (
            "Activists accused the government of killing 40 people in a strike on a market.",
            [("accused", "accuse"), ("strike", "air-strike")],
            [[], [("killed", 40, 40)]],
        ),
        (
            "At least 3,000 people have been killed and millions displaced since the war began.",
            [("killed", "casualties"), ("displaced", "displacement")],
            [[("killed", 3000, None)], [("displaced", 2_000_000, None)]],
        ),
        (
            "The bombardment destroyed 20 homes and displaced 300 families.",
            [("bombardment", "shelling"), ("destroyed", "destroy"), ("displaced", "displacement")],
            [[], [("destroyed", 20, 20)], [("displaced", 300, 300)]],
        ),
        (
            "The army captured five villages, killing 30 militants.",
            [("captured", "capture")],
            [[("other", 5, 5), ("killed", 30, 30)]],
        ),
        (
            "Thousands of people took to the streets and police arrested 40 of them.",
            [("took to the streets", "protest"), ("arrested", "arrest")],
            [[("other", 2000, None)], [("detained", 40, 40)]],
        ),
        (
            "Police arrested three men over the killing of a journalist.",
            [("arrested", "arrest"), ("killing", "attack")],
            [[("detained", 3, 3)], [("killed", 1, 1)]],
        ),
    ],
)
def test_each_figure_goes_to_one_event(
    parse: Parse, text: str, events: list[tuple[str, str]], wanted: list[list[Told]]
) -> None:
    assert told(parse, text, *events) == wanted


def test_one_event_may_be_asked_about_alone(parse: Parse) -> None:
    text = "The bombardment destroyed 20 homes and killed 3 people."
    (s,) = parse(text)
    quantities = find_quantities(s, text)
    shelling, destroying = event(s, text, "bombardment"), event(s, text, "destroyed")
    alone = figures_of(s, shelling, "shelling", quantities, [], [])
    assert [kind for kind, _ in alone] == ["destroyed", "killed"]
    beside = figures_of(s, shelling, "shelling", quantities, [], [], [destroying], ["destroy"])
    assert [kind for kind, _ in beside] == ["killed"]
    untyped = figures_of(s, shelling, "shelling", quantities, [], [], [destroying])
    assert [kind for kind, _ in untyped] == ["killed"]


@pytest.mark.parametrize(
    ("text", "trigger", "type", "count", "of"),
    [
        ("The officer was shot dead by gunmen.", "shot dead", "attack", 1, "The officer"),
        ("The 3-year-old died at the scene.", "died", "casualties", 1, "The 3-year-old"),
        ("Gunmen killed him outside his home.", "killed", "attack", 1, "him"),
        ("The girl, who died at the scene, was a pupil.", "died", "casualties", 1, "The girl"),
        ("Police are looking into the killing of the mayor's son.", "killing", "attack", 1, "the mayor's son"),
    ],
)
def test_a_single_victim_is_one(parse: Parse, text: str, trigger: str, type: str, count: float, of: str) -> None:
    (sentence,) = parse(text)
    ((kind, q),) = assign(sentence, [(event(sentence, text, trigger), type)], find_quantities(sentence, text))[0]
    assert (kind, q.low, q.high) == ("killed", count, count)
    assert q.of == of


def test_a_total_told_twice_is_one_figure(parse: Parse) -> None:
    text = "Air strikes kill 20 in the north as air strikes on a market killed 20 people there."
    assert told(parse, text, ("strikes", "air-strike")) == [[("killed", 20, 20)]]


def test_every_type_of_the_lexicon_has_known_kinds() -> None:
    kinds = set(lexicon("figures")["kinds"])
    for name, of_type in types().items():
        assert set(of_type.own) | set(of_type.also) <= kinds, name
        assert not set(of_type.own) & set(of_type.also), name


_WORDS = """at least 12 1,200 people soldiers a man were was killed wounded , and died in the strike on Homs left
dead 30 of them fled homes displaced arrested toll rose to by rockets fired . who including two women"""
WORDS = st.sampled_from(_WORDS.split())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=16), st.sampled_from(sorted(lexicon("figures")["types"])))
def test_any_words_give_each_count_at_most_once(parse: Parse, words: list[str], type: str) -> None:
    text = " ".join(words)
    for s in parse(text):
        quantities = find_quantities(s, text)
        middle = len(s) // 2
        events = [(Mention(s.index, i, i, i), t) for i, t in ((0, type), (middle, "casualties"))]
        given_out = [q.mention for figures in assign(s, events, quantities) for _, q in figures]
        assert len(given_out) == len(set(given_out))
        assert all(0 <= m.first <= m.last < len(s) for m in given_out)
