"""Sentences → drafts of claims: one for each event that a sentence tells of, with what it says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.codebook.loader import Codebook
from dateline.extract.attribution import find_attributions, sources_of
from dateline.extract.company import Names
from dateline.extract.context import background_reason, evidence_of, is_background
from dateline.extract.figures import assign
from dateline.extract.grounds import grounds_of
from dateline.extract.linking import link_back
from dateline.extract.merging import merge
from dateline.extract.modality import modality_of
from dateline.extract.phrasing import phrase_of
from dateline.extract.quantities import find_quantities
from dateline.extract.times import find_times, time_of
from dateline.extract.told_by_count import may_tell, told_by_count
from dateline.extract.tree import Tree
from dateline.extract.triggers import FIRM, Hit, find_hits
from dateline.types import Attribution, Draft, FigureKind, Mention, Quantity, Sentence, TimeMention

SPEECH = frozenset({"threaten", "demand", "accuse", "deny", "support"})
"""Types whose speaker is their agent, not their source."""

_TELLING = frozenset({"NGO", "MED", "IGO"})  # "the monitoring group the Observatory said"
_HEADLINES = 3  # a headline further down is the page's furniture


def extract(
    sentences: Sequence[Sentence],
    text: str,
    published: str | None,
    codebook: Codebook,
    names: Names,
    *,
    explain: bool = False,
) -> list[Draft]:
    """Every claim of a report in order of its text.

    Args:
        sentences: the report, parsed.
        text: the report's text; offsets are into it.
        published: the report's ISO date, on which times are anchored, or None.
        codebook: what counts as an event.
        names: who and where the report's names are.
        explain: whether each draft is to carry its grounds.
    """
    times = find_times(sentences, text, published)
    said = find_attributions(sentences)
    drafts: list[Draft] = []
    for s, when, attributions in zip(sentences, times, said, strict=True):
        if s.heading or (s.headline and s.index > _HEADLINES):
            continue
        tree = Tree(s)
        found = find_hits(tree, codebook, names)
        hits = merge(tree, found, codebook)
        if not hits and not may_tell(s):
            continue
        quantities = find_quantities(s, text)
        figures = _figures(s, hits, quantities)
        if may_tell(s):
            taken = {q.mention for counted in figures for _, q in counted}
            for hit, kind, q in list(told_by_count(tree, hits, quantities, taken, codebook, names)):
                hits, figures = [*hits, hit], [*figures, [(kind, q)]]
        for hit, counted in sorted(zip(hits, figures, strict=True), key=lambda h: h[0].head):
            draft = _draft(s, hit, when, attributions, published, names, sentences)
            draft.figures = counted
            if explain:
                background = background_reason(s, hit.trigger, draft.time, published, sentences)
                draft.grounds = grounds_of(s, hit, found, draft, quantities, background)
            draft.phrase = phrase_of(tree, hit, hits, codebook)
            if _is_specific(draft):
                drafts.append(draft)
    return link_back(drafts, sentences, codebook)


def _figures(
    s: Sentence, hits: Sequence[Hit], quantities: Sequence[Quantity]
) -> list[list[tuple[FigureKind, Quantity]]]:
    """Each hit's figures; those of the verbs that it took in are its own."""
    events = [(h.trigger, h.type) for h in hits]
    owner = list(range(len(hits)))
    for n, h in enumerate(hits):
        for i in h.merged:
            events.append((Mention(s.index, i, i, i), h.type))
            owner.append(n)
    out: list[list[tuple[FigureKind, Quantity]]] = [[] for _ in hits]
    for n, found in zip(owner, assign(s, events, quantities), strict=True):
        out[n] += found
    return [sorted(f, key=lambda kq: kq[1].mention) for f in out]


def _draft(
    s: Sentence,
    hit: Hit,
    when: Sequence[TimeMention],
    attributions: Sequence[Attribution],
    published: str | None,
    names: Names,
    sentences: Sequence[Sentence],
) -> Draft:
    anchors = list(dict.fromkeys(i for i in (hit.head, hit.company.verb, *hit.merged) if i is not None))
    time = time_of(s, anchors, when)
    modality, _ = modality_of(s, hit.trigger, hit.type)
    if modality == "asserted" and time and time.earliest and published and time.earliest[:10] > published:
        modality = "future"
    draft = Draft(
        type=hit.type,
        trigger=hit.trigger,
        agents=list(hit.agents),
        targets=list(hit.targets),
        anchors=anchors,
        time=time,
        modality=modality,
        attributions=[a for a, _ in sources_of(hit.head, attributions)],
        evidence=evidence_of(s, hit.trigger, sentences),
        background=is_background(s, hit.trigger, time, published, sentences),
        quoted=s.quoted[hit.head],
        strength=hit.strength,
        pattern=hit.rule.name,
    )
    _only_of_what_is_said(draft, names)
    _speaker_is_agent(draft, names)
    return draft


def _only_of_what_is_said(draft: Draft, names: Names) -> None:
    """Leave out participants who stand outside the words that somebody is said to have said."""
    n = draft.trigger.sentence
    here = [a for a in draft.attributions if a.sentence == n and a.first <= draft.trigger.head <= a.last]
    speakers = [m for a in draft.attributions for m in a.speakers if m.sentence == n]
    for mentions in (draft.agents, draft.targets):
        mentions[:] = [
            kept
            for m in mentions
            if (kept := _apart_from(m, speakers, names)) and all(a.first <= kept.head <= a.last for a in here)
        ]


def _apart_from(m: Mention, speakers: Sequence[Mention], names: Names) -> Mention | None:
    """A participant without the speaker that the parser ran into it ("… clashes with IS Monitor"); None if it is one."""
    for p in speakers:
        if m.first < p.first <= m.last:
            m = Mention(m.sentence, m.first, p.first - 1, p.first - 1)
        elif m.first <= p.last and (m.last >= p.first or (p.first - m.last <= 2 and names.sector(m) in _TELLING)):
            return None
    return m


def _speaker_is_agent(draft: Draft, names: Names) -> None:
    """Of a threat, a demand or an accusation, who speaks is who does it, and no source of it."""
    if draft.type not in SPEECH or not draft.attributions:
        return
    innermost = draft.attributions[0]
    if not draft.agents:
        draft.agents = [m for m in innermost.speakers[:1] if names.sector(m)]
    spoken = {m.head for m in draft.agents if m.sentence == innermost.sentence}
    others = tuple(m for m in innermost.speakers if m.head not in spoken)
    if len(others) < len(innermost.speakers):
        rest = draft.attributions[1:]
        draft.attributions = [replace(innermost, speakers=others), *rest] if others else rest


def _is_specific(draft: Draft) -> bool:
    """Whether the words tie the event to some who, where, when or how many; a weak word needs it to."""
    if draft.strength >= FIRM:
        return True
    return bool(draft.agents or draft.targets or draft.figures or draft.time)
