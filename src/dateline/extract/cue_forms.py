"""The other forms of verbs of reporting: participles, infinitives, passives, quoting, footage."""

from __future__ import annotations

from dataclasses import replace

from dateline.extract.cue_model import Cue, Following, subject_of
from dateline.extract.cue_right import ends
from dateline.extract.cue_sides import right_cue
from dateline.extract.speakers import after, before, is_speaker, of_subject
from dateline.extract.speech import Group, Words, last_word
from dateline.types import Mention, Sentence


def controller(s: Sentence, i: int, found: list[Cue], words: Words) -> list[Mention]:
    """Who does what a verb without a subject tells: the speaker of the cue above it, or the subject above."""
    for above in s.ancestors(i):
        for cue in found:
            if cue.at == above:
                return list(cue.speakers)
        if s.tags[above][0] != "V":
            if s.deps[above] in {"nsubj", "nsubjpass"} and s.deps[i] in {"acl", "relcl"} and s.heads[i] == above:
                return of_subject(s, above, i, words)
            continue
        subject = subject_of(s, above)
        if subject is not None and subject < i:
            if s.tags[subject] == "PRP" and found and found[-1].right is not None and found[-1].right <= subject:
                return list(found[-1].speakers)  # "X said it had …, describing": "it" is X
            return of_subject(s, subject, above, words)
    return list(found[-1].speakers) if found else []


def participle_cue(
    s: Sentence, i: int, lemma: str, group: Group, right: Following, found: list[Cue], words: Words
) -> Cue | None:
    """ "…, adding that S"."""
    if not right.strength or (
        group.first and s.lower[group.first - 1] in {"without", "by", "for", "of", "from", "before", "after", "in"}
    ):
        return None
    if s.lower[group.first - 1] == "as":
        return None
    own = subject_of(s, i)
    previous = found[-1] if found else None
    if own is not None and s.lower[s.edges[own][0] - 1 : s.edges[own][0]] == ["with"]:
        speakers = of_subject(s, own, i, words)
    elif previous and (lemma in words.frames["onwards"] or (previous.left and i - previous.last <= 2)):
        speakers = list(previous.speakers)
    else:
        speakers = controller(s, i, found, words)
    cue = right_cue(s, i, lemma, i, speakers, right, None, words)
    return replace(cue, speakers=tuple(dict.fromkeys(cue.speakers))) if cue else None


def infinitive_cue(
    s: Sentence, i: int, lemma: str, group: Group, right: Following, found: list[Cue], words: Words
) -> Cue | None:
    """ "went on to say that S"."""
    if right.strength < 2 or s.lemmas[s.heads[i]] not in words.sets["onward"]:
        return None
    return right_cue(s, i, lemma, group.first, controller(s, i, found, words), right, None, words)


def by_agent(s: Sentence, i: int, words: Words) -> Mention | None:
    """The speaker in "reported by X"."""
    k = i + 1
    while k < len(s) and s.lower[k] in words.sets["calendar"] | {"on"}:
        k += 1
    if k + 1 < len(s) and s.lower[k] == "by":
        found = after(s, k + 1, words)
        return found if found and (is_speaker(s, found.head, words) or is_speaker(s, found.last, words)) else None
    return None


def passive_cue(s: Sentence, i: int, lemma: str, group: Group, by: Mention, words: Words) -> Cue | None:
    """ "the attack was confirmed by X", "an attack reported by X": the subject is what is said."""
    if lemma not in words.frames["object"] and lemma not in {"say", "tell"}:
        return None
    if group.voice == "passive":
        return Cue(i, group.first, by.last, s.lower[i], words.stances[lemma], (by,), left=True)
    head = s.heads[i]
    if s.deps[i] not in {"acl", "relcl"} or s.tags[head][0] != "N" or s.lemmas[head] in words.nouns or head > i:
        return None
    return Cue(i, i, by.last, s.lower[i], words.stances[lemma], (by,), left=False, right=s.edges[head][0], end=i - 1)


def quoting_cue(s: Sentence, i: int, group: Group, found: list[Cue], words: Words) -> Cue | None:
    """ "quoted X as saying S", "was quoted as saying S", "S, citing X"."""
    last = last_word(s)
    saying = next((k for k in range(i + 1, min(i + 25, last)) if s.lower[k] == "as" and s.tags[k + 1] == "VBG"), None)
    if group.voice in {"passive", "reduced"}:
        if saying is None:
            return None
        subject = subject_of(s, i)
        speakers = of_subject(s, subject, i, words) if subject is not None else before(s, group.first - 1, 0, words)
        told = by_agent(s, i, words)
        return _as_saying(
            s, i, speakers[0].first if speakers else i, [*speakers, *([told] if told else [])], saying, words
        )
    quoted = after(s, i + 1, words)
    if quoted is None:
        return None
    outer: list[Mention] = []
    if group.voice == "participle":
        outer = list(found[-1].speakers) if found else controller(s, i, found, words)
    elif group.first:
        subject = subject_of(s, i)
        outer = (
            of_subject(s, subject, group.first, words) if subject is not None else before(s, group.first - 1, 0, words)
        )
    if saying is not None:
        first = outer[0].first if outer and outer[0].last < i and group.voice != "participle" else i
        return _as_saying(s, i, first, [quoted, *outer], saying, words)
    if group.voice != "participle" or not (is_speaker(s, quoted.head, words) or is_speaker(s, quoted.last, words)):
        return None
    outer = [] if found else [m for m in outer if is_speaker(s, m.head, words)]
    return Cue(i, i, quoted.last, s.lower[i], "reports", (quoted, *outer), left=True, inner=True)


def _as_saying(s: Sentence, i: int, first: int, speakers: list[Mention], saying: int, words: Words) -> Cue | None:
    if not speakers:
        return None
    if saying + 2 > last_word(s) or s.lower[saying + 2] == "by":  # "S, X was quoted as saying"
        by = after(s, saying + 3, words)
        told = (by,) if by and by not in speakers else ()
        return Cue(i, first, by.last if by else saying + 1, s.lower[i], "reports", (*speakers, *told), left=True)
    start = saying + 2 if s.lemmas[saying + 1] in words.stances and s.lemmas[saying + 1] != "put" else saying + 1
    while start < last_word(s) and s.lower[start] in {",", ":", "that"}:
        start += 1
    return Cue(i, first, start - 1, s.lower[i], "reports", tuple(speakers), right=start)


def footage_cue(s: Sentence, i: int, group: Group, words: Words) -> Cue | None:
    """ "State television broadcast footage showing S": who shows it vouches for it."""
    shown = after(s, i + 1, words)
    if shown is None or s.lemmas[shown.head] not in words.sets["footage_nouns"]:
        return None
    if s.lower[shown.last + 1 : shown.last + 2] not in (["showing"], ["of"], ["saying"]) and s.lower[
        shown.head + 1 : shown.head + 2
    ] != ["of"]:
        return None
    subject = subject_of(s, i)
    if subject is not None and subject < i:
        speakers = of_subject(s, subject, i, words)
    else:
        speakers = before(s, group.first - 1, 0, words)
    if not speakers or not is_speaker(s, speakers[0].head, words):
        return None
    return Cue(i, speakers[0].first, shown.head, s.lower[i], "reports", tuple(speakers), right=shown.head + 1)


def looks_active(s: Sentence, i: int, group: Group, right: Following, words: Words) -> bool:
    """Whether a bare -ed form is a past tense that the tagger misread."""
    if group.first == 0 or not is_speaker(s, group.first - 1, words):
        return False
    return right.strength == 2 or (ends(s, right.rest) and s.deps[i] not in {"amod"})
