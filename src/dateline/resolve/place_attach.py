"""How a site hangs on an event's words: features of the way through the tree from the one to the other.

Each feature is a short name; ``codebook/data/lexicon/event_place.tsv`` gives each a weight, and the weights'
sum is the log odds that the site is where the event was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.gazetteer.cues import place_words
from dateline.resolve.place_site import Site
from dateline.types import Mention, Sentence

_CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "acl", "csubj", "parataxis", "pcomp"})
_ROLES = frozenset(
    {"nsubj", "nsubjpass", "dobj", "poss", "compound", "nmod", "amod", "npadvmod", "attr", "dep", "advmod", "ROOT"}
)
_PREPS = place_words("preps")
_UNDERGOING = place_words("undergoing")
_SAYING = place_words("saying")


_TOWNS = place_words("towns")


_QUARTERS = frozenset({"neighborhood", "neighbourhood", "quarter", "suburb", "district", "street", "square"})
_IN = frozenset({"in", "of", "within", "inside"})


class Clauses:
    """A sentence's verbs and the ways up from its tokens, worked out once."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        self._ups: dict[int, list[int]] = {}

    def up(self, i: int) -> list[int]:
        """The token and the heads above it, nearest first."""
        got = self._ups.get(i)
        if got is None:
            got = self._ups[i] = [i, *self.s.ancestors(i)]
        return got

    def is_verb(self, i: int) -> bool:
        return self.s.tags[i][:1] == "V" and self.s.deps[i] not in {"amod", "aux", "auxpass", "compound"}


def features(
    site: Site, anchors: Sequence[int], group: str, sites: Sequence[Site], clauses: Clauses, agents: Sequence[Mention]
) -> Iterator[str]:
    """The features of one site for one event.

    Args:
        site: a place in the sentence.
        anchors: tokens of the event's trigger and its clause; the first is the trigger.
        group: what kind of event it is ("fire", "take", "move"…), "" if nothing is known.
        sites: all sites of the sentence.
        clauses: the sentence.
        agents: the event's participants.
    """
    s = clauses.s
    role = _role(site, clauses)
    anchor, way, rise, fall = _way(site, anchors, clauses)
    yield "bias"
    if way == "speaker":
        yield _speaker(site, s)
    yield f"way={way}"
    yield f"role={role}"
    yield f"way+role={way.split('+')[0]}+{role}"
    if group:
        yield f"group+role={group}+{role}" if way.startswith("below") else f"group+way={group}+{way.split('+')[0]}"
    yield f"rise={min(rise, 3)}"
    yield f"fall={min(fall, 4)}"
    yield from _order(site, anchor, sites, clauses)
    yield from _kind(site, sites, s)
    yield from _words(site, anchor, role, sites, clauses)
    if any(a.first <= site.first <= a.last for a in agents):
        yield "in-participant"


def _words(site: Site, anchor: int, role: str, sites: Sequence[Site], clauses: Clauses) -> Iterator[str]:
    """The words on the way and beside the name, and which of the sentence's places it is."""
    s = clauses.s
    verb = s.lemmas[anchor]
    before = s.lower[site.left - 1] if site.left else "^"
    yield f"verb={verb}"
    yield f"verb+role={verb}+{role}"
    yield f"before={before}"
    yield f"verb+before={verb}+{before}"
    yield f"after={s.lower[site.last + 1] if site.last + 1 < len(s) else '$'}"
    over = s.heads[site.head]
    yield f"over={s.lemmas[over]}"
    if s.deps[site.head] == "pobj":
        yield f"over2={s.lemmas[s.heads[over]]}"
        yield f"over2+before={s.tags[s.heads[over]][:1]}+{before}"
    above = set(clauses.up(anchor))
    down = clauses.up(site.head)
    meet = next((k for k, t in enumerate(down) if t in above), len(down))
    for t in down[1:meet]:
        if s.tags[t][:1] in "NV":
            yield f"via={s.lemmas[t]}"
    yield f"top={s.deps[down[meet - 1]] if meet else 'itself'}"
    later = [x.first for x in sites if x.first > anchor]
    if later and later[0] == site.first:
        yield "first-after"
        yield f"first-after+before={before}"
    sooner = [x.first for x in sites if x.first < anchor]
    if sooner and sooner[-1] == site.first:
        yield "last-before"
    yield f"place={min(sum(1 for x in sites if x.first < site.first), 4)}"
    yield f"places={min(len(sites), 5)}"
    yield f"feature={site.mention.chosen.feature if site.mention.chosen else '?'}"


def _role(site: Site, clauses: Clauses) -> str:
    """By what the site's phrase hangs in the tree: its preposition, or its dependency."""
    s = clauses.s
    h = site.head
    for _ in range(4):
        if s.deps[h] not in {"conj", "appos"} or s.heads[h] == h:
            break
        h = s.heads[h]
    dep = s.deps[h]
    if dep == "pobj":
        prep = s.lower[s.heads[h]]
        return prep if prep in _PREPS else "prep"
    if dep == "nsubj" and s.lemmas[s.heads[h]] in _UNDERGOING:
        return "nsubj-of-state"  # "X has been at the centre of fighting", "X saw clashes"
    return dep if dep in _ROLES else "other"


def _way(site: Site, anchors: Sequence[int], clauses: Clauses) -> tuple[int, str, int, int]:
    """The nearest anchor, how the two join, clauses up from the anchor, and steps down to the site."""
    s = clauses.s
    mine = clauses.up(site.head)
    place = {t: n for n, t in enumerate(mine)}
    best: tuple[tuple[int, int, int], int, str, int, int] | None = None
    for order, a in enumerate(anchors):
        climb = clauses.up(a)
        k = next((k for k, t in enumerate(climb) if t in place), None)
        if k is None:
            continue
        meet = climb[k]
        down = mine[: place[meet]]
        rise = sum(1 for t in climb[:k] if clauses.is_verb(t) and s.deps[t] in _CLAUSAL)
        verbs = sum(1 for t in down if clauses.is_verb(t))
        fall = sum(1 for t in down[1:] if s.tags[t][:1] in "NVP" and s.deps[t] != "prep")
        if k == 0:
            way = "below" if not verbs else "below-verb" if verbs == 1 else "below-verbs"
            if not verbs and fall == 0:
                way = "below+direct"
        else:
            speaks = s.lemmas[meet] in _SAYING and not (clauses.is_verb(a) and meet == a)
            conj = all(s.deps[t] in {"conj", "prep", "pobj", "dobj", "xcomp"} for t in climb[:k])
            if speaks and not verbs and any(s.deps[t] in {"ccomp", "dobj", "parataxis"} for t in climb[:k]):
                way = "speaker"
            elif verbs:
                way = "across"
            elif rise == 0:
                way = "beside" if clauses.is_verb(meet) else "beside-noun"
                way += "+conj" if conj and clauses.is_verb(a) else ""
            else:
                way = f"above+{s.deps[next(t for t in climb[:k] if s.deps[t] in _CLAUSAL)]}"
        cost = (rise + 2 * verbs + (way == "speaker") * 3, k + len(down), order)
        if best is None or cost < best[0]:
            best = (cost, a, way, rise, fall)
    if best is None:
        return (anchors[0] if anchors else site.head), "none", 3, 4
    return best[1:]


def _speaker(site: Site, s: Sentence) -> str:
    """ "In X, activists said" may tell where; "told a reporter in X" and "In Moscow, the ministry said" do not."""
    if site.left > 2:
        return "speaker=after"
    e = site.mention.chosen
    return "speaker=capital" if e and (e.feature == "P.PPLC" or e.feature.startswith("A.PCL")) else "speaker=front"


def _order(site: Site, anchor: int, sites: Sequence[Site], clauses: Clauses) -> Iterator[str]:
    s = clauses.s
    after = site.first > anchor
    a, b = sorted((site.first, anchor))
    gap = b - a
    yield ("after" if after else "before") + ("<4" if gap < 4 else "<8" if gap < 8 else "<15" if gap < 15 else "+")
    between = sum(1 for o in sites if a < o.first < b)
    yield f"between={min(between, 3)}"
    if sum(1 for k in range(a + 1, b) if clauses.is_verb(k)) > 0:
        yield "verb-between"
    if any(s.words[k] in {",", ";"} for k in range(a + 1, b)):
        yield "comma-between"
    if not after and site.left <= 2:
        yield "fronted"
    if len(sites) == 1:
        yield "only"


def _kind(site: Site, sites: Sequence[Site], s: Sentence) -> Iterator[str]:
    m = site.mention
    if m.as_actor:
        yield "actor"
    e = m.chosen
    feature = e.feature if e else (m.kinds[0] if m.kinds else "?")
    label = "country" if feature.startswith("A.PCL") else "capital" if feature == "P.PPLC" else feature[:1]
    yield f"kind={label}"
    if site.anaphor:
        yield "anaphor"
    if site.relation:
        yield f"relation={site.relation.kind}"
    inner, outer = nesting(site, sites, s)
    if inner:
        yield "holds"
    if outer:
        yield "held"


def nesting(site: Site, sites: Sequence[Site], s: Sentence) -> tuple[bool, bool]:
    """Whether another site is named as lying in this one, and whether this one as lying in another."""
    holds = held = False
    for o in sites:
        if o is site:
            continue
        if nested(o, site, s):
            holds = True
        elif nested(site, o, s):
            held = True
    return holds, held


def nested(inner: Site, outer: Site, s: Sentence) -> bool:
    """ "X in Y", "X, Y", "Y's X", "X part of Y": the text names X as lying in Y."""
    if inner.first < outer.first:
        gap = s.lower[inner.last + 1 : outer.left]
        if len(gap) > 6:
            return False
        if len(gap) >= 2 and gap[-1] == "of" and gap[0] in _TOWNS and not any(w in {"and", ","} for w in gap):
            return True  # "X district of Y"
        if outer.mention.chosen and inner.mention.chosen and _size(outer, s) <= _size(inner, s):
            return False
        if not gap or list(gap) in ([","], ["("]):
            return True
        if gap[-1] not in _IN or sum(1 for w in gap if w in _IN) > 2:
            return False
        return not any(
            s.tags[k][:1] == "V" or s.lower[k] in {"and", ";", "or"} for k in range(inner.last + 1, outer.left)
        )
    apart = s.lower[outer.last + 1 : inner.first - 1]
    if s.lower[inner.first - 1] == "of" and len(apart) < 5 and any(w in _TOWNS for w in apart):
        if not any(w in {",", "and", "in", "of"} for w in apart):
            return True  # "the Beirut southern suburb of X"
    between = s.lower[outer.last + 1 : inner.left]
    if _size(outer, s) <= _size(inner, s):
        return False
    owned = s.lower[outer.last + 1] in {"'s", "’s", "'"} or s.deps[outer.head] == "poss"
    return owned and len(between) <= 3 and inner.first - outer.last <= 5


def _size(site: Site, s: Sentence) -> int:
    """How large a place is, in steps: a quarter 0, a town 2, a country 6."""
    e = site.mention.chosen
    if s.lower[site.head] in _QUARTERS or (s.lower[site.last] in _QUARTERS and e is None):
        return 0
    feature = e.feature if e else (site.mention.kinds[0] if site.mention.kinds else "P.")
    for n, prefix in enumerate(("P.PPLX", "S", "P", "A.ADM3", "A.ADM2", "A.ADM1", "A.PCL")):
        if feature.startswith(prefix):
            return n
    return 5 if feature[0] in "LTHR" else 3
