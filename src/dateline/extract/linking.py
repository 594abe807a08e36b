"""Which claims of a report tell again of a happening told before, so that they can take from it what they
do not say themselves: "The strikes killed five people" after "air strikes on the town on Tuesday"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.codebook.loader import Codebook
from dateline.types import Draft, Mention, Sentence

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
    _lend_to_headline(kept)
    return kept


def _lend_to_headline(drafts: Sequence[Draft]) -> None:
    """A headline's event has the time that the report's next sentences give it."""
    for n, d in enumerate(drafts):
        if d.trigger.sentence > 0 or d.time or d.modality == "future":
            continue
        for e in drafts[n + 1 :]:
            if 0 < e.trigger.sentence <= 2 and e.type == d.type and e.time and not e.background:
                d.time = e.time
                break


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
        if any(_is_named(s, m) for m in d.targets):
            return False
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
    """ "Another strike", "elsewhere": words that set a happening apart from those told before."""
    near = [0, *s.children[d.trigger.head]]
    return any(s.lower[k] in _ANOTHER for k in near)


def _is_named(s: Sentence, m: Mention) -> bool:
    """Whether victims are told apart by a name ("Russian soldiers")."""
    return any(w[:1].isupper() for w in s.words[max(m.first, 1) : m.last + 1])
