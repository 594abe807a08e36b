"""What follows a verb of reporting: whether something said begins there, past adverbials and the one told."""

from __future__ import annotations

from dateline.extract.cue_model import Following
from dateline.extract.speakers import after
from dateline.extract.speech import Words, closes, finite_verbs, is_quote, last_word, opens
from dateline.types import Mention, Sentence

BREAKS = frozenset(
    {
        "and",
        "or",
        "but",
        "yet",
        "as",
        "when",
        "while",
        "after",
        "before",
        "because",
        "since",
        "although",
        "though",
        "who",
        "which",
        "where",
        "whose",
        "until",
        "amid",
        "despite",
        "so",
        "nor",
        "than",
    }
)
_ADVERBIAL = frozenset(
    {
        "on",
        "in",
        "at",
        "by",
        "to",
        "during",
        "from",
        "via",
        "through",
        "under",
        "late",
        "early",
        "earlier",
        "over",
        "with",
        "for",
        "of",
        "about",
        "after",
        "without",
    }
)
NOMINAL_START = frozenset({"DT", "NN", "NNS", "NNP", "NNPS", "CD", "JJ", "JJS", "JJR", "PRP", "PRP$", "PDT", "EX", "$"})
_NOUNY = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "JJ"})
_VAGUE = frozenset({"so", "about", "nearly", "almost", "only", "approximately", "not", "least", "most"})


def following(s: Sentence, i: int, lemma: str, words: Words) -> Following:
    """Read on from the verb: past the one told and adverbials of time, place and means."""
    j, told, last = i + 1, None, last_word(s)
    if lemma in words.frames["addressed"] and j <= last and not is_quote(s, j) and s.lower[j] != "that":
        told = after(s, j, words)
        if told and s.lower[told.last + 1 : told.last + 2] == ["'s"]:  # "told the agency's reporter"
            whose = after(s, told.last + 2, words)
            told = Mention(s.index, told.first, whose.last, whose.head) if whose else None
        if told:
            j = told.last + 1
    charge = words.charge.get(lemma)
    if charge and (start := _charged(s, i, charge, words)):
        return Following(start, 2, told, start)
    j = _past_adverbials(s, i, j, last, words)
    if j > last:
        return Following(j, 0, told, j)
    if (
        s.lower[j] == "to"
        and told is None
        and lemma in {"say", "announce", "complain", "explain", "reveal", "confirm", "admit"}
    ):
        told = after(s, j + 1, words)
        j = _past_adverbials(s, i, told.last + 1, last, words) if told else j
    return Following(j, _strength(s, i, j, lemma, told is not None, last, words), told, j)


def _strength(s: Sentence, i: int, j: int, lemma: str, told: bool, last: int, words: Words) -> int:
    if j > last:
        return 0
    word, tag = s.lower[j], s.tags[j]
    if opens(s, j) or word == ":" or (word == "," and opens(s, j + 1)):
        return 2
    if word == "that" and (tag == "IN" or _clause_follows(s, j, last)):
        return 2
    if word == "," and s.lower[j + 1 : j + 2] == ["that"]:
        return 2
    frames = words.frames
    if (lemma in words.charge and lemma not in {"charge"}) or lemma in frames["direct"]:
        return 0
    if word in {"whether", "how", "why", "if", "what"} and tag[0] in "WI":
        return 2 if finite_verbs(s, j, last) else 0
    if word == "," and any(s.lower[k] == "that" and s.words[k - 1] == "," for k in range(j + 2, min(j + 6, last))):
        return 2  # "said at a camp in Homs, Syria, that S"
    if lemma == "claim" and any(k > i and s.deps[k] == "dobj" for k in s.children[i]):
        return 0  # responsibility, lives, victory
    if word in BREAKS or (tag in {"WDT", "WP", ",", "."} and word != "what"):
        return 0
    if tag == "VBG":
        return 2 if lemma in frames["gerund"] or _is_subject(s, i, j) else 0
    if tag == "TO":
        return 2 if lemma in frames["infinitive"] else 0
    clausal = any(k > i and s.deps[k] == "ccomp" for k in s.children[i]) and not closes(s, j)
    if lemma in frames["toll"]:
        return (
            2
            if any(s.lemmas[k] in words.sets["toll_nouns"] for k in range(j, min(j + 6, last + 1)))
            and "at" in s.lower[j:]
            else 0
        )
    if tag not in NOMINAL_START and tag not in {"IN", "RB", "VBN", "WRB"}:
        return 2 if clausal else 0
    if lemma in frames["marked"] and not clausal:
        return 1 if lemma in frames["object"] else 0
    if clausal or (finite_verbs(s, j, last) and not (lemma in frames["object"] and lemma != "report")):
        return 2 if lemma != "claim" or clausal else 0
    if lemma == "say" and s.tags[i] in {"VBZ", "VBP"} and (tag in _NOUNY or tag == "DT") and last - j >= 2:
        return 2  # a headline's "army says 12 killed in raid"
    return 1 if lemma in frames["object"] and (tag in NOMINAL_START or bounds(s, j) or word in _VAGUE) else 0


def _is_subject(s: Sentence, i: int, j: int) -> bool:
    """Whether a gerund is the subject of what is said: "said shelling a town was a crime"."""
    return s.deps[j] == "csubj" and s.deps[s.heads[j]] == "ccomp" and s.heads[s.heads[j]] == i


def _clause_follows(s: Sentence, j: int, last: int) -> bool:
    """Whether "that" at ``j``, whatever its tag, opens a clause."""
    return (j < last and s.tags[j + 1] in NOMINAL_START) or finite_verbs(s, j, last) > 0


def _past_adverbials(s: Sentence, i: int, j: int, last: int, words: Words) -> int:
    """The first token after adverbials such as "on Friday", "in a statement", "by telephone"."""
    while j <= last:
        word, tag = s.lower[j], s.tags[j]
        hour = tag == "CD" and s.lower[j - 1] in words.sets["calendar"]
        adverb = tag in {"RB", "RBR"} and word not in _VAGUE and not bounds(s, j)
        if hour or adverb or word in words.sets["calendar"]:
            j += 1
        elif bounds(s, j):
            break
        elif (
            word in _ADVERBIAL
            and tag in {"IN", "TO", "RB", "JJ"}
            and j + 1 <= last
            and s.tags[j + 1] not in {"VB", "VBG"}
        ):
            if word == "to" and s.lemmas[i] != "tell":
                return j
            end = _adverbial_end(s, j, last, words)
            if end is None:
                return j
            j = end + 1
        elif word == "," and j + 1 <= last and s.lower[j + 1] in words.sets["calendar"]:
            j += 1
        else:
            break
    return j


def bounds(s: Sentence, j: int) -> bool:
    """ "at least", "up to", "over 20": the words of a number, no adverbial."""
    nxt = s.lower[j + 1] if j + 1 < len(s) else ""
    return nxt in {"least", "most"} or (
        s.lower[j] in {"over", "about", "up", "under", "at"} and s.tags[j + 1 : j + 2] == ["CD"]
    )


def _adverbial_end(s: Sentence, prep: int, last: int, words: Words) -> int | None:
    """The last token of a prepositional phrase, chained ones included; None if no noun follows."""
    j = prep + 1
    while j <= last and s.lower[j] in words.sets["calendar"] | {"late", "early"}:
        j += 1
    if j > prep + 1:
        return j - 1
    phrase = after(s, j, words, last + 1)
    if phrase is None:
        return None
    end = phrase.last
    if end + 2 <= last and s.tags[end + 1] == "VBN" and s.lower[end + 2] in {"by", "on", "in", "to"}:
        further = after(s, end + 3, words, last + 1)  # "in a statement carried by state media"
        end = further.last if further else end
    return end


def _charged(s: Sentence, i: int, prep: str, words: Words) -> int | None:
    """Where the charge begins: "accused the army of | shelling"."""
    last = last_word(s)
    for k in range(i + 1, last):
        if s.lower[k] in {prep, "of"} and s.tags[k + 1] == "VBG":
            return k + 1
    hung = [k for k in s.children[i] if k > i and s.lower[k] == prep and k < last]
    if not hung:
        charged = after(s, i + 1, words)
        hung = [charged.last + 1] if charged and s.lower[charged.last + 1 : charged.last + 2] == [prep] else []
    return hung[0] + 1 if hung and hung[0] < last else None


def ends(s: Sentence, j: int) -> bool:
    """Whether a reporting clause that stands after what is said ends at token ``j``."""
    if j > last_word(s):
        return True
    word, tag = s.lower[j], s.tags[j]
    if (
        word in {",", ";", ":", "--", "-", ")", "("}
        or is_quote(s, j)
        or word in BREAKS
        or tag in {"WDT", "WP", "VBG", "CC", "IN"}
    ):
        return True
    return tag == "VBN" and s.lower[j + 1 : j + 2] == ["by"]
