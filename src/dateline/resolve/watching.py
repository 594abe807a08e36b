"""Actors and places that note how they were found, for explanations.

They are the ones that code reports, with a pencil in hand: each step is noted where it is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.codebook.actors import ActorEntry
from dateline.resolve.actors import Actors, Identity
from dateline.resolve.event_place import Choice, EventPlaces, weights
from dateline.resolve.place_site import Site
from dateline.types import Mention, Place, Sentence


class WatchedActors(Actors):
    """Actors with the steps that led to each identity."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._steps: dict[Mention, list[str]] = {}
        self._open: list[list[str]] = []
        self._last: tuple[Mention, Identity] | None = None

    def steps(self, m: Mention) -> tuple[str, ...]:
        """What a mention's identity was read from, one plain phrase a step; none where nothing was found."""
        self.identity(m)
        return tuple(dict.fromkeys(self._steps.get(m, [])))

    def _note(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)

    def _own(self, m: Mention) -> Identity:
        self._open.append(self._steps.setdefault(m, []))
        self._open[-1].clear()  # asked again, the steps are the same
        try:
            found = super()._own(m)
            if found.country and found.country == self._home and not any(found.country in n for n in self._open[-1]):
                self._note(f"the report is mostly about {self._home}")
            return found
        finally:
            self._open.pop()

    def _entry(self, s: Sentence, first: int, last: int) -> tuple[ActorEntry | None, int]:
        entry, end = super()._entry(s, first, last)
        if entry is not None:
            self._note(f"the actor list has {entry.id} ({entry.names[0]}, {entry.country or '–'}, {entry.sector})")
        return entry, end

    def _role(self, s: Sentence, m: Mention) -> tuple[str, str]:
        sector, noun = super()._role(s, m)
        if sector:
            self._note(f"“{noun}” is a word for {sector}")
        return sector, noun

    def _country(self, s: Sentence, first: int, last: int) -> str:
        iso = super()._country(s, first, last)
        if iso:
            self._note(f"“{' '.join(s.words[first : last + 1])}” names {iso}")
        return iso

    def _before(self, m: Mention) -> Iterator[tuple[Mention, Identity]]:
        for earlier, found in super()._before(m):
            self._last = (earlier, found)
            yield earlier, found

    def _pronoun(self, m: Mention) -> Identity:
        self._last = None
        return self._pointed(m, super()._pronoun(m))

    def _earlier(self, m: Mention, own: Identity) -> Identity | None:
        self._last = None
        found = super()._earlier(m, own)
        return self._pointed(m, found) if found else None

    def _pointed(self, m: Mention, found: Identity) -> Identity:
        if self._last and self._last[1] is found:
            e = self._last[0]
            words = self._sentences[e.sentence].words[e.first : e.last + 1]
            self._steps.setdefault(m, []).append(f"stands for “{' '.join(words)}” of sentence {e.sentence + 1}")
        return found


@dataclass(slots=True)
class Asked:
    """What was asked and found for one draft's place."""

    weighed: list[tuple[Site, float, list[str]]] = field(default_factory=list)
    least: float = 0.0
    chosen: Choice | None = None
    inherited: str = ""


class WatchedPlaces(EventPlaces):
    """Event places with what was weighed for each draft, in the order of asking."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._asked: list[Asked] = []

    def place_of(
        self, sentence_index: int, anchors: Sequence[int], type: str, participants: Sequence[Mention] = ()
    ) -> Place | None:
        self._asked.append(Asked(least=weights().least + (weights().margin if type in weights().wary else 0.0)))
        return super().place_of(sentence_index, anchors, type, participants)

    def governing(
        self, sentence_index: int, anchors: Sequence[int], type: str = "", participants: Sequence[Mention] = ()
    ) -> Choice | None:
        choice = super().governing(sentence_index, anchors, type, participants)
        self._asked[-1].chosen = choice
        return choice

    def weighed(
        self, sentence_index: int, anchors: Sequence[int], type: str, participants: Sequence[Mention] = ()
    ) -> Iterator[tuple[Site, list[str]]]:
        w = weights().weight
        for site, seen in super().weighed(sentence_index, anchors, type, participants):
            self._asked[-1].weighed.append((site, sum(w.get(f, 0.0) for f in seen), seen))
            yield site, seen

    def inherited(self, sentence_index: int, type: str) -> Place | None:
        place = super().inherited(sentence_index, type)
        self._asked[-1].inherited = self.why
        return place

    def asked(self) -> list[Asked]:
        """One entry a draft, in order."""
        return self._asked
