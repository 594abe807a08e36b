"""What a codebook is once it is read: its types, the rules of its words, and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.codebook.crosswalk_rules import Crosswalk
from dateline.codebook.needs import Need


@dataclass(frozen=True, slots=True)
class Words:
    """Words that a condition looks for.

    ``single`` are base forms, ``phrases`` base forms that stand together; ``anything`` is fulfilled by
    whatever stands there, ``nothing`` by nothing standing there, ``place`` by the name of a place or a word
    for one.
    """

    single: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    anything: bool = False
    nothing: bool = False
    place: bool = False


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a condition: the words (or sectors) that must, or must not, stand in a slot."""

    slot: str
    words: Words
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Condition:
    """All tests must hold, and one of ``either`` if there are any."""

    tests: tuple[Test, ...] = ()
    either: tuple[Test, ...] = ()
    strength: float = 1.0
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Refinement:
    """A type that a generic word takes where the condition holds; "" drops the event."""

    type: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Rule:
    """A word or phrase that tells of an event.

    ``words`` are base forms, the first is the one the rule is looked up by.  ``owner`` is the type, or the
    generic's name where ``refine`` is not empty.  ``pattern`` rules need their condition's company.  One of
    ``needs`` must be met by the sentence's words.
    """

    owner: str
    kind: str  # verb, noun or pattern
    words: tuple[str, ...]
    frame: Mapping[str, str]
    condition: Condition = Condition()
    refine: tuple[Refinement, ...] = ()
    strength: float = 1.0
    casualty: bool = False
    needs: tuple[Need, ...] = ()

    @property
    def name(self) -> str:
        """How the rule is shown to people: "shelling: verb fire + object"."""
        tail = "".join(f" +{t.slot}" for t in self.condition.tests if t.wanted)
        return f"{self.owner}: {self.kind} {' '.join(self.words)}{tail}"


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """A type of claim as its codebook defines it."""

    type: str
    definition: str
    crosswalk: Crosswalk
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    family: str = ""


@dataclass(frozen=True, slots=True)
class LightVerbs:
    """Verbs that only carry an event noun; each a base form, with a particle after a blank."""

    active: frozenset[str]
    under: frozenset[str]
    occur: frozenset[str]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook ready for use."""

    name: str
    version: str
    types: Mapping[str, TypeSpec]
    verbs: Mapping[str, tuple[Rule, ...]]
    nouns: Mapping[str, tuple[Rule, ...]]
    light: LightVerbs
    anaphors: frozenset[str]
    places: frozenset[str]  # common nouns for places ("town")
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)  # nouns for actors, and phrases of two words → sector
    actor_list: Path | None = None  # tables of actors of its own, beside the built-in list
    triage: str = ""  # the lexicon that says which of the triggers any news has; "" for none

    @property
    def label(self) -> str:
        """Name and version, as it stands in every record."""
        return f"{self.name} {self.version}"


def words_of(listed: Sequence[str]) -> Words:
    """The words that a list of words, phrases and hyphenated words asks for."""
    return Words(
        frozenset(w for w in listed if " " not in w),
        tuple(tuple(w.replace("-", " - ").split()) for w in listed if " " in w or "-" in w),
        place="place" in listed,
    )
