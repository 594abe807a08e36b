"""One event, one claim: hits that tell of another hit's doing are taken into it, bare mentions dropped.

"Air strikes killed six", "killed in clashes", "shelled the town, killing six" and "was hit by rockets in
the attack" each tell of one event; "claimed responsibility for the attack" tells of the claim alone.
"""

from __future__ import annotations

from dateline.codebook.loader import Codebook
from dateline.extract.modality import modality_of
from dateline.extract.tree import Tree
from dateline.extract.triggers import FIRM, Hit, aimed, retype

_SAME = frozenset({"advcl", "conj", "relcl", "acl", "xcomp", "pcomp", "parataxis"})
_WITHIN = frozenset("in by during from with after amid as of through due because under when".split())
_MENTIONED = frozenset("for against after before since of to about over from on despite amid following".split())
_OWN_KIND = frozenset({"torture", "execution"})  # done in the course of another act, and told for itself
_NOT_ONE = frozenset({"such", "any", "all", "every"})
_SPUN_OUT = frozenset({"threaten", "displacement"})  # "vowed to respond", "forced … to leave"
_GROUND = frozenset({"repel", "advance", "capture", "withdraw"})


def merge(tree: Tree, hits: list[Hit], codebook: Codebook) -> list[Hit]:
    """The hits of one sentence, one for each event that it tells of."""
    kept = [h for h in hits if not _in_brackets(tree, h.head)]
    kept = _casualties(tree, kept, codebook)
    kept = _same_event(tree, kept, codebook)
    kept = _one_toll(tree, kept)
    kept = [h for h in kept if not _only_mentioned(tree, h, kept, codebook)]
    _spare_victims(kept, codebook)
    return [retype(h) for h in kept]


def _spare_victims(hits: list[Hit], codebook: Codebook) -> None:
    """Civilians who suffered one act of violence in a sentence did not do another."""
    violent = [h for h in hits if _family(h, codebook) in {"violence", "casualties", "damage"}]
    hurt = {m.head for h in violent for m in h.targets if h.company.names.sector(m) == "CVL"}
    for h in violent:
        h.agents[:] = [m for m in h.agents if m.head not in hurt]


def _in_brackets(tree: Tree, i: int) -> bool:
    words = tree.s.words[:i]
    return words.count("(") > words.count(")") and ")" in tree.s.words[i:]


def _family(h: Hit, codebook: Codebook) -> str:
    return codebook.types[h.type].family


def _violent(h: Hit, codebook: Codebook) -> bool:
    return _family(h, codebook) == "violence" and h.strength >= FIRM


# --------------------------------------------------------------------------------------------- casualties


def _casualties(tree: Tree, hits: list[Hit], codebook: Codebook) -> list[Hit]:
    """Verbs and nouns of killing go to the act of violence that they belong to."""
    kept = list(hits)
    partner_of: dict[int, Hit] = {}
    for h in hits:
        if not (_kills(h, codebook) or _family(h, codebook) in {"casualties", "damage"}):
            continue
        events = [e for e in kept if e is not h and _violent(e, codebook) and not _kills(e, codebook)]
        partner = _told_by(tree, h, events)
        if partner is None and tree.s.deps[h.head] == "conj":
            partner = partner_of.get(tree.s.heads[h.head]) or _fellow(tree, h, kept, codebook)
        if partner is None and h.type == "casualties" and len({e.type for e in events}) == 1:
            partner = min(events, key=lambda e: abs(e.head - h.head))
        if (
            partner is None
            or _otherwise(tree, h, partner)
            or (_family(h, codebook) == "damage" and not _does(tree, h, partner))
        ):
            continue
        partner_of[h.head] = partner
        if partner.type == "casualties":
            partner.type = h.type
        _absorb(tree, partner, h)
        kept.remove(h)
    return kept


def _fellow(tree: Tree, h: Hit, hits: list[Hit], codebook: Codebook) -> Hit | None:
    """The verb that this one is joined to: "shot and killed", "killed six and wounded nine"."""
    if h.rule.kind == "noun" or tree.s.tags[h.head][:1] != "V" or tree.s.deps[h.head] != "conj":
        return None
    if any(tree.s.deps[k] in {"nsubj", "nsubjpass", "agent"} for k in tree.kids[h.head]):
        return None
    first = tree.s.heads[h.head]
    return next((e for e in hits if e.head == first and e.rule.kind != "noun" and _kills(e, codebook)), None)


def _kills(h: Hit, codebook: Codebook) -> bool:
    """Whether a word tells of victims, be it by a pattern that says what killed them ("jets …, killing six")."""
    by_pattern = h.rule.kind == "pattern" and any(r.casualty for r in codebook.verbs.get(h.rule.words[0], ()))
    return h.rule.casualty or by_pattern


def _told_by(tree: Tree, victim: Hit, events: list[Hit]) -> Hit | None:
    """The event that a verb of killing belongs to: in its own clause, or in the one above or below."""
    bonds = ((_bond(tree, victim, e), abs(e.head - victim.head), n) for n, e in enumerate(events))
    ranked = sorted(b for b in bonds if b[0] < 9)
    return events[ranked[0][2]] if ranked else None


def _bond(tree: Tree, victim: Hit, event: Hit) -> int:
    """How closely two hits hang together, 0 closest, 9 not at all."""
    roles = tree.roles(victim.head)
    if event.head in roles.subject or event.head in roles.preps.get("by", ()):
        return 0
    mine, theirs = tree.clause[victim.head], tree.clause[event.head]
    if mine == theirs:
        return 1
    if _adjoins(tree, mine, theirs) or _adjoins(tree, theirs, mine):
        return 2
    return 9


def _adjoins(tree: Tree, clause: int, outer: int) -> bool:
    s = tree.s
    above = tree.clause[s.heads[clause]]
    if s.deps[clause] == "advcl" and s.tags[clause] == "VBG" and above != outer:  # hung on the verb of saying
        return s.deps[outer] in {"ccomp", "advcl"} and tree.clause[s.heads[outer]] == above and clause > outer > above
    return s.deps[clause] in _SAME and above == outer


def _otherwise(tree: Tree, h: Hit, event: Hit) -> bool:
    """Whether one is told as a fact and the other is not ("killed five, and the toll is likely to rise")."""
    if tree.clause[h.head] == tree.clause[event.head]:
        return False
    return modality_of(tree.s, h.trigger)[0] != modality_of(tree.s, event.trigger)[0]


def _does(tree: Tree, h: Hit, event: Hit) -> bool:
    """Whether damage is told as the event's own: its subject, its occasion, or in a "-ing" clause of it."""
    return _carries_out(tree, h, event) or (tree.s.tags[h.head] == "VBG" and tree.s.deps[h.head] == "advcl")


def _one_toll(tree: Tree, hits: list[Hit]) -> list[Hit]:
    """Casualties of one sentence that belong to no event make one claim."""
    tolls = [h for h in hits if h.type == "casualties"]
    if len(tolls) < 2:
        return hits
    first = next((h for h in tolls if h.rule.kind == "noun"), tolls[0])
    taken = [h for h in tolls if h is not first and (tree.s.deps[h.head] == "acl" or not _otherwise(tree, h, first))]
    for h in taken:
        _absorb(tree, first, h)
    return [h for h in hits if h not in taken]


# --------------------------------------------------------------------------------------- told twice over


def _same_event(tree: Tree, hits: list[Hit], codebook: Codebook) -> list[Hit]:
    """A verb and a noun that tell of one event become one hit."""
    kept = list(hits)
    for h in hits:
        if h not in kept:
            continue
        for other in list(kept):
            if other is h or (other.type == "casualties" and h.strength >= FIRM):
                continue
            if _tells_of(tree, h, other, codebook):
                _absorb(tree, other, h)
                kept.remove(h)
                break
    firm = {h.type for h in kept if h.strength >= FIRM}
    return [h for h in kept if h.strength >= FIRM or h.rule.kind != "noun" or (h.type not in firm and _stands(tree, h))]


def _tells_of(tree: Tree, h: Hit, other: Hit, codebook: Codebook) -> bool:
    """Whether ``h`` only says more of ``other``."""
    family, theirs = _family(h, codebook), _family(other, codebook)
    s = tree.s
    if h.rule.kind != "noun" and other.rule.kind == "noun":
        if family == theirs == "violence" and other.strength >= FIRM and h.type not in _OWN_KIND:
            above = tree.s.heads[h.head]
            if h.type == other.type and other.head in tree.roles(h.head).object:  # "launched air strikes"
                return True
            return _carries_out(tree, h, other) or (
                above in {other.head, other.company.verb} and h.head in aimed(tree, above)
            )
        if h.type != other.type:
            return False
        return (
            _carries_out(tree, h, other) or other.head in tree.roles(h.head).object or tree.is_under(h.head, other.head)
        )
    if h.rule.kind == "noun" and other.rule.kind != "noun":
        roles = tree.roles(other.head)
        if other.type == "repel" and family == "violence" and h.head in roles.object:
            return True
        if other.type in _GROUND and theirs == "territory" and family in {"violence", "territory"}:
            return h.head in roles.subject or h.head in roles.preps.get("by", ())
        if other.type == "violate" and h.type == "agree":
            return h.head in roles.subject or h.head in roles.object
        if h.strength < FIRM and other.type == "casualties":
            return h.head in roles.subject or h.head in roles.object
        return h.strength < FIRM and h.type == other.type and _near(tree, h, other)
    if h.type == other.type and h.type in _SPUN_OUT and h.head != other.head:
        return s.deps[h.head] in {"xcomp", "ccomp", "conj"} and s.heads[h.head] == other.head
    if h.rule.kind != "noun" and s.deps[h.head] in {"acl", "relcl"} and h.type == other.type:
        return h.type == "deploy" or s.heads[h.head] in tree.roles(other.head).object
    return False


def _near(tree: Tree, h: Hit, other: Hit) -> bool:
    return tree.clause[h.head] == tree.clause[other.head]


def _stands(tree: Tree, h: Hit) -> bool:
    """Whether a weak noun is what its clause is about: its subject or object, or "locked in a civil war"."""
    s = tree.s
    dep, prep = s.deps[h.head], s.heads[h.head]
    if any(s.lower[k] == "since" and s.deps[k] == "mark" for k in tree.kids[tree.clause[h.head]]):
        return False
    if dep in {"nsubj", "nsubjpass", "dobj", "ROOT", "conj", "attr"}:
        return True
    return dep == "pobj" and s.lower[prep] == "in" and s.tags[s.heads[prep]][:1] in "VJ"


def _carries_out(tree: Tree, verb: Hit, noun: Hit) -> bool:
    """Whether a verb tells what a noun's event did, or the noun how the verb's came about."""
    roles = tree.roles(verb.head)
    if noun.head in roles.subject:
        return True
    return any(noun.head in heads for word, heads in roles.preps.items() if word in _WITHIN)


# ------------------------------------------------------------------------------------------ bare mentions


def _only_mentioned(tree: Tree, h: Hit, hits: list[Hit], codebook: Codebook) -> bool:
    """Whether a noun only points at a known event from within another one's words, saying nothing of it."""
    s = tree.s
    if h.rule.kind != "noun":
        return _foiled(tree, h, hits) or _describes(tree, h, hits)
    if h.merged or h.agents or h.targets or h.company.roles.object:
        return False
    if any(s.lower[k] in _NOT_ONE for k in tree.kids[h.head]):
        return True
    if any(s.deps[k] in {"nummod", "prep", "acl", "relcl"} for k in tree.kids[h.head]):
        return False
    above = [e for e in hits if e is not h and (e.head in s.ancestors(h.head))]
    if not above:
        return False
    if s.deps[h.head] == "pobj" and s.lower[s.heads[h.head]] in _MENTIONED:
        return True
    return any(_family(e, codebook) == "words" for e in above) and s.deps[h.head] in {"dobj", "nsubjpass", "pobj"}


def _describes(tree: Tree, h: Hit, hits: list[Hit]) -> bool:
    """ "Troops stationed north of the town shelled …", "a group backed by …": says who somebody is."""
    s = tree.s
    if h.type == "support" and s.tags[h.head] == "VB" and s.deps[h.head] in {"advcl", "xcomp"} and len(hits) > 1:
        return True  # "sent jets to support the army" tells of the sending
    if s.deps[h.head] not in {"acl", "relcl"}:
        return False
    if h.type == "support":
        return True
    bearer = s.heads[h.head]
    return h.type == "deploy" and any(m.head == bearer for e in hits if e is not h for m in (*e.agents, *e.targets))


def _foiled(tree: Tree, h: Hit, hits: list[Hit]) -> bool:
    """ "Repelled an attempt to storm the suburb" tells of the repelling."""
    above = tree.s.ancestors(h.head)
    return any(e.type == "repel" and e.head in above and tree.s.deps[h.head] in {"acl", "xcomp", "pcomp"} for e in hits)


def _absorb(tree: Tree, event: Hit, other: Hit) -> None:
    """Take in another hit's people: who was killed is a target even where the event's noun was read otherwise."""
    victims = {m.head for m in other.targets}
    if event.type == "armed-clash" and victims and not (event.agents or event.merged):
        # "soldiers killed in clashes with X": X did it
        event.agents[:] = [m for m in event.targets if m.head not in victims]
        event.targets[:] = [m for m in event.targets if m.head in victims]
    if other.agents and _explicit(tree, other) and (not event.agents or victims & {m.head for m in event.agents}):
        event.agents[:] = other.agents
    event.agents[:] = [m for m in event.agents if m.head not in victims and not m.first <= event.head <= m.last]
    doers = {m.head for m in event.agents}
    sector = event.company.names.sector
    people = any(sector(m) == "CVL" for m in event.targets)  # "six civilians were killed and eight persons hurt": once
    more = [m for m in other.targets if m not in event.targets and not (people and sector(m) == "CVL")]
    joined = [*event.targets, *more]
    event.targets[:] = [m for m in joined if m.head not in doers and not m.first <= event.head <= m.last]
    event.merged.append(other.head)
    event.merged.extend(other.merged)


def _explicit(tree: Tree, h: Hit) -> bool:
    """Whether a verb names its doer itself."""
    deps = {tree.s.deps[k] for k in tree.kids[h.head]}
    return bool(deps & {"nsubj", "agent"}) or tree.s.deps[h.head] == "conj" or h.rule.kind == "noun"
