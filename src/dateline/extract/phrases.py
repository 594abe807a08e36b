"""Reporting without a verb of its own: "according to X", "X's claim that S", "S: X"."""

from __future__ import annotations

from dateline.extract.cue_model import Cue, subject_of
from dateline.extract.cue_right import following
from dateline.extract.cue_told import outlets
from dateline.extract.speakers import after, before, is_speaker, of_head, of_subject
from dateline.extract.speech import Phrases, Words, finite_verbs, is_quote, last_word, phrase_at, verb_group
from dateline.types import Mention, Sentence

_LIGHT = frozenset({"deny", "reject", "dismiss", "refute", "dispute", "rebut", "confirm"})
_NOBODY = frozenset({"i", "we", "you"})
_DASHES = frozenset({"-", "--", "―", "—", "–"})
_MARKS = frozenset({":", "-", "--", "|"})


def phrase_cues(s: Sentence, verbs: list[Cue], words: Words) -> list[Cue]:
    """The cues of a sentence that are no verbs, in order of the text."""
    out: list[Cue] = []
    for i in range(len(s)):
        low = s.lower[i]
        cue = None
        if low in words.according:
            cue = _according(s, i, verbs, words)
        if cue is None and low == "in":
            cue = _in_words(s, i, words)
        elif cue is None and low == "as":
            cue = _put_it(s, i, words) or _as_told(s, i, verbs, words)
        elif s.tags[i][0] == "N" and s.lemmas[i] in words.nouns:
            cue = _noun(s, i, words)
        if cue is not None:
            out.append(cue)
    return out


# ------------------------------------------------------------------------------------------------ according to


def _according(s: Sentence, i: int, verbs: list[Cue], words: Words) -> Cue | None:
    length = phrase_at(s, i, words.according)
    if not length:
        return None
    speaker = after(s, i + length, words)
    if speaker is None or s.lemmas[speaker.head] in words.sets["not_speakers"]:
        return None
    verb = " ".join(s.lower[i : i + length])
    speakers = [speaker]
    for k in s.children[speaker.head]:
        if s.deps[k] == "conj" and k > speaker.last and s.tags[k][0] == "N" and s.lower[k - 1] in {"and", "the", "a"}:
            speakers.append(of_head(s, k, len(s), words))
    end = speakers[-1].last
    just = next((v for v in verbs if v.left and 0 <= i - v.last <= 1), None)
    if just is not None:  # "the agency said according to X"
        return Cue(i, i, end, verb, "reports", tuple(speakers), left=True, inner=True)
    left, right = _around(s, i, end, verbs)
    both = left and right is not None
    return Cue(i, i, end, verb, "reports", tuple(speakers), left=left, right=right, around=both)


def _around(s: Sentence, first: int, last: int, verbs: list[Cue]) -> tuple[bool, int | None]:
    """Which sides of a parenthesis such as "according to X" it speaks of."""
    stop = last_word(s)
    start = last + 1
    while start <= stop and s.words[start] in {",", ":"}:
        start += 1
    opening = (
        first == 0
        or s.words[first][0].isupper()
        or (
            first <= 4
            and s.lower[0] in {"but", "and", "thus", "so", "however", "meanwhile", "also"}
            and not finite_verbs(s, 0, first)
        )
    )
    if opening or not any(s.tags[k][0] in "VN" for k in range(first)):
        return False, start if start <= stop else None
    if start > stop or finite_verbs(s, 0, first - 1):
        return True, None
    amid = finite_verbs(s, start, stop) and s.words[last + 1] == ","  # "The raid, according to X, killed two"
    return True, start if amid else None


def _in_words(s: Sentence, i: int, words: Words) -> Cue | None:
    """ "in the minister's words"."""
    speaker = after(s, i + 1, words)
    if (
        speaker is None
        or s.lower[speaker.last] != "words"
        or speaker.last - 1 <= i
        or s.lower[speaker.last - 1] not in {"'s", "'"} | {"his", "her", "their"}
    ):
        return None
    end = speaker.last - 1 if s.tags[speaker.last - 1] == "PRP$" else speaker.last - 2
    who = Mention(s.index, speaker.first if speaker.first < end else end, end, end)
    left, right = _around(s, i, speaker.last, [])
    return Cue(i, i, speaker.last, "in words", "reports", (who,), left=left, right=right)


def _put_it(s: Sentence, i: int, words: Words) -> Cue | None:
    """ "as X put it"."""
    for k in range(i + 2, min(i + 14, len(s) - 1)):
        if s.lemmas[k] == "put" and s.lower[k + 1] == "it":
            speakers = before(s, k - 1, i + 1, words)
            left, right = _around(s, i, k + 1, [])
            return Cue(k, i, k + 1, "put it", "reports", tuple(speakers), left=left, right=right) if speakers else None
        if s.words[k] in {",", "."} or is_quote(s, k):
            return None
    return None


def _as_told(s: Sentence, i: int, verbs: list[Cue], words: Words) -> Cue | None:
    """ "As X reported on Monday, S", "S, as X told Reuters"."""
    if i and s.words[i - 1] != "," and s.lower[i - 1] not in {"but", "and", "that"} and not is_quote(s, i - 1):
        return None
    for k in range(i + 2, min(i + 14, len(s))):
        if s.words[k] in {",", ";", ":"} or is_quote(s, k):
            return None
        if s.tags[k] in {"VBD", "VBZ", "VBP", "VBN"} and s.lemmas[k] in words.stances:
            break
    else:
        return None
    group = verb_group(s, k, words)
    right = following(s, k, s.lemmas[k], words)
    end, subject = right.rest, subject_of(s, k)
    if s.words[min(end, len(s) - 1)] == "(" and ")" in s.words[end : end + 4]:  # "the Coastal Agency (CA)"
        end = s.words.index(")", end) + 1
    spoken = group.voice == "active" or (group.voice == "reduced" and subject is not None)
    if any(v.at == k for v in verbs) or not spoken or group.negated:
        return None
    if end <= last_word(s) and s.words[end] != ",":
        return None
    speakers = (
        of_subject(s, subject, k, words)
        if subject is not None and i < subject < k
        else before(s, group.first - 1, i + 1, words)
    )
    if not speakers or s.lower[speakers[0].head] in _NOBODY:
        return None
    if not is_speaker(s, speakers[0].head, words) and not phrase_at(s, speakers[0].first, words.outlets):
        return None
    told = outlets(s, k, i, right, words)
    left, after_it = _around(s, i, end - 1, [])
    return Cue(
        k,
        i,
        end - 1,
        s.lower[k],
        words.stances[s.lemmas[k]],
        (*speakers, *told),
        left=left,
        right=after_it,
        around=left and after_it is not None,
    )


# ---------------------------------------------------------------------------------------------------- nouns


def _noun(s: Sentence, i: int, words: Words) -> Cue | None:
    """ "reports that S", "the army's claim that S", "allegations of S"."""
    last = last_word(s)
    link, by = i + 1, None
    if link < last and s.lower[link] in {"by", "from"}:
        by = after(s, link + 1, words)
        if by is None:
            return None
        link = by.last + 1
    if link >= last or s.lower[link] not in {"that", "of"}:
        return None
    of = s.lower[link] == "of"
    if of and (s.lemmas[i] not in words.sets["anonymous"] or s.lower[link + 1] == "responsibility"):
        return None
    if not of and (
        s.tags[link] == "WDT" or not finite_verbs(s, link + 1, last) or s.tags[link + 1] in {"VBD", "VBZ", "VBP", "MD"}
    ):
        return None
    before_it = {s.lower[k] for k in range(s.edges[i][0], i)} | ({s.lower[i - 1]} if i else set())
    if before_it & words.sets["void"]:
        return None
    governor = s.heads[i]
    if s.deps[i] in {"dobj", "pobj"} and s.lemmas[governor if s.deps[i] == "dobj" else s.heads[governor]] in _LIGHT:
        return None
    speakers = _holder(s, i, by, words)
    if of and by is None and not any(s.deps[k] == "poss" for k in s.children[i]):
        return None
    return Cue(i, i, link, s.lower[i], words.nouns[s.lemmas[i]], tuple(speakers), right=link + 1) if speakers else None


def _holder(s: Sentence, i: int, by: Mention | None, words: Words) -> list[Mention]:
    """Who makes the statement; an unnamed report or claim speaks for itself."""
    if by is not None:
        return [by]
    for k in s.children[i]:
        if s.deps[k] == "poss" and k < i:
            return of_subject(s, k, i, words)
    if s.deps[i] in {"dobj", "obj"}:
        verb = s.heads[i]
        if s.lemmas[verb] in {"make", "issue", "release", "repeat", "publish", "give", "level", "reiterate", "spread"}:
            subject = next((k for k in s.children[verb] if s.deps[k] == "nsubj"), None)
            if subject is not None and subject < verb:
                return of_subject(s, subject, verb, words)
    if s.lemmas[i] not in words.sets["anonymous"]:
        return []
    found = before(s, i, 0, words, coordinate=False)
    return found or [Mention(s.index, i, i, i)]


# ---------------------------------------------------------------------------------------------------- headlines


def headline_cue(s: Sentence, words: Words, first: bool) -> Cue | None:
    """ "S: monitor", "S - state TV", "Monitor: S", and in a headline that lost its mark "S Monitor".

    ``first`` says that the sentence opens the report, where a headline may have been run into the text.
    """
    last = last_word(s)
    if last < 3:
        return None
    telegraphic = s.headline or s.heading or first
    for k in range(max(1, last - 6), last):
        if (s.words[k] in _MARKS and s.starts[k] != s.ends[k - 1]) or s.words[k] == ":":
            if telegraphic and _names_speaker(s, k + 1, last, words):
                return Cue(k, k, last, ":", "reports", (_whole(s, k + 1, last),), left=True)
    for k in range(3, last):
        if s.words[k] in _DASHES and is_quote(s, k - 1):
            name = after(s, k + 1, words)
            if name is not None and name.last >= last - 1:
                return Cue(k, k, last, ":", "reports", (name,), left=True)
    for k in range(1, min(8, last - 2)):
        if (
            s.words[k] == ":"
            and s.lower[k - 1] not in {"source", "sources"}
            and (
                _names_speaker(s, 0, k - 1, words)
                or (telegraphic and _is_person(s, k - 1))
                or (is_quote(s, k + 1) and is_speaker(s, k - 1, words))
            )
        ):
            return Cue(k, 0, k, ":", "reports", (_whole(s, 0, k - 1),), right=k + 1)
    if telegraphic and (start := _unmarked(s, last, words)):
        return Cue(start, start, last, ":", "reports", (_whole(s, start, last),), left=True)
    return None


def _names_speaker(s: Sentence, first: int, last: int, words: Words) -> bool:
    """Whether the tokens are no more than a speaker's name."""
    if last < first or last - first > 5 or not s.words[first][0].isalnum() or finite_verbs(s, first, last):
        return False
    return _covers(s, last, first, words.headline) or _covers(s, last, first, words.outlets)


def _is_person(s: Sentence, last: int) -> bool:
    """Whether the sentence opens with a person's name and nothing else, to token ``last``."""
    return last <= 4 and all(s.ents[k] == "PERSON" for k in range(last + 1))


def _covers(s: Sentence, last: int, floor: int, phrases: Phrases) -> bool:
    """Whether one of the phrases ends at ``last``."""
    return any(phrase_at(s, k, phrases) == last - k + 1 for k in range(max(floor, last - 5), last + 1))


def _unmarked(s: Sentence, last: int, words: Words) -> int | None:
    """Where the speaker begins at the end of a headline that lost its mark."""
    for k in range(max(3, last - 5), last + 1):
        if phrase_at(s, k, words.headline_unmarked) == last - k + 1 and (s.headline or s.words[k][0].isupper()):
            known = s.tags[k - 1] in {"NN", "NNS", "NNP", "NNPS", "CD", "RB"} or s.words[k - 1].isupper()
            misread = s.tags[k - 1][0] == "V" and finite_verbs(s, 0, k - 2) > 0  # "kills one in regime stronghold"
            known = (known and s.deps[last] != "dobj") or misread
            return k if known and s.lower[k - 1] not in words.sets["modifiers"] else None
    return None


def _whole(s: Sentence, first: int, last: int) -> Mention:
    head = last
    for k in range(first, last):
        if s.lower[k + 1] in {"of", "for", "in", "at"}:
            head = k
            break
    if first < last and s.lower[first] == "the":
        first += 1
    return Mention(s.index, first, last, head)
