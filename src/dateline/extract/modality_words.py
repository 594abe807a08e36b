"""The lexicon of modality, indexed: which words deny, doubt or put off what stands below them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from dateline.codebook.lexicon import DATA, lexicon
from dateline.errors import CodebookError
from dateline.types import Modality

_ONLY = frozenset({"", "clause", "noun", "passive", "to", "vague", "deed", "plan", "subject"})


@dataclass(frozen=True, slots=True)
class Governor:
    holds: Modality
    negated: Modality
    only: str


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon, indexed."""

    verbs: Mapping[str, tuple[Governor, ...]]
    nouns: Mapping[str, tuple[Governor, ...]]
    adjectives: Mapping[str, tuple[Governor, ...]]
    sets: Mapping[str, frozenset[str]]
    modifiers: Mapping[str, Modality]
    auxiliaries: Mapping[str, Modality]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Modality], ...]]


@cache
def modality_words() -> Words:
    raw = lexicon("modality")
    tables: dict[str, dict[str, tuple[Governor, ...]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for name, entry in raw["governors"].items():
        governor = _governor(name, entry)
        for part, table in tables.items():
            for word in entry.get(part, ()):
                table[word] = (*table.get(word, ()), governor)
    carriers = raw["carriers"]
    names = (
        "done",
        "ends",
        "effects",
        "measures",
        "pacts",
        "tried",
        "spoken",
        "compounds",
        "habits",
        "perception",
        "negations",
        "negated_subjects",
        "not_negations",
        "fixed",
        "falsely",
        "hedges",
        "attempts",
        "conditions",
        "whether",
        "temporal",
    )
    sets = {name: frozenset(raw[name]) for name in names} | {k: frozenset(v) for k, v in carriers.items()}
    phrases: dict[str, list[tuple[tuple[str, ...], Modality]]] = {}
    for said, listed in raw["phrases"].items():
        for phrase in listed:
            split = tuple(phrase.split())
            phrases.setdefault(split[-1], []).append((split, _modality(said)))
    return Words(
        tables["verbs"],
        tables["nouns"],
        tables["adjectives"],
        sets,
        {w: _modality(said) for said, listed in raw["modifiers"].items() for w in listed},
        {w: _modality(said) for said, listed in raw["auxiliaries"].items() for w in listed},
        {k: tuple(v) for k, v in phrases.items()},
    )


def _governor(name: str, entry: Mapping[str, Any]) -> Governor:
    only = entry.get("only", "")
    if only not in _ONLY:
        raise _wrong(f"governors.{name}.only", f"{only!r} is none of {', '.join(sorted(_ONLY - {''}))}")
    return Governor(_modality(entry["holds"]), _modality(entry["negated"]), only)


def _modality(word: str) -> Modality:
    if word not in {"asserted", "denied", "uncertain", "future"}:
        raise _wrong("modality", f"{word!r} is no modality")
    return cast(Modality, word)


def _wrong(field: str, message: str) -> CodebookError:
    return CodebookError(message, path=str(DATA / "lexicon" / "modality.yaml"), field=field)
