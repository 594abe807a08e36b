"""The words that tell of events: the codebook's rules tried on a sentence's tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dateline.codebook.loader import Codebook, Rule
from dateline.extract.company import Company, Names
from dateline.extract.tree import Roles, Tree
from dateline.types import Mention, Sentence

_NOMINAL = frozenset({"pobj", "nsubj", "nsubjpass", "dobj"})  # of an adjective that stands for people: "the dead"
_OWNED = frozenset({"poss", "modifier"})  # "Syria's civil war" is nobody's doing
FIRM = 0.65  # a weaker word needs company to tell of an event
_CARRIED = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "attr", "oprd"})


@dataclass(slots=True)
class Hit:
    """A rule that holds of some tokens.

    ``tokens`` are those it uses up (a pattern's object too), ``merged`` the heads of verbs that tell what
    the event did ("killing six").
    """

    rule: Rule
    type: str
    trigger: Mention
    company: Company
    tokens: frozenset[int]
    strength: float
    merged: list[int] = field(default_factory=list)

    @property
    def head(self) -> int:
        return self.trigger.head

    @property
    def agents(self) -> list[Mention]:
        return self.company.agents

    @property
    def targets(self) -> list[Mention]:
        return self.company.targets


def find_hits(tree: Tree, codebook: Codebook, names: Names) -> list[Hit]:
    """The events that a sentence's words tell of, in order of the text, no token used twice."""
    found: list[Hit] = []
    for i in range(len(tree.s)):
        tag = tree.s.tags[i]
        if tag[:1] == "V" and tree.is_verb(i):
            hit = _first(_verb_hits(tree, codebook, names, i))
            if hit is None and tree.s.deps[i] == "amod":  # "displaced persons"
                hit = _first(_noun_hits(tree, codebook, names, i, alone=False))
        elif tag[:1] == "N":
            hit = _first(_noun_hits(tree, codebook, names, i))
        else:
            hit = _first(_noun_hits(tree, codebook, names, i, alone=tag[:1] == "J" and tree.s.deps[i] in _NOMINAL))
        if hit:
            found.append(hit)
    return _apart(found)


def _first(hits: Iterator[Hit]) -> Hit | None:
    return next(hits, None)


def _apart(found: list[Hit]) -> list[Hit]:
    """Hits that use none of each other's tokens: the longer ones first, firm ones before weak ones."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(found, key=lambda h: (-len(h.tokens), h.strength < FIRM, h.head)):
        if taken.isdisjoint(hit.tokens):
            taken |= hit.tokens
            kept.append(hit)
    return sorted(kept, key=lambda h: h.head)


# ------------------------------------------------------------------------------------------------- verbs


def _verb_hits(tree: Tree, codebook: Codebook, names: Names, i: int) -> Iterator[Hit]:
    rules = codebook.verbs.get(tree.s.lemmas[i], ())
    for rule in rules:
        if not _may_hold(rule, tree):
            continue
        more = _rest_of_verb(tree, i, rule.words[1:])
        if more is None:
            continue
        company = Company(tree, names, codebook, i, rule.words, rule.frame, _victims(tree, i, rule))
        if hit := _judge(company, rule, i, {i, *more}):
            yield hit


def _victims(tree: Tree, i: int, rule: Rule) -> Roles:
    """The verb's roles; a headline's "10 soldiers killed in clashes" is a passive."""
    roles, s = tree.roles(i), tree.s
    if rule.casualty and not roles.passive and not roles.object and roles.subject and s.tags[i] in {"VBN", "VBD"}:
        if shared := [k for k in tree.kids[i] if s.deps[k] == "conj" and k == i + 2 and tree.roles(k).object]:
            return replace(roles, object=tree.roles(shared[0]).object)  # "killed and wounded six"
        if any(s.deps[k] == "aux" for k in tree.kids[i]):
            return roles
        return Roles([], roles.subject, roles.poss, roles.modifier, roles.preps, roles.particles, True)
    return roles


def _rest_of_verb(tree: Tree, i: int, rest: tuple[str, ...]) -> list[int] | None:
    """Where the further words of a verb phrase stand ("push … back", "take hostage"); None if they do not."""
    s = tree.s
    out = []
    at = i
    for word in rest:
        near = [k for k in tree.kids[i] if s.lower[k] == word or s.lemmas[k] == word]
        if at + 1 < len(s) and word in (s.lower[at + 1], s.lemmas[at + 1]):
            at += 1
            out.append(at)
        elif near and s.deps[near[0]] in {"prt", "advmod", "prep", "dobj", "acomp", "oprd", "xcomp"} and near[0] > i:
            at = near[0]
            out.append(at)
        else:
            return None
    return out


# ------------------------------------------------------------------------------------------------- nouns


def _noun_hits(tree: Tree, codebook: Codebook, names: Names, i: int, alone: bool = True) -> Iterator[Hit]:
    """Hits of nouns that begin at a token; ``alone`` says whether the token by itself may be one."""
    s = tree.s
    for rule in codebook.nouns.get(s.lemmas[i] if s.tags[i] != "VBN" else s.lower[i], ()):
        last = i + len(rule.words) - 1
        if (len(rule.words) == 1 and not alone) or not _may_hold(rule, tree):
            continue
        if last >= len(s) or any(
            w not in (s.lemmas[k], s.lower[k]) for k, w in zip(range(i + 1, last + 1), rule.words[1:], strict=True)
        ):
            continue
        head = i if "of" in rule.words else last  # "claim of responsibility" is headed by its first noun
        if s.tags[head][:1] not in "NJ" or (s.deps[head] in {"compound", "nmod"} and s.heads[head] > last):
            continue
        if _first_half(s, last):
            continue
        verb = _carrier(tree, codebook, head)
        roles = _carried(tree, codebook, head, verb)
        frame = rule.frame if rule.strength >= FIRM else {k: v for k, v in rule.frame.items() if k not in _OWNED}
        company = Company(tree, names, codebook, head, rule.words, frame, roles, verb)
        if hit := _judge(company, rule, head, set(range(i, last + 1))):
            yield hit


def _first_half(s: Sentence, i: int) -> bool:
    """Whether a word is the first half of an adjective: "war-battered"."""
    return i + 2 < len(s) and s.words[i + 1] == "-" and s.starts[i + 1] == s.ends[i] and s.tags[i + 2][:1] in "VJ"


def _carrier(tree: Tree, codebook: Codebook, noun: int) -> int | None:
    """The verb of which the noun is an argument, if the noun's event is what it tells."""
    s = tree.s
    top = noun
    while s.deps[top] == "conj" and s.tags[s.heads[top]][:1] == "N":
        top = s.heads[top]
    if s.deps[top] not in _CARRIED:
        return None
    verb = s.heads[top]
    if s.deps[top] == "pobj":
        verb = s.heads[verb]
    return verb if s.tags[verb][:1] == "V" else None


def _carried(tree: Tree, codebook: Codebook, noun: int, verb: int | None) -> Roles:
    """The noun's own roles, and those that a light verb lends it."""
    own = tree.roles(noun)
    if verb is None:
        return own
    s, light = tree.s, codebook.light
    roles = Roles(
        list(own.subject),
        list(own.object),
        list(own.poss),
        list(own.modifier),
        {k: list(v) for k, v in own.preps.items()},
    )
    outer = tree.roles(verb)
    name = verb_name(tree, verb)
    is_object = noun in outer.object
    is_subject = noun in outer.subject
    if is_object and name in light.active:
        roles.subject += [i for i in outer.subject if i != noun]
        if outer.passive:
            roles.add_preps(Roles(preps={k: v for k, v in outer.preps.items() if k == "by"}))
        roles.add_preps(outer)
        roles.add_preps(Roles(preps={"on": [i for k in aimed(tree, verb) for i in tree.roles(k).object]}))
    elif (is_object and name in light.under) or _under(tree, noun, verb, light.under):
        roles.object += [i for i in (outer.object if outer.passive else outer.subject) if i != noun]
    elif is_subject and name in light.occur:
        roles.object += [i for i in outer.object if i != noun]
        roles.add_preps(outer)
    elif (
        s.deps[noun] == "pobj" and s.lower[s.heads[noun]] == "among" and s.lemmas[verb] == "be"
    ):  # "two are among the dead"
        roles.object += outer.subject or [k for k in tree.kids[verb] if s.deps[k] == "attr"]
    elif is_object and outer.passive:
        roles.add_preps(outer)
    return roles


def aimed(tree: Tree, i: int) -> list[int]:
    """Participles that say what a strike was aimed at: "carried out raids targeting the camp"."""
    s = tree.s
    return [
        k
        for k in tree.kids[i]
        if s.tags[k] == "VBG" and s.lemmas[k] in {"target", "hit", "strike"} and s.deps[k] in {"advcl", "acl"}
    ]


def _under(tree: Tree, noun: int, verb: int, under: frozenset[str]) -> bool:
    """ "came under fire", "was hit by shelling"."""
    s = tree.s
    prep = s.heads[noun]
    return s.deps[noun] == "pobj" and (
        f"{s.lemmas[verb]} {s.lower[prep]}" in under or f"be {s.lemmas[verb]} {s.lower[prep]}" in under
    )


def verb_name(tree: Tree, verb: int) -> str:
    """A verb's base form with its particle."""
    s = tree.s
    for k in tree.kids[verb]:
        if s.deps[k] == "prt":
            return f"{s.lemmas[verb]} {s.lower[k]}"
    return s.lemmas[verb]


# ----------------------------------------------------------------------------------------------- judging


def _may_hold(rule: Rule, tree: Tree) -> bool:
    """Whether the sentence has the words that the rule needs."""
    return any(need.met(tree.vocabulary) for need in rule.needs)


def _judge(company: Company, rule: Rule, head: int, tokens: set[int]) -> Hit | None:
    if rule.kind != "pattern":  # "taken prisoner"
        company.targets[:] = [m for m in company.targets if m.head not in tokens]
    if not company.holds(rule.condition):
        return None
    refined = _refined(company, rule)
    if refined is None:
        return None
    kind, strength = refined
    if rule.kind == "pattern":
        tokens |= _pattern_tokens(company, rule)
    near = sorted(t for t in tokens if abs(t - head) <= 5)
    trigger = Mention(company.tree.s.index, near[0], near[-1], head)
    return Hit(rule, kind, trigger, company, frozenset(tokens), strength)


def _refined(company: Company, rule: Rule) -> tuple[str, float] | None:
    """The type that a rule's word takes in its company, and how sure; None if it is no event there."""
    if not rule.refine:
        return rule.owner, rule.strength
    for r in rule.refine:
        if company.holds(r.condition):
            return (r.type, rule.strength * r.condition.strength) if r.type else None
    return None


def retype(hit: Hit) -> Hit:
    """The hit with the type that its word takes now that others' victims have joined it."""
    if hit.merged and hit.rule.refine and (refined := _refined(hit.company, hit.rule)):
        hit.type = refined[0]
    return hit


def _pattern_tokens(company: Company, rule: Rule) -> set[int]:
    """The objects that a pattern asks for by name: they belong to the trigger."""
    s, out = company.tree.s, set()
    for test in rule.condition.tests:
        if test.slot in {"cue", "near"} and test.wanted:
            for phrase in test.words.phrases:
                out |= {i for p in company.tree.phrases(phrase) for i in p}
        if test.slot == "object" and test.wanted and not (test.words.anything or test.words.place):
            for h in company.roles.object:
                if s.lemmas[h] in test.words.single or s.lower[h] in test.words.single or test.words.phrases:
                    out.add(h)
    return out
