"""The company a trigger keeps: its roles, and whether a codebook's condition holds of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dateline.codebook.loader import Codebook, Condition, Test, Words
from dateline.extract.modality import modality_of
from dateline.extract.tree import Roles, Tree
from dateline.types import Mention, Sentence

_OWNER = frozenset({"compound", "amod", "nmod", "poss"})
_DOERS = frozenset({"subject", "by"})
_LOCATIVE = frozenset("in at near on outside inside around across along over towards toward into against of".split())
_INSTRUMENT = frozenset("by with using from during".split())


@dataclass(frozen=True, slots=True)
class Names:
    """What the other stages know of a report's names.

    ``sector`` gives a noun phrase's sector, "" for what is no actor; ``is_place`` says whether a sentence's
    token belongs to a place's name that does not stand for an actor.
    """

    sector: Callable[[Mention], str]
    is_place: Callable[[int, int], bool]


@dataclass
class Company:
    """A trigger with its roles and participants.

    ``head`` is the trigger's head; ``verb`` the verb that carries an event noun, if any.
    """

    tree: Tree
    names: Names
    codebook: Codebook
    head: int
    words: tuple[str, ...]
    frame: Mapping[str, str]
    roles: Roles
    verb: int | None = None
    agents: list[Mention] = field(default_factory=list)
    targets: list[Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        for slot, role in self.frame.items():
            if role in {"agent", "target", "both"}:
                self._fill(slot, role)
        self.targets[:] = [m for m in self.targets if m not in self.agents]

    def _fill(self, slot: str, role: str) -> None:
        heads = self._slot(slot)
        if not heads:
            return
        found: list[Mention] = []
        for head in heads:
            if self.tree.s.lower[head] in {"who", "what", "which"}:  # "it was not clear who …"
                continue
            if slot == "poss" and self.agents and self.tree.s.tags[head] == "PRP$":  # "pressed its assault"
                continue
            for m in self._mentions(slot, head) + (self._holders_of(head) if role == "target" else []):
                if self.names.sector(m) and not any(m.first <= o.last and o.first <= m.last for o in found):
                    found.append(m)
        if role == "both":
            self._add(self.agents, found[:1])
            self._add(self.targets, found[1:])
        else:
            self._add(self.agents if role == "agent" else self.targets, found)

    def _slot(self, slot: str) -> list[int]:
        """Heads in a slot; "object/by" is the object's own "by", "held" who holds the object ("X-held")."""
        if slot == "held":
            return [i for h in self.roles.object for i in self._holders(h)]
        outer, _, inner = slot.partition("/")
        heads = self.roles.of(outer)
        return [i for h in heads for i in self.tree.roles(h).of(inner)] if inner else heads

    def _holders_of(self, head: int) -> list[Mention]:
        """Whose a position, a target or a convoy is: "rebel positions", "targets of the group"."""
        t, s = self.tree, self.tree.s
        if s.lemmas[head] not in self.codebook.classes.get("holdings", ()):
            return []
        owners = [k for k in t.kids[head] if s.deps[k] in _OWNER and k < head]
        found = [Mention(s.index, s.edges[k][0], k, k) for k in owners]
        return found + [t.phrase(t.counted(k)) for k in t.roles(head).of("of")]

    def _is_weapon(self, i: int) -> bool:
        classes, lemma = self.codebook.classes, self.tree.s.lemmas[i]
        return lemma in classes.get("aircraft", ()) or lemma in classes.get("shells", ())

    def _holders(self, head: int) -> list[int]:
        s = self.tree.s
        first, last = s.edges[head]
        return [
            i
            for i in range(first, min(last, head + 6) - 1)
            if s.words[i + 1] == "-" and s.lower[i + 2] in {"held", "controlled"}
        ]

    def _mentions(self, slot: str, head: int) -> list[Mention]:
        """The words that name a participant; "Syrian or Russian jets" name two."""
        t, s = self.tree, self.tree.s
        inner = slot.rpartition("/")[2]
        if inner == "modifier":
            m = t.modifier_phrase(head, self.head)
            if s.tags[head][:1] == "V" and s.lower[head] != "led":  # "suspected", "US-backed"
                return []
            plain = s.tags[head] == "JJ" and s.words[head].islower() and self.names.sector(m) != "REB"  # "military"
            if plain or self.names.is_place(s.index, head) or _is_against(s, head):
                return []
            return [m]
        if inner == "held":
            return [Mention(s.index, head, head, head)]
        if inner in {"among", "including"} and s.tags[head].startswith("PRP"):
            return []
        m = t.phrase(t.counted(head))
        if inner in _DOERS and self.frame.get(slot) == "agent" and self._is_weapon(head) and not self.names.sector(m):
            owners = [k for k in t.kids[head] if s.deps[k] in _OWNER and k < head and s.words[k][0].isupper()]
            return [Mention(s.index, s.edges[k][0], k, k) for k in owners]  # "Russian missiles": whose they are
        for i in range(m.first + 1, m.last - 1):
            if (
                s.tags[i] == "CC"
                and s.tags[i - 1] == s.tags[i + 1] == "JJ"
                and s.words[i - 1][0].isupper()
                and s.words[i + 1][0].isupper()
            ):
                return [Mention(s.index, m.first, i - 1, i - 1), Mention(s.index, i + 1, m.last, m.head)]
        return [m]

    @staticmethod
    def _add(to: list[Mention], found: list[Mention]) -> None:
        to.extend(m for m in found if m not in to)

    def ways(self) -> Iterator[tuple[str, str, Mention]]:
        """The participants once more, a slot at a time: role, slot and mention, as the frame gives them."""
        again = Company(self.tree, self.names, self.codebook, self.head, self.words, {}, self.roles, self.verb)
        again.frame = self.frame
        for slot, role in self.frame.items():
            if role in {"agent", "target", "both"}:
                agents, targets = len(again.agents), len(again.targets)
                again._fill(slot, role)
                yield from (("agent", slot, m) for m in again.agents[agents:])
                yield from (("target", slot, m) for m in again.targets[targets:])

    # ---------------------------------------------------------------------------------------- conditions

    def holds(self, condition: Condition) -> bool:
        if condition.drop:
            return False
        if not all(self._test(t) for t in condition.tests):
            return False
        return not condition.either or any(self._test(t) for t in condition.either)

    def _test(self, test: Test) -> bool:
        return self._found(test.slot, test.words) is test.wanted

    def _found(self, slot: str, words: Words) -> bool:
        s = self.tree.s
        if slot in {"agent", "target"}:
            sectors = {self.names.sector(m) for m in (self.agents if slot == "agent" else self.targets)}
            if words.anything:
                return bool(sectors)
            return not sectors.isdisjoint(words.single) or ("" in words.single and not sectors)
        if slot == "cue":
            return self._among(words, self.scope, self.scope_words)
        if slot == "near":
            return self._among(words, None, self.tree.at_lemma.keys())
        if slot == "trigger":
            return (
                " ".join(self.words) in words.single
                or self.words in words.phrases
                or s.lemmas[self.head] in words.single
            )
        if slot == "verb":
            return self.verb is not None and s.lemmas[self.verb] in words.single
        if slot == "particle":
            return not words.single.isdisjoint(self.roles.particles)
        if slot == "plural":
            return s.tags[self.head] in {"NNS", "NNPS"}
        if slot == "counted":
            return _is_counted(self.tree, self.head)
        if slot == "not_verb":
            return s.tags[self.head][:1] != "V"
        if slot == "that":
            return any(s.deps[k] == "ccomp" for k in self.tree.kids[self.head])
        if slot == "modality":
            return modality_of(s, Mention(s.index, self.head, self.head, self.head))[0] in words.single
        return self._heads(self.roles.of(slot), words)

    def _heads(self, heads: list[int], words: Words) -> bool:
        if words.anything:
            return bool(heads)
        if words.nothing:
            return not heads
        t, s = self.tree, self.tree.s
        for h in heads:
            h = self._dated(t.counted(h))
            if words.place and (
                s.lemmas[h] in self.codebook.places or s.lower[h] == "it" or self.names.is_place(s.index, h)
            ):
                return True
            near = [h, *(k for k in t.kids[h] if s.deps[k] in {"compound", "amod", "nmod"})]
            if any(s.lemmas[k] in words.single or s.lower[k] in words.single for k in near):
                return True
            if any(p.stop - 1 == h or t.is_under(p.stop - 1, h) for phrase in words.phrases for p in t.phrases(phrase)):
                return True
        return False

    def _dated(self, h: int) -> int:
        """What a date was run into: in "captured X September 27", X."""
        s = self.tree.s
        if s.ents[h] != "DATE":
            return h
        return next((k for k in reversed(self.tree.kids[h]) if s.deps[k] == "compound" and s.ents[k] == "GPE"), h)

    def _among(self, words: Words, scope: frozenset[int] | None, present: object) -> bool:
        if not words.single.isdisjoint(present):  # type: ignore[arg-type]
            return True
        for phrase in words.phrases:
            for p in self.tree.phrases(phrase):
                if scope is None or all(i in scope for i in p):
                    return True
        return False

    @cached_property
    def scope(self) -> frozenset[int]:
        """The tokens that belong to the trigger: its clause without the places and people it befell."""
        t, s = self.tree, self.tree.s
        clause = t.clause[self.head]
        base = {i for i in range(len(s)) if t.clause[i] == clause}
        if s.tags[self.head][:1] == "N":
            base |= set(t.subtree(self.head))
        else:  # what is threatened, demanded or said
            inner = {k for k in t.kids[self.head] if s.deps[k] in {"xcomp", "ccomp"}}
            base |= {i for i in range(len(s)) if t.clause[i] in inner}
        heads = {self.head, clause} if self.verb is None else {self.head, clause, self.verb}
        for h in heads:
            for k in t.kids[h]:
                if s.deps[k] in {"prep", "agent"} and s.lower[k] in _LOCATIVE and not t.is_under(self.head, k):
                    base -= set(t.subtree(k))
        for m in self.targets:
            base -= set(range(m.first, m.last + 1))
        base |= set(range(self.head - len(self.words) + 1, self.head + 1))
        for word in _INSTRUMENT & self.roles.preps.keys():
            for h in self.roles.preps[word]:
                if not self.names.is_place(s.index, h):
                    base |= set(t.subtree(h))
        return frozenset(base)

    @cached_property
    def scope_words(self) -> frozenset[str]:
        s = self.tree.s
        return frozenset(s.lemmas[i] for i in self.scope) | frozenset(s.lower[i] for i in self.scope)


def _is_counted(tree: Tree, i: int) -> bool:
    """Whether a number stands with a noun: "400 refugees", "hundreds of refugees"."""
    s = tree.s
    above = s.heads[s.heads[i]] if s.deps[i] == "pobj" and s.lower[s.heads[i]] == "of" else i
    return any(s.tags[k] == "CD" for k in tree.kids[i]) or (above != i and tree.counted(above) != above)


def _is_against(s: Sentence, i: int) -> bool:
    """ "Anti-government protests" are not the government's."""
    return i >= 2 and s.words[i - 1] == "-" and s.lower[i - 2] in {"anti", "pro"}
