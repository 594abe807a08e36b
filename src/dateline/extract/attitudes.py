"""What somebody does by speaking, believes, wants or thinks of another: attributions that are no reports.

"X vowed to", "X criticised Y", "X believes that", "X is confident that", "X's plan to", "polls show that".  They are
marked by their manner, so that a claim's sources can be told from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extract.cue_forms import controller
from dateline.extract.cue_model import Cue, subject_of
from dateline.extract.cue_right import NOMINAL_START
from dateline.extract.speakers import after, of_head, of_subject
from dateline.extract.speech import Words, last_word, verb_group
from dateline.types import Attribution, Manner, Mention, Sentence, Stance

_OPENERS = frozenset({"for", "on", "of", "about", "against", "to", "with", "over", "that", "upon"})
_NOBODY = frozenset({"it", "there", "this", "that", "what", "which", "i", "we", "you", "us", "me"})
_SUBORDINATE = frozenset({"relcl", "acl", "ccomp", "pobj"})  # who is meant, or what another holds


@dataclass(frozen=True, slots=True)
class _Found:
    speakers: list[Mention]
    first: int
    last: int


def attitudes(s: Sentence, cues: list[Cue], words: Words) -> list[Attribution]:
    """A sentence's deeds done by speaking and attitudes that have a holder, where no word of reporting stands."""
    taken = {cue.at for cue in cues}
    out: list[Attribution] = []
    for i, lemma in enumerate(s.lemmas):
        tag = s.tags[i][0]
        if i in taken or tag not in "VJN" or s.quoted[i]:
            continue
        if tag == "V" and (known := words.attitudes.get(lemma)):
            found = _act(s, i, cues, words) if known[0] == "act" else _attitude(s, i, cues, words)
            if known[0] == "belief" and not _holds(s, i):
                known = "attitude", known[1]
        elif tag == "V" and lemma in words.sets["showing"]:
            known, found = ("attitude", "reports"), _shown(s, i, words)
        elif tag == "J" and s.lower[i] in words.sets["attitude_adjectives"]:
            known, found = ("attitude", "claims"), _of_mind(s, i, words)
        elif tag == "N" and lemma in words.sets["attitude_nouns"]:
            known, found = ("attitude", "claims"), _held(s, i, words)
        else:
            continue
        if found is not None and known is not None:
            out.append(_attribution(s, i, known, found))
    return out


def apart(held: list[Attribution], said: list[Attribution]) -> list[Attribution]:
    """Those that the report tells itself: what X says of Y's wishes is X's word."""
    return [a for a in held if not any(_within(a, o) for o in said)]


def _within(a: Attribution, said: Attribution) -> bool:
    return a.cue is not None and said.first <= a.cue <= said.last


def _attribution(s: Sentence, i: int, known: tuple[Manner, Stance], found: _Found) -> Attribution:
    return Attribution(
        speakers=tuple(found.speakers),
        verb=s.lower[i],
        stance=known[1],
        sentence=s.index,
        first=found.first,
        last=found.last,
        cue=i,
        manner=known[0],
    )


def _act(s: Sentence, i: int, cues: list[Cue], words: Words) -> _Found | None:
    """A demand, a threat, a condemnation."""
    group = verb_group(s, i, words)
    if group.voice == "passive" and not (group.unsaid or group.negated):
        return _suffered(s, i, words)
    if group.voice not in {"active", "participle"} or group.unsaid or group.negated:
        return None
    start, last = i + 1, last_word(s)
    while start <= last and s.tags[start] in {"RP", "RB"}:
        start += 1
    if start > last or (s.tags[start] not in NOMINAL_START | {"TO", "VBG"} and s.lower[start] not in _OPENERS):
        return None
    speakers = _subject(s, i, group.first, group.voice == "participle", cues, words)
    end = min(last, s.edges[i][1])
    if not speakers or end < start or speakers[0].first >= start:
        return None
    while start < end and s.lower[start] in {"for", "on", "that", "of", "about"}:
        start += 1
    return _Found(speakers, start, end)


def _attitude(s: Sentence, i: int, cues: list[Cue], words: Words) -> _Found | None:
    group = verb_group(s, i, words)
    if group.unsaid or group.voice == "reduced" or s.deps[i] in _SUBORDINATE:
        return None
    if group.voice == "passive":
        return _suffered(s, i, words)
    end = min(last_word(s), s.edges[i][1])
    if end <= i or s.words[i + 1] in {",", ";", ":", ".", "-", "--"}:
        return None
    speakers = _subject(s, i, group.first, group.voice != "active", cues, words)
    return _Found(speakers, i + 1, end) if _somebody(s, speakers) else None


def _holds(s: Sentence, i: int) -> bool:
    """Whether a verb of belief has a clause for what is believed."""
    return any(s.deps[k] == "ccomp" and k > i for k in s.children[i])


def _subject(s: Sentence, i: int, first: int, bare: bool, cues: list[Cue], words: Words) -> list[Mention]:
    subject = subject_of(s, i)
    if bare or subject is None:
        return controller(s, i, cues, words)
    return of_subject(s, subject, first, words)


def _suffered(s: Sentence, i: int, words: Words) -> _Found | None:
    """ "was condemned by X": what is condemned stands before it."""
    by = next((k for k in s.children[i] if s.lower[k] == "by" and k > i), None)
    who = after(s, by + 1, words) if by is not None else None
    if who is None:
        return None
    what = subject_of(s, i)
    if what is None or what >= i:
        return None
    return _Found([who], s.edges[what][0], i - 1)


def _somebody(s: Sentence, speakers: list[Mention]) -> bool:
    return bool(speakers) and (speakers[0].sentence != s.index or s.lower[speakers[0].head] not in _NOBODY)


def _shown(s: Sentence, i: int, words: Words) -> _Found | None:
    """ "a poll showed that S"."""
    subject = subject_of(s, i)
    end = min(last_word(s), s.edges[i][1])
    if subject is None or subject > i or s.lemmas[subject] not in words.sets["showers"]:
        return None
    who = of_head(s, subject, i, words)
    if end > i:
        return _Found([who], i + 1, end)
    return _Found([who], 0, who.first - 2) if who.first > 2 and s.words[who.first - 1] == "," else None


def _of_mind(s: Sentence, i: int, words: Words) -> _Found | None:
    """ "X is confident that S"."""
    if s.deps[i] != "acomp":
        return None
    subject = subject_of(s, s.heads[i])
    end = min(last_word(s), s.edges[i][1])
    if subject is None or subject > i or end <= i:
        return None
    speakers = of_subject(s, subject, s.heads[i], words)
    return _Found(speakers, i + 1, end) if _somebody(s, speakers) else None


def _held(s: Sentence, i: int, words: Words) -> _Found | None:
    """ "X's plan to", "support for Y from X"."""
    end = min(last_word(s), s.edges[i][1])
    owner = next((k for k in s.children[i] if s.deps[k] == "poss" and k < i), None)
    if owner is None or end <= i or s.lower[i + 1] not in _OPENERS:
        return None
    speakers = of_subject(s, owner, i, words)
    return _Found(speakers, i + 1, end) if _somebody(s, speakers) else None
