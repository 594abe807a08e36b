"""Persons told of one by one: "the mayor was shot dead" is a figure of one killed."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extract.counted import listed
from dateline.extract.figure_words import match, table
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
        elif tag in {"NN", "NNS"} and "killed" in match(s, v, t.of):
            yield from _of_noun(s, v)


def _of_verb(s: Sentence, v: int) -> Iterator[tuple[FigureKind, int, Quantity]]:
    """ "Mr Smith was shot dead", "killing the man", "the girl, who died"."""
    t = table()
    done = [k for k in match(s, v, t.done, t.are) if k in HURT]
    did = [k for k in match(s, v, t.did) if k in HURT]
    if not (done or did) or any(s.deps[c] == "neg" for c in s.children[v]):
        return
    wanted = (_OBJECTS if done else frozenset()) | (_SUBJECTS if did else frozenset())
    verb = v
    heads = [c for c in s.children[v] if s.deps[c] in wanted]
    if not heads and s.deps[v] in {"conj", "xcomp"}:
        verb = s.heads[v]
        heads = [c for c in s.children[verb] if s.deps[c] in wanted]
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


def _people(s: Sentence, head: int) -> Quantity | None:
    """The persons of a coordination, if all of them are single ("the man and his son")."""
    people = [head, *(c for c in s.children[head] if s.deps[c] == "conj")]
    if not all(_single(s, i) for i in people):
        return None
    first, last = min(s.edges[head][0], head), people[-1]
    n = float(len(people))
    mention = Mention(s.index, first, last, head)
    return Quantity(mention=mention, low=n, high=n, of=_words(s, first, last), unit=s.lower[head])


def _single(s: Sentence, i: int) -> bool:
    if s.tags[i] == "PRP":
        return s.lower[i] in _PRONOUNS
    if any(s.deps[c] in {"nummod", "neg"} or s.lower[c] in _NONE for c in s.children[i]):
        return False
    if s.tags[i] == "NNP":
        unknown = s.ents[i] == "" and s.deps[i] == "nsubjpass" and s.lower[s.heads[i] - 1] == "was"
        return s.ents[i] == "PERSON" or unknown
    if s.lower[i] == "old":
        return i > 1 and s.lower[i - 1] == "-" and s.lower[i - 2] == "year"  # "the 3-year-old died"
    return s.tags[i] == "NN" and s.lower[i] in listed("one_of")


def _words(s: Sentence, first: int, last: int) -> str:
    """The words of a run of tokens, spaced as in the text."""
    out = ""
    for i in range(first, last + 1):
        out += (" " if out and s.starts[i] > s.ends[i - 1] else "") + s.words[i]
    return out
