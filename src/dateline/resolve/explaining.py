"""Why each field of a claim was filled: read off the coding itself, done once more with its steps noted.

Nothing here decides anything.  What the extraction noted (:class:`dateline.types.Grounds`), what was weighed for the
place (:class:`dateline.resolve.watching.WatchedPlaces`), the steps to each actor and the features of the confidence
model are put into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.resolve.claim import Resolver
from dateline.resolve.confidence import features, weights
from dateline.resolve.kinds import acled_of, plover_of
from dateline.resolve.mainly import Mainly
from dateline.resolve.watching import Asked, WatchedActors
from dateline.types import Actor, Attribution, Claim, Draft, Mention, Place, Sentence, TimeMention

_MOST = 5  # candidates told
_MOST_CODES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of several that were weighed: ``score`` is a share of belief, log odds or a weight, as ``note`` says."""

    name: str
    score: float
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a field holds what it holds.

    ``words`` are those of the report that it came from ("" for none), ``start``/``end`` their offsets; ``rule`` is the
    program's own name for what decided, ``because`` says it in plain English.
    """

    field: str
    value: str
    words: str = ""
    start: int | None = None
    end: int | None = None
    rule: str = ""
    because: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A claim's reasons, in the order of its fields."""

    claim: str
    report: str
    type: str
    sentence: str
    codebook: str
    reasons: tuple[Reason, ...]


def explain(
    resolver: Resolver, drafts: Sequence[Draft], claims: Sequence[Claim], asked: Sequence[Asked]
) -> tuple[Explanation, ...]:
    """Explanations in the order of the claims.

    Args:
        resolver: what resolved the drafts; its actors are watched ones.
        drafts: with their grounds.
        claims: what was made of them.
        asked: what was weighed for the places, one entry a draft.
    """
    by_id = {c.id: c for c in claims}
    out: dict[str, Explanation] = {}
    for n, d in enumerate(drafts):
        claim = by_id[resolver.claim_of(d)]
        out[claim.id] = _Explainer(resolver, drafts, d, claim, asked[n]).explanation()
    return tuple(out[c.id] for c in claims)


def judged(reasons: Sequence[Explanation], found: Mainly, resolver: Resolver) -> tuple[Explanation, ...]:
    """Explanations with what the trained model had to say of the main claim."""
    claim = next((c for c in found.claims if c.id == found.main), None)
    if found.told is None or claim is None:
        return tuple(reasons)
    codes = Reason(
        field="codes", value=f"ACLED {acled_of(claim) or 'none'}, PLOVER {plover_of(claim) or 'none'}", rule="model",
        because="it is the report's main claim, on whose codes the trained model was asked",
        options=(*_likeliest("ACLED", found.told.acled), *_likeliest("PLOVER", found.told.plover)),
    )  # fmt: skip
    if found.was is None:
        text = resolver.report.text[claim.sentence.start : claim.sentence.end]
        t = claim.trigger
        added = Reason(
            field="type", value=claim.type, words=t.text, start=t.start, end=t.end, rule="model",
            because="the codebook's rules find nothing in the report; the trained model is sure of an event",
        )  # fmt: skip
        sentence = " ".join(text.split())
        return (
            Explanation(claim=claim.id, report=claim.report_id, type=claim.type, sentence=sentence,
                        codebook=resolver.label, reasons=(added, codes)),
        )  # fmt: skip
    return tuple(_with(e, claim, codes) if e.claim == found.was else e for e in reasons)


def _with(e: Explanation, claim: Claim, codes: Reason) -> Explanation:
    first = e.reasons[0]
    if claim.type != e.type:
        first = replace(first, value=claim.type, because=f"{first.because}; the trained model made it {claim.type}")
    return replace(e, claim=claim.id, type=claim.type, reasons=(first, codes, *e.reasons[1:]))


def _likeliest(scheme: str, likely: Mapping[str, float]) -> Iterator[Option]:
    for name in sorted(likely, key=lambda name: -likely[name])[:_MOST_CODES]:
        yield Option(name=f"{scheme} {name or 'none'}", score=round(likely[name], 2), note="share of belief")


def without_offsets(e: Explanation) -> Explanation:
    """An explanation of a title's claim: its words stand nowhere in the text."""
    return replace(e, reasons=tuple(replace(r, start=None, end=None) for r in e.reasons))


@dataclass(frozen=True)
class _Explainer:
    resolver: Resolver
    drafts: Sequence[Draft]
    draft: Draft
    claim: Claim
    asked: Asked

    @property
    def s(self) -> Sentence:
        return self.resolver.sentences[self.draft.trigger.sentence]

    def explanation(self) -> Explanation:
        c, text = self.claim, self.resolver.report.text
        return Explanation(
            claim=c.id,
            report=c.report_id,
            type=c.type,
            sentence=" ".join(text[c.sentence.start : c.sentence.end].split()),
            codebook=self.resolver.label,
            reasons=tuple(self._reasons()),
        )

    def _reasons(self) -> Iterator[Reason]:
        yield self._type()
        told = self.resolver.told(self.draft, self.drafts)
        yield from self._people("agent", told.agents, self.draft.agents, self.claim.agents)
        yield from self._people("target", told.targets, self.draft.targets, self.claim.targets)
        yield from self._place()
        yield from self._time(told.time)
        yield self._modality()
        yield from self._sources()
        yield from self._figures()
        if self.claim.background and self.draft.grounds:
            yield Reason(field="background", value="true", because=self.draft.grounds.background)
        yield self._confidence()

    # -------------------------------------------------------------------------------------------- the type

    def _type(self) -> Reason:
        c, d, g = self.claim, self.draft, self.draft.grounds
        parts = []
        if g is None:
            parts.append("the extractor gave it; the codebook's rules were not asked")
        else:
            parts.append(f"the codebook's rule “{d.pattern}” holds" + _conditions(g.met))
            if g.refined is not None:
                parts.append(f"a word of no type of its own is {g.type} here" + _conditions(g.refined))
            elif d.pattern.split(":")[0] not in {g.type, "pointer"}:
                parts.append(f"it is {g.type} by a word that tells of the same event")
            if g.merged:
                parts.append("of the same event tell " + ", ".join(f"“{self.s.words[i]}”" for i in g.merged))
            if g.type != d.type and d.back is not None:
                parts.append(f"it tells again of {self._told_before(d.back)} and takes its type")
            elif g.type != d.type:
                parts.append(f"the rules said {g.type}; a later step made it {d.type}")
        t = c.trigger
        strength = Option(
            name="strength", score=round(d.strength, 2), note="how surely the rule tells of such an event"
        )
        return Reason(
            field="type", value=c.type, words=t.text, start=t.start, end=t.end, rule=d.pattern,
            because="; ".join(parts), options=(strength,),
        )  # fmt: skip

    def _told_before(self, back: int) -> str:
        e = self.drafts[back]
        span = self.resolver.span_of(e.trigger)
        return f"“{span.text}” of sentence {e.trigger.sentence + 1}"

    # -------------------------------------------------------------------------------------------- people

    def _people(
        self, role: str, told: Sequence[Mention], own: Sequence[Mention], filled: Sequence[Actor]
    ) -> Iterator[Reason]:
        actors = self.resolver.actors
        for m in told:
            actor = actors.actor(m)
            if actor not in filled:
                continue
            how, rule = self._way(role, m) if m in own else (self._lent(m, role), "back")
            value = ", ".join(p for p in (actor.name, actor.country, actor.sector, actor.group) if p)
            yield Reason(
                field=role, value=value, words=actor.text, start=actor.start, end=actor.end, rule=rule,
                because=how + self._who(m),
            )  # fmt: skip

    def _who(self, m: Mention) -> str:
        actors = self.resolver.actors
        steps = actors.steps(m) if isinstance(actors, WatchedActors) else ()
        return f"; who that is: {'; '.join(steps)}" if steps else ""

    def _way(self, role: str, m: Mention) -> tuple[str, str]:
        g = self.draft.grounds
        ways = [w for w in g.ways if (w.mention.sentence, w.mention.first) == (m.sentence, m.first)] if g else []
        head = self.draft.trigger.head
        merged = g.merged if g else ()
        ranked = sorted(ways, key=lambda w: (w.of != head, w.of not in merged, w.role != role))
        if ranked:
            w = ranked[0]
            aside = "" if w.role == role else f", there its {w.role}"
            return f"it is the {_slot(w.slot)} of “{self.s.words[w.of]}”{aside}", w.slot
        for a in self.draft.attributions:
            if m in a.speakers:
                return f"who speaks (“{a.verb}”) is who does it", "speaker"
        return ("a step after the rules gave it" if g else "the extractor gave it"), ""

    def _lent(self, m: Mention, role: str) -> str:
        d = self.draft
        back = d.back
        while back is not None:
            e = self.drafts[back]
            if m in (e.agents if role == "agent" else e.targets):
                return f"not said here: taken from {self._told_before(back)}, of which this tells again"
            back = e.back
        return "taken from an earlier claim of the same event"

    # --------------------------------------------------------------------------------------------- place

    def _place(self) -> Iterator[Reason]:
        place = self.claim.place
        weighed = tuple(
            Option(name=site.mention.text, score=round(score, 2), note="log odds: " + " ".join(seen))
            for site, score, seen in sorted(self.asked.weighed, key=lambda w: -w[1])[:_MOST]
        )
        if place is None:
            if weighed:
                least = f"none reaches {self.asked.least:+.2f}, and none is carried on from the text before"
                yield Reason(field="place", value="none", because=least, options=weighed)
            return
        choice = self.asked.chosen
        if choice is not None:
            because, rule = "it is the likeliest of the places that the sentence names", choice.rule
        elif self.asked.inherited:
            because, rule = _INHERITED.get(self.asked.inherited.split("-")[0], ""), self.asked.inherited
        else:
            back = self.draft.back
            because = f"taken from {self._told_before(back)}, of which this tells again" if back is not None else ""
            rule = "back"
        yield Reason(
            field="place", value=_shown(place), words=place.text, start=place.start, end=place.end, rule=rule,
            because=because, options=weighed if choice is not None else (),
        )  # fmt: skip
        if candidates := self._candidates(place):
            yield Reason(
                field="place candidates", value=candidates[0].name, words=place.text, start=place.start, end=place.end,
                rule="gazetteer", because="what the name may mean, with each one's share of belief", options=candidates,
            )  # fmt: skip

    def _candidates(self, place: Place) -> tuple[Option, ...]:
        mention = self.resolver.places.mention_at(place.start)
        if mention is None:
            return ()
        return tuple(
            Option(
                name=c.entry.name,
                score=c.score,
                note=f"GeoNames {c.entry.id}, {c.entry.country or '–'}, {c.entry.feature}, population "
                f"{c.entry.population:,}" if c.entry.id > 0 else f"own place, {c.entry.country or '–'}, {c.entry.feature}",
            )
            for c in mention.candidates[:_MOST]
        )  # fmt: skip

    # ---------------------------------------------------------------------------------- time and modality

    def _time(self, t: TimeMention | None) -> Iterator[Reason]:
        if t is None or self.claim.time is None:
            return
        when, published = self.claim.time, self.resolver.report.published
        days = f"{when.earliest or '…'} to {when.latest or '…'}"
        anchor = f", counted from the report's date {published}" if published else ", the report having no date"
        if t is self.draft.time and t.mention.sentence == self.draft.trigger.sentence:
            because = f"these words date the event ({t.role}){anchor}"
        elif t is self.draft.time:
            because = f"a headline's event has the time of sentence {t.mention.sentence + 1}{anchor}"
        else:
            back = next((n for n in self._chain() if self.drafts[n].time is t), None)
            lender = self._told_before(back) if back is not None else "an earlier claim"
            because = f"not said here: taken from {lender}, of which this tells again{anchor}"
        yield Reason(
            field="time", value=f"{days} (precision {when.precision})", words=when.text, start=when.start,
            end=when.end, rule=t.role, because=because,
        )  # fmt: skip

    def _chain(self) -> Iterator[int]:
        back = self.draft.back
        while back is not None:
            yield back
            back = self.drafts[back].back

    def _modality(self) -> Reason:
        c, g = self.claim, self.draft.grounds
        cue = g.modality if g else ""
        if g is None:
            because = "the extractor gave it"
        elif cue:
            because = f"“{cue}” makes it so"
        elif c.modality == "asserted":
            because = "no word of doubt, denial or the future governs it"
        else:
            because = f"its date lies after the report's, {self.resolver.report.published}"
        return Reason(field="modality", value=c.modality, words=cue, rule=cue or "plain", because=because)

    # --------------------------------------------------------------------------------- sources and figures

    def _sources(self) -> Iterator[Reason]:
        seen = set()
        for a in self.draft.attributions:
            for m in a.speakers:
                source = self.resolver.actors.source(a, m)
                if source in self.claim.sources and (source.start, source.name) not in seen:
                    seen.add((source.start, source.name))
                    value = f"{source.name} ({source.kind}, {source.stance})"
                    yield Reason(
                        field="source", value=value, words=source.text, start=source.start, end=source.end,
                        rule=a.verb, because=self._saying(a) + self._who(m),
                    )  # fmt: skip

    def _saying(self, a: Attribution) -> str:
        s = self.resolver.sentences[a.sentence]
        said = self.resolver.report.text[s.starts[a.first] : s.ends[a.last]]
        where = "" if a.cue is not None else ", which stands in another sentence"
        return f"“{a.verb}”{where}, says of “{_short(said)}”"

    def _figures(self) -> Iterator[Reason]:
        g = self.draft.grounds
        for n, f in enumerate(self.claim.figures):
            word = g.counts[n] if g and n < len(g.counts) else ""
            because = f"“{word}” says what is counted" if word else "a person told of without a number counts as one"
            value = f"{f.kind} {'…' if f.low is None else f'{f.low:,}'} to {'…' if f.high is None else f'{f.high:,}'}"
            because = because if g else "the extractor gave it"
            yield Reason(
                field="figure", value=value, words=f.text, start=f.start, end=f.end, rule=word, because=because
            )

    # ------------------------------------------------------------------------------------------ confidence

    def _confidence(self) -> Reason:
        c = self.claim
        traits = self.resolver.traits(self.draft, c.agents, c.targets, c.place, c.time, c.sources, c.figures)
        w = weights()
        factors = tuple(
            Option(name=name, score=round(w.get(name, 0.0) * x, 3), note="log odds")
            for name, x in features(traits).items()
        )
        because = "the sum of what its traits weigh, as fitted on annotated reports"
        if traits.broken:
            because += "; the sentence breaks off, which caps it"
        ranked = tuple(sorted(factors, key=lambda o: (-abs(o.score), o.name)))
        return Reason(field="confidence", value=f"{c.confidence:.2f}", rule="logistic", because=because, options=ranked)


_INHERITED = {
    "same": "an event told before in this sentence was there",
    "inherited": "the text goes on about the last event's place",
    "country": "it is told of the country at large",
}


def _conditions(met: Sequence[tuple[str, str]]) -> str:
    said = ", ".join(f"{slot} “{words}”" if words else slot for slot, words in met)
    return f" (with {said})" if said else ""


def _slot(slot: str) -> str:
    """A frame's slot as it reads: prepositions with what they govern."""
    named = {"subject": "subject", "object": "object", "poss": "possessor", "modifier": "modifier", "held": "holder"}
    outer, _, inner = slot.partition("/")
    if inner:
        return f"“{inner}” part of its {named.get(outer, outer)}"
    return named.get(slot, f"“{slot}” phrase")


def _shown(p: Place) -> str:
    at = ", ".join(x for x in (p.name, p.admin1, p.country) if x)
    kind = f"{p.relation.kind} " if p.relation else ""
    return f"{kind}{at} (precision {p.precision})"


def _short(text: str, most: int = 80) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"
