"""Persons told of one by one: "the mayor was shot dead" is a figure of one killed."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.codebook.lexicon import lexicon
from dateline.extract.counted import class_of, listed
from dateline.extract.figure_words import match, table
from dateline.gazetteer.cues import cues
from dateline.types import FigureKind, Mention, Quantity, Sentence

HURT: tuple[FigureKind, ...] = ("killed", "injured")
_OBJECTS = frozenset({"dobj", "nsubjpass", "oprd", "dative"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})
_RELATIVE = frozenset({"who", "that", "whom"})
_NONE = frozenset({"no", "each", "every", "any"})


def victims(s: Sentence) -> Iterator[tuple[FigureKind, int, Quantity]]:
    """Single persons killed or hurt, by the tree: the kind, the word that says so, and how many they are."""
    t = table()
    for v, tag in enumerate(s.tags):
        if tag[:2] == "VB":
            yield from _of_verb(s, v)
        elif tag in {"NN", "NNS"} and (
            "killed" in match(s, v, t.of) or s.lemmas[v] in listed("death_of_one") or fatal(s, v)
        ):
            yield from _of_noun(s, v)


def fatal(s: Sentence, v: int) -> bool:
    """Whether a word of violence is said to have been fatal: "fatally wounded", "the fatal shooting of"."""
    words = listed("fatal")
    if s.lemmas[v] not in listed("may_be_fatal"):
        return False
    return any(s.lower[c] in words for c in s.children[v]) or (v > 0 and s.lower[v - 1] in words)


def _of_verb(s: Sentence, v: int) -> Iterator[tuple[FigureKind, int, Quantity]]:
    """ "Mr Smith was shot dead", "killing the man", "the girl, who died"."""
    t = table()
    done: list[FigureKind] = ["killed"] if fatal(s, v) else [k for k in match(s, v, t.done, t.are) if k in HURT]
    did = [k for k in match(s, v, t.did) if k in HURT]
    if not (done or did) or any(s.deps[c] == "neg" for c in s.children[v]):
        return
    wanted = (_OBJECTS if done else frozenset()) | (_SUBJECTS if did else frozenset())
    verb = v
    heads = [c for c in s.children[v] if s.deps[c] in wanted]
    if not heads and s.deps[v] in {"conj", "xcomp"}:
        verb = s.heads[v]
        heads = [c for c in s.children[verb] if s.deps[c] in wanted or (did and s.deps[c] == "nsubjpass")]
    if heads and s.lower[heads[0]] in _RELATIVE and s.deps[verb] == "relcl":
        heads = [s.heads[verb]]
    if not heads and done and s.deps[verb] == "acl" and s.tags[v] == "VBN":
        heads = [s.heads[verb]]
    if heads and (found := _people(s, heads[0])):
        yield (done or did)[0], v, found


def _of_noun(s: Sentence, v: int) -> Iterator[tuple[FigureKind, int, Quantity]]:
    """ "the killing of the mayor", "the girl's death"."""
    heads = [c for c in s.children[v] if s.deps[c] == "poss"]
    for c in s.children[v]:
        if s.lower[c] == "of":
            heads += [g for g in s.children[c] if s.deps[g] == "pobj"]
    if heads and (found := _people(s, heads[0])):
        yield "killed", v, found
    elif not heads and s.lemmas[v] in listed("death_of_one") and (n := _by_adjective(s, v)):
        mention = Mention(s.index, min(s.edges[v][0], v), v, v)
        yield "killed", v, Quantity(mention=mention, low=n, high=n, of="", unit="")


def _by_adjective(s: Sentence, v: int) -> float:
    """How many "a double homicide", "a triple murder" killed; 0 where it is not told."""
    many = lexicon("figures")["fold"]
    return next((float(many[s.lower[c]]) for c in s.children[v] if s.lower[c] in many), 0.0)


def _people(s: Sentence, head: int) -> Quantity | None:
    """The persons of a coordination, if all of them are single ("the man and his son")."""
    people = _coordinated(s, head)
    if not all(_single(s, i) for i in people):
        return None
    first, last = min(s.edges[head][0], head), people[-1]
    n = float(len(people))
    mention = Mention(s.index, first, last, head)
    return Quantity(mention=mention, low=n, high=n, of=_words(s, first, last), unit=s.lower[head])


def _coordinated(s: Sentence, head: int) -> list[int]:
    """A noun and all that is coordinated with it, in order of the text."""
    out, todo = [], [head]
    while todo:
        i = todo.pop()
        out.append(i)
        todo += [c for c in s.children[i] if s.deps[c] == "conj" and not _has_verb(s, i, c)]
    return sorted(out)


def _has_verb(s: Sentence, i: int, c: int) -> bool:
    """Whether a verb with a clause of its own lies between two nouns, or is the second: "a man who hid him and a boy"."""
    return any(s.tags[j] in {"VBD", "VBZ", "VBP", "VB", "MD"} for j in range(i + 1, c + 1))


def _single(s: Sentence, i: int) -> bool:
    if s.tags[i] == "PRP":
        return s.lower[i] in _PRONOUNS
    if any(s.deps[c] in {"nummod", "neg"} or s.lower[c] in _NONE for c in s.children[i]):
        return False
    if s.tags[i] == "NNP":
        if any(s.deps[c] == "compound" and _names_one(s, c, i) for c in s.children[i]):
            return True
        unknown = s.ents[i] == "" and s.deps[i] == "nsubjpass" and s.lower[s.heads[i] - 1] == "was"
        return s.ents[i] == "PERSON" or unknown
    if s.lower[i] == "old":
        return i > 1 and s.lower[i - 1] == "-" and s.lower[i - 2] == "year"  # "the 3-year-old died"
    return s.tags[i] == "NN" and (s.lower[i] in listed("one_of") or (_aged(s, i) and class_of(s, i) in {"", "person"}))


def _names_one(s: Sentence, first: int, last: int) -> bool:
    """Whether two capitalised words are a person's name: a known given name, or what the parser takes for no body."""
    if not (s.tags[first] == "NNP" and s.words[first].istitle() and s.words[last].istitle()):
        return False
    return s.lower[first] in cues().given_names or s.ents[last] == "PERSON"


def _aged(s: Sentence, i: int) -> bool:
    """ "a 14-year-old football player": whatever is of an age in years is a person."""
    return any(
        s.lower[j] == "old" and s.lower[j - 1] == "-" and s.lower[j - 2].startswith("year")
        for j in range(max(s.edges[i][0] + 2, 2), i)
    )


def _words(s: Sentence, first: int, last: int) -> str:
    """The words of a run of tokens, spaced as in the text."""
    out = ""
    for i in range(first, last + 1):
        out += (" " if out and s.starts[i] > s.ends[i - 1] else "") + s.words[i]
    return out
