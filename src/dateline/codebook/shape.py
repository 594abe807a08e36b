"""The outer shape of a codebook's sections: what is misspelt or of the wrong kind is refused, not passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SECTIONS: Mapping[str, type] = {
    "codebook": str,
    "version": str,
    "about": str,
    "triage": str,
    "actors": dict,
    "classes": dict,
    "frames": dict,
    "light_verbs": dict,
    "generic": list,
    "anaphors": list,
    "families": dict,
    "types": list,
}
_WORDS = ("verbs", "nouns")
_TYPE = {
    "type": str,
    "definition": str,
    "frame": str,
    "frames_override": dict,
    "verbs": list,
    "nouns": list,
    "verb_needs": dict,
    "noun_needs": dict,
    "weak_verbs": list,
    "weak_nouns": list,
    "patterns": list,
    "crosswalk": dict,
    "examples": list,
    "not": list,
}
_GENERIC = {
    "name": str,
    "frame": str,
    "verbs": list,
    "nouns": list,
    "needs": dict,
    "verb_needs": dict,
    "noun_needs": dict,
    "refine": list,
    "casualty": bool,
}
_KINDS = {str: "text", dict: "named entries", list: "a list", bool: "true or false"}


def faults(raw: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a codebook's outer shape, as (field, message), the first first."""
    yield from _entries("", raw, SECTIONS)
    for section in ("actors", "classes", "families", "frames", "light_verbs"):
        for name, value in (raw.get(section) or {}).items():
            wanted = dict if section == "frames" else list
            if not isinstance(value, wanted):
                yield f"{section}.{name}", f"{_KINDS[wanted]} is wanted"
    for section, known in (("types", _TYPE), ("generic", _GENERIC)):
        for n, entry in enumerate(raw.get(section) or ()):
            if not isinstance(entry, Mapping):
                yield f"{section}[{n}]", "named entries are wanted"
                continue
            name = entry.get("type" if section == "types" else "name")
            if section == "types" and not name:
                yield f"types[{n}]", "a type needs a name (type: …)"
            at = f"{section}.{name}" if isinstance(name, str) and name else f"{section}[{n}]"
            yield from _entries(f"{at}.", entry, known)
            yield from _inside(at, entry)
    yield from _strangers(raw)


def _entries(at: str, raw: Mapping[Any, Any], known: Mapping[str, type]) -> Iterator[tuple[str, str]]:
    for key, value in raw.items():
        wanted = known.get(key) if isinstance(key, str) else None
        if wanted is None:
            yield f"{at}{key}", f"no such field; there are {', '.join(known)}"
        elif value is not None and not _fits(value, wanted):
            verb = "are" if wanted is dict else "is"
            yield f"{at}{key}", f"{_KINDS[wanted]} {verb} wanted"


def _fits(value: Any, wanted: type) -> bool:
    """Numbers may stand where text is wanted, and a word or class where a list of words is."""
    if wanted is str:
        return isinstance(value, str | int | float) and not isinstance(value, bool)
    if wanted is list:
        return isinstance(value, list | str)
    return isinstance(value, wanted)


def _inside(at: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("examples", "not"):
        for n, sentence in enumerate(entry.get(field) or ()):
            if not isinstance(sentence, str) or not sentence.strip():
                yield f"{at}.{field}[{n}]", "a sentence is wanted (in quotes, if it has a colon)"
    for field in ("patterns", "refine", "examples", "not"):
        if isinstance(entry.get(field), str):
            yield f"{at}.{field}", "a list is wanted"


def _strangers(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Families' members that are no types."""
    types = {str(t.get("type")) for t in raw.get("types") or ()}
    for family, members in (raw.get("families") or {}).items():
        for member in [members] if isinstance(members, str) else members:
            if str(member) not in types:
                yield f"families.{family}", f"no type {member!r}"
