"""Crosswalks as they stand in files, checked and made ready: a type's own, and the schemes' fine print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.codebook.crosswalk_rules import FLAGS, SECTOR_TESTS, TESTS, Crosswalk, Rule
from dateline.codebook.lexicon import DATA, lexicon
from dateline.errors import CodebookError
from dateline.types import AcledCode, PloverCode

_FIELDS = ("plover", "cameo", "acled", "ucdp")
_SECTORS = frozenset({"GOV", "MIL", "COP", "REB", "OPP", "CVL", "MED", "NGO", "IGO", "UNK", "any", ""})
_MODALITIES = frozenset({"asserted", "denied", "uncertain", "future"})


def compile_crosswalk(
    raw: Mapping[str, Any], type: str = "", classes: Mapping[str, Sequence[str]] | None = None, path: str = ""
) -> Crosswalk:
    """A type's crosswalk from its codebook's mapping, with its classes of words written out.

    Args:
        raw: ``plover``, ``cameo``, ``acled``, ``ucdp``, ``rules``; a code that is missing is None.
        type: the type's name, for messages.
        classes: the codebook's classes; ``<name>`` in a condition stands for the words of one.
        path: the file, for messages.

    Raises:
        CodebookError: a field, code, mode or condition is unknown; type and field are named.
    """
    reader = _Reader(f"types.{type}.crosswalk" if type else "crosswalk", classes or {}, path)
    return reader.crosswalk(raw)


@dataclass(frozen=True, slots=True)
class Schemes:
    """What the other codebooks' own rules make of a first choice, and PLOVER's contexts."""

    fine_print: tuple[Rule, ...]
    contexts: tuple[tuple[str, Rule], ...]


@cache
def _vocabularies() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    raw = lexicon("crosswalk")
    plover = {str(e): frozenset(map(str, modes)) for e, modes in raw["plover"].items()}
    return plover, {str(e): frozenset(map(str, subs)) for e, subs in raw["acled"].items()}


@cache
def schemes() -> Schemes:
    """The fine print that holds for every codebook (lexicon ``crosswalk``)."""
    raw = lexicon("crosswalk")
    path = str(DATA / "lexicon" / "crosswalk.yaml")
    reader = _Reader("fine_print", {}, path)
    known = frozenset(raw["contexts"])
    contexts = []
    for n, entry in enumerate(raw["context_rules"]):
        if entry["context"] not in known:
            raise CodebookError(f"{entry['context']!r} is no context", path=path, field=f"context_rules[{n}]")
        contexts.append((str(entry["context"]), Rule(reader.tests(f"context_rules[{n}].when", entry["when"]))))
    rules = tuple(reader.rule(f"fine_print[{n}]", entry) for n, entry in enumerate(raw["fine_print"]))
    return Schemes(rules, tuple(contexts))


class _Reader:
    """Reads codes and rules; ``at`` and ``path`` say where an error is."""

    def __init__(self, at: str, classes: Mapping[str, Sequence[str]], path: str) -> None:
        self.at = at
        self.classes = classes
        self.path = path

    def fail(self, at: str, message: str) -> CodebookError:
        return CodebookError(message, path=self.path, field=at)

    def crosswalk(self, raw: Any) -> Crosswalk:
        if not isinstance(raw, Mapping):
            raise self.fail(self.at, "codes are wanted (plover, cameo, acled, ucdp, rules)")
        if unknown := set(raw) - {*_FIELDS, "rules"}:
            raise self.fail(f"{self.at}.{min(map(str, unknown))}", "no such field")
        base = {name: self.code(f"{self.at}.{name}", name, raw.get(name)) for name in _FIELDS}
        rules = raw.get("rules") or ()
        if not isinstance(rules, list | tuple):
            raise self.fail(f"{self.at}.rules", "a list of rules is wanted")
        return Crosswalk(base, tuple(self.rule(f"{self.at}.rules[{n}]", r) for n, r in enumerate(rules)))

    def rule(self, at: str, raw: Any) -> Rule:
        if not isinstance(raw, Mapping) or not isinstance(raw.get("when"), Mapping):
            raise self.fail(at, "a rule needs conditions (when: {…})")
        sets = {str(k): v for k, v in raw.items() if k != "when"}
        if unknown := set(sets) - set(_FIELDS):
            raise self.fail(f"{at}.{min(unknown)}", "no such field")
        return Rule(self.tests(f"{at}.when", raw["when"]), {k: self.code(f"{at}.{k}", k, v) for k, v in sets.items()})

    def tests(self, at: str, raw: Mapping[str, Any]) -> tuple[tuple[str, frozenset[str]], ...]:
        out = []
        for key, value in raw.items():
            name = str(key)
            if name not in TESTS:
                raise self.fail(f"{at}.{name}", "no such condition")
            if name in FLAGS:
                if not isinstance(value, bool):
                    raise self.fail(f"{at}.{name}", "true or false is wanted")
                out.append((name, frozenset({str(value).lower()})))
                continue
            words = frozenset(self.words(f"{at}.{name}", value))
            allowed = _SECTORS if name in SECTOR_TESTS else _MODALITIES if name == "modality" else words
            if wrong := sorted(words - allowed):
                raise self.fail(
                    f"{at}.{name}", f"{wrong[0]!r} is not one of {', '.join(sorted(filter(None, allowed)))}"
                )
            out.append((name, words))
        return tuple(out)

    def words(self, at: str, value: Any) -> list[str]:
        out: list[str] = []
        for item in [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else [value]:
            word = str(item)
            if not isinstance(item, str):
                raise self.fail(at, f"words are wanted, not {item!r}")
            if word.startswith("<") and word.endswith(">"):
                if word[1:-1] not in self.classes:
                    raise self.fail(at, f"no class {word}")
                out += self.classes[word[1:-1]]
            else:
                out.append(word)
        return out

    def code(self, at: str, name: str, value: Any) -> PloverCode | AcledCode | str | int | None:
        if value is None:
            return None
        if name == "cameo":
            if not isinstance(value, str) or not (
                value.isdigit() and 2 <= len(value) <= 4 and 1 <= int(value[:2]) <= 20
            ):
                raise self.fail(at, f"{value!r} is no CAMEO code (two to four digits in quotes, 01 to 20 first)")
            return value
        if name == "ucdp":
            if value not in (1, 2, 3) or isinstance(value, bool):
                raise self.fail(at, f"{value!r} is no type of organised violence (1, 2 or 3)")
            return int(value)
        return self.plover(at, value) if name == "plover" else self.acled(at, value)

    def plover(self, at: str, value: Any) -> PloverCode:
        known, _ = _vocabularies()
        if not isinstance(value, Mapping) or str(value.get("event")) not in known:
            raise self.fail(at, f"an event of {', '.join(known)} is wanted")
        event, mode = str(value["event"]), str(value.get("mode") or "")
        if mode and mode not in known[event]:
            raise self.fail(f"{at}.mode", f"{mode!r} is no mode of {event}")
        return PloverCode(event=event, mode=mode)

    def acled(self, at: str, value: Any) -> AcledCode:
        _, known = _vocabularies()
        if not isinstance(value, Mapping) or str(value.get("event_type")) not in known:
            raise self.fail(at, f"an event_type of {', '.join(known)} is wanted")
        event, sub = str(value["event_type"]), str(value.get("sub_event_type") or "")
        if sub not in known[event]:
            raise self.fail(f"{at}.sub_event_type", f"{sub!r} is no sub-event of {event}")
        return AcledCode(event_type=event, sub_event_type=sub)
