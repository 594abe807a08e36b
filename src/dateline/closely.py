"""One report read closely: parsed whole, as coding does it, for what a person asks of it afterwards.

The store asks for it by name when it is first needed, so that nothing that only reads the store loads the parser.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.codebook.actors import load_actors
from dateline.codebook.loader import load_codebook
from dateline.gazetteer import Gazetteer, tables
from dateline.gazetteer.cues import cues
from dateline.gazetteer.normalise import fold, key
from dateline.parse import Parser
from dateline.pipeline import WELL_KNOWN, states_of, theatre
from dateline.resolve.actors import Actors
from dateline.resolve.place_types import PlaceMention
from dateline.types import Report, Sentence


class Closely:
    """Loading takes a second or two; one object serves any number of reports, one at a time.

    Raises:
        ModelError: the language model is not installed.
        GazetteerError: the gazetteer's index can be built nowhere.
    """

    def __init__(self) -> None:
        self.codebook = load_codebook()
        self.actor_list = load_actors()
        self.gazetteer = Gazetteer.open()
        self._countries = {fold(n): iso for iso, c in tables.countries().items() for n in c.names}
        self._parser = Parser(self._is_name, cues().common.__contains__)

    def sentences(self, report: Report) -> Sequence[Sentence]:
        """The report's sentences, every one of them parsed."""
        ((_, found),) = list(self._parser.parse([report]))
        return found

    def actors(self, report: Report, sentences: Sequence[Sentence], mentions: Sequence[PlaceMention]) -> Actors:
        """The report's actors; ``mentions`` are the places that it names."""
        return Actors(
            sentences,
            report,
            self.actor_list,
            self.gazetteer.demonyms,
            self._countries,
            theatre(mentions),
            states_of(mentions),
            self.codebook.actors,
        )

    def _is_name(self, word: str) -> bool:
        """As in coding: whether a word in lower case names a place that is better known than any common word."""
        found = () if word in cues().common else self.gazetteer.lookup(key(word))
        return bool(found) and found[0].prior > WELL_KNOWN
