"""Which counts of a sentence are figures of which of its events.

A count has at most one role in its sentence (:mod:`dateline.extract.figure_kinds`) and goes to at most one event: of
those whose type can have such a figure, to the one whose own words give the role, else to the nearest in the tree.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extract.figure_kinds import Role, counted_class, role_of
from dateline.extract.figure_words import fits, has_subject, is_one, top, types
from dateline.extract.victims import HURT, victims
from dateline.types import FigureKind, Mention, Quantity, Sentence

Event = tuple[Mention, str]  # trigger and type; "" where the type is not known
Figures = list[tuple[FigureKind, Quantity]]

_FAR = 5  # steps in the tree within which an event may take a figure that is not of its own kinds


def figures_of(
    sentence: Sentence,
    trigger: Mention,
    type: str,
    quantities: Sequence[Quantity],
    targets: Sequence[Mention] = (),
    agents: Sequence[Mention] = (),
    others: Sequence[Mention] = (),
    other_types: Sequence[str] = (),
) -> Figures:
    """The figures of one event, in order of the text.

    ``others`` are the triggers of the sentence's other events and ``other_types`` their types (may be left out): a
    figure that is more theirs is left to them.  ``targets`` and ``agents`` are the event's participants.
    To ask for all of a sentence's events at once, see :func:`assign`.
    """
    types = [*other_types, *[""] * (len(others) - len(other_types))]
    return assign(sentence, [(trigger, type), *zip(others, types, strict=True)], quantities)[0]


def assign(sentence: Sentence, events: Sequence[Event], quantities: Sequence[Quantity]) -> list[Figures]:
    """The figures of each of a sentence's events: a list an event, each in order of the text.

    One person named or described as killed or hurt, without a number, is a figure of one.
    """
    out: list[Figures] = [[] for _ in events]
    told: set[FigureKind] = set()
    for k, q in enumerate(quantities):
        role = role_of(sentence, quantities, k)
        cls = counted_class(sentence, quantities, k)
        chosen = _choose(sentence, events, role) if role else _attached(sentence, events, q, cls)
        if chosen:
            event, kind = chosen
            told.add(kind)
            if not any(kind == c and _repeats(q, p) for c, p in out[event]):
                out[event].append((kind, q))
    if any(kind in _kinds_of(type) for _, type in events for kind in HURT):
        for kind, governor, victim in victims(sentence):
            if _put_for_one(out, kind, victim):
                continue
            chosen = None if kind in told else _choose(sentence, events, Role((kind,), governor))
            if chosen:
                told.add(kind)
                out[chosen[0]].append((kind, victim))
    for figures in out:
        figures.sort(key=lambda f: f[1].mention.first)
    return out


def _put_for_one(out: list[Figures], kind: FigureKind, victim: Quantity) -> bool:
    """Put several persons for the one of them that was taken for the count: "a woman and a girl died"."""
    whole = victim.mention
    for figures in out:
        for n, (told, q) in enumerate(figures):
            inside = whole.first <= q.mention.first and q.mention.last <= whole.last
            if told == kind and inside and q.low == q.high == 1 and (victim.low or 0) > 1:
                figures[n] = (kind, victim)
                return True
    return False


def _repeats(q: Quantity, earlier: Quantity) -> bool:
    """Whether a count says again what an earlier one said, or is a part of it."""
    ends = (q.low, q.high)
    return ends == (earlier.low, earlier.high) or any(ends == (part.low, part.high) for part in earlier.includes)


def _kinds_of(type: str) -> tuple[FigureKind, ...]:
    kinds = types().get(type)
    return kinds.own + kinds.also if kinds else ()


def _choose(s: Sentence, events: Sequence[Event], role: Role) -> tuple[int, FigureKind] | None:
    """The event that a count with this role belongs to, and the kind that it is there."""
    best: tuple[tuple[int, int, int, int, int], int, FigureKind] | None = None
    for e, (trigger, type) in enumerate(events):
        inside = trigger.first <= role.governor <= trigger.last
        steps = 0 if inside else _steps(s, trigger.head, role.governor)
        kinds = types().get(type)
        for n, kind in enumerate(role.kinds):
            tier = 0 if kinds is None else 1 if kind in kinds.own else 2 if kind in kinds.also else 0
            if tier == 0 and not (inside and type == ""):
                continue
            if tier == 2 and not inside and steps > _FAR:
                continue
            rank = (not inside, tier, steps, abs(trigger.head - role.governor), n)
            if best is None or rank < best[0]:
                best = (rank, e, kind)
    return (best[1], best[2]) if best else None


def _steps(s: Sentence, a: int, b: int) -> int:
    """Edges between two tokens in the tree."""
    up = {i: n for n, i in enumerate([a, *s.ancestors(a)])}
    for n, i in enumerate([b, *s.ancestors(b)]):
        if i in up:
            return up[i] + n
    return len(s)


# ------------------------------------------------------------- counts that the event's own words govern

_OBJECTS = frozenset({"dobj", "nsubjpass", "oprd", "dative"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_BY_SUBJECT = frozenset({"withdraw", "deploy", "displacement", "return", "protest", "evacuation"})
_INNER = frozenset({"conj", "appos", "nummod", "compound", "npadvmod", "quantmod", "amod", "nmod"})
_BY_OBJECT = frozenset(
    {
        "deploy",
        "displacement",
        "evacuation",
        "return",
        "release",
        "arrest",
        "abduction",
        "destroy",
        "capture",
        "withdraw",
    }
)


def _attached(s: Sentence, events: Sequence[Event], q: Quantity, cls: str) -> tuple[int, FigureKind] | None:
    """An event whose trigger governs the count: "thousands rallied", "sent in 200 men", "captured five villages"."""
    if is_one(s, q):
        return None
    dep, heads = _governors(s, top(s, q))
    if dep == "of" and not cls:  # "displaced in two waves", "in one of the largest raids"
        return None
    for e, (trigger, type) in enumerate(events):
        if not any(trigger.first <= h <= trigger.last for h in heads):
            continue
        if (dep in _OBJECTS and type in _BY_OBJECT) or (dep in _SUBJECTS and type in _BY_SUBJECT) or dep == "of":
            kinds = types().get(type)
            for kind in kinds.own if kinds and (type in _BY_OBJECT or type in _BY_SUBJECT) else ():
                if kind not in {"area", "money"} and fits(kind, cls):
                    return e, kind
    return None


def _governors(s: Sentence, i: int) -> tuple[str, list[int]]:
    """How a noun hangs on its verb or on the noun that it is "of", and that word with the verbs that share it."""
    while s.deps[i] in _INNER and s.heads[i] != i and s.tags[i][0] != "V":
        i = s.heads[i]
    above = s.heads[i]
    if s.deps[i] == "pobj" and s.lower[above] in {"of", "in"}:
        noun = s.heads[above]
        if s.lower[above] == "in":
            return "of", [noun, s.heads[noun]]
        return "of", [noun] if s.tags[noun][0] == "N" else []
    verbs = [above]
    while s.deps[verbs[-1]] == "xcomp":
        verbs.append(s.heads[verbs[-1]])
    if s.deps[i] in _SUBJECTS:  # "thousands rallied and marched"
        verbs += [c for c in s.children[above] if s.deps[c] == "conj" and not has_subject(s, c)]
    return s.deps[i], verbs
