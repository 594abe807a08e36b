"""The one loader of codebooks: YAML files → :class:`Codebook`, checked as they are read.

A codebook is a folder of YAML files, joined in order of their names, or a single file of the same form:
``codebook`` (name), ``version``, ``triage``, ``actors`` (nouns by sector, beside the language's own), ``classes`` (named
word lists), ``frames`` (which syntactic place is which
role), ``light_verbs``, ``generic`` (words that take a type from their company), ``types``.  Words are base
forms; ``<name>`` stands for the words of a class.  A folder may hold a folder ``actor_list`` of tables too
(:mod:`dateline.codebook.actors`): actors by name that are added to the built-in list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from dateline.codebook.crosswalk import compile_crosswalk
from dateline.codebook.lexicon import DATA, read_yaml
from dateline.codebook.locate import located
from dateline.codebook.model import Codebook, Condition, LightVerbs, Refinement, Rule, Test, TypeSpec, Words, words_of
from dateline.codebook.needs import needs_of
from dateline.codebook.shape import faults
from dateline.errors import CodebookError

__all__ = [
    "DEFAULT",
    "Codebook",
    "Condition",
    "LightVerbs",
    "Refinement",
    "Rule",
    "Test",
    "TypeSpec",
    "Words",
    "load_codebook",
    "words_of",
]

DEFAULT = DATA / "default"
_ROLES = frozenset({"agent", "target", "both", "place", "none"})
_SECTORS = frozenset({"GOV", "MIL", "COP", "REB", "OPP", "CVL", "MED", "NGO", "IGO", "UNK", "any", ""})
_WORD_TESTS = frozenset({"object", "subject", "cue", "near", "of", "verb", "particle", "trigger", "as"})
_SECTOR_TESTS = frozenset({"agent", "target"})
_FLAGS = frozenset({"plural", "that", "not_verb", "counted"})
_PREPOSITIONS = frozenset(
    "into toward towards under from for on upon with by to against at over about out back out_of in between through".split()
)


@cache
def load_codebook(path: Path | None = None) -> Codebook:
    """Load a codebook: a file, or a folder of files; the default one if no path is given.

    Raises:
        CodebookError: a file cannot be read or is not as it should be; file and field are named.
    """
    at = path or DEFAULT
    if not at.exists():
        raise CodebookError("no such file or folder", path=str(at))
    files = sorted(at.glob("*.yaml")) if at.is_dir() else [at]
    if not files:
        raise CodebookError("no .yaml file in this folder", path=str(at))
    try:
        return _Loader(str(at), _join([(f, read_yaml(f)) for f in files])).load()
    except CodebookError as e:
        raise located(e, files) from None


def _join(parts: Iterable[tuple[Path, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for path, part in parts:
        if not isinstance(part, dict):
            raise CodebookError("named sections are wanted", path=str(path))
        for key, value in part.items():
            if key not in whole:
                whole[key] = value
            elif isinstance(value, list):
                whole[key] = whole[key] + value
            elif isinstance(value, dict):
                whole[key] = {**whole[key], **value}
            else:
                raise CodebookError("given twice", path=str(path), field=key)
    return whole


class _Loader:
    """Holds what every part of a file needs while it is read: its path, classes and frames."""

    def __init__(self, path: str, raw: dict[str, Any]) -> None:
        self.path = path
        self.raw = raw
        self.classes: dict[str, tuple[str, ...]] = {}
        self.frames: dict[str, dict[str, str]] = {}

    def fail(self, field: str, message: str) -> CodebookError:
        return CodebookError(message, path=self.path, field=field)

    def load(self) -> Codebook:
        for at, message in faults(self.raw):
            raise self.fail(at, message)
        for name, words in (self.raw.get("classes") or {}).items():
            self.classes[str(name)] = self._listed(f"classes.{name}", words)
        for name, frame in (self.raw.get("frames") or {}).items():
            self.frames[str(name)] = self._frame(f"frames.{name}", frame)
        types: dict[str, TypeSpec] = {}
        rules: list[Rule] = []
        for n, raw in enumerate(self.raw.get("types") or ()):
            spec, own = self._type(n, raw)
            if spec.type in types:
                raise self.fail(f"types.{spec.type}", "this type is given twice")
            types[spec.type] = spec
            rules += own
        if not types:
            raise self.fail("types", "a codebook needs at least one type")
        for n, raw in enumerate(self.raw.get("generic") or ()):
            rules += self._generic(n, raw, types)
        light = self.raw.get("light_verbs") or {}
        return Codebook(
            name=str(self.raw.get("codebook") or Path(self.path).stem),
            version=str(self.raw.get("version") or "0"),
            types=types,
            verbs=_by_word(r for r in rules if r.kind != "noun"),
            nouns=_by_word(r for r in rules if r.kind == "noun"),
            light=LightVerbs(
                *(frozenset(self._listed(f"light_verbs.{k}", light.get(k) or ())) for k in ("active", "under", "occur"))
            ),
            anaphors=frozenset(self._listed("anaphors", self.raw.get("anaphors") or ())),
            places=frozenset(self.classes.get("place-noun", ())),
            classes=self.classes,
            actors=self._actors(self.raw.get("actors") or {}),
            actor_list=self._actor_list(),
            triage=self._triage(),
        )

    def _triage(self) -> str:
        name = str(self.raw.get("triage") or ("conflict" if self.path == str(DEFAULT) else ""))
        if name not in ("", "conflict"):
            raise self.fail("triage", f"{name!r} is no list of stage words; there is: conflict")
        return name

    def _actor_list(self) -> Path | None:
        """The folder ``actor_list`` beside the codebook's files, if it has one."""
        folder = Path(self.path) / "actor_list"
        return folder if folder.is_dir() else None

    def _actors(self, raw: Mapping[str, Any]) -> dict[str, str]:
        out: dict[str, str] = {}
        for sector, words in raw.items():
            if sector not in _SECTORS - {"any", ""}:
                raise self.fail(f"actors.{sector}", f"no sector; there are {', '.join(sorted(_SECTORS - {'any', ''}))}")
            for word in self._listed(f"actors.{sector}", words):
                if len(word.split()) > 2:
                    raise self.fail(f"actors.{sector}", f"{word!r} has more than two words")
                out.setdefault(word, sector)
        return out

    # --------------------------------------------------------------------------------------------- types

    def _type(self, n: int, raw: Any) -> tuple[TypeSpec, list[Rule]]:
        if not isinstance(raw, dict) or not raw.get("type"):
            raise self.fail(f"types[{n}]", "a type needs a name (type: …)")
        name = str(raw["type"])
        at = f"types.{name}"
        if not raw.get("definition"):
            raise self.fail(f"{at}.definition", "a type needs a definition")
        spec = TypeSpec(
            type=name,
            definition=str(raw["definition"]),
            crosswalk=compile_crosswalk(raw.get("crosswalk") or {}, name, self.classes, self.path),
            examples=tuple(map(str, raw.get("examples") or ())),
            counterexamples=tuple(map(str, raw.get("not") or ())),
            family=self._family(name),
        )
        frame = {**self._named_frame(at, raw), **self._frame(f"{at}.frames_override", raw.get("frames_override") or {})}
        rules = self._plain(at, raw, name, frame, "verb") + self._plain(at, raw, name, frame, "noun")
        for k, pattern in enumerate(raw.get("patterns") or ()):
            rules += self._pattern(f"{at}.patterns[{k}]", pattern, name, frame)
        return spec, rules

    def _family(self, name: str) -> str:
        families: dict[str, Any] = self.raw.get("families") or {}
        return next((str(f) for f, members in families.items() if name in members), name)

    def _named_frame(self, at: str, raw: Mapping[str, Any]) -> dict[str, str]:
        name = str(raw.get("frame") or "")
        if name not in self.frames:
            raise self.fail(f"{at}.frame", f"no frame {name!r}")
        return self.frames[name]

    def _frame(self, at: str, raw: Any) -> dict[str, str]:
        if not isinstance(raw, dict):
            raise self.fail(at, "roles are wanted (slot: role)")
        for slot, role in raw.items():
            if not isinstance(role, str) or role not in _ROLES:
                raise self.fail(f"{at}.{slot}", f"{role!r} is none of {', '.join(sorted(_ROLES))}")
        return {str(k): str(v) for k, v in raw.items()}

    def _plain(self, at: str, raw: Mapping[str, Any], owner: str, frame: Mapping[str, str], kind: str) -> list[Rule]:
        needs = raw.get(f"{kind}_needs") or {}
        weak = set(self._listed(f"{at}.weak_{kind}s", raw.get(f"weak_{kind}s") or ()))
        out = []
        for word in self._listed(f"{at}.{kind}s", raw.get(f"{kind}s") or ()):
            condition = self._condition(f"{at}.{kind}_needs.{word}", needs.get(word) or {})
            if not condition.drop:
                strength = condition.strength * (0.6 if word in weak else 1.0)
                out.append(Rule(owner, kind, tuple(word.split()), frame, condition, strength=strength))
        return out

    def _pattern(self, at: str, raw: Any, owner: str, frame: Mapping[str, str]) -> list[Rule]:
        if not isinstance(raw, dict) or "verb" not in raw:
            raise self.fail(at, "a pattern needs verbs (verb: […])")
        condition = self._condition(at, {k: v for k, v in raw.items() if k not in {"verb", "frame"}})
        frame = {**frame, **self._frame(f"{at}.frame", raw.get("frame") or {})}
        verbs = self._listed(f"{at}.verb", raw["verb"])
        return [Rule(owner, "pattern", tuple(v.split()), frame, condition, strength=condition.strength) for v in verbs]

    def _generic(self, n: int, raw: Any, types: Mapping[str, TypeSpec]) -> list[Rule]:
        name = str(raw.get("name") or n)
        at = f"generic.{name}"
        frame = self._named_frame(at, raw)
        needs = {
            k: self._condition(f"{at}.{k}", raw.get(k) or raw.get("needs") or {}) for k in ("verb_needs", "noun_needs")
        }
        refine = []
        for k, r in enumerate(raw.get("refine") or ()):
            if not isinstance(r, dict):
                raise self.fail(f"{at}.refine[{k}]", "a type and its conditions are wanted")
            dropped = bool(r.get("drop"))
            if not dropped and str(r.get("type")) not in types:
                raise self.fail(f"{at}.refine[{k}].type", f"no type {r.get('type')!r}")
            rest = {k: v for k, v in r.items() if k not in {"type", "drop"}}
            refine.append(Refinement("" if dropped else str(r["type"]), self._condition(f"{at}.refine[{k}]", rest)))
        return [
            Rule(
                name,
                kind,
                tuple(word.split()),
                frame,
                needs[f"{kind}_needs"],
                tuple(refine),
                casualty=bool(raw.get("casualty")),
            )
            for kind in ("verb", "noun")
            for word in self._listed(f"{at}.{kind}s", raw.get(f"{kind}s") or ())
        ]

    # ---------------------------------------------------------------------------------------- conditions

    def _condition(self, at: str, raw: Any) -> Condition:
        if not isinstance(raw, dict):
            raise self.fail(at, "conditions are wanted (slot: words)")
        tests, either, strength, drop = [], [], 1.0, False
        for key, value in raw.items():
            if key == "strength":
                strength = self._strength(f"{at}.strength", value)
            elif key == "drop":
                drop = bool(value)
            elif key == "any":
                if not isinstance(value, dict):
                    raise self.fail(f"{at}.any", "conditions are wanted (slot: words)")
                either = [self._test(f"{at}.any", str(k), v) for k, v in value.items()]
            else:
                tests.append(self._test(at, str(key), value))
        return Condition(tuple(tests), tuple(either), strength, drop)

    def _strength(self, at: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.fail(at, "a number from 0 to 1 is wanted")
        return float(value)

    def _test(self, at: str, key: str, value: Any) -> Test:
        wanted = not key.startswith("not_") or key in _FLAGS
        slot = key if wanted else key[4:]
        if slot in _SECTOR_TESTS:
            sectors = [value] if isinstance(value, str) else value
            if not isinstance(sectors, list) or not all(isinstance(s, str) for s in sectors):
                raise self.fail(f"{at}.{key}", "a list of sectors is wanted")
            if wrong := [s for s in sectors if s not in _SECTORS]:
                raise self.fail(f"{at}.{key}", f"{wrong[0]!r} is no sector")
            return Test(slot, Words(frozenset(sectors), anything="any" in sectors), wanted)
        if slot in _FLAGS or slot == "modality":
            return Test(slot, Words(frozenset([str(value)])), wanted)
        if slot not in _WORD_TESTS and slot.replace(" ", "_") not in _PREPOSITIONS:
            raise self.fail(f"{at}.{key}", "no such slot")
        return Test(slot, self._words(f"{at}.{key}", value), wanted)

    def _words(self, at: str, value: Any) -> Words:
        if value in ("any", "*"):
            return Words(anything=True)
        if value == "none":
            return Words(nothing=True)
        if value == "place":
            return Words(place=True)
        return words_of(self._listed(at, value))

    def _listed(self, at: str, value: Any) -> tuple[str, ...]:
        """A list of words with its classes written out, none twice."""
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple):
            raise self.fail(at, "a list of words is wanted")
        out: dict[str, None] = {}
        for item in items:
            word = str(item) if isinstance(item, str | int | float) else ""
            if not word.strip():
                raise self.fail(at, f"{item!r} is no word")
            if word.startswith("<") and word.endswith(">"):
                if word[1:-1] not in self.classes:
                    raise self.fail(at, f"no class {word}")
                out.update(dict.fromkeys(self.classes[word[1:-1]]))
            else:
                out[word] = None
        return tuple(out)


def _by_word(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    """Rules by their first word; longer phrases first, then patterns, words with conditions, generic words, the rest."""
    found: dict[str, list[Rule]] = {}
    for r in rules:
        found.setdefault(r.words[0], []).append(replace(r, needs=needs_of(r)))
    return {w: tuple(sorted(rs, key=_specific)) for w, rs in found.items()}


def _specific(r: Rule) -> tuple[int, bool, int, bool]:
    tests = len(r.condition.tests) + bool(r.condition.either)
    return (-len(r.words), r.kind != "pattern", -tests, not r.refine)
