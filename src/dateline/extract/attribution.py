"""By whom a report says that it is said.

Every attribution covers a run of tokens of one sentence.  Runs nest: in "Reuters said the army had told
residents that rebels fled", the army's run lies inside Reuters'.  :func:`sources_of` reads them for one token,
the narrowest first.

What has no speaker gets none: passives without an agent, "reportedly", and what pictures show.  Who vows, wants or
supports something is found, too, but marked by the manner of it: it makes no source.  A sentence that stands after an
attributed one in the report's own words is the report's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.attitudes import apart, attitudes
from dateline.extract.cue_model import Cue
from dateline.extract.cue_told import carried, is_outlet
from dateline.extract.cues import verb_cues
from dateline.extract.phrases import headline_cue, phrase_cues
from dateline.extract.quotes import spread_speech
from dateline.extract.speech import Words, closes, finite_verbs, is_quote, last_word, speech_words
from dateline.types import Attribution, Mention, Sentence

_CUTS = frozenset({"but", "while", "whereas", "although", "though"})


def find_attributions(sentences: Sequence[Sentence]) -> list[list[Attribution]]:
    """Who says which tokens, one list a sentence, in order of their first token, the wider before the narrower.

    Speakers are innermost first; an outlet that was told, or that passed the statement on, is last.  They may
    stand in another sentence, where direct speech goes on.  ``verb`` is the reporting word in lower case ("said",
    "according to"; ":" in a headline), ``cue`` its token, None where it stands in another sentence.
    """
    words = speech_words()
    found: list[list[Attribution]] = []
    held: list[list[Attribution]] = []
    bare: dict[int, Attribution] = {}
    for n, s in enumerate(sentences):
        here: list[Attribution] = []
        for cue in (cues := sentence_cues(s, words, first=n == 0)):
            here += _scopes(s, cue, cues)
        if not here and (lone := next((c for c in cues if c.first <= 1 or s.words[-1] == ":"), None)):
            bare[n] = _attribution(s, lone, 0, 0)
        found.append(here)
        held.append(attitudes(s, cues, words))
    spread_speech(sentences, found, bare)
    return [
        sorted((*f, *apart(h, f)), key=lambda a: (a.first, -a.last, a.cue or 0))
        for f, h in zip(found, held, strict=True)
    ]


def sources_of(
    token: int, attributions: Sequence[Attribution], *, acts: bool = False
) -> list[tuple[Attribution, Mention]]:
    """The sources of one token of a sentence, innermost first, each speaker once.

    Args:
        token: the token's index in its sentence.
        attributions: those of that sentence, as :func:`find_attributions` gives them.
        acts: whether who vows, demands or condemns counts as a source of what is vowed, demanded or condemned.

    Of two that cover the token the one that covers less is the inner.
    """
    covering = [
        a for a in attributions if a.first <= token <= a.last and not _inside_own(token, a) and (acts or not is_act(a))
    ]
    out: list[tuple[Attribution, Mention]] = []
    seen: set[Mention] = set()
    for a in sorted(covering, key=lambda a: (a.last - a.first, -a.first)):
        for speaker in a.speakers:
            if speaker not in seen:
                seen.add(speaker)
                out.append((a, speaker))
    return out


def is_act(attribution: Attribution) -> bool:
    """Whether the word is a deed of its speaker's ("vowed", "demanded", "condemned"), who then is the doer of a
    speech event rather than a source, or an attitude of its holder's ("wants", "supports"), who is no source either.
    """
    return attribution.manner in {"act", "attitude"}


def _inside_own(token: int, a: Attribution) -> bool:
    """Whether the token is the reporting word itself or part of its speaker's name."""
    return token == a.cue or any(m.sentence == a.sentence and m.first <= token <= m.last for m in a.speakers)


# ------------------------------------------------------------------------------------------------ one sentence


def sentence_cues(s: Sentence, words: Words, first: bool = False) -> list[Cue]:
    """The sentence's words of reporting, in order of the text, with those who are only cited joined to them."""
    verbs = verb_cues(s, words)
    cues = sorted([*verbs, *phrase_cues(s, verbs, words)], key=lambda c: (c.at, c.first))
    if not any(c.left for c in cues) and (headline := headline_cue(s, words, first)):
        cues = sorted([*cues, headline], key=lambda c: c.at)
    return _cited(cues)


def _cited(cues: list[Cue]) -> list[Cue]:
    """Put whom a speaker cites before the speaker."""
    out: list[Cue] = []
    for cue in cues:
        if out and (cue.inner or (cue.verb == "quoting" and out[-1].right is not None and cue.first == cue.at)):
            host = out[-1]
            own = [m for m in cue.speakers if m not in host.speakers]
            last = max(host.last, cue.last) if host.left else host.last
            out[-1] = replace(host, last=last, speakers=(*own, *host.speakers))
        if not cue.inner or not out:
            out.append(cue)
    return out


def _scopes(s: Sentence, cue: Cue, cues: list[Cue]) -> list[Attribution]:
    """The runs of tokens that a cue says: before it, after it, both, or one run around a parenthesis."""
    out = []
    if cue.around and cue.right is not None:
        return [_attribution(s, cue, _left(s, cue, cues)[0], _right_end(s, cue, cues))]
    if cue.left:
        first, last = _left(s, cue, cues)
        if first <= last and s.words[last][0].isalnum():
            out.append(_attribution(s, cue, first, last))
    if cue.right is not None:
        first, last = cue.right, _right_end(s, cue, cues) if cue.end is None else cue.end
        if first <= last and any(w[0].isalnum() for w in s.words[first : last + 1]):
            out.append(_attribution(s, cue, first, last))
    return out


def _attribution(s: Sentence, cue: Cue, first: int, last: int) -> Attribution:
    outlets = carried(s, cue.last + 1, len(s) - 1, speech_words()) if cue.left else ()
    speakers = (*cue.speakers, *(m for m in outlets if m not in cue.speakers))
    known = speech_words().attitudes.get(s.lemmas[cue.at])
    return Attribution(
        speakers=speakers,
        verb=cue.verb,
        stance=cue.stance,
        sentence=s.index,
        first=first,
        last=last,
        cue=cue.at,
        manner="act" if known and known[0] == "act" else "speech",
    )


def _left(s: Sentence, cue: Cue, cues: list[Cue]) -> tuple[int, int]:
    """What stands before a reporting clause: back to the one before it, or to the sentence's beginning."""
    last = cue.first - 1
    while last > 0 and not s.words[last][0].isalnum():
        last -= 1
    first = 0
    earlier = [c for c in cues if c.last < cue.first and c is not cue]
    for other in reversed(earlier):
        if other.left and last - other.last >= 3 and _has_verb(s, other.last + 1, last):
            first = other.last + 1
            break
        if not other.left and (cut := _cut(s, other, last)):
            first = cut
            break
    while first < last and (not s.words[first][0].isalnum() or (s.lower[first] in {"and", "but", "while"} and first)):
        first += 1
    return first, last


def _has_verb(s: Sentence, first: int, last: int) -> bool:
    return any(s.tags[k][0] == "V" for k in range(first, last + 1)) or any(s.quoted[first : last + 1])


def _cut(s: Sentence, other: Cue, last: int) -> int | None:
    """In "X said A, but B, Y said": where B begins."""
    if other.nested:
        return None
    for k in range(last, (other.right or other.last) + 1, -1):
        if s.lower[k] in _CUTS and s.words[k - 1] in {",", ";", "--"} and finite_verbs(s, k, last):
            return k + 1
    return None


def _right_end(s: Sentence, cue: Cue, cues: list[Cue]) -> int:
    """The last token of what stands after a reporting verb."""
    assert cue.right is not None
    end = last_word(s)
    if s.quoted[cue.at] and not is_quote(s, cue.right):  # within direct speech: no further than it goes
        end = next((k - 1 for k in range(cue.at, end) if closes(s, k)), end)
    for other in cues:
        if other.at <= cue.at or other is cue:
            continue
        if other.joint is not None and other.joint > cue.right:
            end = min(end, other.joint - 1)
        elif other.left and other.verb == "according to" and is_outlet(s, other.speakers[0], speech_words()):
            end = min(end, other.first - 1)  # "X said S, according to Reuters": Reuters has it from X
        elif other.left and not other.inner and (begin := _left(s, other, cues)[0]) > cue.right:
            end = min(end, begin - 1)
    if is_quote(s, cue.right):
        end = min(end, _quote_end(s, cue.right, end))
    while end >= cue.right and not s.words[end][0].isalnum():
        end -= 1
    return end


def _quote_end(s: Sentence, first: int, end: int) -> int:
    """Where words that begin in direct speech end: at its closing mark if the sentence goes on without it."""
    for k in range(first + 1, end):
        if closes(s, k) and (
            s.lower[k + 1] in {"and", "but", "as", "while", "when", "after", ","} or s.tags[k + 1] == "VBG"
        ):
            if not any(s.quoted[k + 1 : end + 1]):
                return k
    return end
