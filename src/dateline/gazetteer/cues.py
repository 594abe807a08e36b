"""The words that tell places from other names, read from ``data/cues.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from dateline.errors import GazetteerError
from dateline.gazetteer import tables


@dataclass(frozen=True, slots=True)
class Cues:
    """What ``data/cues.yaml`` says, and the word lists beside it; all words lower case."""

    strong: frozenset[str]  # prepositions that a place follows
    weak: frozenset[str]
    kinds: dict[str, tuple[str, ...]]  # "village" → prefixes of GeoNames features
    place_tails: frozenset[str]
    actor_tails: frozenset[str]
    other_tails: frozenset[str]
    other_heads: frozenset[str]
    modifiers: frozenset[str]
    titles: frozenset[str]
    speech: frozenset[str]
    acting: frozenset[str]
    compounds: frozenset[str]
    beginnings: frozenset[str]  # words that begin places' names
    facilities: frozenset[str]  # words that end the names of sites and areas
    taking: frozenset[str]  # verbs whose object is a place or something taken
    addressed: frozenset[str]  # verbs whose object is someone
    never: frozenset[str]  # keys of names that are no place's
    abbreviations: dict[str, tuple[str, str]]  # as written → country, first-order code
    codes: dict[str, tuple[str, str]]  # two or three capitals after a comma
    common: frozenset[str]
    given_names: frozenset[str]
    surnames: frozenset[str]


_SETS = (
    "place_tails", "actor_tails", "other_tails", "other_heads", "modifiers", "titles", "speech", "acting", "compounds",
    "beginnings", "facilities", "taking", "addressed", "never",
)  # fmt: skip


@cache
def place_words(section: str) -> frozenset[str]:
    """A section of ``data/place_words.yaml``.

    Raises:
        GazetteerError: there is no such section, or it is no list of words.
    """
    try:
        return frozenset(map(str, _place_words()[section]))
    except (KeyError, TypeError):
        raise GazetteerError(f"no list of words: {section}", path=str(tables.DATA / "place_words.yaml")) from None


@cache
def _place_words() -> dict[str, list[str]]:
    path = tables.DATA / "place_words.yaml"
    try:
        return dict(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, yaml.YAMLError) as e:
        raise GazetteerError(f"not a list of words: {e}", path=str(path)) from None


@cache
def cues() -> Cues:
    """The cues, read once.

    Raises:
        GazetteerError: the file is not as it should be.
    """
    path = tables.DATA / "cues.yaml"
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        sets = {name: frozenset(map(str, raw[name])) for name in _SETS}
        short: dict[str, tuple[str, str]] = {}
        for country, table in raw["abbreviations"].items():
            short |= {str(k): (country, str(v)) for k, v in table.items()}
        codes: dict[str, tuple[str, str]] = {}
        for country, table in raw["codes"].items():
            pairs = table.items() if isinstance(table, dict) else ((c, c) for c in table)
            codes |= {str(k): (country, str(v)) for k, v in pairs}
        return Cues(
            strong=frozenset(map(str, raw["prepositions"]["strong"])),
            weak=frozenset(map(str, raw["prepositions"]["weak"])),
            kinds={str(k): tuple(str(v).split("|")) for k, v in raw["kinds"].items()},
            abbreviations=short,
            codes=codes,
            common=tables.words("common"),
            given_names=tables.words("given_names"),
            surnames=tables.words("surnames"),
            **sets,
        )
    except (KeyError, TypeError, AttributeError, yaml.YAMLError) as e:
        raise GazetteerError(f"{path}: {e}") from None
