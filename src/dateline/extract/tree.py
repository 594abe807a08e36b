"""What the dependency tree says of a sentence: clauses, logical subjects and objects, noun phrases.

Heads and dependencies are ClearNLP's, as the English models give them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from dateline.types import Mention, Sentence

_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"})
_SUBJECT = frozenset({"nsubj", "csubj"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass"})
_OBJECT = frozenset({"dobj", "obj", "oprd"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_MODIFIER = frozenset({"compound", "amod", "nmod"})
_TRIM = frozenset({"det", "predet", "punct", "cc", "preconj", "case", "mark", "intj"})
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december today yesterday".split()
)
_PARTS = frozenset({"among", "including"})  # what follows is part of what was counted
_COUNTERS = frozenset(
    "dozen hundred thousand million score number group majority most some many several few one two three ten all half"
    " each any none both part rest others number crowd lot handful series wave total scores column contingent".split()
)


@dataclass(slots=True)
class Roles:
    """Heads of the noun phrases around a trigger, by syntactic place; prepositions by their word."""

    subject: list[int] = field(default_factory=list)
    object: list[int] = field(default_factory=list)
    poss: list[int] = field(default_factory=list)
    modifier: list[int] = field(default_factory=list)
    preps: dict[str, list[int]] = field(default_factory=dict)
    particles: list[str] = field(default_factory=list)
    passive: bool = False

    def add_preps(self, other: Roles) -> None:
        for word, heads in other.preps.items():
            if word not in self.preps:
                self.preps[word] = list(heads)

    def of(self, slot: str) -> list[int]:
        """The heads in a slot of a frame."""
        if slot in {"subject", "object", "poss", "modifier"}:
            return list(getattr(self, slot))
        return self.preps.get(slot, [])


class Tree:
    """A sentence with its clauses and roles worked out once."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        self.kids = sentence.children
        self._roles: dict[int, Roles] = {}

    # ------------------------------------------------------------------------------------------- clauses

    def is_verb(self, i: int) -> bool:
        return self.s.tags[i][:1] == "V" and self.s.deps[i] not in {"aux", "auxpass", "amod", "compound"}

    @cached_property
    def clause(self) -> list[int]:
        """For each token, the head of its clause."""
        s = self.s
        heads: list[int] = [-1] * len(s)
        for start in range(len(s)):
            path, i = [], start
            while heads[i] < 0:
                path.append(i)
                if s.heads[i] == i or self._begins_clause(i) or len(path) > len(s):
                    heads[i] = i
                    break
                i = s.heads[i]
            for j in path:
                heads[j] = heads[i]
        return heads

    def _begins_clause(self, i: int) -> bool:
        dep = self.s.deps[i]
        if dep in _CLAUSAL:
            return self.s.tags[i][:1] in "VJNM" or dep in {"relcl", "advcl", "ccomp"}
        return dep == "conj" and self.s.tags[i][:1] == "V" and self.s.tags[self.s.heads[i]][:1] == "V"

    @cached_property
    def at_lemma(self) -> dict[str, list[int]]:
        """Base form or word → its tokens."""
        out: dict[str, list[int]] = {}
        for i, (lemma, low) in enumerate(zip(self.s.lemmas, self.s.lower, strict=True)):
            out.setdefault(lemma, []).append(i)
            if low != lemma:
                out.setdefault(low, []).append(i)
        return out

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The base forms and words that stand in the sentence."""
        return frozenset(self.at_lemma)

    def phrases(self, phrase: tuple[str, ...]) -> Iterator[range]:
        """Where the base forms stand together."""
        lemmas, lower = self.s.lemmas, self.s.lower
        for i in self.at_lemma.get(phrase[0], ()):
            end = i + len(phrase)
            if end <= len(lemmas) and all(phrase[k - i] in (lemmas[k], lower[k]) for k in range(i + 1, end)):
                yield range(i, end)

    # --------------------------------------------------------------------------------------------- roles

    def roles(self, i: int) -> Roles:
        """Roles around a verb or an event noun."""
        if i not in self._roles:
            self._roles[i] = Roles()  # guards against cycles in a broken tree
            self._roles[i] = self._verb_roles(i) if self.s.tags[i][:1] == "V" else self._noun_roles(i)
        return self._roles[i]

    def _verb_roles(self, v: int) -> Roles:
        s, r = self.s, Roles()
        for k in self.kids[v]:
            dep = s.deps[k]
            if dep in _SUBJECT:
                r.subject += self.conjuncts(k)
            elif dep in _PASSIVE:
                r.object += self.conjuncts(k)
                r.passive = True
            elif dep in _OBJECT:
                if dep != "oprd" or s.tags[k][:1] != "J":  # "shot dead", "rendered homeless"
                    r.object += self.conjuncts(k)
            elif dep == "dative" and s.tags[k][:1] in "NP":
                r.preps.setdefault("to", []).extend(self.conjuncts(k))
            elif dep == "auxpass":
                r.passive = True
            elif dep in {"prep", "agent", "dative"}:
                self._add_prep(r, k)
            elif dep in {"prt", "advmod"}:
                r.particles.append(s.lower[k])
            elif dep == "conj" and s.deps[k] == "prep":
                self._add_prep(r, k)
        if s.tags[v] == "VBN" and s.deps[v] in {"acl", "advcl"} and not r.subject:
            r.passive = True
        if r.passive:
            if not r.object:
                r.object = self._outer_subject(v)
        elif not r.subject:
            r.subject = self._outer_subject(v)
        r.subject = self._resolved(r.subject)
        r.object = self._resolved(r.object)
        return r

    def _add_prep(self, r: Roles, k: int) -> None:
        s = self.s
        word = s.lower[k]
        for j in self.kids[k]:
            if s.deps[j] == "pobj":
                r.preps.setdefault(word, []).extend(self.conjuncts(j))
            elif s.deps[j] == "prep":  # "out of", "from inside"
                self._add_prep(r, j)
                for m in self.kids[j]:
                    if s.deps[m] == "pobj":
                        r.preps.setdefault(f"{word} {s.lower[j]}", []).extend(self.conjuncts(m))
            elif s.deps[j] == "conj" and s.tags[j] == "IN":
                self._add_prep(r, j)

    def _outer_subject(self, v: int) -> list[int]:
        """Who does (or, of a passive, suffers) what a verb without a subject of its own tells."""
        s = self.s
        dep, h = s.deps[v], s.heads[v]
        if h == v:
            return []
        if dep == "conj" and s.tags[h][:1] == "V":
            outer = self.roles(h)
            return outer.object if outer.passive else outer.subject
        if dep == "xcomp" and s.tags[h][:1] == "V":
            outer = self.roles(h)
            if outer.passive:
                return outer.object
            return outer.object if outer.object and s.lemmas[h] not in _SUBJECT_CONTROL else outer.subject
        if dep in {"relcl", "acl"} and s.deps[h] == "attr" and s.lemmas[s.heads[h]] == "be":
            return self.roles(s.heads[h]).subject  # "they have been the main force fighting X"
        if dep in {"relcl", "acl"}:
            return self.conjuncts(h) if s.tags[h][:1] in "NP" and s.lemmas[h] not in _CONTENT_NOUNS else self._holder(h)
        if dep == "advcl" and s.tags[h][:1] == "V" and s.tags[v] in {"VBG", "VBN", "VB"}:
            outer = self.roles(h)
            return outer.object if outer.passive else outer.subject
        if dep == "pcomp":
            verb = s.heads[h]
            if s.tags[verb][:1] == "V":
                outer = self.roles(verb)
                if outer.passive or (outer.object and s.lower[h] in {"of", "from", "for", "into"}):
                    return outer.object
                return outer.subject
            if s.lemmas[s.heads[verb]] in _BLAMING and s.lower[h] in {"of", "for"} and s.deps[verb] in _BLAMED:
                return self.conjuncts(verb)  # "accused the rebels of shelling"
        return []

    def _holder(self, noun: int) -> list[int]:
        """ "Their plan to attack", "X made threats to attack": who holds the plan."""
        r = self.roles(noun)
        if r.poss:
            return r.poss
        verb = self.s.heads[noun]
        if self.s.deps[noun] in {"dobj", "attr"} and self.s.tags[verb][:1] == "V":
            return self.roles(verb).subject
        return r.preps.get("by", []) or r.preps.get("of", [])

    def _resolved(self, heads: list[int]) -> list[int]:
        """Relative pronouns replaced by what they stand for."""
        out: list[int] = []
        for i in heads:
            if self.s.lower[i] in _RELATIVE and (verb := self.clause[i]) != i and self.s.deps[verb] == "relcl":
                out += self.conjuncts(self.s.heads[verb])
            else:
                out.append(i)
        return list(dict.fromkeys(out))

    def _noun_roles(self, n: int) -> Roles:
        s, r = self.s, Roles()
        for k in self.kids[n]:
            dep = s.deps[k]
            if dep in _MODIFIER:
                r.modifier.append(k)
            elif dep == "poss":
                r.poss += self.conjuncts(k)
            elif dep in {"prep", "agent"}:
                self._add_prep(r, k)
            elif dep == "acl" and s.tags[k] == "VBN":
                for word, heads in self.roles(k).preps.items():
                    r.preps.setdefault(word, []).extend(heads)
            elif dep == "acl" and s.tags[k] == "VBG" and s.lemmas[k] in {"target", "hit", "strike"}:
                r.preps.setdefault("on", []).extend(self.roles(k).object)
            elif dep == "conj" and s.tags[k][:1] == "N" and not r.preps:
                r.add_preps(self.roles(k))
        self._nested_preps(r)
        if s.deps[n] == "conj" and s.tags[s.heads[n]][:1] == "N":
            first = s.heads[n]
            if not r.modifier and not r.poss:
                r.modifier = [k for k in self.kids[first] if s.deps[k] in _MODIFIER]
                r.poss = [k for k in self.kids[first] if s.deps[k] == "poss"]
        return r

    def _nested_preps(self, r: Roles) -> None:
        """ "Strikes against X by Y", where the parser hangs "by Y" on X."""
        for heads in list(r.preps.values()):
            for h in heads:
                for k in self.kids[h]:
                    if (
                        self.s.deps[k] in {"prep", "agent"}
                        and self.s.lower[k] in {"by", "against"}
                        and self.s.lower[k] not in r.preps
                    ):
                        self._add_prep(r, k)

    def conjuncts(self, i: int) -> list[int]:
        """The token and those coordinated with it."""
        out = [i]
        for k in self.kids[i]:
            if (
                self.s.deps[k] == "conj"
                and self.s.tags[k][:1] in "NPCJD"
                and _PARTS.isdisjoint(self.s.lower[i + 1 : k])
            ):
                out += self.conjuncts(k)
        return out

    # -------------------------------------------------------------------------------------- noun phrases

    def counted(self, i: int) -> int:
        """What a word of number stands for: in "dozens of civilians", the civilians."""
        s = self.s
        if s.lemmas[i] in _COUNTERS or s.tags[i] == "CD":
            for k in self.kids[i]:
                if s.deps[k] == "prep" and s.lower[k] in {"of", "among"}:
                    for j in self.kids[k]:
                        if s.deps[j] == "pobj":
                            return self.counted(j)
        return i

    def phrase(self, head: int) -> Mention:
        """The noun phrase of a head: its modifiers before it, no article, nothing that follows it."""
        s = self.s
        first, edge = head, s.edges[head][0]
        for j in range(head - 1, edge - 1, -1):
            if self._modifies(j, edge):
                first = j
            else:
                break
        while first < head and (
            s.deps[first] in _TRIM or s.lower[first] in _CALENDAR or not s.words[first][0].isalnum()
        ):
            first += 1
        return Mention(s.index, first, head, head)

    def _modifies(self, j: int, edge: int) -> bool:
        """Whether a token before a noun can belong to its phrase."""
        s = self.s
        tag, word = s.tags[j], s.words[j]
        if tag == "CD":
            return not (len(word) == 4 and word.isdigit() and word[:2] in {"19", "20"})
        if tag == "CC" or word == ",":
            return (
                j > edge and s.tags[j - 1][:1] in "JN" and s.tags[j + 1][:1] == "J" and s.deps[s.heads[j]] in _MODIFIER
            )
        if tag in {"-LRB-", "-RRB-"}:
            return self._abbreviation(j, edge)
        if tag in {"HYPH", ":"}:
            return s.ends[j - 1] == s.starts[j] and s.ends[j] == s.starts[j + 1]
        if tag in {"IN", "DT", "RB", "RBR", "PDT"}:
            return s.deps[j] in {"quantmod", "det", "advmod", "predet"} and s.heads[j] > j
        return tag[:1] in "NJ" or tag in {"POS", "VBN", "VBG", "PRP$", "``", "''", "JJR"}

    def _abbreviation(self, j: int, edge: int) -> bool:
        """Whether a bracket belongs to a short name's: "Islamic State (IS) group"."""
        s = self.s
        opening = j if s.words[j] == "(" else j - 2
        return (
            opening > edge and opening + 2 < len(s) and s.words[opening + 2] == ")" and s.words[opening + 1].isupper()
        )

    def modifier_phrase(self, token: int, trigger: int) -> Mention:
        """A run of modifiers before an event noun, as "Syrian regime" in "Syrian regime air strikes"."""
        s = self.s
        first = s.edges[token][0]
        siblings = [k for k in self.kids[trigger] if s.deps[k] in _MODIFIER and k < token]
        for k in reversed(siblings):
            if s.edges[k][1] == first - 1 and (s.words[k][0].isupper() or s.tags[k][:1] == "N"):
                first = s.edges[k][0]
            else:
                break
        while first < token and s.deps[first] in _TRIM:
            first += 1
        return Mention(s.index, first, token, token)

    def subtree(self, i: int) -> range:
        first, last = self.s.edges[i]
        return range(first, last + 1)

    def is_under(self, i: int, above: int) -> bool:
        first, last = self.s.edges[above]
        return first <= i <= last and (i == above or above in self.s.ancestors(i))


_SUBJECT_CONTROL = frozenset("promise threaten vow pledge swear refuse claim agree offer want demand".split())
_BLAMING = frozenset("accuse blame suspect condemn criticise criticize denounce convict".split())
_BLAMED = frozenset({"dobj", "nsubjpass"})
_CONTENT_NOUNS = frozenset(
    "plan threat attempt bid effort decision intention claim report order call promise vow pledge agreement ability"
    " right desire fear news offer refusal demand request proposal opportunity fact chance operation mission".split()
)
