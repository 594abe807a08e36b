"""What two codebooks differ in: types, their words and conditions, their codes elsewhere, and word classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

import msgspec

from dateline.codebook.crosswalk_rules import Crosswalk
from dateline.codebook.model import Codebook, Condition, Rule, Test, TypeSpec, Words, words_of


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``part`` is type, definition, family, crosswalk, trigger, generic or class; ``owner`` the type, generic word or
    class; ``what`` the trigger or the crosswalk's field.  ``old`` and ``new`` say what stands in one codebook and not
    in the other; of a trigger that both have, only what it asks for and the other does not.
    """

    kind: Literal["added", "removed", "changed"]
    part: str
    owner: str
    what: str
    old: str
    new: str


def diff(old: Codebook, new: Codebook) -> tuple[Change, ...]:
    """Every difference that may change a coding or its codes, in order of part, owner and word.

    Where in the files something stands, and the examples, make none.
    """
    found = _compared("type", {t: s.definition for t, s in old.types.items() if t not in new.types}, {})
    found += _compared("type", {}, {t: s.definition for t, s in new.types.items() if t not in old.types})
    for name in old.types.keys() & new.types.keys():
        found += _of_type(old.types[name], new.types[name])
    found += _rules(_triggers(old), _triggers(new))
    found += _classes(old.classes, new.classes)
    return tuple(sorted(found, key=lambda c: (_PARTS.index(c.part), c.owner, c.what, c.old, c.new)))


_PARTS = ("type", "definition", "family", "crosswalk", "trigger", "generic", "class")


def _compared(part: str, old: Mapping[str, str], new: Mapping[str, str], owner: str = "") -> list[Change]:
    """Changes between two tables of text by name; with an owner, the names are of its parts."""
    out = []
    for name in old.keys() | new.keys():
        if old.get(name) != new.get(name):
            kind: Literal["added", "removed", "changed"]
            kind = "added" if name not in old else "changed" if name in new else "removed"
            where = (owner, name) if owner else (name, "")
            out.append(Change(kind, part, *where, old.get(name, ""), new.get(name, "")))
    return out


def _of_type(old: TypeSpec, new: TypeSpec) -> list[Change]:
    definitions = [{old.type: " ".join(s.definition.split())} for s in (old, new)]
    return [
        *_compared("definition", definitions[0], definitions[1]),
        *_compared("family", {old.type: old.family}, {old.type: new.family}),
        *_compared("crosswalk", _codes(old.crosswalk), _codes(new.crosswalk), old.type),
    ]


def _classes(old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> list[Change]:
    """Classes by what one side has and the other does not."""
    one = {k: "|".join(sorted(set(v) - set(new.get(k, ())))) for k, v in old.items()}
    other = {k: "|".join(sorted(set(v) - set(old.get(k, ())))) for k, v in new.items()}
    same = {k for k in one.keys() & other.keys() if not one[k] and not other[k]}
    left = [{k: v for k, v in side.items() if k not in same} for side in (one, other)]
    return _compared("class", left[0], left[1])


# ------------------------------------------------------------------------------------------------ crosswalks


def _codes(crosswalk: Crosswalk) -> dict[str, str]:
    """Codes by field; a rule's by its conditions, with its rank among those of the same conditions."""
    out = {name: _code(value) for name, value in crosswalk.base.items() if value is not None}
    for rule in crosswalk.rules:
        when = ", ".join(f"{name}: {'|'.join(sorted(wanted))}" for name, wanted in rule.tests)
        for name, value in rule.sets.items():
            key, n = f"{name} when {when}", 2
            while key in out:
                key, n = f"{name} when {when} ({n})", n + 1
            out[key] = _code(value)
    return out


def _code(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, str | int):
        return str(value)
    return "/".join(str(v) for v in msgspec.to_builtins(value).values() if v)


# -------------------------------------------------------------------------------------------------- triggers


_Word = tuple[str, str, str, str]  # part, owner, kind, words
_Rules = Mapping[_Word, list[tuple[str, ...]]]
_ROLE = "role "


def _triggers(book: Codebook) -> _Rules:
    """What the rules of each word ask for, in order."""
    classes = ((f"<{name}>", _texts(words_of(words))) for name, words in book.classes.items())
    show = _Show(tuple(sorted(classes, key=lambda c: (-len(c[1]), c[0]))))
    out: dict[_Word, list[tuple[str, ...]]] = {}
    for listed in (*book.verbs.values(), *book.nouns.values()):
        for rule in listed:
            part = "generic" if rule.refine else "trigger"
            out.setdefault((part, rule.owner, rule.kind, " ".join(rule.words)), []).append(show.rule(rule))
    return out


def _rules(old: _Rules, new: _Rules) -> list[Change]:
    out = []
    for key in old.keys() | new.keys():
        was, now = list(old.get(key, ())), list(new.get(key, ()))
        for same in list(was):
            if same in now:
                was.remove(same)
                now.remove(same)
        part, owner, kind, words = key
        name = f"{words} ({kind})"
        for one, other in zip_longest(was, now):
            if one is None:
                out.append(Change("added", part, owner, name, "", _told(other)))
            elif other is None:
                out.append(Change("removed", part, owner, name, _told(one), ""))
            else:
                told = ("; ".join(p for p in one if p not in other), "; ".join(p for p in other if p not in one))
                out.append(Change("changed", part, owner, name, *told))
    return out


def _told(parts: Iterable[str]) -> str:
    """A whole rule in short: without the roles of its frame."""
    return "; ".join(p for p in parts if not p.startswith(_ROLE)) or "anywhere"


def _texts(w: Words) -> frozenset[str]:
    return w.single.union(" ".join(p) for p in w.phrases)


@dataclass(frozen=True)
class _Show:
    """Writes rules as texts that are the same only for the same rule; ``classes``, the largest first, by name."""

    classes: tuple[tuple[str, frozenset[str]], ...]

    def rule(self, rule: Rule) -> tuple[str, ...]:
        parts = [f"{_ROLE}{k} = {v}" for k, v in sorted(rule.frame.items())]
        parts += [self.test(t) for t in rule.condition.tests]
        if rule.condition.either:
            parts.append(f"any ({' or '.join(map(self.test, rule.condition.either))})")
        for n, r in enumerate(rule.refine, 1):
            where = self.condition(r.condition)
            parts.append(f"{n}. {r.type or 'no event'}{' where ' + where if where else ''}")
        if rule.strength != 1.0:
            parts.append(f"strength {rule.strength:g}")
        return (*parts, "casualty") if rule.casualty else tuple(parts)

    def condition(self, c: Condition) -> str:
        parts = [self.test(t) for t in c.tests]
        if c.either:
            parts.append(f"any ({' or '.join(map(self.test, c.either))})")
        if c.strength != 1.0:
            parts.append(f"strength {c.strength:g}")
        return ", ".join(parts)

    def test(self, t: Test) -> str:
        return f"{'' if t.wanted else 'not_'}{t.slot}: {self.words(t.words)}"

    def words(self, w: Words) -> str:
        flags = (("any", w.anything), ("none", w.nothing), ("place", w.place))
        left, named = _texts(w) - {"place"}, [name for name, on in flags if on]
        for name, words in self.classes:
            if words and words <= left:
                named.append(name)
                left -= words
        return "|".join([*named, *sorted(left)])
