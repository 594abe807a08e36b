"""The place of an event: the one that its words govern, or the one that the text before it goes on about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.codebook.lexicon import DATA, lexicon, read_tsv
from dateline.errors import CodebookError
from dateline.gazetteer import Gazetteer
from dateline.resolve import place_shape
from dateline.resolve.place_attach import Clauses, features, nested
from dateline.resolve.place_site import Site, adjectives, anaphors, sites_of
from dateline.resolve.place_types import PlaceMention
from dateline.types import Mention, Place, Report, Sentence

FITTED = DATA / "lexicon" / "event_place.tsv"
"""The fitted weights: feature, weight."""

_STARTS = frozenset({"war", "conflict", "start", "beginning", "outbreak", "uprising", "revolution", "crisis"})


@dataclass(frozen=True, slots=True)
class Weights:
    """``data/lexicon/event_place.yaml`` and ``event_place.tsv``, read once."""

    weight: dict[str, float]
    fixed: frozenset[str]  # features whose weight was set by hand
    group: dict[str, str]  # event type → kind of event
    least: float
    nowhere: frozenset[str]  # types that take no place from the text before
    wary: frozenset[str]  # types that want a surer place, by this much
    margin: float
    back: int  # sentences that a place is carried on for


@cache
def weights() -> Weights:
    """The weights of features and what goes with them.

    Raises:
        CodebookError: the file is not as it should be.
    """
    raw = lexicon("event_place")
    try:
        fixed = {str(k): float(v) for k, v in raw["set"].items()}
        fitted = {r["feature"]: float(r["weight"]) for r in read_tsv(FITTED, ("feature", "weight"))}
        return Weights(
            weight=fitted | fixed,
            fixed=frozenset(fixed),
            group={t: g for g, types in raw["groups"].items() for t in types},
            least=float(raw["least"]),
            nowhere=frozenset(raw["nowhere"]),
            wary=frozenset(raw["wary"]),
            margin=float(raw["margin"]),
            back=int(raw["back"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise CodebookError(f"event_place.yaml: {type(e).__name__}: {e}") from None


@dataclass(frozen=True, slots=True)
class Choice:
    """A site chosen for an event, with its log odds and the features that decided.

    ``beside`` are the sites named in one breath with it where the event was as well: "in A, B and C".
    """

    site: Site
    score: float
    rule: str
    beside: tuple[Site, ...] = ()


def beside(site: Site, likely: Sequence[Site], s: Sentence) -> tuple[Site, ...]:
    """The likely sites that stand in one list with a site, nothing but commas and "and" between them."""
    out: list[Site] = []
    first, last = site.first, site.last
    if site.anaphor or site.relation:
        return ()
    for o in sorted(likely, key=lambda o: o.first):
        if not o.anaphor and last < o.first and _listed(s, last, o.first) and not nested(site, o, s):
            out.append(o)
            last = o.last
    for o in sorted(likely, key=lambda o: -o.first):
        if not o.anaphor and o.last < first and _listed(s, o.last, first) and not nested(o, site, s):
            out.append(o)
            first = o.first
    return tuple(out)


_LISTING = frozenset({",", "and", "&", "the", "nearby", "/"})


def _listed(s: Sentence, last: int, first: int) -> bool:
    between = s.lower[last + 1 : first]
    return 0 < len(between) <= 3 and all(w in _LISTING for w in between)


def _decisive(seen: Sequence[str]) -> str:
    """The features that spoke most for a place, the strongest first."""
    weight = weights().weight
    most = sorted((-weight.get(f, 0.0), f) for f in seen if f != "bias" and weight.get(f, 0.0) > 0)
    return " ".join(f for _, f in most[:4])


class EventPlaces:
    """Places for the events of one report.

    Events are asked for in order of the text: :meth:`inherited` goes by the places given out before.

    Args:
        report: the report.
        sentences: its sentences.
        mentions: the places that it names, resolved.
        gazetteer: for the names of areas.
    """

    def __init__(
        self, report: Report, sentences: Sequence[Sentence], mentions: Sequence[PlaceMention], gazetteer: Gazetteer
    ) -> None:
        self._report = report
        self._sentences = sentences
        self._gazetteer = gazetteer
        self._mentions: list[list[PlaceMention]] = [[] for _ in sentences]
        for m in mentions:
            self._mentions[m.sentence].append(m)
        self._all = list(mentions)
        self._sites: dict[int, list[Site]] = {}
        self._clauses: dict[int, Clauses] = {}
        self._given: dict[int, list[Site]] = {}
        self.why = ""

    def named(self) -> list[Place]:
        """Every place that the report names, in order of the text, each with what its words say of it."""
        out = []
        for n, here in enumerate(self._mentions):
            if here:
                out += [self._place(s) for s in sites_of(self._sentences[n], here)]
        return out

    def mention_at(self, start: int | None) -> PlaceMention | None:
        """The place's name that begins at an offset of the report's text."""
        return next((m for m in self._all if m.start == start), None)

    def place_of(
        self, sentence_index: int, anchors: Sequence[int], type: str, participants: Sequence[Mention] = ()
    ) -> Place | None:
        """The place that the event's words govern, None if they govern none.

        Args:
            sentence_index: the event's sentence.
            anchors: tokens of its trigger, then of its clause's head.
            type: the event's type.
            participants: who takes part, to tell "a source in X" from "in X".

        After each call ``why`` names what decided.
        """
        choice = self.governing(sentence_index, anchors, type, participants)
        if choice is None:
            self.why = ""
            return None
        self.why = choice.rule
        self._given.setdefault(sentence_index, []).append(choice.site)
        return self.shown(choice)

    def shown(self, choice: Choice) -> Place:
        """The place of a choice; its words run over all that are named with it, its point is the likeliest's."""
        place = self._place(choice.site)
        mentions = [s.mention for s in (choice.site, *choice.beside)]
        start, end = min(m.start for m in mentions), max(m.end for m in mentions)
        return replace(place, text=self._report.text[start:end], start=start, end=end) if choice.beside else place

    def governing(
        self, sentence_index: int, anchors: Sequence[int], type: str = "", participants: Sequence[Mention] = ()
    ) -> Choice | None:
        """The site that the event's words govern, with its score."""
        w = weights()
        best: tuple[float, int, Site, list[str]] | None = None
        least = w.least + (w.margin if type in w.wary else 0.0)
        likely: list[Site] = []
        for site, seen in self.weighed(sentence_index, anchors, type, participants):
            score = sum(w.weight.get(f, 0.0) for f in seen)
            if score >= least:
                likely.append(site)
            if best is None or (score, -site.first) > best[:2]:
                best = (score, -site.first, site, seen)
        if best is None or best[0] < least:
            return None
        site = self._innermost(best[2], self._sites_of(sentence_index), self._sentences[sentence_index])
        return Choice(site, best[0], _decisive(best[3]), beside(site, likely, self._sentences[sentence_index]))

    def weighed(
        self, sentence_index: int, anchors: Sequence[int], type: str, participants: Sequence[Mention] = ()
    ) -> Iterator[tuple[Site, list[str]]]:
        """Each site of the sentence with its features for an event."""
        if not anchors or not (sites := self._sites_of(sentence_index)):
            return
        group = weights().group.get(type, "")
        clauses = self._clauses_of(sentence_index)
        for site in sites:
            yield site, list(features(site, anchors, group, sites, clauses, participants))

    def inherited(self, sentence_index: int, type: str) -> Place | None:
        """The place of the events before, where the text plainly goes on.

        It does where the event's own sentence names no place of its own, within a few sentences of the last
        event that had one, and never for types that are seldom anywhere (words between governments).
        """
        self.why = ""
        w = weights()
        if type in w.nowhere:
            return None
        if here := self._given.get(sentence_index):
            self.why = "same-sentence"
            return self._place(here[-1])
        if self._names_another(sentence_index):
            return None
        if self._is_general(sentence_index):
            return self._country(sentence_index)
        for k in range(sentence_index - 1, max(-1, sentence_index - 1 - w.back), -1):
            if self._sentences[k].heading:
                return None
            if given := self._given.get(k):
                site = given[-1]
                self.why = f"inherited-{sentence_index - k}"
                self._given.setdefault(sentence_index, []).append(site)
                return self._place(site)
            if self._names_another(k):
                return None
        return None

    def _is_general(self, n: int) -> bool:
        """Whether the sentence tells of the war at large: of years before the report's, or "since then"."""
        s, published = self._sentences[n], self._report.published or ""
        for i, low in enumerate(s.lower):
            if len(low) == 4 and low.isdigit() and "1900" < low < published[:4]:
                return True
            if low == "since" and i + 1 < len(s) and s.lower[i + 1] in {"then", "the"}:
                return i + 2 >= len(s) or s.lower[i + 1] == "then" or s.lower[i + 2] in _STARTS
        return False

    def _country(self, n: int) -> Place | None:
        """The country last named before, for what happens in all of it."""
        for k in range(n - 1, -1, -1):
            for site in reversed(self._sites_of(k)):
                e = site.mention.chosen
                if e and e.feature.startswith("A.PCL") and not site.mention.as_actor and not site.anaphor:
                    self.why = "country"
                    self._given.setdefault(n, []).append(site)
                    return self._place(site)
        return None

    def _names_another(self, n: int) -> bool:
        """Whether the sentence names a place where something may have happened."""
        return any(
            not m.as_actor and not (m.chosen and m.chosen.feature.startswith("A.PCL")) for m in self._mentions[n]
        )

    # ----------------------------------------------------------------------------------------------------

    def _innermost(self, site: Site, sites: Sequence[Site], s: Sentence) -> Site:
        """Of places nested in one another, the most specific."""
        for _ in range(3):
            inner = next((o for o in sites if o is not site and not o.mention.as_actor and nested(o, site, s)), None)
            if inner is None:
                return site
            site = inner
        return site

    def _sites_of(self, n: int) -> list[Site]:
        if n not in self._sites:
            s, here = self._sentences[n], self._mentions[n]
            before = [m for k in range(max(0, n - 6), n) for m in self._mentions[k]]
            found = [*sites_of(s, here), *anaphors(s, here, before), *adjectives(s, self._gazetteer)]
            self._sites[n] = sorted(found, key=lambda x: x.first)
        return self._sites[n]

    def _clauses_of(self, n: int) -> Clauses:
        if n not in self._clauses:
            self._clauses[n] = Clauses(self._sentences[n])
        return self._clauses[n]

    def _place(self, site: Site) -> Place:
        return place_shape.place(site.mention, self._gazetteer, site.relation, site.other)
