"""The page of the default codebook: its types, and what each is in the field's other codebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dateline.codebook import load_codebook
from dateline.codebook.crosswalk_read import schemes
from dateline.codebook.crosswalk_rules import TESTS, Rule
from dateline.codebook.model import Codebook, TypeSpec
from dateline.types import AcledCode, PloverCode
from reference.markdown import code, prose, table

NAMES = {"plover": "PLOVER", "cameo": "CAMEO", "acled": "ACLED", "ucdp": "UCDP"}
VIOLENCE = {1: "1 (state-based)", 2: "2 (non-state)", 3: "3 (one-sided)"}
INTRODUCTION = """\
This is the codebook `{label}` with its {count} types. A claim's type says what happened; who did it, where and how surely
stand in its other fields. `dateline codebook check` codes the examples below: each must give a claim of its type, each
counter-example none. A [codebook of your own](../codebooks.md) has the same form.

A claim's `codes` are made in three steps:

1. The type's own codes hold, unless one of its rules does. Of the rules that hold, the first that names a scheme gives the
   code in that scheme.
2. The [rules of the schemes](#rules-of-the-schemes) then change what they name, in order.
3. UCDP counts deadly violence only. Its type is null unless deaths are told, and the sides decide which one it is: a state's
   forces on one side make it 1, armed groups on both 2, people who do not fight as targets 3. It is null where neither side
   is known.

Event and mode names are PLOVER's (CC BY-SA 4.0, Open Event Data Alliance).
"""


def page(texts: Mapping[str, Any]) -> str:
    """The page.

    Raises:
        ValueError: a test of the rules has no text, or a text has none.
    """
    if odd := sorted(TESTS.keys() ^ texts["tests"].keys()):
        raise ValueError(f"tests and their texts differ: {', '.join(odd)}")
    book = load_codebook()
    lines = ["# The default codebook", "", INTRODUCTION.format(label=book.label, count=len(book.types))]
    rows = [(f"[{s.type}](#{s.type})", prose(s.definition)) for s in book.types.values()]
    lines += table(("type", "what it is"), rows)
    for spec in book.types.values():
        lines += _type(book, spec, texts["tests"])
    lines += ["## Rules of the schemes", "", "They hold for the types of every codebook.", ""]
    lines += [*(f"- {_rule(r, texts['tests'])}" for r in schemes().fine_print), ""]
    lines += ["## Contexts of PLOVER", "", "A claim has each of these contexts whose condition holds.", ""]
    contexts = [(code(name), _when(rule, texts["tests"])) for name, rule in schemes().contexts]
    return "\n".join(lines + table(("context", "where"), contexts))


def _type(book: Codebook, spec: TypeSpec, tests: Mapping[str, Any]) -> list[str]:
    lines = [f"## {spec.type}", "", prose(spec.definition), "", *_kin(book, spec)]
    for title, sentences in (("Examples", spec.examples), ("Counter-examples", spec.counterexamples)):
        if sentences:
            lines += [f"{title}:", "", *(f"- {prose(s)}" for s in sentences), ""]
    lines += _words(book, spec.type)
    base = spec.crosswalk.base
    lines += table(("scheme", "code"), [(title, _code(base.get(name))) for name, title in NAMES.items()])
    rules = [f"- {_rule(r, tests)}" for r in spec.crosswalk.rules]
    return lines + (["Rules:", "", *rules, ""] if rules else [])


def _kin(book: Codebook, spec: TypeSpec) -> list[str]:
    kin = [f"[{s.type}](#{s.type})" for s in book.types.values() if s.family == spec.family and s is not spec]
    return [f"Of one family with {', '.join(kin)}.", ""] if kin else []


def _words(book: Codebook, name: str) -> list[str]:
    """The words that tell of a type: those that do so alone, and those that need others beside them."""
    rules = [r for table in (book.verbs, book.nouns) for rs in table.values() for r in rs if r.owner == name]
    alone = [r for r in rules if r.kind != "pattern" and not r.condition.tests and not r.condition.either]
    groups = {
        "Verbs": (r.words for r in alone if r.kind == "verb"),
        "Nouns": (r.words for r in alone if r.kind == "noun"),
        "Only with certain words beside them": (r.words for r in rules if r not in alone),
    }
    found = {title: sorted({" ".join(w) for w in words}) for title, words in groups.items()}
    rows = [f"- {title}: {', '.join(map(_word, words))}" for title, words in found.items() if words]
    return ["Words that tell of it:", "", *rows, ""] if rows else []


def _word(text: str) -> str:
    return f"*{prose(text)}*"


# ------------------------------------------------------------------------------------------------------- rules


def _rule(rule: Rule, texts: Mapping[str, Any]) -> str:
    sets = "; ".join(f"{NAMES[name]} {_code(value)}" for name, value in rule.sets.items())
    return f"Where {_when(rule, texts)}: {sets}."


def _when(rule: Rule, texts: Mapping[str, Any]) -> str:
    return ", and ".join(_test(name, wanted, texts[name]) for name, wanted in rule.tests)


def _test(name: str, wanted: frozenset[str], text: Any) -> str:
    if isinstance(text, Mapping):
        return str(text[next(iter(wanted))])
    show = _word if name.endswith(("cue", "cue2", "trigger")) else _sector
    return str(text).format(_either(show(w) for w in sorted(wanted)))


def _sector(name: str) -> str:
    return {"": "not named", "any": "anybody"}.get(name) or code(name)


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _code(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, PloverCode):
        return code(f"{value.event}/{value.mode}" if value.mode else value.event)
    if isinstance(value, AcledCode):
        return f"{value.event_type}: {value.sub_event_type}"
    return VIOLENCE[value] if isinstance(value, int) else code(value)
