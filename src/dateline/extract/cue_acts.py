"""Deeds done by speaking: demands, threats, condemnations.  Their speaker is the doer of a speech event."""

from __future__ import annotations

from dateline.extract.cue_forms import controller
from dateline.extract.cue_model import Cue, subject_of
from dateline.extract.cue_right import NOMINAL_START
from dateline.extract.speakers import of_subject
from dateline.extract.speech import Words, last_word, verb_group
from dateline.types import Sentence

_OPENERS = frozenset({"for", "on", "of", "about", "against", "to", "with", "over", "that", "upon"})


def act_cues(s: Sentence, verbs: list[Cue], words: Words) -> list[Cue]:
    """The verbs of speech acts that have a speaker, where no cue of reporting stands already."""
    taken = {cue.at for cue in verbs}
    out = []
    for i, lemma in enumerate(s.lemmas):
        if lemma in words.acts and s.tags[i][0] == "V" and i not in taken and (cue := _act(s, i, verbs, words)):
            out.append(cue)
    return out


def _act(s: Sentence, i: int, verbs: list[Cue], words: Words) -> Cue | None:
    group = verb_group(s, i, words)
    if group.voice not in {"active", "participle"} or group.unsaid or group.negated:
        return None
    start, last = i + 1, last_word(s)
    while start <= last and s.tags[start] in {"RP", "RB"}:
        start += 1
    if start > last or (s.tags[start] not in NOMINAL_START | {"TO", "VBG"} and s.lower[start] not in _OPENERS):
        return None
    subject = subject_of(s, i)
    if group.voice == "participle" or subject is None:
        speakers = controller(s, i, verbs, words)
    else:
        speakers = of_subject(s, subject, group.first, words)
    end = min(last, s.edges[i][1])
    if not speakers or end < start or speakers[0].first >= start:
        return None
    while start < end and s.lower[start] in {"for", "on", "that", "of", "about"}:
        start += 1
    first = min(speakers[0].first, i) if speakers[0].sentence == s.index else i
    stance = words.acts[s.lemmas[i]]
    return Cue(i, first, start - 1, s.lower[i], stance, tuple(speakers), right=start, end=end, act=True)
