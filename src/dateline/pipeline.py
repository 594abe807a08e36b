"""The whole way of a report: parse → extract → resolve.  The first file to read.

Each stage hands domain types to the next and knows nothing of it; here is the only place that joins them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

from dateline.codebook.actors import fold_alias, with_own
from dateline.codebook.crosswalk import codes
from dateline.codebook.loader import Codebook, load_codebook
from dateline.errors import DatelineError, RejectedReport
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
from dateline.resolve.explaining import Explanation, explain, judged, without_offsets
from dateline.resolve.headline import befell, from_headline, headline
from dateline.resolve.mainly import Mainly, fits, mainly
from dateline.resolve.marks import marks, share_of_known
from dateline.resolve.persons import persons
from dateline.resolve.place_shape import radius_of
from dateline.resolve.place_types import PlaceMention
from dateline.resolve.places import find_places
from dateline.resolve.primary import primary
from dateline.resolve.spelling import Spell, may_be_person, spelling
from dateline.resolve.watching import WatchedActors, WatchedPlaces
from dateline.types import Claim, CodedReport, Draft, Mention, Place, Reject, Report, Sentence, Town

_BATCH = 16
_SCRAP = 80  # words below which a text without claims may be all that was left of a report
_OTHER = 400  # below which it may be of something else, where the title tells whom something befell
_MOST_HELD = 256  # reports held until a batch of them is worth parsing
_KNOWN = 4.0  # a place's prior, near enough its population's power of ten


class Extractor(Protocol):
    """Finds a report's claims: what :func:`dateline.extract.claims.extract` does, under a name of its own."""

    label: str

    def __call__(
        self, sentences: Sequence[Sentence], text: str, published: str | None, codebook: Codebook, names: Names
    ) -> list[Draft]: ...


class Pipeline:
    """Codes reports.  Loading takes a second or two; one pipeline serves any number of reports.

    Args:
        codebook: a codebook's file or folder; the default one if None.
        triage: parse only what may tell of an event by its words; without it everything.
        extractor: what finds the claims in place of the codebook's rules; ``label`` names it in every record.
        kinds: ask the trained model of kinds what each report is mainly about, where the codebook has its types.

    Raises:
        CodebookError: the codebook is wrong.
        GazetteerError: the gazetteer's index can be built nowhere.
        ModelError: the language model is not installed.
    """

    def __init__(
        self,
        codebook: Path | None = None,
        triage: bool = True,
        extractor: Extractor | None = None,
        kinds: bool = True,
    ) -> None:
        self.codebook = load_codebook(codebook)
        self._extract = extractor or extract
        self.label = f"{self.codebook.label} + {extractor.label}" if extractor else self.codebook.label
        self._kinds = kinds and extractor is None and fits(self.codebook)
        if not kinds:
            self.label += " (no model)"
        self.actor_list = with_own(self.codebook.actor_list)
        self.gazetteer = Gazetteer.open()
        self._countries = {fold(n): iso for iso, c in tables.countries().items() for n in c.names}
        self._spell: Spell | None = None
        self._parser = Parser(
            lru_cache(1 << 13)(self._is_name),
            cues().common.__contains__,
            self._spelled,
            may_be_person,
            batch=_BATCH,
        )
        self._triage = (
            Triage(self.codebook, lru_cache(1 << 14)(self._parser.lemmas_of)) if triage and not extractor else None
        )

    def code(self, reports: Iterable[Report | Reject]) -> Iterator[CodedReport | Reject]:
        """Code reports in the order given; what was put aside, or cannot be coded, comes as a Reject."""
        for batch in _batches(reports, self._triage):
            coded = [self._guarded(report, sentences) for report, sentences in self._parsed(batch, self._triage)]
            untold = [n for n, c in enumerate(coded) if isinstance(c, CodedReport) and self._only_titled(c)]
            if untold:
                self._by_title(coded, untold)
            yield from coded

    def places(self, reports: Iterable[Report | Reject]) -> Iterator[tuple[Report, list[Place]] | Reject]:
        """Every place that each report names, resolved, whether or not an event is there."""
        for report, sentences in (pair for batch in _batches(reports, None) for pair in self._parsed(batch)):
            if isinstance(report, Reject):
                yield report
            else:
                mentions = find_places(report, sentences, self.gazetteer)
                yield report, EventPlaces(report, sentences, mentions, self.gazetteer).named()

    def sentences(self, report: Report) -> Sequence[Sentence]:
        """One report's sentences, every one of them parsed."""
        ((_, found),) = self._parser.parse([report])
        return found

    def explain(self, report: Report) -> tuple[CodedReport, tuple[Explanation, ...]]:
        """One report, coded as :meth:`code` codes it, and why each claim's fields are as they are, in its order.

        Raises:
            RejectedReport: the report cannot be coded.
        """
        ((only, depth),) = next(_batches([report], self._triage))
        ((_, sentences),) = self._parsed([(only, depth)], self._triage)
        coded, reasons = self._explained(report, sentences)
        if self._only_titled(coded):
            ((title, sentences),) = self._parsed([(headline(report), Depth.WHOLE)])
            assert isinstance(title, Report)
            told, reasons = self._explained(title, sentences)
            return from_headline(report, told), tuple(without_offsets(e) for e in reasons)
        return coded, reasons

    def actors(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        mentions: Sequence[PlaceMention],
        kind: type[Actors] = Actors,
    ) -> Actors:
        """A report's actors; ``mentions`` are the places that it names."""
        return kind(
            sentences,
            report,
            self.actor_list,
            self.gazetteer.demonyms,
            self._countries,
            theatre(mentions),
            _states(mentions),
            self.codebook.actors,
        )

    # ----------------------------------------------------------------------------------------------------

    def _is_name(self, word: str) -> bool:
        """Whether a word in lower case names a place that is better known than any common word it may be."""
        if word in cues().common:
            return False
        found = self.gazetteer.lookup(key(word))
        return bool(found) and found[0].prior > _KNOWN

    def _spelled(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        """How some lower-cased words are written if they are a name; the names are gathered when first asked for."""
        if self._spell is None:
            self._spell = spelling(self.actor_list, self.gazetteer)
        return self._spell(words)

    def _share(self, mentions: Sequence[PlaceMention]) -> Callable[[str], float]:
        """What share of its weight a word keeps as a mark: sides and well-known places have a say of their own."""
        known = [m.chosen.name for m in mentions if m.chosen and m.chosen.prior > _KNOWN]
        places = {fold(w) for name in known for w in name.split()}
        peoples = self.gazetteer.demonyms

        def share(word: str) -> float:
            if word in places:
                return share_of_known()
            return 0.0 if self._is_actor(word) or word.capitalize() in peoples else 1.0

        return share

    def _is_actor(self, name: str) -> bool:
        return fold_alias(name) in self.actor_list.by_alias

    def _parsed(
        self, batch: Sequence[tuple[Report | Reject, Depth]], triage: Triage | None = None
    ) -> Iterator[tuple[Report | Reject, Sequence[Sentence]]]:
        """A batch with its sentences, rejects in their places; none where nothing is worth parsing."""
        depths = {id(r): depth for r, depth in batch}
        worth = [r for r, depth in batch if isinstance(r, Report) and depth is not Depth.NONE]
        parsed = self._parser.parse(worth, partial(_wanted, triage, depths))
        for item, depth in batch:
            yield next(parsed) if isinstance(item, Report) and depth is not Depth.NONE else (item, ())

    def _only_titled(self, coded: CodedReport) -> bool:
        """Whether a report's text is only a scrap that tells of nothing, and its title may tell something."""
        title, scrap = coded.report.title, len(coded.report.text.split()) < _OTHER
        worth = bool(title) and (not self._triage or self._triage.depth(title) is not Depth.NONE)
        return not coded.claims and scrap and worth

    def _by_title(self, coded: list[CodedReport | Reject], untold: Sequence[int]) -> None:
        """Put what the titles of these reports say into their places."""
        reports = [c.report for n in untold if isinstance(c := coded[n], CodedReport)]
        parsed = self._parsed([(headline(r), Depth.WHOLE) for r in reports])
        for n, report, (title, sentences) in zip(untold, reports, parsed, strict=True):
            told = self._guarded(title, sentences)
            scrap = len(report.text.split()) < _SCRAP
            if isinstance(told, CodedReport) and (scrap or any(map(befell, told.claims))):
                coded[n] = from_headline(report, told)

    def _guarded(self, report: Report | Reject, sentences: Sequence[Sentence]) -> CodedReport | Reject:
        """One report that trips the program is put aside with its reason; the others go on."""
        if isinstance(report, Reject):
            return report
        try:
            return self._code(report, sentences)
        except RejectedReport as e:
            return Reject(id=report.id, origin=report.url, reason=e.reason, detail=e.detail)
        except DatelineError:
            raise
        except Exception as e:
            return failed(report, e)

    def _code(self, report: Report, sentences: Sequence[Sentence]) -> CodedReport:
        if not sentences:
            return CodedReport(report=report, claims=(), codebook=self.label)
        mentions = find_places(report, sentences, self.gazetteer)
        actors = self.actors(report, sentences, mentions)
        drafts = self._drafts(report, sentences, mentions, actors, self._extract)
        places = EventPlaces(report, sentences, mentions, self.gazetteer)
        resolver = self._resolver(report, sentences, actors, places)
        return self._coded(report, sentences, mentions, self._mainly(resolver, resolver.claims(drafts)))

    def _explained(self, report: Report, sentences: Sequence[Sentence]) -> tuple[CodedReport, tuple[Explanation, ...]]:
        """What :meth:`_code` does, with its steps noted."""
        if not sentences:
            return CodedReport(report=report, claims=(), codebook=self.label), ()
        mentions = find_places(report, sentences, self.gazetteer)
        actors = self.actors(report, sentences, mentions, WatchedActors)
        noting = partial(extract, explain=True) if self._extract is extract else self._extract
        drafts = self._drafts(report, sentences, mentions, actors, noting)
        places = WatchedPlaces(report, sentences, mentions, self.gazetteer)
        resolver = self._resolver(report, sentences, actors, places)
        claims = resolver.claims(drafts)
        reasons = explain(resolver, drafts, claims, places.asked())
        found = self._mainly(resolver, claims)
        return self._coded(report, sentences, mentions, found), judged(reasons, found, resolver)

    def _mainly(self, resolver: Resolver, claims: tuple[Claim, ...]) -> Mainly:
        if self._kinds:
            return mainly(resolver, claims, self.codebook)
        return Mainly(claims=claims, main=primary(resolver.report, claims, self.codebook))

    def _drafts(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        mentions: Sequence[PlaceMention],
        actors: Actors,
        finder: Callable[..., list[Draft]],
    ) -> list[Draft]:
        names = _names(actors, mentions, sentences)
        return finder(sentences, report.text, report.published, self.codebook, names)

    def _resolver(self, report: Report, sentences: Sequence[Sentence], actors: Actors, places: EventPlaces) -> Resolver:
        return Resolver(
            report=report,
            sentences=sentences,
            actors=actors,
            places=places,
            codes=lambda kind, context: codes(self.codebook.types[kind].crosswalk, context),
            label=self.label,
            family=lambda kind: self.codebook.types[kind].family,
        )

    def _coded(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        mentions: Sequence[PlaceMention],
        found: Mainly,
    ) -> CodedReport:
        return CodedReport(
            report=report,
            claims=found.claims,
            primary=found.main,
            people=persons(sentences, self._is_actor),
            marks=marks(report, sentences, found.claims, self._share(mentions)),
            towns=_towns(mentions),
            codebook=self.label,
        )


def failed(report: Report, e: Exception) -> Reject:
    """A report that tripped the program, put aside."""
    return Reject(id=report.id, origin=report.url, reason="failed", detail=f"{type(e).__name__}: {e}")


def _batches(
    reports: Iterable[Report | Reject], triage: Triage | None
) -> Iterator[list[tuple[Report | Reject, Depth]]]:
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
    triage: Triage | None, depths: Mapping[int, Depth], report: Report
) -> Callable[[Sequence[Sequence[str]]], list[bool]] | None:
    """What says which sentences are worth parsing of a report of which only some are; None for all."""
    return triage.wanted if triage and depths[id(report)] is Depth.SOME else None


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


_MOST_TOWNS = 8


def _towns(mentions: Sequence[PlaceMention]) -> tuple[Town, ...]:
    """The towns and sites that a report names, those named most first, then by id."""
    named = [m.chosen for m in mentions if m.chosen and not m.as_actor]
    entries = {e.id: e for e in named if e.id > 0 and not e.feature.startswith("A.")}
    counts = Counter(e.id for e in named)
    most = sorted(entries, key=lambda i: (-counts[i], i))[:_MOST_TOWNS]
    return tuple(Town(geonameid=i, name=entries[i].name, radius_km=round(radius_of(entries[i]), 1)) for i in most)


def theatre(mentions: Sequence[PlaceMention]) -> str:
    """The country that most of the report's places lie in, "" if none."""
    weight: dict[str, float] = {}
    for m in mentions:
        if m.chosen and m.chosen.country and not m.as_actor:
            share = 0.5 if m.chosen.feature.startswith("A.PCL") else 1.0
            weight[m.chosen.country] = weight.get(m.chosen.country, 0.0) + share
    return max(sorted(weight), key=lambda c: weight[c], default="")
