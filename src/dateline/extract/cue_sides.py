"""Verbs of reporting with a subject of their own: on which side stands what is said."""

from __future__ import annotations

from dataclasses import replace

from dateline.extract.cue_model import Cue, Following, subject_of
from dateline.extract.cue_right import BREAKS, NOMINAL_START, ends
from dateline.extract.cue_told import outlets
from dateline.extract.speakers import after, antecedent, before, is_speaker, of_subject
from dateline.extract.speech import FINITE, Group, Words, closes, finite_verbs, is_quote, last_word, opens
from dateline.types import Mention, Sentence

_CONJUNCTIONS = frozenset(
    {
        "and",
        "but",
        "while",
        "whereas",
        "although",
        "though",
        "as",
        "because",
        "or",
        "yet",
        "when",
        "after",
        "before",
        "since",
        "where",
        "so",
    }
)


def finite_cue(
    s: Sentence, i: int, lemma: str, group: Group, right: Following, found: list[Cue], words: Words
) -> Cue | None:
    prev = group.first - 1
    if inverted := _inverted(s, i, lemma, group, words):
        return inverted
    subject = subject_of(s, i)
    if prev < 0:
        return None
    if s.lower[prev] in {"who", "which", "that"} and s.tags[prev] in {"WP", "WDT", "IN"}:
        cue = right_cue(s, i, lemma, prev, antecedent(s, prev, words), right, None, words)
        return replace(cue, end=_relative_end(s, cue.right or i)) if cue else None
    if s.lower[prev] in {"and", "but", "or", ","} | {"then"} and (
        same := _same_speaker(s, i, prev, subject, found, words)
    ):
        return right_cue(s, i, lemma, prev, same, right, prev if s.lower[prev] in {"and", "but"} else None, words)
    floor = found[-1].last + 1 if found and found[-1].last < prev else 0
    if subject is not None and s.lower[subject] in {"which", "that"} and s.tags[prev][0] == "N":
        subject = None
    parsed = _parsed_speakers(s, group.first, subject, words)
    if parsed and _is_dateline(s, parsed[0], prev):
        parsed = []
    if parsed and right.strength and not finite_verbs(s, floor, parsed[0].first - 1):
        return right_cue(s, i, lemma, parsed[0].first, parsed, right, _joint(s, parsed[0].first, floor), words)
    by_tokens = before(s, _noun_end(s, prev, words), floor, words, coordinate=right.strength < 2)
    if not by_tokens or (s.words[prev] in {",", "--"} and parsed):
        by_tokens = parsed
    if by_tokens and (named := _before_relative(s, by_tokens[0].first, floor, words)):
        by_tokens = named
    if right.strength and (who := _relative(s, floor, by_tokens[0].first if by_tokens else prev)):
        return right_cue(s, i, lemma, who, antecedent(s, who, words), right, _joint(s, who, floor), words)
    return _either_side(s, i, lemma, by_tokens, right, floor, words) if by_tokens else None


def _is_dateline(s: Sentence, m: Mention, prev: int) -> bool:
    """Whether a dash parts a name that opens the sentence from the verb: "MOSCOW (Interfax) - The army said"."""
    dashes = [k for k in range(m.last + 1, prev) if s.words[k] in {"-", "--"} and s.starts[k] > s.ends[k - 1]]
    return m.first <= 1 and len(dashes) == 1


def _before_relative(s: Sentence, first: int, floor: int, words: Words) -> list[Mention]:
    """ "…" the Observatory which relies on a network of sources said: the name before the relative clause."""
    for k in range(first - 1, max(first - 15, floor + 1), -1):
        if s.quoted[k] or s.words[k] == ",":
            return []
        if s.lower[k] in {"who", "which"}:
            named = before(s, k - 1, floor, words, coordinate=False)
            return named if named and closes(s, named[0].first - 1 - (s.lower[named[0].first - 1] == "the")) else []
    return []


def _relative(s: Sentence, floor: int, first: int) -> int | None:
    """The "who" of "X who lives in Y said": the clause that it opens is all that stands before Y."""
    if finite_verbs(s, floor, first - 1):
        return None
    return next((k for k in range(floor + 1, first) if s.lower[k] in {"who", "which"}), None)


def _relative_end(s: Sentence, first: int) -> int:
    """Where a relative clause ends: before the comma after which the main clause goes on, or with the sentence."""
    last = last_word(s)
    for k in range(first + 1, last):
        if s.words[k] == "," and any(s.tags[m] in FINITE for m in range(k + 1, min(k + 3, last))) and not s.quoted[k]:
            if s.tags[k + 1] in FINITE | {"RB"}:
                return k - 1
    return last


def _noun_end(s: Sentence, prev: int, words: Words) -> int:
    """Back over "on Friday", "also" and an apposition between commas, to the end of the speaker's phrase."""
    j = prev
    while j > 0 and s.lower[j] in words.sets["calendar"]:
        j -= 1
    if j < prev and s.lower[j] in {"on", "in", ","}:
        j -= 1
    elif j < prev:
        j = prev
    if s.words[j] in {",", ")", "--"} and j > 1:
        mark = "(" if s.words[j] == ")" else s.words[j]
        for k in range(j - 2, max(j - 30, 0), -1):
            if s.words[k] == mark:
                return k - 1
    return j


def _either_side(
    s: Sentence, i: int, lemma: str, speakers: list[Mention], right: Following, floor: int, words: Words
) -> Cue | None:
    """Say whether "S X said" or "X said S" is meant, where the speaker stands next to the verb."""
    first = speakers[0].first
    prior = first - 1
    while prior >= 0 and s.lower[prior] == "the":
        prior -= 1
    conjunction = prior >= floor and s.lower[prior] in _CONJUNCTIONS
    if (prior >= floor and s.tags[prior] in {"WDT", "WP"}) or (
        s.lower[max(prior, 0)] == "that" and s.deps[prior] not in {"det", "mark"}
    ):
        return _within(s, i, lemma, first, speakers, right, words)
    if parenthesis := _parenthesis(s, i, lemma, first, prior, floor, speakers, right, words):
        return parenthesis
    quoted = closes(s, prior) or (prior > 0 and s.words[prior] == "," and closes(s, prior - 1))
    clauses = finite_verbs(s, floor, prior)
    to_left = quoted or (prior >= floor and (clauses > 0 or prior - floor >= 4) and not _only_opening(s, floor, prior))
    if right.strength == 2 and not quoted:
        to_left = False
    if not to_left:
        if right.strength == 0:
            return _bare(s, i, lemma, first, speakers, right, floor, words)
        return right_cue(s, i, lemma, first, speakers, right, _joint(s, first, floor), words)
    if not ends(s, right.rest) and not (quoted and right.strength):
        if right.strength and conjunction:
            return right_cue(s, i, lemma, first, speakers, right, prior, words)
        if right.strength or lemma not in {"say", "tell"}:
            return None
    if not quoted and (lemma in words.frames["direct"] or lemma in words.frames["toll"] or lemma in words.charge):
        return None
    again = right.start if quoted and right.strength == 2 else None
    if again is not None and s.words[again] == ",":
        again += 1
    told = outlets(s, i, first, right, words)
    start = prior if s.lower[prior] == "as" and prior >= floor else first
    return Cue(
        i, start, max(i, right.rest - 1), s.lower[i], words.stances[lemma], (*speakers, *told), left=True, right=again
    )


def _within(
    s: Sentence, i: int, lemma: str, first: int, speakers: list[Mention], right: Following, words: Words
) -> Cue | None:
    """ "tyres which activists said were burnt": what follows is said of what the pronoun stands for."""
    j = right.rest
    if j > last_word(s) or s.tags[j] not in FINITE or lemma in words.charge:
        return None
    end = next((k - 1 for k in range(j, len(s)) if s.words[k] in {",", "(", ")", ";"}), last_word(s))
    noun = s.heads[s.heads[first - 1]] if first else i  # of the relative clause
    start = s.edges[noun][0] if noun < first else j
    return Cue(i, first, i, s.lower[i], words.stances[lemma], tuple(speakers), right=min(start, j), end=end)


def _parenthesis(
    s: Sentence,
    i: int,
    lemma: str,
    first: int,
    prior: int,
    floor: int,
    speakers: list[Mention],
    right: Following,
    words: Words,
) -> Cue | None:
    """ "The raid, the army said, killed two": a reporting clause between commas, amid what is said."""
    j, last = right.rest, last_word(s)
    if (
        prior < floor
        or s.words[prior] != ","
        or j >= last
        or s.words[j] != ","
        or lemma in words.charge
        or is_quote(s, j + 1)
    ):
        return None
    if (
        finite_verbs(s, floor, prior)
        or not finite_verbs(s, j + 1, last)
        or s.lower[j + 1] in BREAKS
        or s.tags[j + 1] == "VBG"
    ):
        return None
    told = outlets(s, i, first, right, words)
    left = any(s.tags[k][0] == "N" for k in range(floor, prior))
    return Cue(i, first, j, s.lower[i], words.stances[lemma], (*speakers, *told), left=left, right=j + 1, around=left)


def _only_opening(s: Sentence, floor: int, prior: int) -> bool:
    """Whether what stands before the speaker is only "In Moscow," or "On Friday": nothing is told in it."""
    if finite_verbs(s, floor, prior):
        return False
    if any(s.quoted[floor : prior + 1]):
        return False
    word = s.lower[floor]
    return (
        s.tags[floor] in {"IN", "RB", "CC", "VBG", "TO"}
        and not any(s.tags[k] in {"VBN", "VBD"} for k in range(floor + 1, prior + 1))
    ) or word in {"speaking", "asked", "according"}


def _bare(
    s: Sentence, i: int, lemma: str, first: int, speakers: list[Mention], right: Following, floor: int, words: Words
) -> Cue | None:
    """ "Abu Omar said." with nothing on either side: what stands before, in direct speech, is said."""
    if (
        first > floor + 1
        or lemma in words.charge
        or not ends(s, right.rest)
        or lemma not in {"say", "tell", "add", "report", "ask"}
    ):
        return None
    return Cue(i, first, last_word(s), s.lower[i], words.stances[lemma], tuple(speakers), left=True)


def right_cue(
    s: Sentence,
    i: int,
    lemma: str,
    first: int,
    speakers: list[Mention],
    right: Following,
    joint: int | None,
    words: Words,
) -> Cue | None:
    if not right.strength or not speakers:
        return None
    start = right.start
    while start < len(s) - 1 and s.words[start] in {",", ":"}:
        start += 1
    if lemma == "point" and s.lower[start] in {"out", "to"}:
        start += 1
    if s.lower[start] == "that" and start + 1 < len(s):
        start += 1
    told = outlets(s, i, first, right, words)
    return Cue(i, first, start - 1, s.lower[i], words.stances[lemma], (*speakers, *told), right=start, joint=joint)


def _joint(s: Sentence, first: int, floor: int) -> int | None:
    """The conjunction before a reporting clause, past its opening adverbials and punctuation."""
    for k in range(first - 1, max(floor, first - 8) - 1, -1):
        if s.lower[k] in {"and", "but", "while", "whereas", "although", "though", "yet"} and s.tags[k] in {"CC", "IN"}:
            return k
        if s.words[k] == ";":
            return k
        if s.tags[k] in FINITE or (k < first - 1 and s.words[k] == ","):
            return None
    return None


def _inverted(s: Sentence, i: int, lemma: str, group: Group, words: Words) -> Cue | None:
    """ "S", said X."""
    prev = group.first - 1
    if prev < 1 or lemma in words.charge:
        return None
    comma = s.words[prev] in {",", "--"} or closes(s, prev)
    subject = subject_of(s, i, rightwards=True)
    if i + 1 >= len(s):
        return None
    if not comma and subject is None and not _unmarked_inversion(s, i, group, words):
        return None
    quoted = closes(s, prev) or (s.words[prev] == "," and closes(s, prev - 1))
    if not quoted and lemma in words.frames["direct"] | {"put"}:
        return None
    if s.tags[i + 1] not in NOMINAL_START or (s.lower[i + 1] == "that" and s.tags[i + 1] == "IN"):
        return None
    speaker = after(s, i + 1, words)
    if speaker is None or (subject_of(s, i) is not None and not quoted):
        return None
    if s.tags[min(speaker.last + 1, len(s) - 1)] in FINITE and not s.quoted[i]:
        return None  # "X, …, said Y had fled"
    if finite_verbs(s, 0, prev) == 0 and not quoted:
        return None
    start = speaker.last + 1
    while start <= last_word(s) and s.words[start] in {",", ":"}:
        start += 1
    again = start if start <= last_word(s) and opens(s, start) else None
    told = outlets(s, i, i, Following(start, 0, None, start), words)
    return Cue(i, group.first, speaker.last, s.lower[i], words.stances[lemma], (speaker, *told), left=True, right=again)


def _unmarked_inversion(s: Sentence, i: int, group: Group, words: Words) -> bool:
    """ "…is an outrage said Omar Haddad of the hospital": quotation mark and comma are lost."""
    if s.tags[i] != "VBD" or is_speaker(s, group.first - 1, words) or not finite_verbs(s, 0, group.first - 1):
        return False
    named = after(s, i + 1, words) if s.tags[i + 1] in {"NNP", "DT"} else None
    return named is not None and is_speaker(s, named.head, words) and ends(s, named.last + 1)


def _parsed_speakers(s: Sentence, limit: int, subject: int | None, words: Words) -> list[Mention]:
    """The parser's subject, where it is a noun whose phrase holds no clause of its own but relative ones."""
    if subject is None or s.tags[subject][0] not in "NPDCJW":
        return []
    if s.lower[subject] in {"which", "who", "that"} and s.tags[subject] in {"WDT", "WP"}:
        return of_subject(s, subject, limit, words)
    if finite_verbs(s, s.edges[subject][0], subject):
        return []
    gap = finite_verbs(s, subject + 1, limit - 1)
    if gap and s.words[limit - 1] not in {",", "--"}:
        return []
    return of_subject(s, subject, limit, words)


def _same_speaker(s: Sentence, i: int, prev: int, subject: int | None, found: list[Cue], words: Words) -> list[Mention]:
    """ "X confirmed A and said B": the speaker of the verb that this one is joined to."""
    if subject is not None and subject < i:
        return []
    if s.deps[i] == "conj":
        for cue in found:
            if cue.at == s.heads[i]:
                return list(cue.speakers)
        outer = subject_of(s, s.heads[i])
        return of_subject(s, outer, s.heads[i], words) if outer is not None else []
    return []
