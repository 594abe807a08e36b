"""Which time expression dates an event: by the dependency tree, never across the bounds of a clause.

A time belongs to the word that it hangs on.  An event takes the times of its own words, of the verb that it
is subject or object of, and of the verbs that tell of the same moment; not those of a verb of saying.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extract.timing.hosts import NOMINAL, STEPS, Host, Hung, hosts_of, outer, tense, verb_above
from dateline.extract.timing.words import words
from dateline.types import Sentence, TimeMention

_ADJECTIVAL = frozenset({"poss", "compound", "amod", "nmod", "nummod"})
_DEPTH = 7  # nouns between a time and the verb that it dates: "shelled a village near the town of Kar on Monday"


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
    inside = _inside(times)
    hung = [h for t in times if (h := _hang(sentence, t, inside)) is not None]
    for a in anchors:
        best: tuple[int, int, int] | None = None
        chosen = None
        hosts = hosts_of(sentence, a)
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


def _inside(times: Sequence[TimeMention]) -> set[int]:
    """The tokens of the time expressions themselves ("since the war began in 2011" only lends its own)."""
    spans = [(t.mention.first, t.mention.last) for t in times]
    return {i for a, b in spans if not any(a < c and d <= b for c, d in spans) for i in range(a, b + 1)}


def _hang(s: Sentence, t: TimeMention, inside: set[int]) -> Hung | None:
    m = t.mention
    node = m.head
    adjectival = s.deps[node] in _ADJECTIVAL
    k = _preposition(s, m.first)
    owns = s.lower[m.last + 1 : m.last + 2] == ["'s"]  # "on Monday's attack", but "on Monday village elders said"
    if k >= 0 and (not adjectival or s.deps[node] == "nummod" or (k == m.first - 1 and not owns)):
        node, adjectival = k, False
    if t.role == "since" and _is_superlative(s, m.first):
        return None
    if s.deps[m.head] in {"mark", "prep"} and t.role in {"since", "relative"} and s.lower[m.head] in words().apart:
        if t.role == "relative":
            return Hung(t, _what_follows(s, m.head), False, m.first)
        node = m.head if s.deps[m.head] == "prep" else s.heads[m.head]
    for _ in range(STEPS):
        h = s.heads[node]
        if h == node:
            return None
        function = s.tags[h] in {"IN", "TO"} or (s.tags[h] == "RB" and s.deps[h] == "advmod")
        describes = s.deps[h] == "acl" and s.lemmas[h] in words().describing
        if describes:
            return Hung(t, s.heads[h], False, m.first)
        if s.tags[h][:1] == "V":
            return Hung(t, _lifted(s, h, m.first), adjectival, m.first)
        if not (function or h in inside or s.lower[h] in words().parts):
            return Hung(t, h, adjectival, m.first)
        if function:
            adjectival = False
        elif s.deps[h] in _ADJECTIVAL:
            adjectival = True
        node = h
    return None


def _lifted(s: Sentence, v: int, position: int) -> int:
    """The verb that a time hangs on, over a clause about a noun that it cannot belong to.

    "On Monday mines laid by rebels hurt many": the time stands before the noun.  "They took the road that crosses
    the plain on Monday": the clause is in the present.
    """
    n = s.heads[v]
    if n == v or s.deps[v] not in {"acl", "relcl"} or s.tags[n][:1] == "V":
        return v
    timeless = s.deps[v] == "relcl" and s.tags[v] in {"VBZ", "VBP"} and tense(s, verb_above(s, n)) == "past"
    if (position < n and position < s.edges[n][0] + 1) or timeless:
        above = verb_above(s, n)
        return above if above != n else v
    return v


def _what_follows(s: Sentence, after: int) -> int:
    """The verb or noun that "a day after" leads to."""
    if s.deps[after] == "mark":
        return s.heads[after]
    return next((k for k in s.children[after] if s.deps[k] in {"pobj", "pcomp"}), after)


def _is_superlative(s: Sentence, first: int) -> bool:
    """ "The deadliest attack since 2016" tells nothing of the attack's own day."""
    for i in range(max(0, first - 12), first):
        low, tag = s.lower[i], s.tags[i]
        if low == "first" or (low == "most" and tag == "RBS") or (tag == "JJS" and low not in {"least", "most"}):
            return True
    return False


def _preposition(s: Sentence, first: int) -> int:
    """The preposition that opens a time, over an article and "early"; -1 if none does."""
    w = words()
    k = first - 1
    while k >= 0 and (s.lower[k] in w.early or s.lower[k] in w.late or s.lower[k] in {"the", "a", "just", "about"}):
        k -= 1
    return k if k >= 0 and s.tags[k] in {"IN", "TO"} and s.lower[k] in w.role else -1


# ------------------------------------------------------------------------------------------------- matching


def _cost(s: Sentence, hosts: Sequence[Host], h: Hung) -> int | None:
    found = [x.cost for x in hosts if x.token == h.governor and x.takes(h)]
    if found:
        return min(found)
    saying = words().saying
    reach = {x.token: x for x in reversed(hosts) if s.lemmas[x.token] not in saying or s.tags[x.token][:1] != "V"}
    i = h.governor
    for steps in range(1, _DEPTH):
        up, dep = s.heads[i], s.deps[i]
        if up == i or dep == "relcl" or (s.tags[i][:1] == "V" and dep not in NOMINAL):
            return None
        if dep == "pobj":
            p, up = outer(s, up)
            if p < 0 or s.lower[p] == ("of" if h.adjectival else "during"):
                return None
        elif dep not in {"dobj", "nsubj", "nsubjpass", "attr", "conj", "appos", "compound", "nmod", "oprd"}:
            return None
        elif h.adjectival and dep in {"nsubj", "nsubjpass"} and tense(s, up) != "past":
            return None  # "the 2009 mutiny has become a revolt"
        x = reach.get(up)
        if x and x.takes(h):
            return x.cost + steps + 1
        if h.adjectival:
            return None
        i = up
    return None


def _opened_by(s: Sentence, a: int, t: TimeMention) -> int | None:
    """ "since 2011, when police fired on protests": the clause of "when" has the bare time before it."""
    after = range(t.mention.last + 1, min(t.mention.last + 3, len(s)))
    when = next((k for k in after if s.lower[k] == "when"), -1)
    if t.role != "at" or when < 0:
        return None
    verb, i = s.heads[when], a
    for _ in range(STEPS):
        if i == verb:
            return 1
        if s.heads[i] == i or s.deps[i] in {"ccomp", "advcl"}:
            return None
        i = s.heads[i]
    return None
