"""The whole way of a report: parse → extract → resolve.  The first file to read.

Each stage hands domain types to the next and knows nothing of it; here is the only place that joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from dateline.codebook.actors import load_actors
from dateline.codebook.crosswalk import codes
from dateline.codebook.loader import load_codebook
from dateline.errors import DatelineError
from dateline.extract.claims import extract
from dateline.extract.company import Names
from dateline.extract.triage import Depth, Triage
from dateline.gazetteer import Gazetteer, tables
from dateline.gazetteer.cues import cues
from dateline.gazetteer.normalise import fold, key
from dateline.parse import Parser
from dateline.resolve.actors import Actors
from dateline.resolve.claim import Resolver
from dateline.resolve.event_place import EventPlaces
from dateline.resolve.place_types import PlaceMention
from dateline.resolve.places import find_places
from dateline.resolve.primary import primary
from dateline.types import CodedReport, Mention, Place, Reject, Report, Sentence

_BATCH = 16
_MOST_HELD = 256  # reports held until a batch of them is worth parsing
_KNOWN = 4.0  # a place's prior, near enough its population's power of ten


class Pipeline:
    """Codes reports.  Loading takes a second or two; one pipeline serves any number of reports.

    Args:
        codebook: a codebook's file or folder; the default one if None.
        triage: parse only what may tell of an event by its words; without it everything.

    Raises:
        CodebookError: the codebook is wrong.
        GazetteerError: the gazetteer's index can be built nowhere.
        ModelError: the language model is not installed.
    """

    def __init__(self, codebook: Path | None = None, triage: bool = True) -> None:
        self.codebook = load_codebook(codebook)
        self._actors = load_actors()
        self._gazetteer = Gazetteer.open()
        self._countries = {fold(n): iso for iso, c in tables.countries().items() for n in c.names}
        self._parser = Parser(lru_cache(100_000)(self._is_name), cues().common.__contains__, batch=_BATCH)
        self._triage = Triage(self.codebook, lru_cache(20_000)(self._parser.lemmas_of)) if triage else None

    def code(self, reports: Iterable[Report | Reject]) -> Iterator[CodedReport | Reject]:
        """Code reports in the order given; what was put aside, or cannot be coded, comes as a Reject."""
        for report, sentences in self._parsed(reports, self._triage):
            yield report if isinstance(report, Reject) else self._guarded(report, sentences)

    def places(self, reports: Iterable[Report | Reject]) -> Iterator[tuple[Report, list[Place]] | Reject]:
        """Every place that each report names, resolved, whether or not an event is there."""
        for report, sentences in self._parsed(reports):
            if isinstance(report, Reject):
                yield report
            else:
                mentions = find_places(report, sentences, self._gazetteer)
                yield report, EventPlaces(report, sentences, mentions, self._gazetteer).named()

    # ----------------------------------------------------------------------------------------------------

    def _is_name(self, word: str) -> bool:
        """Whether a word in lower case names a place that is better known than any common word it may be."""
        if word in cues().common:
            return False
        found = self._gazetteer.lookup(key(word))
        return bool(found) and found[0].prior > _KNOWN

    def _parsed(
        self, reports: Iterable[Report | Reject], triage: Triage | None = None
    ) -> Iterator[tuple[Report | Reject, Sequence[Sentence]]]:
        """Reports with their sentences, parsed in batches, rejects in their places; none where nothing is worth parsing."""
        for batch in _batches(reports, triage):
            depths = {id(r): depth for r, depth in batch}
            worth = [r for r, depth in batch if isinstance(r, Report) and depth is not Depth.NONE]
            parsed = self._parser.parse(worth, partial(_wanted, triage, depths))
            for item, depth in batch:
                yield next(parsed) if isinstance(item, Report) and depth is not Depth.NONE else (item, ())

    def _guarded(self, report: Report, sentences: Sequence[Sentence]) -> CodedReport | Reject:
        """One report that trips the program is put aside with its reason; the others go on."""
        try:
            return self._code(report, sentences)
        except DatelineError:
            raise
        except Exception as e:
            return Reject(id=report.id, origin=report.url, reason="failed", detail=f"{type(e).__name__}: {e}")

    def _code(self, report: Report, sentences: Sequence[Sentence]) -> CodedReport:
        if not sentences:
            return CodedReport(report=report, claims=(), codebook=self.codebook.label)
        mentions = find_places(report, sentences, self._gazetteer)
        home = theatre(mentions)
        actors = Actors(
            sentences, report, self._actors, self._gazetteer.demonyms, self._countries, home, _states(mentions)
        )
        drafts = extract(sentences, report.text, report.published, self.codebook, _names(actors, mentions, sentences))
        resolver = Resolver(
            report=report,
            sentences=sentences,
            actors=actors,
            places=EventPlaces(report, sentences, mentions, self._gazetteer),
            codes=lambda kind, context: codes(self.codebook.types[kind].crosswalk, context),
            label=self.codebook.label,
            family=lambda kind: self.codebook.types[kind].family,
        )
        claims = resolver.claims(drafts)
        return CodedReport(
            report=report, claims=claims, primary=primary(report, claims, self.codebook), codebook=self.codebook.label
        )


def _batches(reports: Iterable[Report | Reject], triage: Triage | None) -> Iterator[list[tuple[Report | Reject, Depth]]]:
    """Reports with how much of each is worth parsing, so many at a time that a batch of them is parsed together."""
    held: list[tuple[Report | Reject, Depth]] = []
    worth = 0
    for r in reports:
        depth = Depth.NONE if isinstance(r, Reject) else triage.depth(r.text) if triage else Depth.WHOLE
        held.append((r, depth))
        worth += depth is not Depth.NONE
        if worth == _BATCH or len(held) == _MOST_HELD:
            yield held
            held, worth = [], 0
    if held:
        yield held


def _wanted(
    triage: Triage | None, depths: Mapping[int, Depth], report: Report, words: list[list[str]]
) -> list[bool] | None:
    """The sentences worth parsing of a report of which only some are; None for all."""
    return triage.wanted(words) if triage and depths[id(report)] is Depth.SOME else None


def _names(actors: Actors, mentions: Sequence[PlaceMention], sentences: Sequence[Sentence]) -> Names:
    """What extraction may ask about the report's names: a place's name is an actor only where it acts."""
    places = {(m.sentence, i): m for m in mentions if not m.as_actor for i in range(m.first, m.last + 1)}

    def sector(m: Mention) -> str:
        place = places.get((m.sentence, m.head))
        if place is None or (_is_state(place) and sentences[m.sentence].deps[m.head] in _ACTING):
            return actors.sector(m)
        return ""

    return Names(sector=sector, is_place=lambda sentence, token: (sentence, token) in places)


def _states(mentions: Sequence[PlaceMention]) -> dict[tuple[int, int], str]:
    """The tokens of countries' and capitals' names, which may stand for their governments."""
    return {
        (m.sentence, i): m.chosen.country
        for m in mentions
        if m.chosen and _is_state(m)
        for i in range(m.first, m.last + 1)
    }


_ACTING = frozenset({"nsubj", "poss", "conj"})


def _is_state(m: PlaceMention) -> bool:
    return m.chosen is not None and (m.chosen.feature.startswith("A.PCL") or m.chosen.feature == "P.PPLC")


def theatre(mentions: Sequence[PlaceMention]) -> str:
    """The country that most of the report's places lie in, "" if none."""
    weight: dict[str, float] = {}
    for m in mentions:
        if m.chosen and m.chosen.country and not m.as_actor:
            share = 0.5 if m.chosen.feature.startswith("A.PCL") else 1.0
            weight[m.chosen.country] = weight.get(m.chosen.country, 0.0) + share
    return max(sorted(weight), key=lambda c: weight[c], default="")
