"""Drafts → claims: identities, place, codes, confidence, and the words that each came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from dateline.codebook.crosswalk import CrosswalkContext
from dateline.resolve.actors import Actors
from dateline.resolve.confidence import Traits, confidence
from dateline.resolve.event_place import EventPlaces
from dateline.types import (
    Actor,
    Claim,
    Codes,
    Draft,
    Extent,
    Figure,
    FigureKind,
    FigurePart,
    Mention,
    Place,
    Quantity,
    Report,
    Sentence,
    Source,
    Span,
    TimeMention,
    When,
)

_MOST_BACK = 6  # links followed from a claim to the one it takes its context from


@dataclass(frozen=True)
class Resolver:
    """What is known of one report, for turning its drafts into claims.

    ``codes`` gives a type's codes in other codebooks for a context, ``family`` a type's family; ``label`` names the
    codebook.
    """

    report: Report
    sentences: Sequence[Sentence]
    actors: Actors
    places: EventPlaces
    codes: Callable[[str, CrosswalkContext], Codes]
    label: str
    family: Callable[[str], str]

    def claims(self, drafts: Sequence[Draft]) -> tuple[Claim, ...]:
        """The report's claims in order of its text."""
        places = self._places(drafts)
        made = [self._claim(d, drafts, places[n]) for n, d in enumerate(drafts)]
        return tuple(sorted(made, key=lambda c: (c.trigger.start or 0, c.type)))

    # -------------------------------------------------------------------------------------------- fields

    def _places(self, drafts: Sequence[Draft]) -> list[Place | None]:
        """Each draft's place: its own, else that of the happening it tells of again, else the text's before it."""
        out: list[Place | None] = []
        for d in drafts:
            place = self.places.place_of(d.trigger.sentence, d.anchors, d.type, [*d.agents, *d.targets])
            if place is None and d.back is not None:
                place = out[d.back]
            if place is None:
                place = self.places.inherited(d.trigger.sentence, d.type)
            out.append(place)
        return out

    def _claim(self, d: Draft, drafts: Sequence[Draft], place: Place | None) -> Claim:
        s = self.sentences[d.trigger.sentence]
        told = self.told(d, drafts)
        agents = self._actors(told.agents)
        targets = tuple(a for a in self._actors(told.targets) if a not in agents)
        sources = self._sources(d)
        figures = tuple(self._figure(kind, q) for kind, q in d.figures)
        time = self._when(told.time)
        trigger = self.span_of(d.phrase or d.trigger)
        context = CrosswalkContext(
            type=d.type,
            trigger=" ".join(s.lemmas[d.trigger.first : d.trigger.last + 1]),
            words=words_of(s),
            agents=agents,
            targets=targets,
            modality=d.modality,
            place_country=place.country if place else "",
            figures=figures,
        )
        return Claim(
            id=self._id(d, trigger),
            report_id=self.report.id,
            type=d.type,
            codes=self.codes(d.type, context),
            trigger=trigger,
            sentence=Extent(start=s.start, end=s.end),
            agents=agents,
            targets=targets,
            place=place,
            time=time,
            modality=d.modality,
            sources=sources,
            figures=figures,
            background=d.background,
            evidence=d.evidence,
            quoted=d.quoted,
            confidence=confidence(self.traits(d, agents, targets, place, time, sources, figures)),
        )

    def traits(
        self,
        d: Draft,
        agents: tuple[Actor, ...],
        targets: tuple[Actor, ...],
        place: Place | None,
        time: When | None,
        sources: tuple[Source, ...],
        figures: tuple[Figure, ...],
    ) -> Traits:
        """What the confidence model looks at."""
        s = self.sentences[d.trigger.sentence]
        return Traits(
            strength=d.strength,
            family=self.family(d.type),
            noun=self._is_noun(d),
            linked=d.back is not None,
            agent=bool(agents),
            target=bool(targets),
            place=bool(place),
            time=bool(time),
            figure=bool(figures),
            source=bool(sources),
            background=d.background,
            headline=s.headline,
            modality=d.modality,
            broken=s.broken,
        )

    def told(self, d: Draft, drafts: Sequence[Draft]) -> Draft:
        """The draft with what it leaves unsaid taken from the earlier ones that tell of the same.

        Only a definite noun ("the strikes") takes its people too; whom a clash was with goes with who fought.
        """
        whole = Draft(type=d.type, trigger=d.trigger, agents=d.agents, targets=d.targets, time=d.time)
        pointing = self._is_definite(d) and not d.background
        back, n = d.back, 0
        while back is not None and n < _MOST_BACK:
            e = drafts[back]
            if pointing or d.type == "casualties" or self._is_noun(d):
                whole.time = whole.time or e.time
            if pointing and not whole.agents:
                whole.agents = e.agents
                if not whole.targets and d.type == "armed-clash":
                    whole.targets = e.targets
            back, n = e.back, n + 1
        return whole

    def _is_noun(self, d: Draft) -> bool:
        return self.sentences[d.trigger.sentence].tags[d.trigger.head][:1] == "N"

    def _is_definite(self, d: Draft) -> bool:
        s, head = self.sentences[d.trigger.sentence], d.trigger.head
        return s.tags[head][:1] in "NJ" and any(
            s.lower[k] in {"the", "these", "this", "those"} for k in s.children[head]
        )

    def _actors(self, mentions: Sequence[Mention]) -> tuple[Actor, ...]:
        return tuple(dict.fromkeys(self.actors.actor(m) for m in mentions))

    def _sources(self, d: Draft) -> tuple[Source, ...]:
        out: dict[tuple[int | None, str], Source] = {}
        for a in d.attributions:
            for m in a.speakers:
                source = self.actors.source(a, m)
                out.setdefault((source.start, source.name), source)
        return tuple(out.values())

    def span_of(self, m: Mention) -> Span:
        """The report's words that a mention covers."""
        s = self.sentences[m.sentence]
        start, end = s.starts[m.first], s.ends[m.last]
        return Span(text=self.report.text[start:end], start=start, end=end)

    def _figure(self, kind: FigureKind, q: Quantity) -> Figure:
        span = self.span_of(q.mention)
        return Figure(
            text=span.text,
            start=span.start,
            end=span.end,
            kind=kind,
            low=_whole(q.low),
            high=_whole(q.high),
            of=q.of,
            includes=tuple(FigurePart(low=_whole(p.low), high=_whole(p.high), of=p.of) for p in q.includes),
        )

    def _when(self, t: TimeMention | None) -> When | None:
        if t is None:
            return None
        span = self.span_of(t.mention)
        return When(
            text=span.text,
            start=span.start,
            end=span.end,
            earliest=t.earliest,
            latest=t.latest,
            precision=t.precision,
        )

    def claim_of(self, d: Draft) -> str:
        """The id of the claim that a draft becomes."""
        return self._id(d, self.span_of(d.phrase or d.trigger))

    def _id(self, d: Draft, trigger: Span) -> str:
        return claim_id(self.report.id, trigger.start, trigger.end, d.type, self.label)


def claim_id(report: str, start: int | None, end: int | None, type: str, codebook: str) -> str:
    """A claim's id: of its report's id, its trigger's offsets, its type and its codebook's label, and nothing else."""
    key = f"{report}\0{start}\0{end}\0{type}\0{codebook}"
    return "c" + blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _whole(value: int | float | None) -> int | float | None:
    """A whole number as one: 12, not 12.0."""
    return int(value) if value is not None and float(value).is_integer() else value


def words_of(s: Sentence) -> frozenset[str]:
    """A sentence's base forms and words, alone and in twos and threes, for the crosswalk's cues."""
    out: set[str] = set()
    for column in (s.lemmas, s.lower):
        n = len(column)
        out.update(column)
        out.update(" ".join(column[i : i + 2]) for i in range(n - 1))
        out.update(" ".join(column[i : i + 3]) for i in range(n - 2))
    return frozenset(out)
