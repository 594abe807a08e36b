"""Which claims of a report tell again of a happening told before, so that they can take from it what they
do not say themselves: "The strikes killed five people" after "air strikes on the town on Tuesday"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.codebook.loader import Codebook
from dateline.types import Draft, Sentence

_DEFINITE = frozenset("the this that these those its their his such both".split())
_ANOTHER = frozenset(
    "another other separate separately elsewhere meanwhile earlier later previous new second different".split()
)
_FAR = 8  # sentences
_UNSPECIFIC = "attack"
_POINTER = "pointer:"  # rules for words that only point back ("the incident")


def link_back(drafts: Sequence[Draft], sentences: Sequence[Sentence], codebook: Codebook) -> list[Draft]:
    """The drafts with ``back`` set where they plainly tell of an earlier one's happening.

    A word that says nothing of the kind ("the attack", "the incident") takes its type from there; one that
    only points back and finds nothing is left out.
    """
    kept: list[Draft] = []
    for draft in drafts:
        draft.back = _earlier(draft, kept, sentences, codebook)
        if draft.back is None and draft.pattern.startswith(_POINTER):
            continue
        if draft.back is not None and draft.type == _UNSPECIFIC and _is_generic(draft, codebook):
            draft.type = kept[draft.back].type
        kept.append(draft)
    return kept


def _earlier(draft: Draft, kept: Sequence[Draft], sentences: Sequence[Sentence], codebook: Codebook) -> int | None:
    for k in range(len(kept) - 1, -1, -1):
        gap = draft.trigger.sentence - kept[k].trigger.sentence
        if gap > _FAR:
            return None
        if _same(draft, kept[k], gap, sentences, codebook):
            return k
    return None


def _is_generic(d: Draft, codebook: Codebook) -> bool:
    return d.pattern.split(":")[0] not in codebook.types


def _same(d: Draft, e: Draft, gap: int, sentences: Sequence[Sentence], codebook: Codebook) -> bool:
    family, other = codebook.types[d.type].family, codebook.types[e.type].family
    if gap == 0 or d.background != e.background or "future" in {d.modality, e.modality}:
        return False
    if d.time and e.time and (d.time.earliest, d.time.latest) != (e.time.earliest, e.time.latest):
        return False
    s = sentences[d.trigger.sentence]
    if d.type == "casualties":
        return gap <= 2 and other in {"violence", "casualties"} and not _says_another(s, d)
    if family != other or _says_another(s, d):
        return False
    if _is_definite(s, d):
        pointing = s.lemmas[d.trigger.head] in codebook.anaphors
        return d.type == e.type or (pointing and d.type == _UNSPECIFIC and _is_generic(d, codebook))
    return d.type == e.type and gap <= 2 and not (d.agents and e.agents)


def _is_definite(s: Sentence, d: Draft) -> bool:
    head = d.trigger.head
    return s.tags[head][:1] == "N" and any(s.lower[k] in _DEFINITE for k in s.children[head])


def _says_another(s: Sentence, d: Draft) -> bool:
    first, last = s.edges[d.trigger.head]
    return s.lower[0] in _ANOTHER or any(w in _ANOTHER for w in s.lower[first : last + 1])
