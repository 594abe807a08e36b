"""What a count is a count of: the dead, the displaced, shells fired…, read from the words beside it.

A count's *role* is the token that says what befell or what did those counted ("killed" in "12 people were killed"),
with the kinds of figure which that token can give.  It is looked for, in this order: in what directly follows the
count ("12 dead"), in the verb or noun that has it as its object ("killing 12", "the evacuation of 12"), in the
predicate after its noun phrase ("12 people from Homs were later found dead"), in a total's noun ("the death toll rose
to 12"), and in the noun counted ("12 deaths", "30 rockets").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.extract.counted import class_of
from dateline.extract.figure_nouns import Found, by_noun, described, in_total
from dateline.extract.figure_words import BE, Kinds, around, fits, has_subject, match, object_verb, table, top
from dateline.extract.number_words import at, tag
from dateline.extract.victims import fatal
from dateline.types import FigureKind, Quantity, Sentence

HAVE = frozenset({"have", "has", "had", "having", "'ve"})
AREA_UNITS = frozenset({"km2", "m2", "hectares", "acres", "dunams", "square miles"})
_STATES = frozenset({"dead", "missing", "homeless", "wounded", "injured"})
_SELF_TOLD = frozenset({"event", "munition", "strike"})  # classes whose nouns say themselves what is told
_MOVED: Kinds = ("evacuated", "displaced", "returned")  # what people who left or arrived may be, by the event
_HURT: frozenset[FigureKind] = frozenset({"killed", "injured"})
_WHERE = frozenset({"in", "across", "at", "from", "near", "on", "into", "throughout", "around"})
_REACH = 16  # tokens after a count in which its predicate is looked for


@dataclass(frozen=True, slots=True)
class Role:
    """The kinds of figure that a count may be, the likeliest first, and the token that says so."""

    kinds: Kinds
    governor: int


def role_of(s: Sentence, quantities: Sequence[Quantity], k: int) -> Role | None:
    """The role of the k-th count of a sentence, None where nothing says what it is a count of."""
    q = quantities[k]
    head = q.mention.head
    if q.unit == "money":
        return Role(("money",), _verb_above(s, head))
    if q.unit in AREA_UNITS:
        return Role(("area",), _verb_above(s, head))
    cls = counted_class(s, quantities, k)
    finders = (by_noun, _after_directly, _as_object) if cls in _SELF_TOLD else _FINDERS
    for find in finders:
        for kinds, governor in find(s, quantities, k):
            also = (*described(s, q), *(_MOVED if cls == "person" else ())) if "forces" in kinds else ()
            if "injured" in kinds and fatal(s, governor):
                kinds = ("killed",)
            kept = tuple(dict.fromkeys(kind for kind in (*kinds, *also) if fits(kind, cls)))
            if kept:
                return Role(kept, governor)
    if k and _gapped(s, quantities, k):
        return role_of(s, quantities, k - 1)
    return None


def counted_class(s: Sentence, quantities: Sequence[Quantity], k: int) -> str:
    """The class of what is counted; "others" are of the class counted before."""
    q = quantities[k]
    if q.unit == "others":
        return next((c for p in reversed(quantities[:k]) if p.of and (c := class_of(s, p.mention.head))), "person")
    return class_of(s, q.mention.head) if q.of else ""


def _gapped(s: Sentence, quantities: Sequence[Quantity], k: int) -> bool:
    """Whether a count leaves out what the one before it said: "200 people fled to Homs and 300 to Hama"."""
    q, before = quantities[k], quantities[k].mention.first - 1
    after = q.mention.last + 1
    return (
        not q.of
        and (s.tags[before] == "CC" or s.lower[before] == ",")
        and after < len(s)
        and s.tags[after] in {"IN", "TO"}
        and not any(s.tags[i].startswith("VB") for i in range(q.mention.last, min(after + 4, len(s))))
    )


def _verb_above(s: Sentence, i: int) -> int:
    return next((j for j in s.ancestors(i) if s.tags[j].startswith("VB")), i)


# --------------------------------------------------------------------------------------------- finders


def _after_directly(s: Sentence, quantities: Sequence[Quantity], k: int) -> Found:
    """ "12 dead", "30 wounded", "12 people killed in…", "the 300 people displaced by…"."""
    q, t = quantities[k], table()
    i = q.mention.last + 1
    while i < len(s) and s.tags[i] == "RB" and s.lower[i] not in {"not", "n't"} and not match(s, i, t.are):
        i += 1
    if i >= len(s) or (s.tags[i] not in {"JJ", "VBN", "VBD", "NNP", "NNS", "RB", "JJR"} and s.lower[i] not in _STATES):
        return
    kinds = match(s, i, t.are, t.done)
    if kinds and not _governs(s, quantities, k, i):
        yield kinds, i


def _governs(s: Sentence, quantities: Sequence[Quantity], k: int, i: int) -> bool:
    """Whether the word after a count is a verb with its own object: "12 gunmen killed a guard"."""
    if s.tags[i] not in {"VBD", "VBN", "VBP"}:
        return False
    j, t = i + 1, table()
    if j < len(s) and s.lower[j] in {"or", "and"} and _HURT.issuperset(match(s, j + 1, t.done, t.are) or ("other",)):
        j += 2
    if k + 1 < len(quantities) and quantities[k + 1].mention.first == j:
        after = quantities[k + 1].mention.last + 1
        own = match(s, after, t.are) or (tag(s, after) in {"VBN", "VBD"} and match(s, after, t.done))
        return not own  # "Nine persons killed 12 injured"
    if j < len(s) and s.tags[j] in {"DT", "PRP", "PRP$"} and s.deps[j] != "npadvmod":
        return s.lower[j] not in {"this", "that", "last", "another"} and s.deps[s.heads[j]] != "npadvmod"
    return False


def _as_object(s: Sentence, quantities: Sequence[Quantity], k: int) -> Found:
    """ "killed 12", "killing or wounding 12", "the killing of 12", "claimed the lives of 12", "lost 12 men"."""
    q, t = quantities[k], table()
    i = _back(s, q.mention.first - 1)
    if i >= 0 and s.lower[i] == "of":
        yield from _as_of(s, i)
    elif i >= 0 and s.lower[i].endswith("ing") and not s.tags[i].startswith("VB") and (kinds := match(s, i, t.of)):
        yield kinds, i  # "killing 12", taken for a noun
    elif i >= 0 and (s.tags[i].startswith("VB") or match(s, i, t.done)):
        passive = s.tags[i] == "VBN" and i > 0 and s.lower[i - 1] in BE
        kinds = () if passive else _verb_kinds(s, i, q)
        if kinds and _HURT.issuperset(kinds):  # "killed or wounded 12": by the first
            for v in _conjoined(s, i):
                if earlier := _verb_kinds(s, v, q):
                    kinds, i = earlier, v
                    break
        if kinds:
            yield kinds, i
            return
    verb = object_verb(s, q)
    if verb is not None and verb < q.mention.first and (kinds := _verb_kinds(s, verb, q)):
        yield kinds, verb


def _verb_kinds(s: Sentence, v: int, q: Quantity) -> Kinds:
    """What a verb does to those counted as its object."""
    t = table()
    if kinds := around(s, v, q, t.done):
        return kinds
    if s.lemmas[v] in {"leave", "make", "render"}:
        return match(s, q.mention.last + 1, t.are)
    if s.lemmas[v] in {"claim", "take", "cost"}:
        lives = q.unit == "lives" or (s.lemmas[v] == "claim" and class_of(s, q.mention.head) == "person" and q.of != "")
        return ("killed",) if lives else ()
    return match(s, v, t.lose) if q.of and class_of(s, q.mention.head) in {"person", "vehicle"} else ()


def _as_of(s: Sentence, i: int) -> Found:
    """The noun before "of" and a count: "the deaths of 12", "the evacuation of 300", "a convoy of 20 trucks"."""
    j = i - 1
    while j > 0 and i - j < 4 and s.tags[j] in {"JJ", "VBN", "CC"} and not match(s, j, table().of):
        j -= 1
    if j < 0:
        return
    if s.lower[j] in {"life", "lives"}:
        yield ("killed",), next((m for m in range(j - 1, max(-1, j - 6), -1) if s.tags[m].startswith("VB")), j)
    elif kinds := match(s, j, table().of):
        yield kinds, j


def _back(s: Sentence, i: int) -> int:
    """The token before a count, over adverbs, particles and opening quotes."""
    while i > 0 and (s.tags[i] in {"RB", "RP", "``", "''", "PDT"} or s.lower[i] in {'"', ":"}):
        i -= 1
    return i


def _conjoined(s: Sentence, i: int) -> list[int]:
    """The verbs before one that share its object, first to last: "killed or wounded 12"."""
    out: list[int] = []
    j = i
    while j >= 2 and (s.tags[j - 1] == "CC" or s.lower[j - 1] == ",") and s.tags[j - 2].startswith("VB"):
        j -= 2
        out.insert(0, j)
    return out


def _as_subject(s: Sentence, quantities: Sequence[Quantity], k: int) -> Found:
    """The predicate after a count: "12 people, two of them children, were killed", "thousands had to leave"."""
    q = quantities[k]
    i = top(s, q)
    if (
        s.deps[i] == "pobj"
        and s.heads[i] < q.mention.first
        and s.lower[s.heads[i]] in _WHERE
        and class_of(s, q.mention.head) != "person"
    ):
        return
    by_tree = [s.heads[i]] if s.deps[i] in {"nsubj", "nsubjpass"} and s.heads[i] > i else []
    for v in dict.fromkeys([*by_tree, *_ahead(s, quantities, k)]):
        if _is_active(s, v) and _governs(s, quantities, k, v) and not match(s, v, table().did):
            return
        for kinds, said in _predicate(s, v, quantities):
            yield kinds, said
            return


def _is_active(s: Sentence, v: int) -> bool:
    return v > 0 and s.lower[v - 1] not in BE and s.lower[v - 1] not in HAVE and s.tags[v] in {"VBD", "VBN", "VBP"}


def _ahead(s: Sentence, quantities: Sequence[Quantity], k: int) -> list[int]:
    """Tokens after a count that may be its predicate: up to the first full verb, over asides and auxiliaries."""
    q = quantities[k]
    out: list[int] = []
    i = q.mention.last + 1
    if object_verb(s, q) is not None and not _finite_after(s, i - 1) and not _goes_on(s, i):
        return out
    starts = {o.mention.first: o for o in quantities[k + 1 :]}
    for j in range(i, min(len(s), i + _REACH)):
        low, verb = s.lower[j], s.tags[j].startswith("VB")
        if low in _ENDS or (j in starts and _has_predicate(s, starts[j])):
            break
        if low == "including":
            continue
        if verb or low in _STATES or (s.tags[j] == "JJ" and low in table().are):
            out.append(j)
            if verb and not _is_light(s, j):
                break
    return out


_ENDS = frozenset({";", ".", ":", "said", "says"})
_HEDGES = frozenset({"reported", "believed", "feared", "known", "estimated", "thought"})


def _is_light(s: Sentence, j: int) -> bool:
    """Whether a verb may stand between a count and its predicate: auxiliaries, hedges, participles of an aside."""
    low, t = s.lower[j], s.tags[j]
    if low in BE or low in HAVE or low in _HEDGES or t == "VB":
        return True
    before = at(s, j - 1)
    if t == "VBG":
        return before not in BE or low in _STATES
    return t == "VBN" and before not in HAVE and not _is_passive(s, j)


def _goes_on(s: Sentence, i: int) -> bool:
    """Whether what follows an object still speaks of it: "helped 12 people who had fled"."""
    return i < len(s) and (s.lower[i] in {"who", "that", "which", "to"} or s.tags[i] in {"VBN", "VBG"})


def _has_predicate(s: Sentence, q: Quantity) -> bool:
    after = q.mention.last + 1
    return _finite_after(s, q.mention.last) or bool(match(s, after, table().are))


def _finite_after(s: Sentence, i: int) -> bool:
    return i + 1 < len(s) and s.tags[i + 1] in {"VBD", "VBP", "VBZ", "VBN", "MD"}


def _predicate(s: Sentence, i: int, quantities: Sequence[Quantity]) -> Found:
    """What the verb or adjective at ``i``, or what completes it, says of its subject."""
    t = table()
    for v in [i, *_complements(s, i, quantities)]:
        if not s.tags[v].startswith("VB") or s.lower[v] in _STATES:
            kinds = match(s, v, t.are)
        elif _is_passive(s, v) or (v != i and (s.tags[v] == "VBN" or _shares_passive(s, i, v))):
            kinds = match(s, v, t.done, t.are)
        else:
            kinds = tuple(x for x in match(s, v, t.did) if x != "strikes")
        if kinds:
            yield kinds, v
            return
    if s.lower[i] in BE and (kinds := _among(s, i)):
        yield kinds, i


def _is_passive(s: Sentence, i: int) -> bool:
    if s.tags[i] not in {"VBN", "VBD", "JJ"}:
        return False
    for j in range(i - 1, max(-1, i - 6), -1):
        if s.lower[j] in BE:
            return True
        if s.tags[j] not in {"RB", "VBN", "CC"} and s.lower[j] != ",":
            break
    return any(s.deps[c] in {"auxpass", "nsubjpass"} for c in s.children[i]) or (
        s.tags[i] == "VBN" and s.deps[i] == "acl"
    )


def _complements(s: Sentence, i: int, quantities: Sequence[Quantity]) -> list[int]:
    """What completes a verb: "forced to flee", "reported dead", "affected and displaced", "had to leave"."""
    wanted = {"xcomp", "acomp", "oprd", "ccomp", "attr", "conj"}
    found = [c for c in s.children[i] if i < c < i + (12 if s.deps[c] == "conj" else 6) and s.deps[c] in wanted]
    return [c for c in found if not any(i < q.mention.first <= c for q in quantities) and not has_subject(s, c)]


def _shares_passive(s: Sentence, i: int, v: int) -> bool:
    """ "was shot and pronounced dead", the second verb taken for an active one."""
    return s.deps[v] == "conj" and _is_passive(s, i) and not any(s.deps[c] == "dobj" for c in s.children[v])


def _among(s: Sentence, i: int) -> Kinds:
    """ "were among the dead", "are reportedly among those killed", "are in critical condition"."""
    t = table()
    for j in range(i + 1, min(i + 4, len(s))):
        if s.tags[j] == "IN" and (kinds := match(s, j, t.are)):
            return kinds
        if s.lower[j] in {"among", "amongst"}:
            for m in range(j + 1, min(j + 4, len(s))):
                if kinds := match(s, m, t.are, t.done):
                    return kinds
    return ()


_FINDERS: tuple[Callable[[Sentence, Sequence[Quantity], int], Found], ...] = (
    _after_directly,
    _as_object,
    _as_subject,
    in_total,
    by_noun,
)
