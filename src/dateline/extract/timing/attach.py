"""Which time expression dates an event: by the dependency tree, never across the bounds of a clause.

A time belongs to the word that it hangs on.  An event takes the times of its own words, of the verb that it
is subject or object of, and of the verbs that tell of the same moment; not those of a verb of saying.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.extract.timing.words import words
from dateline.types import Sentence, TimeMention

_ADJECTIVAL = frozenset({"poss", "compound", "amod", "nmod", "nummod"})
_PAST = frozenset({"VBD", "VBN"})
_STEPS = 12


@dataclass(frozen=True, slots=True)
class _Host:
    """A token that the event's time may hang on; the time must lie between ``after`` and ``before``."""

    token: int
    cost: int
    after: int = -1
    before: int = 1 << 30


@dataclass(frozen=True, slots=True)
class _Hung:
    """A time and the token that it hangs on; ``adjectival`` as in "Monday's attack", "the 2011 uprising"."""

    time: TimeMention
    governor: int
    adjectival: bool
    position: int


def time_of(sentence: Sentence, anchors: Sequence[int], times: Sequence[TimeMention]) -> TimeMention | None:
    """The expression that dates the event told by the tokens ``anchors``, surest anchor first; None if none does.

    Args:
        sentence: parsed.
        anchors: the event's trigger, then other tokens whose clause tells of it (for an event of speech, the
            reporting word).
        times: the sentence's own, from :func:`~dateline.extract.times.find_times`.
    """
    if not times:
        return None
    hung = [h for t in times if (h := _hang(sentence, t, times)) is not None]
    for a in anchors:
        best: tuple[int, int, int] | None = None
        chosen = None
        hosts = _hosts(sentence, a)
        for n, h in enumerate(hung):
            cost = _opened_by(sentence, a, h.time)
            if cost is None:
                cost = _cost(sentence, hosts, h)
            if cost is None:
                continue
            key = (cost, abs(h.position - a), n)
            if best is None or key < best:
                best, chosen = key, h.time
        if chosen is not None:
            return chosen
    return None


# ------------------------------------------------------------------------------------ what a time hangs on


def _hang(s: Sentence, t: TimeMention, times: Sequence[TimeMention]) -> _Hung | None:
    m = t.mention
    node = m.head
    inside = {i for other in times for i in range(other.mention.first, other.mention.last + 1)}
    adjectival = s.deps[node] in _ADJECTIVAL
    k = _preposition(s, m.first)
    if k >= 0 and not (adjectival and s.deps[node] != "nummod"):
        node, adjectival = k, False
    if s.deps[node] in {"mark", "advmod"} and node == m.head and t.role == "since":
        node = s.heads[node]
        return _Hung(t, s.heads[node], False, m.first) if s.heads[node] != node else None
    for _ in range(_STEPS):
        h = s.heads[node]
        if h == node:
            return None
        function = s.tags[h] in {"IN", "TO"} or (s.tags[h] == "RB" and s.deps[h] == "advmod")
        if not (function or h in inside) or s.tags[h][:1] == "V":
            return _Hung(t, h, adjectival, m.first)
        if function:
            adjectival = False
        elif s.deps[h] in _ADJECTIVAL:
            adjectival = True
        node = h
    return None


def _preposition(s: Sentence, first: int) -> int:
    """The preposition that opens a time, over an article and "early"; -1 if none does."""
    w = words()
    k = first - 1
    while k >= 0 and (s.lower[k] in w.early or s.lower[k] in w.late or s.lower[k] in {"the", "a", "just", "about"}):
        k -= 1
    return k if k >= 0 and s.tags[k] in {"IN", "TO"} and s.lower[k] in w.role else -1


# -------------------------------------------------------------------------- what an event's time may hang on


def _hosts(s: Sentence, a: int) -> list[_Host]:
    if s.tags[a][:1] == "V":
        return list(_verb_hosts(s, a, 0))
    return list(_noun_hosts(s, a))


def _noun_hosts(s: Sentence, a: int) -> Iterator[_Host]:
    w = words()
    yield _Host(a, 0)
    for k in s.children[a]:
        if s.deps[k] in {"relcl", "acl"} and s.lemmas[k] not in w.saying and _tells_of(s, k):
            yield _Host(k, 1)
            yield from (_Host(x, 2) for x in s.children[k] if s.deps[x] == "conj" and s.tags[x][:1] == "V")
        elif s.deps[k] == "conj" and s.tags[k][:1] == "N":
            yield _Host(k, 4)
    i, cost = a, 1
    for _ in range(_STEPS):
        h, dep = s.heads[i], s.deps[i]
        if h == i or dep in {"poss", "npadvmod"}:
            return
        if s.tags[h][:1] == "V" and dep not in {"conj"}:
            if dep in {"nsubj", "nsubjpass", "dobj", "attr", "oprd", "dative", "agent", "advmod", "dep"}:
                if s.lemmas[h] not in w.saying:
                    yield from _verb_hosts(s, h, cost)
            return
        if dep == "pobj":
            p, up = h, s.heads[h]
            if s.lower[p] in w.apart or up == p:
                return
            while s.deps[p] in {"prep", "pcomp"} and s.tags[up] in {"IN", "TO"} and s.heads[up] != up:
                p, up = up, s.heads[up]
                if s.lower[p] in w.apart:
                    return
            if s.tags[up][:1] == "V":
                if s.lemmas[up] not in w.saying and s.lower[p] not in w.apart_above:
                    yield from _verb_hosts(s, up, cost)
                return
            if s.lower[p] in w.apart_above:
                return
            i = up
        elif dep in {"compound", "nmod", "amod", "conj", "appos", "dobj", "nsubj"}:
            i = h
        else:
            return
        yield _Host(i, cost + (dep != "compound"), after=a if dep == "pobj" else -1)
        cost += 1


def _tells_of(s: Sentence, v: int) -> bool:
    """Whether a relative clause tells of the noun itself: "the attack that hit", "strikes launched by"."""
    if s.deps[v] == "acl":
        return s.tags[v] in {"VBN", "VBG"}
    return any(s.deps[k] in {"nsubj", "nsubjpass"} and s.lower[k] in {"which", "that", "who"} for k in s.children[v])


def _verb_hosts(s: Sentence, v: int, cost: int, steps: int = 4) -> Iterator[_Host]:
    w = words()
    content = [k for k in s.children[v] if s.deps[k] == "ccomp"] if s.lemmas[v] in w.saying else []
    if content:
        yield from _own_side(s, v, content[0], cost)
    else:
        yield _Host(v, cost)
    if steps == 0:
        return
    for k in s.children[v]:
        if s.tags[k][:1] != "V":
            continue
        if s.deps[k] == "conj" and not _has(s, k, "nsubj", "nsubjpass") and _same_tense(s, v, k):
            yield _Host(k, cost + 4)
        elif s.deps[k] == "advcl" and s.tags[k] == "VBG" and s.lemmas[k] in w.results and not _has(s, k, "mark"):
            yield _Host(k, cost + 3)
    h, dep = s.heads[v], s.deps[v]
    if h == v:
        return
    if dep == "pcomp":
        if s.lower[h] not in w.apart and s.tags[s.heads[h]][:1] == "V" and s.lemmas[s.heads[h]] not in w.saying:
            yield from _verb_hosts(s, s.heads[h], cost + 1, steps - 1)
    elif s.tags[h][:1] != "V":
        return
    elif dep == "conj" and _same_tense(s, h, v):
        limit = h if _has(s, v, "nsubj", "nsubjpass") else 1 << 30
        yield from _limited(_verb_hosts(s, h, cost + 1, steps - 1), limit)
    elif dep == "xcomp" and s.lemmas[h] not in w.saying and s.lemmas[h] not in w.planning:
        yield from _verb_hosts(s, h, cost + 1, steps - 1)
    elif dep == "ccomp" and s.lemmas[h] in w.saying:
        yield _content_side(s, h, v, cost + 1)
    elif dep == "advcl" and s.lemmas[h] not in w.saying and _same_moment(s, v, h):
        yield from _verb_hosts(s, h, cost + 2, steps - 1)


def _limited(hosts: Iterator[_Host], before: int) -> Iterator[_Host]:
    for h in hosts:
        yield _Host(h.token, h.cost, h.after, min(h.before, before))


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
    return _tense(s, a) == _tense(s, b)


def _tense(s: Sentence, v: int) -> str:
    aux = {s.lower[k] for k in s.children[v] if s.deps[k] in {"aux", "auxpass"}}
    if aux & words().modals:
        return "future"
    if aux & {"is", "are", "has", "have", "'s", "'ve", "'re"} or (s.tags[v] not in _PAST and "to" not in aux):
        return "present"
    return "past"


def _has(s: Sentence, v: int, *deps: str) -> bool:
    return any(s.deps[k] in deps for k in s.children[v])


# --------------------------------------------------------------------------------------- saying and what is said


def _content_side(s: Sentence, said: int, v: int, cost: int) -> _Host:
    """A time that the parser hung on "said" but that stands within what was said dates that."""
    if v > said:
        return _Host(said, cost, after=v)
    return _Host(said, cost, before=_speaker(s, said))


def _own_side(s: Sentence, said: int, v: int, cost: int) -> Iterator[_Host]:
    """The times of the saying itself: between speaker and word, or straight after it."""
    if v > said:
        yield _Host(said, cost, before=v)
    else:
        yield _Host(said, cost, after=_speaker(s, said) - 1)


def _speaker(s: Sentence, said: int) -> int:
    """The first token of the speaker after what is said, or the reporting word."""
    starts = [s.edges[k][0] for k in s.children[said] if s.deps[k] in {"nsubj", "nsubjpass"}]
    return min([said, *starts])


# ------------------------------------------------------------------------------------------------- matching


def _cost(s: Sentence, hosts: Sequence[_Host], h: _Hung) -> int | None:
    found = [x.cost for x in hosts if x.token == h.governor and x.after < h.position < x.before]
    if found:
        return min(found)
    reach = {x.token: x for x in reversed(hosts) if s.lemmas[x.token] not in words().saying or s.tags[x.token][:1] != "V"}
    i, steps = h.governor, 0
    for _ in range(_STEPS):
        up, dep = s.heads[i], s.deps[i]
        if up == i or (s.tags[i][:1] == "V") or s.deps[i] == "relcl":
            return None
        if dep == "pobj":
            p, up = up, s.heads[up]
            if s.lower[p] in words().apart or up == p or (h.adjectival and s.lower[p] == "of"):
                return None
        elif dep not in {"dobj", "nsubj", "nsubjpass", "attr", "conj", "appos", "compound", "nmod", "oprd"}:
            return None
        steps += 1
        x = reach.get(up)
        if x and x.after < h.position < x.before:
            return x.cost + steps + 1
        if h.adjectival:
            return None
        i = up
    return None


def _opened_by(s: Sentence, a: int, t: TimeMention) -> int | None:
    """ "since 2011, when police fired on protests": the clause of "when" has the bare time before it."""
    if t.role != "at" or "when" not in s.lower[t.mention.last + 1 : t.mention.last + 3]:
        return None
    when = s.lower.index("when", t.mention.last + 1) if isinstance(s.lower, list) else -1
    if when < 0:
        return None
    verb = s.heads[when]
    i = a
    for _ in range(_STEPS):
        if i == verb:
            return 1
        if s.heads[i] == i or s.deps[i] in {"ccomp", "advcl"}:
            return None
        i = s.heads[i]
    return None
