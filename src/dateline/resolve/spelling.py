"""How names are written: known actors, countries and their peoples, given names, days and months, places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dateline.codebook.actors import ActorList
from dateline.gazetteer import Gazetteer, tables
from dateline.gazetteer.cues import cues
from dateline.gazetteer.normalise import key
from dateline.resolve.place_scan import STOP

_TOKEN = re.compile(r"\w+|[^\w\s]")
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September October"
    " November December".split()
)
_LARGE = 5.0  # a place's prior, near enough its population's power of ten: alone such a word may be a name
_PLACE = 3.0  # of a name of several words
_MOST = 4  # words of a place's name

Spell = Callable[[tuple[str, ...]], tuple[str, ...] | None]


def spelling(actors: ActorList, gazetteer: Gazetteer) -> Spell:
    """What gives names their capitals: lower-cased tokens → as written, None where they are no known name.

    Of a place's name the first and last words are to be no common ones; a single word is to be a large town's.
    """
    known = {tuple(t.lower() for t in tokens): tokens for tokens in map(_tokens, _names(actors))}
    plain, beginnings = cues().common | cues().speech | STOP, {words[0] for words in known}

    def spell(words: tuple[str, ...]) -> tuple[str, ...] | None:
        if words[0] in beginnings and (found := known.get(words)):
            if len(words) > 1 or words[0] not in plain or found[0] in _CALENDAR:
                return found
        if len(words) > _MOST or not all(w.isalpha() for w in words) or words[0] in plain or words[-1] in plain:
            return None
        places = gazetteer.lookup(key(" ".join(words)))
        if places and places[0].prior > (_LARGE if len(words) == 1 else _PLACE):
            return tuple(w[:1].upper() + w[1:] for w in words)
        return None

    return spell


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(name))


def _names(actors: ActorList) -> Iterator[str]:
    for entry in actors.entries.values():
        yield from (n for n in entry.names if not n.islower())
    for country in tables.countries().values():
        yield from country.names
        yield from country.demonyms
    yield from sorted(_CALENDAR)
    yield from (n.capitalize() for n in cues().given_names if n not in cues().common)


def may_be_person(word: str) -> bool:
    """Whether a lower-cased word may be part of a person's name beside another part."""
    c = cues()
    return (word in c.given_names or word in c.surnames) and word not in STOP and word not in c.speech
