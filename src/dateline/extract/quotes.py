"""Direct speech that runs over several sentences: whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extract.speech import is_quote, last_word
from dateline.types import Attribution, Sentence

_MIN_QUOTED = 0.7  # share of a sentence's words inside quotation marks that makes it direct speech


def spread_speech(sentences: Sequence[Sentence], found: list[list[Attribution]], bare: dict[int, Attribution]) -> None:
    """Give sentences that stand in direct speech, and have no speaker of their own, the speaker of their run.

    A run is broken by a closing mark.  Inside it the speaker may be named at its end ("…," said X) or at its
    beginning; a whole quoted sentence after it goes on with the last speaker, if it stands in the same
    paragraph or the one that follows.  ``bare`` holds sentences that only name a speaker ("Abu Omar said."),
    whose words stand in the sentence before.

    Changes ``found`` in place.
    """
    for n, attribution in bare.items():
        if attribution.cue is not None and _announces(sentences[n], attribution.cue):
            _give_on(sentences, found, n, attribution)
        elif n and speech_of(sentences[n - 1]) and not found[n - 1]:
            found[n - 1].append(_given(sentences[n - 1], attribution))
    for run in _runs(sentences):
        of_run = _run_speaker(sentences, found, run)
        for n in run if of_run else ():
            if of_run and not _speaking(sentences[n], found[n]):
                found[n].append(_given(sentences[n], of_run))
    for n in range(1, len(sentences)):
        s = sentences[n]
        if not any(_outside(s, a) for a in found[n]) and speech_of(s) and is_quote(s, 0):
            previous = _last_speaker(sentences, found, n)
            if previous is not None:
                found[n].append(_given(s, previous))


def _announces(s: Sentence, cue: int) -> bool:
    """ "The ministry said:" with the words said in the sentences that follow."""
    return s.words[-1] == ":" and cue >= 1


def _give_on(sentences: Sequence[Sentence], found: list[list[Attribution]], n: int, attribution: Attribution) -> None:
    for m in range(n + 1, len(sentences)):
        s = sentences[m]
        opened = is_quote(s, 0) if m == n + 1 or sentences[m - 1].paragraph != s.paragraph else s.quoted[0]
        if not opened or not speech_of(s) or _speaking(s, found[m]):
            return
        found[m].append(_given(s, attribution))


def speech_of(s: Sentence) -> tuple[int, int] | None:
    """First and last token of the sentence's direct speech, if it is nearly all direct speech."""
    inside = [k for k in range(len(s)) if s.quoted[k] and s.words[k][0].isalnum()]
    total = sum(w[0].isalnum() for w in s.words)
    if len(inside) < 2 or len(inside) < _MIN_QUOTED * total:
        return None
    return inside[0], inside[-1]


def _runs(sentences: Sequence[Sentence]) -> list[list[int]]:
    """Sentences joined by direct speech that one leaves open and the next goes on with."""
    runs: list[list[int]] = []
    current: list[int] = []
    for n, s in enumerate(sentences):
        goes_on = bool(current) and s.quoted[0] and (not is_quote(s, 0) or len(s) == 1) and sentences[n - 1].quoted[-1]
        goes_on = goes_on and sentences[n - 1].paragraph == s.paragraph and not is_closed(sentences[n - 1])
        if goes_on:
            current.append(n)
            continue
        if len(current) > 1:
            runs.append(current)
        current = [n]
    if len(current) > 1:
        runs.append(current)
    return runs


def is_closed(s: Sentence) -> bool:
    """Whether direct speech is over at the sentence's end."""
    k = len(s) - 1
    if not s.quoted[k]:
        return True
    while k > 0 and not s.words[k][0].isalnum() and not is_quote(s, k):
        k -= 1
    return is_quote(s, k) and s.quoted[k - 1]


def _run_speaker(sentences: Sequence[Sentence], found: list[list[Attribution]], run: list[int]) -> Attribution | None:
    """Whose words a run is: named where its last sentence closes it, or where its first one opens it."""
    closing, opening = sentences[run[-1]], sentences[run[0]]
    for a in found[run[-1]]:
        if a.first <= 1 and _outside(closing, a) and closing.quoted[a.first]:
            return a
    for a in found[run[0]]:
        if a.last >= last_word(opening) - 1 and _outside(opening, a) and opening.quoted[a.last]:
            return a
    return next((a for n in run for a in found[n] if a.cue is None or _speaking(sentences[n], [a])), None)


def _outside(s: Sentence, a: Attribution) -> bool:
    """Whether the reporting word stands outside the direct speech: it is the report's own."""
    return a.cue is None or not s.quoted[a.cue]


def _speaking(s: Sentence, found: list[Attribution]) -> Attribution | None:
    """The attribution whose words are direct speech."""
    return next((a for a in found if any(s.quoted[a.first : a.last + 1]) and _outside(s, a)), None)


def _last_speaker(sentences: Sequence[Sentence], found: list[list[Attribution]], n: int) -> Attribution | None:
    before, here = sentences[n - 1], sentences[n]
    if here.paragraph - before.paragraph > 1 or not found[n - 1]:
        return None
    spoken = _speaking(before, found[n - 1])
    if here.paragraph != before.paragraph:
        return spoken
    return spoken or found[n - 1][-1]


def _given(s: Sentence, of: Attribution) -> Attribution:
    """The same speaker's words in another sentence."""
    first, last = speech_of(s) or (0, last_word(s))
    return Attribution(speakers=of.speakers, verb=of.verb, stance=of.stance, sentence=s.index, first=first, last=last)
