"""The dead of an event by side, out of the words that say who they were ("seven soldiers and one civilian").

Each part of a number goes to the side that its words name, or to the civilians.  Words that could be either ("a civilian
employee of the army"), that name nobody ("people") or that fit both sides leave their part unknown.  The parts always make up
the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.codebook.actors import load_actors
from dateline.codebook.lexicon import lexicon
from dateline.export.bundle import Bundle
from dateline.export.ged_sides import Dyad, Party
from dateline.export.sheet import tables
from dateline.gazetteer.tables import demonyms
from dateline.types import Event, EventFigure, Figure

_FORCES = {"MIL": "state", "COP": "state", "GOV": "state", "REB": "group"}
_PLAIN = frozenset({"CVL", "MED", "NGO"})
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True, slots=True)
class Deaths:
    """People killed, by side; low ≤ best ≤ high, and best is the sum of the four."""

    a: int
    b: int
    civilians: int
    unknown: int
    low: int
    best: int
    high: int


def deaths_of(bundle: Bundle, e: Event, f: EventFigure, dyad: Dyad) -> Deaths:
    """The dead of an event in this dyad.

    Args:
        f: the event's figure of people killed, with its best number.
    """
    best = int(f.best or 0)
    low = min(best, int(f.low if f.low is not None else best))
    high = max(best, int(f.high if f.high is not None else best))
    shares = {"a": 0, "b": 0, "civilians": 0, "unknown": 0}
    for count, of in _parts(_telling(bundle, e, f), best):
        shares[_whose(of, dyad)] += count
    return Deaths(**shares, low=low, best=best, high=high)


def _telling(bundle: Bundle, e: Event, f: EventFigure) -> Figure | None:
    """The claim's figure that gives the best number: the one that says most about its parts, then the first."""
    found = [
        x
        for t in bundle.told(e)
        for x in t.claim.figures
        if x.kind == "killed" and f.best is not None and f.best in (x.low, x.high)
    ]
    return max(found, key=lambda x: (len(x.includes), len(x.of)), default=None)


def _parts(f: Figure | None, best: int) -> Iterator[tuple[int, str]]:
    """The number in parts, with the words for each; all parts together are the number."""
    if f is None:
        yield best, ""
        return
    split = _split(f.text)
    if len(split) > 1 and sum(n for n, _ in split) == best:
        yield from split
        return
    told = [(int(n), p.of) for p in f.includes if (n := p.low if p.low is not None else p.high) is not None]
    if sum(n for n, _ in told) > best:
        told = []
    yield from told
    yield best - sum(n for n, _ in told), f.of


def _split(text: str) -> list[tuple[int, str]]:
    """ "at least seven soldiers and one civilian" → its numbers with their words; nothing where a part has no number."""
    found = []
    for part in re.split(r",\s+(?:and\s+)?|\s+and\s+|\s+as well as\s+", text):
        words = part.split()
        at = next((i for i, w in enumerate(words) if w.isdigit() or w.lower() in _small()), None)
        if at is None:
            return []
        head = words[at]
        found.append((int(head) if head.isdigit() else _small()[head.lower()], " ".join(words[at + 1 :])))
    return found


@cache
def _small() -> dict[str, int]:
    """Number words to ninety-nine."""
    raw = lexicon("numbers")
    return {"a": 1, "an": 1, **{str(k): int(v) for section in ("units", "tens") for k, v in raw[section].items()}}


def _whose(of: str, dyad: Dyad) -> str:
    """ "a", "b", "civilians" or "unknown": whose dead some words mean."""
    if dyad.type == 3:
        kinds = _kinds(of)
        return "civilians" if not kinds - {"civilians", "people"} else "unknown"
    for side, party in (("a", dyad.a), ("b", dyad.b)):
        rest = _without_name(of, party)
        if rest != of and _kinds(rest) <= {"people", "state" if party.is_state else "group"}:
            return side
    kinds = _kinds(of) - {"people"}
    if len(kinds) != 1:
        return "unknown"
    (kind,) = kinds
    if kind == "civilians":
        return kind
    fits = [side for side, party in (("a", dyad.a), ("b", dyad.b)) if _fits(party, kind, of)]
    return fits[0] if len(fits) == 1 else "unknown"


def _without_name(of: str, party: Party) -> str:
    """Words without the names that a group has ("Islamic State fighters"); a state's own name says too little."""
    if party.is_state:
        return of
    entries = load_actors().entries
    found = [entries.get(a.actor_id or "") for a in party.actors]
    names = {a.group for a in party.actors} | {n for e in found if e for n in e.names}
    known = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)) if n)
    return re.sub(rf"(?<!\w)(?:{known})(?!\w)", "", of) if known else of


def _kinds(of: str) -> set[str]:
    """Of whom words speak: "civilians", "state" forces, a "group", "people" of no kind."""
    roles, people = _roles(), set(map(str, tables("ged")["people"]))
    found: set[str] = set()
    for word in _WORD.findall(of):
        low = word.lower()
        for form in (low, low.removesuffix("s"), low.removesuffix("es"), re.sub("men$", "man", low)):
            if low in people or form in people:
                found.add("people")
                break
            if form in roles:
                found.add(roles[form])
                break
    return found or {"people"}


@cache
def _roles() -> dict[str, str]:
    found: dict[str, str] = {}
    for sector, nouns in lexicon("roles")["sectors"].items():
        kind = "civilians" if sector in _PLAIN else _FORCES.get(sector, "")
        for noun in nouns if kind else ():
            found.setdefault(str(noun).lower(), kind)
    return found


def _fits(party: Party, kind: str, of: str) -> bool:
    """Whether words for forces or fighters can mean a side: by its kind, and by its country where they name one."""
    if (kind == "state") != party.is_state:
        return False
    lands = {demonyms()[w] for w in _WORD.findall(of) if w in demonyms()}
    return not lands or not party.is_state or party.country in lands
