"""How sure: each sentence is parsed for real, the event's word stands in brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import CodebookError
from dateline.extract.modality import modality_of
from dateline.extract.modality_words import _governor, modality_words
from dateline.types import Mention, Modality, Sentence

Parse = Callable[[str], list[Sentence]]

ASSERTED = [
    "The army [shelled] the town on Monday.",
    "Not only did they [shell] the town, they looted it.",
    "The army not only [shelled] the town but also looted it.",
    "The group did not deny that it [shelled] the town.",
    "No one was killed in the [attack].",
    "The army did not [withdraw] until Monday.",
    "He was accused of [shelling] the market.",
    "The group urged both sides to stop the [attacks].",
    "The president [threatened] to use force.",
    "Both sides agreed to a [truce].",
    "Thousands were forced to [flee].",
    "Troops managed to [capture] the hill.",
    "The army continued to [shell] the suburb.",
    "The minister did not comment after the [attack].",
    "The minister did not comment after rebels [attacked] the post.",
    "Officials said that rebels [attacked] the post.",
    "The ministry claimed that its forces [killed] ten fighters.",
    "He condemned the [attack].",
    "The [attack] did not kill anyone.",
    "The army [attacked] the town to free hostages.",
    "The army said it would respond and [captured] the town.",
    "Troops were able to [recapture] the village.",
    "Explosions could be [heard] in the city.",
    "Rebels would often [fire] rockets at the base.",
    "The army, which had not slept, [attacked] at dawn.",
    "Fighters who tried to flee were [shot].",
    "The sides discussed the [attack].",
    "The army is investigating the [killing] of ten people.",
    "The president denied that his government failed to [aid] the victims.",
    "The siege went on until the rebels [surrendered].",
    "The army is no weaker, said the man who [led] the raid.",
    "The rebels [captured] the base, which they could not hold.",
    "He did not say who [attacked] the convoy.",
    "The [withdrawal] was completed on Monday.",
    "The council imposed [sanctions] on Monday.",
    "The army used tanks to [shell] the camp.",
    "Rebels [freed] ten men in exchange for medicine.",
    "The rebels [demanded] the release of ten men.",
    "Nearly 40 people have been [displaced] without water.",
    "The first convoy to [enter] the town carried flour.",
    "The shells caused families to [flee].",
    "More than 20 were [wounded], several of them seriously, and the toll is expected to rise.",
    "The government denied responsibility for the [attack].",
    "There was no claim of responsibility for the [bombing].",
    "Jets dropped barrel [bombs] on the market.",
    "The ministry announced that six soldiers had been [killed].",
    "It was unclear who [attacked] the convoy.",
    "This may be the deadliest [attack] on the town.",
    "The chief ordered an inquiry after police [shot] a boy.",
    "The village was [shelled], residents said.",
    "The men did not hesitate to [shoot].",
    "The rebels used to [shell] the base every night.",
    "Officials were told that the militia was to [blame].",
    "Police who had not been paid [arrested] the mayor.",
    "The [clashes] could spread to the coast.",
    "The army [captured] no fewer than nine villages.",
    "The jets may strike again, said a man whose house was [destroyed].",
]
DENIED = [
    "Army units entered the town but had not yet [taken control].",
    "The ministry denied that it [shelled] the market.",
    "There was no [claim of responsibility] for the blast.",
    "Rebels failed to [capture] the base.",
    "They left without [capturing] the hill.",
    "Soldiers prevented families from [entering] the camp.",
    "There is no evidence that troops [used] chlorine.",
    "No one was [killed] in the town.",
    "The fighters never [withdrew] from the valley.",
    "The rebels have yet to [withdraw].",
    "The army abandoned plans to [storm] the city.",
    "The army denied plans to [storm] the city.",
    "The government has no plans to [withdraw].",
    "The rebels refused to [leave].",
    "The rebels did not [attack] or [capture] the town.",
    "Troops were unable to [recapture] the village.",
    "The men could not [reach] the town.",
    "No [attack] took place.",
    "The [attack] did not take place.",
    "The air force did not carry out the [strike].",
    "Neither side [attacked] the convoy.",
    "None of the fighters [surrendered].",
    "Instead of [withdrawing], the army dug in.",
    "The militia rejected reports that it [tortured] prisoners.",
    "The army no longer [besieges] the town.",
    "The two sides did not reach an [agreement].",
    "The air force killed no [civilians], it said.",
    "The air force [killed] no civilians, it said.",
    "Plans for the [evacuation] of families were dropped.",
    "Both sides dropped plans for a [truce].",
    "The minister ruled out an [attack] on the port.",
    "The army is no longer able to [defend] the valley.",
    "The talks ended without an [agreement].",
    "Rebels stopped short of [storming] the palace.",
    "The militia denied having [abducted] the priest.",
    "Aid never [reached] the camp.",
    "The mayor was neither [arrested] nor questioned.",
]
UNCERTAIN = [
    "The plane may have [bombed] the school.",
    "The army reportedly [shelled] two villages.",
    "Dozens of people were reportedly killed by [air strikes].",
    "He was believed to have been [killed].",
    "There were reports of [clashes] near the airport.",
    "It was unclear whether the [strike] had taken place.",
    "Did the army [shell] the market?",
    "Three people died in a suspected chemical [attack].",
    "The raid risked a [confrontation] between the two armies.",
    "They were hurt in what appeared to be an [air strike].",
    "The minister said it was possible that rebels had [fired] the rockets.",
    "Analysts think that the militia [killed] him.",
    "The bodies were thought to have been [burned].",
    "The monitor could not confirm that rebels [shelled] the town.",
    "The [attack] has not been confirmed.",
    "The air force may launch a [strike].",
    "An [attack] is unlikely.",
    "Fears of an [attack] grew.",
    "The army is investigating reports that ten people were [killed].",
    "According to unconfirmed reports the army [shelled] the camp.",
    "He did not say whether the army [attacked] the convoy.",
    "The blast was apparently caused by a [car bomb].",
    "Rebels are suspected of [kidnapping] the priest.",
    "The priest is feared [dead].",
    "Police suspect the group [kidnapped] the priest.",
    "There is evidence that troops [used] chlorine in the village.",
    "More than 40 people are feared [dead].",
    "The village was said to have been [shelled].",
    "The minister did not rule out an [attack] on the port.",
    "The general is alleged to have [ordered] the raid.",
    "Perhaps the plane was [shot down].",
    "The rumour that the general [defected] spread quickly.",
    "Was the general [arrested]?",
]
FUTURE = [
    "The army will [withdraw] on Friday.",
    "Turkey is expected to [attack] the town soon.",
    "The commander ordered his troops to [withdraw].",
    "The group urged both sides to accept a [truce].",
    "He called for a [ceasefire].",
    "The general vowed to [retake] the city.",
    "The army sent tanks in an attempt to [seize] the bridge.",
    "If rebels [attack] the convoy, the army will respond.",
    "Residents fear the worst in case of another [attack].",
    "The president threatened to use force to compel them to [retreat] by Sunday.",
    "There was a threat of [attack].",
    "Both sides agreed to [withdraw] their guns.",
    "The toll was likely to [rise].",
    "They are to [meet] on Friday.",
    "Army to [withdraw] from the valley",
    "The planned [offensive] was announced in May.",
    "The rebels will attack and [capture] the town.",
    "He said the army would [fire] rockets at the base.",
    "The air force will carry out more [strikes].",
    "Troops were ready to [storm] the town.",
    "The fighters tried to [enter] the city.",
    "Clashes began after rebels tried to [enter] the city.",
    "Talks on a [ceasefire] continue in Geneva.",
    "The sides discussed a [ceasefire].",
    "The [talks] are due to resume on Monday.",
    "The [talks] will resume on Monday.",
    "The army is preparing for an [assault] on the city.",
    "Unless troops [withdraw], the talks will end.",
    "The siege will go on until the rebels [surrender].",
    "A [withdrawal] is expected next week.",
    "The council will vote on [sanctions] on Monday.",
    "They hope to reach an [agreement].",
    "The rebels demanded the [release] of ten men.",
    "The rebels demanded that ten men be [released].",
    "They want the army to stop, and to [withdraw] its guns.",
    "The [offensive] aimed at the city is looming.",
    "A plan for the [evacuation] of families was drawn up.",
    "The ministry announced plans to [deploy] more troops.",
    "In the event of an [attack], sirens will sound.",
    "The council is set to hold [talks] on Monday.",
    "Fighters were trying to [take] the hill.",
    "The president wants parliament to approve the [withdrawal].",
    "A senior officer was told to [evacuate] the hospital.",
    "They must [leave] the city by Friday.",
    "Lawmakers proposed an [embargo].",
    "The army gave them two days to [surrender].",
]


def read(parse: Parse, marked: str, type: str = "") -> tuple[Modality, str]:
    """Parse a sentence and read the event between the (last) brackets."""
    start, end = marked.rindex("["), marked.rindex("]") - 1
    (sentence,) = parse(marked.replace("[", "").replace("]", ""))
    start -= marked[:start].count("[") * 2
    end -= marked[: end + 1].count("[") * 2 - 2
    tokens = [i for i in range(len(sentence)) if sentence.starts[i] < end and sentence.ends[i] > start]
    first, last = tokens[0], tokens[-1]
    head = next(i for i in tokens if not first <= sentence.heads[i] <= last or sentence.heads[i] == i)
    return modality_of(sentence, Mention(sentence.index, first, last, head), type)


@pytest.mark.parametrize("marked", ASSERTED)
def test_asserted(parse: Parse, marked: str) -> None:
    assert read(parse, marked) == ("asserted", "")


@pytest.mark.parametrize(
    ("wanted", "marked"),
    [(w, m) for w, listed in (("denied", DENIED), ("uncertain", UNCERTAIN), ("future", FUTURE)) for m in listed],
)
def test_not_asserted_and_some_word_says_so(parse: Parse, wanted: str, marked: str) -> None:
    modality, cue = read(parse, marked)
    assert modality == wanted
    assert cue


@pytest.mark.parametrize(
    ("marked", "cue"),
    [
        ("The ministry denied that it [shelled] the market.", "denied"),
        ("The fighters never [withdrew] from the valley.", "never"),
        ("The army reportedly [shelled] two villages.", "reportedly"),
        ("If rebels [attack] the convoy, the army will respond.", "if"),
        ("A plan for the [evacuation] of families was drawn up.", "plan"),
        ("Was the general [arrested]?", "?"),
    ],
)
def test_the_word_that_decided(parse: Parse, marked: str, cue: str) -> None:
    assert read(parse, marked)[1] == cue


class TestTheTypeMatters:
    def test_a_threat_is_made_by_its_will(self, parse: Parse) -> None:
        marked = "We will [retaliate] for the raid, the minister said."
        assert read(parse, marked, "threaten")[0] == "asserted"
        assert read(parse, marked, "shelling")[0] == "future"

    @pytest.mark.parametrize(("type", "wanted"), [("advance", "asserted"), ("capture", "future"), ("", "future")])
    def test_trying_is_a_move_but_no_capture(self, parse: Parse, type: str, wanted: str) -> None:
        assert read(parse, "The fighters tried to [enter] the city.", type)[0] == wanted


class TestReportingIsTransparent:
    @pytest.mark.parametrize(
        "saying", ["said", "claimed", "reported", "confirmed", "announced", "stressed", "told state television"]
    )
    def test_who_says_it_does_not_matter(self, parse: Parse, saying: str) -> None:
        assert read(parse, f"The ministry {saying} that rebels [shelled] the port.")[0] == "asserted"
        assert read(parse, f"The ministry {saying} that rebels might [shell] the port.")[0] == "uncertain"
        assert read(parse, f"The ministry {saying} that rebels did not [shell] the port.")[0] == "denied"
        assert read(parse, f"The ministry {saying} that rebels will [shell] the port.")[0] == "future"


def made(n: int, heads: list[int], deps: list[str], words: list[str], tags: list[str]) -> Sentence:
    return Sentence(
        index=0,
        paragraph=0,
        start=0,
        end=n,
        words=words,
        lower=words,
        lemmas=words,
        tags=tags,
        deps=deps,
        heads=heads,
        starts=range(n),
        ends=range(1, n + 1),
        ents=[""] * n,
        quoted=[False] * n,
    )


@given(st.data())
def test_any_tree_is_read_and_ends(data: st.DataObject) -> None:
    """Whatever the parser makes of odd input, one of the four comes out, with a word unless it is asserted."""
    n = data.draw(st.integers(1, 8))
    root = data.draw(st.integers(0, n - 1))
    heads = [root if i == root else data.draw(st.integers(0, n - 1)) for i in range(n)]
    for i in range(n):  # mend what is no tree
        seen, j = {i}, i
        while heads[j] != j:
            j = heads[j]
            if j in seen:
                heads[i] = i
                break
            seen.add(j)
    deps = [
        data.draw(
            st.sampled_from(
                ["ccomp", "xcomp", "dobj", "nsubj", "prep", "pobj", "conj", "advcl", "acl", "neg", "aux", "relcl"]
            )
        )
        if heads[i] != i
        else "ROOT"
        for i in range(n)
    ]
    words = [
        data.draw(st.sampled_from(["deny", "not", "will", "plan", "attack", "no", "to", "if", "?", "report"]))
        for _ in range(n)
    ]
    tags = [data.draw(st.sampled_from(["VB", "VBD", "NN", "IN", "JJ", "RB"])) for _ in range(n)]
    at = data.draw(st.integers(0, n - 1))
    modality, cue = modality_of(made(n, heads, deps, words, tags), Mention(0, at, at, at))
    assert modality in {"asserted", "denied", "uncertain", "future"}
    assert bool(cue) or modality == "asserted"


class TestLexicon:
    def test_every_governor_has_a_word(self) -> None:
        words = modality_words()
        assert words.verbs["deny"][0].holds == "denied"
        assert words.nouns["plan"][0].holds == "future"
        assert words.adjectives["possible"][0].holds == "uncertain"

    @pytest.mark.parametrize(
        ("entry", "where"),
        [
            ({"holds": "maybe", "negated": "denied"}, "modality"),
            ({"holds": "denied", "negated": "asserted", "only": "sometimes"}, "governors.x.only"),
        ],
    )
    def test_what_is_wrong_is_named(self, entry: dict[str, str], where: str) -> None:
        with pytest.raises(CodebookError) as caught:
            _governor("x", entry)
        assert caught.value.field == where
        assert "modality.yaml" in caught.value.path
