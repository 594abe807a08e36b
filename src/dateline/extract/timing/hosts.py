"""The tokens that an event's time may hang on: its own, its verb's, and those of verbs that share its moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.extract.timing.words import words
from dateline.types import Sentence, TimeMention

_PAST = frozenset({"VBD", "VBN"})
NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "compound", "appos"})
STEPS = 12
_ANY = frozenset({"at", "since", "by", "during", "relative"})
_NO_DEADLINE = _ANY - {"by"}
_DEADLINE = frozenset({"by"})
_SPAN = frozenset({"since", "during"})


@dataclass(frozen=True, slots=True)
class Host:
    """A token that the event's time may hang on; the time must lie between ``after`` and ``before``.

    ``roles`` are the roles of a time that it may have.
    """

    token: int
    cost: int
    after: int = -1
    before: int = 1 << 30
    roles: frozenset[str] = _ANY

    def takes(self, h: Hung) -> bool:
        return self.after < h.position < self.before and h.time.role in self.roles


@dataclass(frozen=True, slots=True)
class Hung:
    """A time and the token that it hangs on; ``adjectival`` as in "Monday's attack", "the 2011 uprising"."""

    time: TimeMention
    governor: int
    adjectival: bool
    position: int


def hosts_of(s: Sentence, a: int) -> list[Host]:
    if s.tags[a][:1] == "V" and not (s.tags[a] == "VBG" and s.deps[a] in NOMINAL):
        return list(_verb_hosts(s, a, 0))
    return list(_noun_hosts(s, a))


def _noun_hosts(s: Sentence, a: int) -> Iterator[Host]:
    w = words()
    yield Host(a, 0)
    for k in s.children[a]:
        if s.deps[k] in {"relcl", "acl"} and _tells_of(s, k):
            yield Host(k, 1)
            yield from (Host(x, 2) for x in s.children[k] if s.deps[x] == "conj" and s.tags[x][:1] == "V")
        elif s.deps[k] == "conj" and s.tags[k][:1] == "N":
            yield Host(k, 4)
    i, cost = a, 1
    for _ in range(STEPS):
        h, dep = s.heads[i], s.deps[i]
        if h == i or dep in {"poss", "npadvmod"}:
            return
        if s.tags[h][:1] == "V" and dep not in {"conj"}:
            if dep in {"nsubj", "nsubjpass", "dobj", "attr", "oprd", "dative", "agent", "advmod", "dep"}:
                if s.lemmas[h] not in w.saying:
                    yield from _verb_hosts(s, h, cost)
                elif dep == "dobj":
                    yield Host(h, cost, after=a, roles=_DEADLINE)
            return
        if dep == "pobj":
            p, up = outer(s, h)
            if p < 0:
                return
            if s.tags[up][:1] == "V":
                causes = s.lower[p] == "from" and s.lemmas[up] in w.results
                if s.lemmas[up] in w.saying:
                    yield Host(up, cost, after=a, roles=_DEADLINE)
                elif causes or s.lower[p] not in w.apart_above:
                    yield from _verb_hosts(s, up, cost)
                return
            if s.lower[p] in w.apart_above:
                return
            i = up
        elif dep in {"compound", "nmod", "amod", "conj", "appos", "dobj", "nsubj"}:
            i = h
        else:
            return
        yield Host(i, cost + (dep != "compound"), after=a if dep == "pobj" else -1)
        cost += 1


def outer(s: Sentence, p: int) -> tuple[int, int]:
    """The outermost of a chain of prepositions ("out of") and what it hangs on; (-1, -1) where one sets apart."""
    for _ in range(STEPS):
        up = s.heads[p]
        if s.lower[p] in words().apart or up == p:
            return -1, -1
        if s.tags[up] not in {"IN", "TO", "RB", "RP"} or s.deps[up] not in {"prep", "pcomp", "advmod"}:
            return p, up
        p = up
    return -1, -1


def _tells_of(s: Sentence, v: int) -> bool:
    """Whether a relative clause tells of the noun itself: "the attack that hit", "strikes launched by"."""
    if s.lemmas[v] in words().saying and s.lemmas[v] != "agree":
        return False
    if s.deps[v] == "acl":
        return s.tags[v] in {"VBN", "VBG"}
    return any(s.deps[k] in {"nsubj", "nsubjpass"} and s.lower[k] in {"which", "that", "who"} for k in s.children[v])


def _verb_hosts(s: Sentence, v: int, cost: int, steps: int = 4) -> Iterator[Host]:
    w = words()
    content = [k for k in s.children[v] if s.deps[k] == "ccomp"] if s.lemmas[v] in w.saying else []
    if content:
        yield from _own_side(s, v, content[0], cost)
    else:
        yield Host(v, cost, roles=_NO_DEADLINE if s.lemmas[v] in w.saying else _ANY)
    if steps == 0:
        return
    for k in s.children[v]:
        if s.tags[k][:1] != "V":
            continue
        if s.deps[k] == "conj":
            if _is_gapped(s, k) or (not _has(s, k, "nsubj", "nsubjpass") and _same_tense(s, v, k)):
                yield Host(k, cost + 4)
        elif s.deps[k] == "advcl" and s.tags[k] == "VBG" and s.lemmas[k] in w.results and not _has(s, k, "mark"):
            yield Host(k, cost + 3)
    if s.lemmas[v] in w.results:
        yield from (Host(k, cost + 3) for k in _causes(s, v))
    h, dep = s.heads[v], s.deps[v]
    if h == v:
        return
    if dep == "acl" and s.tags[v] == "VBG" and s.lemmas[v] in w.results:
        h, dep = verb_above(s, h), "advcl"  # "struck a shop near the bridge, killing two"
    if dep == "pcomp":
        if s.lower[h] not in w.apart and s.tags[s.heads[h]][:1] == "V" and s.lemmas[s.heads[h]] not in w.saying:
            yield from _verb_hosts(s, s.heads[h], cost + 1, steps - 1)
    elif s.tags[h][:1] != "V":
        return
    elif dep == "conj" and (_same_tense(s, h, v) or _is_gapped(s, v)):
        toll = s.lemmas[v] in w.results and s.lemmas[h] in w.results  # "six were killed on Monday and ten wounded"
        limit = h if _has(s, v, "nsubj", "nsubjpass") and not toll else 1 << 30
        yield from _limited(_verb_hosts(s, h, cost + 1, steps - 1), limit)
    elif dep == "xcomp" and (s.lemmas[h] in w.saying or s.lemmas[h] in w.planning):
        yield Host(h, cost + 1, after=v, roles=_DEADLINE)
    elif dep == "xcomp":
        yield from _verb_hosts(s, h, cost + 1, steps - 1)
    elif dep == "ccomp" and s.lemmas[h] in w.saying:
        yield from _content_side(s, h, v, cost + 1)
    elif dep == "ccomp":  # two clauses side by side, read as one in the other
        yield from _limited(_verb_hosts(s, h, cost + 1, steps - 1), h)
    elif dep == "advcl" and s.lemmas[h] not in w.saying and _same_moment(s, v, h):
        yield from _verb_hosts(s, h, cost + 2, steps - 1)


def _causes(s: Sentence, v: int) -> Iterator[int]:
    """ "Were killed in a bombing that struck on Monday": the clauses that tell of what killed."""
    for p in s.children[v]:
        if s.deps[p] in {"prep", "agent"} and s.lower[p] in {"in", "during", "by"}:
            for n in s.children[p]:
                yield from (k for k in s.children[n] if s.deps[k] == "relcl" and _tells_of(s, k))


def verb_above(s: Sentence, i: int) -> int:
    """The verb over a noun, through prepositions and other nouns; the noun itself where there is none."""
    start = i
    for _ in range(STEPS):
        if s.tags[i][:1] == "V":
            return i
        if s.heads[i] == i or s.deps[i] in {"relcl", "advcl", "ccomp"}:
            return start
        i = s.heads[i]
    return start


def _limited(hosts: Iterator[Host], before: int) -> Iterator[Host]:
    for h in hosts:
        yield replace(h, before=min(h.before, before))


def _same_moment(s: Sentence, v: int, above: int) -> bool:
    """Whether a clause beside another tells of its moment: "struck, killing six", "died when shells hit"."""
    w = words()
    marks = [s.lower[k] for k in s.children[v] if s.deps[k] in {"mark", "advmod"}]
    if any(m in w.same_time for m in marks):
        return True
    if "after" in marks:
        return s.lemmas[above] in w.results
    return s.tags[v] == "VBG" and not any(m in w.apart for m in marks)


def _same_tense(s: Sentence, a: int, b: int) -> bool:
    return tense(s, a) == tense(s, b)


def _is_gapped(s: Sentence, v: int) -> bool:
    """ "Many have been killed and millions displaced": the second verb leans on the first one's auxiliary."""
    return s.tags[v] == "VBN" and not _has(s, v, "aux", "auxpass")


def tense(s: Sentence, v: int) -> str:
    aux = {s.lower[k] for k in s.children[v] if s.deps[k] in {"aux", "auxpass"}}
    if aux & words().modals:
        return "future"
    if aux & {"is", "are", "has", "have", "'s", "'ve", "'re"} or (s.tags[v] not in _PAST and "to" not in aux):
        return "present"
    return "past"


def _has(s: Sentence, v: int, *deps: str) -> bool:
    return any(s.deps[k] in deps for k in s.children[v])


# --------------------------------------------------------------------------------------- saying and what is said


def _content_side(s: Sentence, said: int, v: int, cost: int) -> Iterator[Host]:
    """A time that the parser hung on "said" but that stands within what was said dates that.

    So does one that opens the sentence and goes on until the report ("Since then the UN has counted…").
    """
    speaker = _speaker(s, said)
    if v > said:
        yield Host(said, cost, after=v)
        yield Host(said, cost, before=speaker, roles=_SPAN)
    else:
        yield Host(said, cost, before=speaker)


def _own_side(s: Sentence, said: int, v: int, cost: int) -> Iterator[Host]:
    """The times of the saying itself: between speaker and word, or straight after it."""
    if v > said:
        yield Host(said, cost, before=v, roles=_NO_DEADLINE)
    else:
        yield Host(said, cost, after=_speaker(s, said) - 1, roles=_NO_DEADLINE)


def _speaker(s: Sentence, said: int) -> int:
    """The first token of the speaker after what is said, or the reporting word."""
    starts = [s.edges[k][0] for k in s.children[said] if s.deps[k] in {"nsubj", "nsubjpass"}]
    return min([said, *starts])
