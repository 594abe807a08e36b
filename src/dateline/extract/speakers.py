"""The noun phrase that names who speaks.

Where commas are kept the parser's subject is good; where scraping lost them ("…on Tuesday the monitoring
group said") it is not, and the phrase is found from the tokens: leftwards from the verb until a word that
cannot belong to it.
"""

from __future__ import annotations

from dateline.extract.speech import Words, phrase_at
from dateline.types import Mention, Sentence

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PROPER = frozenset({"NNP", "NNPS"})
_OPENERS = frozenset({"DT", "PRP$", "PDT"})
_PREPOSITIONS = frozenset(
    {"of", "for", "at", "in", "from", "with", "inside", "near", "on", "to", "across", "around", "under", "over"}
    | {"between", "among", "against", "through", "into", "towards", "toward", "outside", "along", "behind", "beyond"}
    | {"during", "by", "without", "within", "upon", "onto", "via"}
)
_EXTENDS = frozenset({"of", "for", "at", "from", "with", "in"})
_ALONE = frozenset(
    {"some", "others", "many", "both", "several", "all", "most", "one", "another", "two", "three", "few", "none"}
    | {"everyone", "those"}
)
_POSTMODIFIERS = frozenset(
    {"familiar", "close", "briefed", "involved", "loyal", "based", "linked"}
)  # "source close to"
_RELATIVE = frozenset({"who", "which", "that"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def is_speaker(s: Sentence, i: int, words: Words) -> bool:
    """Whether a token can head a speaker's name: a pronoun, a name, or a noun that speaks."""
    if s.tags[i] in {"PRP", "NNP", "NNPS"}:
        return True
    return s.lemmas[i] in words.sets["speakers"] or s.lower[i] in words.sets["speakers"]


def _speaks(s: Sentence, i: int, words: Words) -> bool:
    return s.lower[i] in words.sets["speakers"] or s.lemmas[i] in words.sets["speakers"]


# ------------------------------------------------------------------------------------------------ leftwards


def before(s: Sentence, end: int, floor: int, words: Words, coordinate: bool = True) -> list[Mention]:
    """The speakers whose phrase ends at token ``end``, none left of ``floor``; empty if no noun stands there."""
    if end < floor or s.lower[end] in words.sets["calendar"]:
        return []
    if s.tags[end] in {"PRP", "EX"}:
        return [] if s.tags[end] == "EX" else [Mention(s.index, end, end, end)]
    if s.lower[end] in _ALONE:
        return [Mention(s.index, end, end, end)]
    if s.tags[end] not in _NOUNS and not _speaks(s, end, words):
        return []
    first, closed = _chunk(s, end, floor, words)
    first = _known(s, first, end, floor, words)
    head = end
    left = first - 1
    if left >= floor and s.lower[left] in _PREPOSITIONS:
        place = next((j for j in range(end - 1, first, -1) if s.lower[j] in words.sets["place_nouns"]), None)
        if closed and place and s.tags[place + 1][:1] in "NJ":
            first, closed = place + 1, False  # "in the town | residents said"
            found = [trim(s, first, end, end)]
            return (
                found if not coordinate or s.lower[first - 1] != "and" else before(s, first - 2, floor, words) + found
            )
        tied = closed or s.tags[end] in _PROPER or s.lower[left - 1] in _POSTMODIFIERS
        reached = _reach(s, left, floor, words) if tied else None
        if reached:
            first, head = reached
            left = first - 1
        elif closed or (first == end and s.tags[end] not in {"NNS", "NNPS"} and not phrase_at(s, end, words.outlets)):
            return []  # what the preposition governs, no speaker
        elif first < end:
            first = _split(s, first, end, words)
            left = first - 1
    found = [trim(s, first, end, head)]
    if coordinate and left > floor and s.lower[left] == "and" and is_speaker(s, left - 1, words):
        if s.deps[left - 1] != "pobj" or s.deps[end] == "conj":
            return before(s, left - 1, floor, words) + found
    return found


def _chunk(s: Sentence, end: int, floor: int, words: Words) -> tuple[int, bool]:
    """The first token of the noun chunk that ends at ``end``, and whether an article closes it."""
    first = end
    for j in range(end - 1, floor - 1, -1):
        tag, low = s.tags[j], s.lower[j]
        if low in words.sets["calendar"]:
            if s.lower[j + 1] != "'s":
                break
        if tag in _OPENERS:
            return j, True
        if tag == "CD":
            return (j, True) if low.isalpha() else (first, False)
        if not _modifies(s, j, first, floor, words):
            break
        if tag in _PROPER and _new_name(s, j, first, words):
            break
        first = j
    return first, False


def _new_name(s: Sentence, j: int, first: int, words: Words) -> bool:
    """Whether another name begins at ``first``: an outlet's, or a person's after a place's."""
    if s.ents[j] in _PLACES and s.ents[first] == "PERSON":
        return True
    if s.lower[first] in words.sets["speakers"]:
        return False  # "Coastal | Observatory"
    own = phrase_at(s, first, words.outlets) and s.lower[j] not in words.sets["modifiers"]
    return bool(own) and s.ents[j] != "NORP" and j + phrase_at(s, j, words.outlets) <= first


def _known(s: Sentence, first: int, end: int, floor: int, words: Words) -> int:
    """Where a known name begins that the phrase's first words end ("Observatory for Human | Rights monitor")."""
    for j in range(first - 1, max(floor, first - 6) - 1, -1):
        if s.words[j][0].isupper() and j + phrase_at(s, j, words.outlets) > first:
            return j - 1 if j > floor and s.tags[j - 1] in _OPENERS else j
    return first


def _modifies(s: Sentence, j: int, first: int, floor: int, words: Words) -> bool:
    """Whether token ``j`` can stand in the chunk just before ``first``."""
    tag, low = s.tags[j], s.lower[j]
    after = s.tags[j + 1]
    if tag in _PROPER or tag in {"HYPH", "POS"} or s.words[j] == "-" or tag[:2] == "JJ":
        return True
    if after in {"HYPH", "POS"} or s.words[j + 1] == "-":
        return tag[0] in "NJRV" or tag == "CD"
    if tag in {"NN", "NNS"}:
        return low in words.sets["modifiers"] or (s.lemmas[j] in words.sets["speakers"] and s.tags[first] in _PROPER)
    if tag in {"VBN", "VBG", "VBD"}:
        return j > floor and (
            s.tags[j - 1] in {"HYPH"} or s.words[j - 1] == "-" or (tag != "VBD" and s.tags[j - 1] in _OPENERS)
        )
    return False


def _reach(s: Sentence, prep: int, floor: int, words: Words) -> tuple[int, int] | None:
    """From "…at the ministry" back to the noun that it hangs on, if that one speaks: (first token, head)."""
    best = None
    for _ in range(4):
        noun = prep - 2 if s.lower[prep - 1] in _POSTMODIFIERS else prep - 1
        if noun < floor or s.tags[noun] not in _NOUNS or s.lower[noun] in words.sets["calendar"]:
            break
        first = _loose(s, noun, floor, words)
        if _speaks(s, noun, words) or (s.tags[noun] in _PROPER and s.ents[noun] == "PERSON"):
            best = first, noun
        prep = first - 1
        if prep < floor or s.lower[prep] not in _EXTENDS:
            break
    return best


def _loose(s: Sentence, end: int, floor: int, words: Words) -> int:
    """As :func:`_chunk`, with any noun as a modifier."""
    first = end
    for j in range(end - 1, floor - 1, -1):
        tag = s.tags[j]
        if s.lower[j] in words.sets["calendar"]:
            break
        if tag in _OPENERS:
            return j
        joined = tag in {"HYPH", "POS"} or s.words[j] == "-" or s.words[j + 1] == "-"
        participle = tag in {"VBN", "VBG"} and j > floor and s.tags[j - 1] in _OPENERS | {"HYPH"}
        if tag[:1] in "NJ" or joined or participle:
            first = j
        else:
            break
    return first


def _split(s: Sentence, first: int, end: int, words: Words) -> int:
    """Where the speaker begins in a run whose first words are a preposition's object ("in Homs activists")."""
    for p in range(first + 1, end + 1):
        if phrase_at(s, p, words.outlets):
            return p
    for p in range(first + 1, end + 1):
        if s.words[p] == "-" or s.words[p - 1] == "-" or s.tags[p] == "POS" or s.tags[p - 1] == "POS":
            continue
        if (s.ents[p] != s.ents[p - 1] and s.ents[p - 1] in _PLACES | {""}) or s.words[p] in {"Al", "al"}:
            return p
        if s.tags[p - 1] in _PROPER and s.tags[p] not in _PROPER:
            return p
    return first if first == end else end if _speaks(s, end, words) else max(first + 1, end - 1)


# ------------------------------------------------------------------------------------------------- rightwards


def after(s: Sentence, first: int, words: Words, limit: int | None = None) -> Mention | None:
    """The noun phrase that begins at ``first``; None if none does."""
    n = len(s) if limit is None else min(limit, len(s))
    if first >= n:
        return None
    if s.tags[first] == "PRP" or (s.lower[first] in _ALONE and (first + 1 >= n or s.tags[first + 1] not in _NOUNS)):
        return Mention(s.index, first, first, first)
    last = _forward(s, first, n, words)
    if last is None:
        return None
    head = last
    extends = _EXTENDS | {"by"} if s.lemmas[head] in words.nouns else _EXTENDS
    while last + 2 < n and s.lower[last + 1] in extends and s.lower[last + 2] not in words.sets["calendar"]:
        if s.lower[last + 1] == "in" and s.tags[last + 2] not in _PROPER:
            break
        further = _forward(s, last + 2, n, words)
        if further is None:
            break
        last = further
    return trim(s, first, last, head)


def _forward(s: Sentence, first: int, n: int, words: Words) -> int | None:
    """The last token of the noun chunk that begins at ``first``; None if no noun comes."""
    last = None
    if length := phrase_at(s, first, words.outlets):
        last = first + length - 1
        while last + 1 < n and s.lower[last + 1] in words.sets["outlet_nouns"]:
            last += 1
        return last
    k = first
    while k < n:
        tag, low = s.tags[k], s.lower[k]
        if (tag in _NOUNS or (tag == "JJ" and low in words.sets["speakers"])) and (
            low not in words.sets["calendar"] or (k > first and s.lower[k + 1 : k + 2] == ["'s"])
        ):
            if last is not None and _new_phrase(s, last, k, words):
                break
            last = k
        elif tag in _OPENERS or tag == "CD":
            if last is not None and s.lower[k - 1] not in {"&"}:
                break
        elif (
            tag[:2] == "JJ"
            or tag in {"POS", "HYPH", "VBN", "RB"}
            or (tag == "VBG" and k + 1 < n and s.tags[k + 1] in _NOUNS)
        ):
            if last is not None and tag in {"VBN", "VBG", "RB"} and s.words[k - 1] != "-":
                break
            new = tag[:2] == "JJ" and low not in words.sets["modifiers"] and s.words[k - 1] != "-"
            if last is not None and new and _speaks(s, last, words):
                break
        elif s.words[k] not in {"-", "'s"}:
            break
        k += 1
    return last


def _new_phrase(s: Sentence, last: int, k: int, words: Words) -> bool:
    """Whether a noun begins another phrase after one that ended at ``last``: a comma was lost."""
    if k != last + 1 or not _speaks(s, last, words) or _speaks(s, k, words):
        return False
    if s.tags[k] == "NN":
        return False  # "television briefing"
    return s.lower[k] not in words.sets["modifiers"] and not (s.tags[k] in _PROPER and s.ents[k] == "PERSON")


# ---------------------------------------------------------------------------------------------- by the parser


def of_head(s: Sentence, head: int, limit: int, words: Words) -> Mention:
    """The phrase of a head that the parser names: its modifiers, and what follows it by "of", "for", "at"…

    ``limit`` is a token that the phrase must not reach.
    """
    first = head
    edge = s.edges[head][0]
    for j in range(head - 1, edge - 1, -1):
        tag = s.tags[j]
        if tag in _OPENERS:
            first = j
            break
        if s.lower[j] in words.sets["calendar"] and s.lower[j + 1] != "'s":
            break
        if tag[:1] in "NJ" or tag in {"HYPH", "POS", "CD", "VBN", "VBG"} or s.words[j] == "-" or s.words[j + 1] == "-":
            if s.words[j].isdigit() and len(s.words[j]) == 4:
                break
            first = j
        else:
            break
    if (
        first >= 2
        and s.lower[first - 1] == "of"
        and s.tags[head] in _PROPER
        and s.lower[first - 2] in words.sets["speakers"]
    ):
        first = _loose(s, first - 2, 0, words)  # "Secretary of State Omar Haddad"
    last = head
    end = min(limit, s.edges[head][1] + 1)
    extends = _EXTENDS | {"by"} if s.lemmas[head] in words.nouns else _EXTENDS
    while last + 1 < end:
        low = s.lower[last + 1]
        if low in extends and last + 2 < end and s.lower[last + 2] not in words.sets["calendar"]:
            if low == "in" and s.tags[last + 2] not in _PROPER:
                break
            further = _forward(s, last + 2, end, words)
        elif s.tags[last + 1] in _PROPER and low not in words.sets["calendar"]:
            further = _forward(s, last + 1, end, words)
        else:
            break
        if further is None:
            break
        last = further
    return trim(s, first, last, head)


def of_subject(s: Sentence, head: int, limit: int, words: Words) -> list[Mention]:
    """The phrases of a subject and of the nouns coordinated with it; a relative pronoun gives what it stands for."""
    if s.lower[head] in _RELATIVE and s.tags[head] in {"WDT", "WP", "IN"}:
        return antecedent(s, head, words)
    if s.tags[head] in {"EX", "WDT", "WP", "WRB"}:
        return []
    out = [of_head(s, head, limit, words)]
    for k in s.children[head]:
        if s.deps[k] == "conj" and head < k < limit and s.tags[k] in _NOUNS:
            out += of_subject(s, k, limit, words)
    return out


def antecedent(s: Sentence, pronoun: int, words: Words) -> list[Mention]:
    """What "who" or "which" stands for."""
    verb = s.heads[pronoun]
    if s.deps[verb] == "relcl" and s.heads[verb] < pronoun and s.tags[s.heads[verb]] in _NOUNS | {"PRP"}:
        noun = s.heads[verb]
        if not is_speaker(s, noun, words) and s.deps[noun] == "pobj":  # "men in uniform who said"
            outer = s.heads[s.heads[noun]]
            noun = outer if s.tags[outer] in _NOUNS and outer < noun else noun
        return [of_head(s, noun, pronoun, words)]
    end = pronoun - 1
    while end >= 0 and s.words[end] in {",", "--", "-"}:
        end -= 1
    return before(s, end, 0, words, coordinate=False)


def trim(s: Sentence, first: int, last: int, head: int) -> Mention:
    """A mention without leading punctuation, and without "the" before a name."""
    while first < head and ((not s.words[first][0].isalnum() and s.words[first] != "'s") or s.words[first] == "'s"):
        first += 1
    if first < head and s.lower[first] == "the" and _is_name(s, first + 1, last):
        first += 1
    return Mention(s.index, first, last, head)


def _is_name(s: Sentence, first: int, last: int) -> bool:
    return any(s.tags[k] in _PROPER for k in range(first, last + 1)) and s.words[first][0].isupper()
