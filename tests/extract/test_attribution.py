"""Who says so: speakers, what they say, and how one stands inside the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.attribution import find_attributions, is_act, sources_of
from dateline.types import Attribution, Sentence

Parse = Callable[[str], list[Sentence]]


def sources(sentences: Sequence[Sentence], word: str, *, acts: bool = False) -> list[str]:
    """The speakers of the first token that reads ``word``, innermost first, as they stand."""
    for s, attributions in zip(sentences, find_attributions(sentences), strict=True):
        if word in s.words:
            found = sources_of(s.words.index(word), attributions, acts=acts)
            return [words(sentences, m.sentence, m.first, m.last) for _, m in found]
    raise AssertionError(f"no token {word!r}")


def words(sentences: Sequence[Sentence], n: int, first: int, last: int) -> str:
    return " ".join(sentences[n].words[first : last + 1])


def of(sentences: Sequence[Sentence], word: str) -> Attribution:
    """The attribution that covers a token most narrowly."""
    for s, attributions in zip(sentences, find_attributions(sentences), strict=True):
        if word in s.words:
            return sources_of(s.words.index(word), attributions)[0][0]
    raise AssertionError(f"no token {word!r}")


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        # before and after what is said
        ("The army said rebels shelled the town.", "shelled", ["The army"]),
        ("The army said on Monday that rebels shelled the town.", "shelled", ["The army"]),
        ("Shells hit the market, the army said.", "hit", ["the army"]),
        ("Shells hit the market, said Omar Haddad, a doctor there.", "hit", ["Omar Haddad"]),
        ("The raid, the army said Monday, killed two gunmen.", "killed", ["the army"]),
        ("The raid, the army said Monday, killed two gunmen.", "raid", ["the army"]),
        ("The raid, according to residents, killed two.", "killed", ["residents"]),
        ("Fighters stormed the base, according to the Coastal Observatory.", "stormed", ["Coastal Observatory"]),
        ("According to the ministry, rebels fired rockets and the army responded.", "responded", ["the ministry"]),
        ("As the mayor put it, the shelling never stopped.", "shelling", ["the mayor"]),
        # commas lost
        (
            "Nine people were killed on Monday the monitoring group the Libyan Observatory for Civil Rights said.",
            "killed",
            ["Libyan Observatory for Civil Rights"],
        ),
        ("Jets bombed the camp on Friday state television said.", "bombed", ["state television"]),
        ("The shells hurt 25 others Karim Abu Nader told Anadolu.", "hurt", ["Karim Abu Nader", "Anadolu"]),
        ("Men were killed in the town residents and activists told AFP.", "killed", ["residents", "activists", "AFP"]),
        ("Fighters left the area south of the town local activists said.", "left", ["local activists"]),
        ("The toll rose to ten a source at Sirte Police Command said.", "toll", ["a source at Sirte Police Command"]),
        ("Two bombs went off in central Homs SANA reported.", "went", ["SANA"]),
        ("According to Anadolu Agency three people were killed by a mortar shell.", "killed", ["Anadolu Agency"]),
        ("The website Nabd that is close to the rebels said jets bombed the port.", "bombed", ["The website Nabd"]),
        # outlets
        ("Local activists told Reuters that two bombs fell on the clinic.", "fell", ["Local activists", "Reuters"]),
        ("Reuters quoted a soldier as saying the town had fallen.", "fallen", ["a soldier", "Reuters"]),
        ("The minister was quoted by SANA as saying the raids would go on.", "raids", ["The minister", "SANA"]),
        ("Jets bombed the camp, SANA reported, citing a military source.", "bombed", ["a military source", "SANA"]),
        ("The army said in a statement carried by SANA that gunmen shelled the town.", "shelled", ["The army", "SANA"]),
        ("The envoy told reporters that the truce had collapsed.", "collapsed", ["The envoy"]),
        ("SANA and al Ikhbariya TV said army units entered the village.", "entered", ["SANA", "al Ikhbariya TV"]),
        ("The agency said the army stormed the hill, according to Haddad.", "stormed", ["Haddad", "The agency"]),
        ("Police said the man had fled to Benghazi, according to Reuters.", "fled", ["Police", "Reuters"]),
        # far from the verb
        ("MOSCOW May 8 (Interfax) - The Coastal Council announced that ten died.", "died", ["Coastal Council"]),
        ('"They took it" the Coastal Council which relies on many sources said.', "took", ["Coastal Council"]),
        ("A man found tyres which activists said were burnt by rebels.", "burnt", ["activists"]),
        ("The group, which denied that it had paid ransom, said a hostage died.", "died", ["The group"]),
        # nouns
        ("The court is looking into reports that prisoners were tortured.", "tortured", ["reports"]),
        ("A statement by the ministry said police arrested two men.", "arrested", ["A statement by the ministry"]),
        ("Few believe the army's claim that rebels bombed the school.", "bombed", ["the army"]),
        # nobody
        ("It was reported that two people were killed.", "killed", []),
        ("The rebels reportedly shot down a plane.", "shot", []),
        ("Residents heard shelling overnight.", "shelling", []),
        ("The video showed tanks burning near the bridge.", "burning", []),
        ("Analysts believe the offensive has failed.", "offensive", ["Analysts"]),
        ("The mayor believes in an offensive.", "offensive", []),
        ("The party supports the offensive.", "offensive", []),
        ("Residents want the siege to end.", "siege", []),
        # as somebody said
        ("As SANA reported on Monday, the army shelled the town.", "shelled", ["SANA"]),
        ("The army shelled the town, as Omar Haddad told Reuters.", "shelled", ["Omar Haddad", "Reuters"]),
        ("As he fled, the army shelled the town.", "shelled", []),
        # told, with direct speech before it
        ('"They shelled the camp," Haddad told a weeping crowd of mourners in Sirte.', "shelled", ["Haddad"]),
        ("Haddad said shelling the town was a crime.", "crime", ["Haddad"]),
        ('Mr. Haddad, citing "the fog of war," said the army could lose.', "lose", ["Mr. Haddad"]),
        ("The ministry did not say how many were killed.", "killed", []),
        ("No group has claimed responsibility for the bombing.", "bombing", []),
        ("The mine claimed the lives of four children.", "lives", []),
        ("There have been few reports of shelling since.", "shelling", []),
        ("The talks added to hopes that the siege would end.", "siege", []),
    ],
)  # fmt: skip
def test_speakers(parse: Parse, text: str, word: str, expected: list[str]) -> None:
    assert sources(parse(text), word) == expected


@pytest.mark.parametrize(
    ("text", "word", "stance", "verb"),
    [
        ("The army said the town had fallen.", "fallen", "reports", "said"),
        ("The rebels claimed that they had shot down a jet.", "jet", "claims", "claimed"),
        ("Damascus denied that its troops had used gas.", "gas", "denies", "denied"),
        ("Damascus denied using gas.", "gas", "denies", "denied"),
        ("The ministry rejected claims that its jets bombed the hospital.", "bombed", "denies", "rejected"),
        ("A spokesman confirmed that the base was attacked.", "attacked", "confirms", "confirmed"),
        ("The attack was confirmed by the ministry.", "attack", "confirms", "confirmed"),
        ("The opposition accused the army of shelling the hospital.", "shelling", "accuses", "accused"),
        ("The raid killed four, according to a medic.", "raid", "reports", "according to"),
    ],
)
def test_stance_and_verb(parse: Parse, text: str, word: str, stance: str, verb: str) -> None:
    found = of(parse(text), word)
    assert (found.stance, found.verb) == (stance, verb)


def test_an_attack_is_claimed_by_its_doers_alone(parse: Parse) -> None:
    assert sources(parse("Last week a bombing claimed by the Ansar group killed 20 people."), "bombing") == []


def test_scope_takes_in_coordinated_clauses(parse: Parse) -> None:
    text = "Troops shelled the hill and the rebels pushed them back, the Observatory said."
    sentences = parse(text)
    assert sources(sentences, "shelled") == sources(sentences, "pushed") == ["Observatory"]


def test_each_speaker_has_a_clause(parse: Parse) -> None:
    sentences = parse("The army said that rebels shelled the town, but the rebels said the army attacked first.")
    assert sources(sentences, "shelled") == ["The army"]
    assert sources(sentences, "attacked") == ["the rebels"]


def test_a_subordinate_report_leaves_the_main_clause_to_the_report(parse: Parse) -> None:
    sentences = parse("The strikes killed five people although the group said the toll was likely to rise.")
    assert sources(sentences, "strikes") == []
    assert sources(sentences, "toll") == ["the group"]


def test_what_follows_the_reporting_clause_is_not_said(parse: Parse) -> None:
    sentences = parse("Shells hit the town, the mayor said, as the army advanced on the port.")
    assert sources(sentences, "hit") == ["the mayor"]
    assert sources(sentences, "advanced") == []


def test_adding_goes_on_with_the_speaker(parse: Parse) -> None:
    sentences = parse("The strike hit a market, the governor said, adding that two gunmen were killed.")
    assert sources(sentences, "killed") == ["the governor"]


def test_a_source_inside_another(parse: Parse) -> None:
    sentences = parse("Reuters said the army had told residents that rebels fled the city.")
    assert sources(sentences, "fled") == ["the army", "Reuters"]


def test_a_speaker_named_twice_counts_once(parse: Parse) -> None:
    sentences = parse("The army said it had warned that the dam would burst, adding that two men drowned.")
    found = sources(sentences, "drowned")
    assert len(found) == len(set(found))


def test_the_reporting_word_is_not_said_by_its_own_speaker(parse: Parse) -> None:
    sentences = parse("The raid, the army said, killed two.")
    assert sources(sentences, "said") == []
    assert sources(sentences, "army") == []


# ------------------------------------------------------------------------------------------------- deeds by speech


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The general threatened to attack the port.", "attack"),
        ("The council urged both sides to halt attacks.", "attacks"),
        ("The minister condemned the bombing of the market.", "bombing"),
    ],
)
def test_a_deed_by_speech_is_no_source_unless_asked_for(parse: Parse, text: str, word: str) -> None:
    sentences = parse(text)
    assert sources(sentences, word) == []
    assert len(sources(sentences, word, acts=True)) == 1


def test_which_words_are_deeds(parse: Parse) -> None:
    ((threat,),) = find_attributions(parse("The general threatened to attack the port."))
    ((report,),) = find_attributions(parse("The general said troops attacked the port."))
    assert is_act(threat)
    assert not is_act(report)


@pytest.mark.parametrize(
    ("text", "holder", "manner"),
    [
        ("The party supports the truce.", "The party", "attitude"),
        ("Residents hope that the siege will end.", "Residents", "attitude"),
        ("The governor was confident that the truce would hold.", "The governor", "attitude"),
        ("The council's refusal to meet the envoy angered him.", "The council", "attitude"),
        ("A survey showed that most families had left.", "A survey", "attitude"),
        ("Most families had left, a survey showed.", "a survey", "attitude"),
        ("The raid was condemned by the council.", "the council", "act"),
        ("Diplomats think that the truce has failed.", "Diplomats", "belief"),
    ],
)
def test_attitudes_have_holders(parse: Parse, text: str, holder: str, manner: str) -> None:
    sentences = parse(text)
    ((found,),) = find_attributions(sentences)
    m = found.speakers[0]
    assert (words(sentences, 0, m.first, m.last), found.manner) == (holder, manner)


def test_what_one_says_of_anothers_wishes_is_no_attitude_told(parse: Parse) -> None:
    (found,) = find_attributions(parse("The mayor said residents want the siege to end."))
    assert [a.manner for a in found] == ["speech"]


def test_two_apostrophes_are_a_quotation_mark(parse: Parse) -> None:
    sentences = parse("''They shelled us,'' said Salma Idris, a nurse. ''They came back at night.''")
    assert [sources(sentences, w) for w in ("shelled", "came")] == [["Salma Idris"]] * 2


def test_speech_told_in_speech_ends_with_it(parse: Parse) -> None:
    ((*_, inner),) = find_attributions(parse('"He says the army fled," Haddad said of the raid.'))
    assert inner.last == 5


# ------------------------------------------------------------------------------------------------------ direct speech


def test_speech_over_sentences_has_the_speaker_named_at_its_end(parse: Parse) -> None:
    sentences = parse('"They came at night. They took everyone. We hid" said Salma Idris who fled the town.')
    assert [sources(sentences, w) for w in ("came", "took", "hid")] == [["Salma Idris"]] * 3


def test_speech_goes_on_with_the_last_speaker(parse: Parse) -> None:
    sentences = parse('"They took the hill," the officer said. "We withdrew to the river."')
    assert sources(sentences, "withdrew") == ["the officer"]


def test_plain_sentences_after_a_report_are_the_reports_own(parse: Parse) -> None:
    sentences = parse("The monitor said 12 people died. Troops entered the town on Tuesday.")
    assert sources(sentences, "entered") == []


def test_a_colon_announces_speech(parse: Parse) -> None:
    sentences = parse('The officer said:\n\n"We were ambushed. Two men died."\n\nTroops later retook the road.')
    assert sources(sentences, "ambushed") == ["The officer"]
    assert sources(sentences, "died") == ["The officer"]
    assert sources(sentences, "retook") == []


def test_a_name_alone_after_speech(parse: Parse) -> None:
    sentences = parse('"Who would bomb a school?" Salma Idris said.')
    assert sources(sentences, "bomb") == ["Salma Idris"]


def test_words_reported_inside_speech_do_not_carry_it_on(parse: Parse) -> None:
    sentences = parse('"The rebels say they will leave. They burned the mill," the mayor said.')
    assert sources(sentences, "burned") == ["the mayor"]


def test_the_first_person_is_no_source(parse: Parse) -> None:
    assert sources(parse("I said the bridge was bombed."), "bombed") == []


# --------------------------------------------------------------------------------------------------------- headlines


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("12 soldiers killed in clashes with rebels: Monitor", "killed", "Monitor"),
        ("12 soldiers killed in clashes near port - state TV", "killed", "state TV"),
        ("12 soldiers killed in clashes with IS Monitor", "killed", "Monitor"),
        ("Police: two men killed in market blast", "killed", "Police"),
        ("Army says 12 gunmen killed in raid on port", "killed", "Army"),
    ],
)
def test_headlines(parse: Parse, text: str, word: str, expected: str) -> None:
    assert sources(parse(text), word) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels storm state TV",
        "Gunmen kill five police",
        "Gunmen attack UN observers",
        "Homs: ten killed in shelling",
        "Source: Reuters",
    ],
)
def test_headlines_that_name_nobody(parse: Parse, text: str) -> None:
    assert find_attributions(parse(text)) == [[]]


# ------------------------------------------------------------------------------------------------------ odd sentences


@pytest.mark.parametrize(
    "text",
    ["Said", "said said said.", '"', '" "', ":", "According to", "according to to", '"" said', "X - :", "quoted as"],
)
def test_odd_texts_are_read_without_a_hitch(parse: Parse, text: str) -> None:
    sentences = parse(text)
    assert len(find_attributions(sentences)) == len(sentences)


def test_no_sentences() -> None:
    assert find_attributions([]) == []


_WORDS = (
    *("said", "told", "according", "to", "that", "the", "army", "rebels", "Reuters", '"', ",", ".", ":", "-", "adding"),
    *("quoted", "as", "saying", "who", "which", "and", "but", "in", "of", "by", "Homs", "killed", "denied", "reports"),
    *("statement", "Monday", "it", "was", "blamed", "for", "has", "not", "put", "toll", "at", "us"),
)
_TAGS = (
    *("VBD", "VBN", "VBG", "VB", "VBZ", "NN", "NNS", "NNP", "DT", "IN", "CC", "WP", "WDT", "PRP", "TO", "RB", "CD"),
    *("JJ", "MD", "POS", "HYPH"),
)
_DEPS = (
    *("nsubj", "dobj", "ccomp", "prep", "pobj", "conj", "relcl", "acl", "advcl", "xcomp", "aux", "auxpass", "mark"),
    *("det", "poss", "nsubjpass", "ROOT"),
)
_LEMMAS = {"said": "say", "told": "tell", "adding": "add", "quoted": "quote", "denied": "deny", "blamed": "blame"}


@st.composite
def garbled(draw: st.DrawFn) -> Sentence:
    """A sentence whose words, tags and tree have nothing to do with one another."""
    n = draw(st.integers(1, 14))
    chosen = draw(st.lists(st.sampled_from(_WORDS), min_size=n, max_size=n))
    starts = [sum(len(w) + 1 for w in chosen[:i]) for i in range(n)]
    heads = [draw(st.integers(0, i)) for i in range(n)]  # a tree: each hangs on one before it, the first is the root
    return Sentence(
        index=0,
        paragraph=0,
        start=0,
        end=starts[-1] + len(chosen[-1]),
        words=chosen,
        lower=[w.lower() for w in chosen],
        lemmas=[_LEMMAS.get(w, w.lower()) for w in chosen],
        tags=draw(st.lists(st.sampled_from(_TAGS), min_size=n, max_size=n)),
        deps=draw(st.lists(st.sampled_from(_DEPS), min_size=n, max_size=n)),
        heads=heads,
        starts=starts,
        ends=[a + len(w) for a, w in zip(starts, chosen, strict=True)],
        ents=draw(st.lists(st.sampled_from(["", "ORG", "GPE", "PERSON"]), min_size=n, max_size=n)),
        quoted=draw(st.lists(st.booleans(), min_size=n, max_size=n)),
        headline=draw(st.booleans()),
    )


@given(garbled())
@settings(max_examples=400, deadline=None)
def test_whatever_the_tree_runs_and_speakers_lie_in_the_sentence(s: Sentence) -> None:
    (found,) = find_attributions([s])
    for a in found:
        assert 0 <= a.first <= a.last < len(s)
        assert a.speakers
        assert a.verb
        for m in a.speakers:
            assert 0 <= m.first <= m.head <= m.last < len(s)
    for token in range(len(s)):
        ordered = [a.last - a.first for a, _ in sources_of(token, found, acts=True)]
        assert ordered == sorted(ordered)
    assert find_attributions([s]) == [found]
