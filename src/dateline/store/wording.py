"""A report read closely once more, so that what a reviewer points at gets the identity that coding would give it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pkgutil import resolve_name
from typing import Protocol

from dateline.codebook.actors import ActorList
from dateline.codebook.crosswalk import CrosswalkContext, codes
from dateline.codebook.loader import Codebook, load_codebook
from dateline.errors import UsageError
from dateline.extract.quantities import find_quantities
from dateline.extract.times import find_times
from dateline.gazetteer import Gazetteer
from dateline.resolve.actors import Actors
from dateline.resolve.claim import words_of
from dateline.resolve.event_place import EventPlaces
from dateline.resolve.headline import headline
from dateline.resolve.place_types import PlaceMention
from dateline.resolve.places import find_places
from dateline.types import (
    Claim,
    Codes,
    Extent,
    Mention,
    Place,
    Quantity,
    Report,
    Sentence,
    TimeMention,
)

_LOCK = threading.Lock()  # the language model serves one thread at a time
_KEPT = 32  # reports
_READER = "dateline.pipeline:Pipeline"  # brings the parser with it, which the store does without until then


@dataclass(frozen=True)
class Wording:
    """A report's sentences, and the actors, places and times that are named in them."""

    report: Report
    sentences: Sequence[Sentence]
    actors: Actors
    places: Sequence[Place]
    times: Sequence[Sequence[TimeMention]]
    codebook: Codebook
    actor_list: ActorList
    gazetteer: Gazetteer

    def mention(self, start: int, end: int) -> Mention:
        """The tokens of a span.

        Raises:
            UsageError: the span has no word, or reaches over a sentence's end.
        """
        found = [s for s in self.sentences if s.start < end and s.end > start]
        if len(found) != 1:
            raise UsageError(f"the span {start} to {end} is not within one sentence")
        (s,) = found
        tokens = [i for i in range(len(s)) if s.starts[i] < end and s.ends[i] > start]
        if not tokens:
            raise UsageError(f"the span {start} to {end} has no word in it")
        first, last = tokens[0], tokens[-1]
        tops = [i for i in range(first, last + 1) if not first <= s.heads[i] <= last or s.heads[i] == i]
        nouns = [i for i in tops if s.tags[i][:1] == "N"]
        return Mention(s.index, first, last, (nouns or tops or [last])[-1])

    def extent(self, start: int, end: int) -> Extent:
        """The sentence of a span; as :meth:`mention`."""
        s = self.sentences[self.mention(start, end).sentence]
        return Extent(start=s.start, end=s.end)

    def quantities(self, m: Mention) -> list[Quantity]:
        """The numbers of a mention's sentence."""
        return find_quantities(self.sentences[m.sentence], self.report.text)

    def offsets(self, m: Mention) -> tuple[int, int]:
        """Where a mention begins and ends in the text."""
        s = self.sentences[m.sentence]
        return s.starts[m.first], s.ends[m.last]

    def codes(self, c: Claim) -> Codes:
        """The claim's codes in other codebooks; those that it has, where its type is of another codebook than ours."""
        if c.type not in self.codebook.types:
            return c.codes
        if c.trigger.start is None:  # what the title says
            title = read_closely(headline(self.report))
            start = title.report.text.find(c.trigger.text)
            return title.codes_at(c, start, start + len(c.trigger.text)) if start >= 0 else c.codes
        return self.codes_at(c, c.trigger.start, c.trigger.end or c.trigger.start)

    def codes_at(self, c: Claim, start: int, end: int) -> Codes:
        """The claim's codes, its trigger standing there."""
        m = self.mention(start, end)
        s = self.sentences[m.sentence]
        context = CrosswalkContext(
            type=c.type,
            trigger=" ".join(s.lemmas[m.first : m.last + 1]),
            words=words_of(s),
            agents=c.agents,
            targets=c.targets,
            modality=c.modality,
            place_country=c.place.country if c.place else "",
            figures=c.figures,
        )
        return codes(self.codebook.types[c.type].crosswalk, context)


@lru_cache(_KEPT)
def read_closely(report: Report) -> Wording:
    """Parse a report whole and find its actors, places and times.  A few hundredths of a second; the last are kept.

    Raises:
        ModelError: the language model is not installed.
        GazetteerError: the gazetteer's index can be built nowhere.
    """
    with _LOCK:
        reader = _reader()
        sentences = reader.sentences(report)
        mentions = find_places(report, sentences, reader.gazetteer)
        return Wording(
            report=report,
            sentences=sentences,
            actors=reader.actors(report, sentences, mentions),
            places=EventPlaces(report, sentences, mentions, reader.gazetteer).named(),
            times=find_times(sentences, report.text, report.published),
            codebook=reader.codebook,
            actor_list=reader.actor_list,
            gazetteer=reader.gazetteer,
        )


def codebook() -> Codebook:
    """The codebook whose types a claim may be given."""
    return load_codebook()


class _Reads(Protocol):
    codebook: Codebook
    actor_list: ActorList
    gazetteer: Gazetteer

    def sentences(self, report: Report) -> Sequence[Sentence]: ...

    def actors(self, report: Report, sentences: Sequence[Sentence], mentions: Sequence[PlaceMention]) -> Actors: ...


@cache
def _reader() -> _Reads:
    made: _Reads = resolve_name(_READER)(triage=False)
    return made
