"""The domain: what a report says, in plain frozen dataclasses.

Offsets are Unicode code points into the report's text as given, end exclusive, and
``text == report.text[start:end]`` holds for every span that has offsets.  Dates are ISO 8601 strings.
Nothing here knows how a claim was found; the stages hand these types to one another.

Two families live here.  The *record* (:class:`Report` to :class:`CodedReport`) is what users see, named as
in the output contract.  The *working types* (:class:`Sentence` to :class:`Draft`) are what the stages share
on the way from text to record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, Protocol, TypeVar

Modality = Literal["asserted", "denied", "uncertain", "future"]
Sector = Literal["GOV", "MIL", "COP", "REB", "OPP", "CVL", "MED", "NGO", "IGO", "UNK"]
SourceKind = Literal[
    "state-media",
    "government",
    "military",
    "monitor",
    "ngo",
    "igo",
    "armed-group",
    "media",
    "witness",
    "official",
    "expert",
    "resident",
    "unknown",
]
Stance = Literal["reports", "claims", "denies", "confirms", "accuses"]
Manner = Literal["speech", "act", "belief", "attitude"]
FigureKind = Literal[
    "killed",
    "injured",
    "captured",
    "missing",
    "displaced",
    "returned",
    "evacuated",
    "released",
    "forces",
    "strikes",
    "destroyed",
    "detained",
    "area",
    "money",
    "other",
]
Status = Literal["single-source", "corroborated", "contested", "denied", "planned"]


# --------------------------------------------------------------------------------------------- the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as read: its text exactly as given, and what is known about it.

    ``published`` is an ISO date or None.  ``body`` is where the text proper begins (after a date line or
    other head matter that belongs to no sentence); ``truncated`` says that the text breaks off.
    """

    id: str
    text: str
    title: str = ""
    url: str = ""
    outlet: str = ""
    published: str | None = None
    language: str = "en"
    sha256: str = ""
    truncated: bool = False
    body: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words of the report.  Offsets are None where a value comes from the report's metadata."""

    text: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Span):
    """Who did it or to whom.  ``country`` is ISO 3166-1 alpha-3 or ""; ``actor_id`` a key of the actor list."""

    name: str
    country: str
    sector: Sector
    group: str
    actor_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How the event's place lies to the named one: ``north of``, ``10 km south of``, ``near``…

    ``bearing`` is a compass point ("N", "NW"…) or None, ``distance_km`` kilometres or None.
    """

    bearing: str | None
    distance_km: float | None
    kind: Literal["near", "in", "around", "between", "along", "edge", "outskirts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Span):
    """Where the event was.  ``precision`` is UCDP's where_prec (1 exact … 7 international waters).

    Where it was at several places named together, the span runs over all of them ("Homs, Hama and Idlib"); the rest
    is of the likeliest.
    """

    name: str
    geonameid: int | None
    country: str
    admin1: str
    feature: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: int
    relation: Relation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class When(Span):
    """When the event was: an honest interval.  ``precision`` is UCDP's date_prec (1 exact day … 5 a year)."""

    earliest: str | None
    latest: str | None
    precision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Span):
    """By whom the report says that it is said."""

    name: str
    kind: SourceKind
    verb: str
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePart:
    """A part of a figure's total: "among them four children"."""

    low: int | float | None
    high: int | float | None
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Span):
    """How many.  ``low`` or ``high`` is None where the text leaves that end open."""

    kind: FigureKind
    low: int | float | None
    high: int | float | None
    of: str
    includes: tuple[FigurePart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A stretch of the report's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PloverCode:
    """``event`` is "" where PLOVER has none for the claim; the code is false then."""

    event: str
    mode: str
    contexts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.event)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledCode:
    event_type: str
    sub_event_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What the claim is in the field's other codebooks; None, for PLOVER an empty event, where it is outside one."""

    plover: PloverCode | None
    cameo: str | None
    acled: AcledCode | None
    ucdp: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement in one report, every field tied to the words it came from."""

    id: str
    report_id: str
    type: str
    codes: Codes
    trigger: Span
    sentence: Extent
    agents: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    place: Place | None
    time: When | None
    modality: Modality
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...]
    background: bool
    evidence: tuple[str, ...]
    quoted: bool
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigure:
    """One source's own number, with the claim that gives it and the date of its report."""

    source: str
    low: int | float | None
    high: int | float | None
    date: str | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigure:
    """low ≤ best ≤ high wherever they are known."""

    kind: FigureKind
    low: int | float | None
    best: int | float | None
    high: int | float | None
    by_source: tuple[SourceFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One value that some of the claims give a field."""

    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """What the sources do not agree on."""

    field: str
    values: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A happening, and every claim that tells of it."""

    id: str
    type: str
    codes: Codes
    claims: tuple[str, ...]
    place: Place | None
    time: When | None
    agents: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    figures: tuple[EventFigure, ...]
    status: Status
    disagreements: tuple[Disagreement, ...]
    first_reported: str | None
    last_reported: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town or site that a report names, with how far it reaches."""

    geonameid: int
    name: str
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedReport:
    """A report and what it says.

    ``people`` are digests of the private persons that it names, ``marks`` of the rare words that it tells in, with
    their weights, and ``towns`` the towns and sites, those named most first: by them reports of one happening find
    one another.
    """

    report: Report
    claims: tuple[Claim, ...]
    primary: str | None = None
    people: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    towns: tuple[Town, ...] = ()
    events: tuple[Event, ...] | None = None
    codebook: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A report put aside: its id, the line or file it came from, and why."""

    id: str
    origin: str
    reason: str
    detail: str = ""


S = TypeVar("S", bound=Span)


class Respan(Protocol):
    """Gives a span another of its own type."""

    def __call__(self, span: S, /) -> S: ...


def bare(span: S) -> S:
    """A span's value without where it stands."""
    return replace(span, start=None, end=None)


def respan(c: Claim, change: Respan) -> Claim:
    """A claim with each of its spans changed, in order of the fields."""
    return replace(
        c,
        trigger=change(c.trigger),
        agents=tuple(map(change, c.agents)),
        targets=tuple(map(change, c.targets)),
        place=change(c.place) if c.place else None,
        time=change(c.time) if c.time else None,
        sources=tuple(map(change, c.sources)),
        figures=tuple(map(change, c.figures)),
    )


# ------------------------------------------------------------------------------------------ working types


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A parsed sentence as parallel columns, one entry a token.

    ``words`` are what the parser saw (an apostrophe restored, a headline's capitals lowered);
    ``starts``/``ends`` are offsets into the report's text, so ``report.text[starts[i]:ends[i]]`` is what
    stands there (an inserted token has an empty range).  ``heads`` are token indexes in this sentence, the
    root its own head.  Tags are Penn Treebank, dependencies ClearNLP, as the English models give them.
    """

    index: int
    paragraph: int
    start: int
    end: int
    words: Sequence[str]
    lower: Sequence[str]
    lemmas: Sequence[str]
    tags: Sequence[str]
    deps: Sequence[str]
    heads: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    ents: Sequence[str]  # entity type of the parser's NER or "", one a token
    quoted: Sequence[bool]
    heading: bool = False
    headline: bool = False  # telegraphic: the report's title run into its text
    broken: bool = False  # the text breaks off inside it

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token, its dependents in order of the text."""
        kids: list[list[int]] = [[] for _ in self.words]
        for i, h in enumerate(self.heads):
            if h != i:
                kids[h].append(i)
        return tuple(tuple(k) for k in kids)

    @cached_property
    def edges(self) -> tuple[tuple[int, int], ...]:
        """For each token, the first and last (inclusive) token of its subtree."""
        left, right = list(range(len(self.words))), list(range(len(self.words)))
        order = sorted(range(len(self.words)), key=self._depth, reverse=True)
        for i in order:
            h = self.heads[i]
            left[h] = min(left[h], left[i])
            right[h] = max(right[h], right[i])
        return tuple(zip(left, right, strict=True))

    def _depth(self, i: int) -> int:
        n = 0
        while self.heads[i] != i and n <= len(self.words):
            i, n = self.heads[i], n + 1
        return n

    def ancestors(self, i: int) -> list[int]:
        """The heads above a token, nearest first."""
        out: list[int] = []
        while self.heads[i] != i and len(out) < len(self.words):
            i = self.heads[i]
            out.append(i)
        return out


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A run of tokens in one sentence: first, last (inclusive) and the syntactic head of the run."""

    sentence: int
    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it counts, found in one sentence.

    ``first``/``last`` cover the whole phrase ("at least 16 people"); ``head`` is the token counted, or the
    last token of the number where nothing is named.
    """

    mention: Mention
    low: int | float | None
    high: int | float | None
    of: str
    unit: str = ""  # lower-cased head noun: "people", "km", "$"…; "" where elliptic
    includes: tuple[FigurePart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says some of a sentence's tokens: innermost speaker first, the outlet that was told last.

    ``manner`` tells a report of speech from a deed done by speaking ("vowed", "condemned"), from what somebody
    believes, and from any other attitude ("wants", "supports"); only the first makes a source.
    """

    speakers: tuple[Mention, ...]
    verb: str
    stance: Stance
    sentence: int
    first: int  # the tokens said, inclusive
    last: int
    cue: int | None = None  # token of the reporting word, if it stands in this sentence
    manner: Manner = "speech"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression in one sentence, anchored on the report's date.

    ``earliest``/``latest`` are ISO dates (or date-times where the text gives an hour), None where that end is
    open; ``precision`` is UCDP's date_prec.  ``role`` says how it bounds a happening: ``at`` (within it),
    ``since`` (from its start to the report's date), ``by`` (a deadline: no later than its end), ``during``
    (a span of time that the happening took up), ``relative`` (tied to another happening: "after the attack").
    """

    mention: Mention
    earliest: str | None
    latest: str | None
    precision: int
    role: Literal["at", "since", "by", "during", "relative"] = "at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """By which place in the sentence's tree a participant was found: ``slot`` ("subject", "by"…) of token ``of``."""

    role: Literal["agent", "target"]
    mention: Mention
    slot: str
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why the extraction filled a draft as it did; made only where an explanation is wanted.

    ``type`` is what the rules gave, ``met`` the conditions of the rule that held, each with the words that met it, and
    ``refined`` those that gave a generic word its type (None where it has a type of its own, or another word's).
    ``ways`` hold the ways of the sentence's other words too.  ``modality`` is the word that decided, ``background``
    the reason or "", ``counts`` for each figure the word that says what is counted ("" where it is a person without
    a number), and ``merged`` the tokens of words that tell of the same event.
    """

    type: str
    met: tuple[tuple[str, str], ...]
    refined: tuple[tuple[str, str], ...] | None
    ways: tuple[Way, ...]
    modality: str
    background: str
    counts: tuple[str, ...]
    merged: tuple[int, ...]


@dataclass(slots=True, kw_only=True)
class Draft:
    """A claim before its identities are resolved.

    ``anchors`` are the tokens whose clauses the event's place and time hang on: its trigger, the verb that
    carries an event noun, the verbs of killing that tell of its victims.  ``back`` is the index, among the
    report's drafts, of an earlier one that tells of the same happening, from which it takes what it does not
    say itself.  ``phrase`` is the trigger with the verbs beside it that tell of the same event ("killed in clashes",
    "launched an assault"), None where there are none.
    """

    type: str
    trigger: Mention
    agents: list[Mention] = field(default_factory=list)
    targets: list[Mention] = field(default_factory=list)
    figures: list[tuple[FigureKind, Quantity]] = field(default_factory=list)
    anchors: list[int] = field(default_factory=list)
    time: TimeMention | None = None
    back: int | None = None
    modality: Modality = "asserted"
    attributions: list[Attribution] = field(default_factory=list)
    evidence: tuple[str, ...] = ()
    background: bool = False
    quoted: bool = False
    strength: float = 1.0  # how surely the trigger tells of an event of this type
    pattern: str = ""  # the codebook's rule that fired
    grounds: Grounds | None = None  # only where an explanation is wanted
    phrase: Mention | None = None
