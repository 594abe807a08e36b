"""The phrase that tells of an event: its trigger with the verbs beside it that tell of the same."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.codebook.loader import Codebook
from dateline.extract.tree import Tree
from dateline.extract.triggers import Hit, verb_name
from dateline.types import Mention

_FAR = 4  # tokens from the trigger beyond which a verb is no part of one phrase with it
_SMALL = frozenset("DT IN TO CC RB RP MD VB VBD VBZ VBP VBN JJ PRP$ PDT".split())  # what may stand between


def phrase_of(tree: Tree, hit: Hit, hits: Sequence[Hit], codebook: Codebook) -> Mention | None:
    """The trigger widened by the verbs near it that tell of its event, None where it stands alone.

    Those are the verbs of killing that were taken into it ("killed in clashes"), and a verb that only carries its
    noun ("launched an assault", "clashes erupted").  What lies between are small words, and none of another event.
    """
    first, last = hit.trigger.first, hit.trigger.last
    others = {t for h in hits if h is not hit for t in (*h.tokens, *h.merged)}
    carrier = hit.company.verb
    tags = tree.s.tags

    def small(i: int) -> bool:
        return tags[i] in _SMALL

    verbs = [*hit.merged, *([carrier] if carrier is not None and _carries(tree, carrier, codebook) else [])]
    for v in sorted(verbs, key=lambda v: abs(v - hit.head)):
        low, high = min(first, v), max(last, v)
        between = [i for i in range(low, high + 1) if not (i in (v, hit.head) or first <= i <= last)]
        if len(between) <= _FAR and others.isdisjoint(range(low, high + 1)) and all(map(small, between)):
            first, last = low, high
    if (first, last) == (hit.trigger.first, hit.trigger.last):
        return None
    return Mention(hit.trigger.sentence, first, last, hit.head)


def _carries(tree: Tree, verb: int, codebook: Codebook) -> bool:
    name, light = verb_name(tree, verb), codebook.light
    return name in light.active or name in light.occur
