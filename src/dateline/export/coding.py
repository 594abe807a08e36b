"""What the formats of conflict data ask of an event alike: its codes, its day, its number, its countries and reports."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from dateline.codebook.lexicon import DATA, read_tsv
from dateline.export.bundle import Bundle, Told
from dateline.gazetteer.tables import countries
from dateline.types import AcledCode, Actor, Claim, Codes, Event, EventFigure, PloverCode, Report

T = TypeVar("T")

DENIED = "denied: no source says that it happened"
PLANNED = "planned or threatened: it has not happened"
NO_DAY = "no date is told"
NO_PLACE = "no place is told"
NO_POINT = "its place has no coordinates"
STATE = frozenset({"GOV", "MIL", "COP"})
ARMED = STATE | {"REB"}


# -------------------------------------------------------------------------------------------------------- codes


def denies(c: Claim) -> bool:
    """Whether a claim says that it did not happen."""
    return c.modality == "denied" or (bool(c.sources) and c.sources[0].stance == "denies")


def codes_of(bundle: Bundle, e: Event) -> Codes:
    """An event's codes: of each scheme the one that most of its claims have that say it happened (or will, if none does).

    Claims of the event's own type speak first.  Where the bundle lacks the claims, the event's own codes.
    """
    claims = [t.claim for t in bundle.told(e)]
    if not claims:
        return e.codes
    happened = [c for c in claims if not denies(c) and c.modality != "future"]
    claims = happened or [c for c in claims if not denies(c)] or claims
    own = [c for c in claims if c.type == e.type] or claims
    return Codes(
        plover=_most(own, claims, lambda c: c.plover),
        cameo=_most(own, claims, lambda c: c.cameo),
        acled=_most(own, claims, lambda c: c.acled),
        ucdp=_most(own, claims, lambda c: c.ucdp),
    )


def _most(own: Sequence[Claim], all: Sequence[Claim], which: Callable[[Codes], T | None]) -> T | None:
    for some in (own, all):
        votes = Counter(v for c in some if (v := which(c.codes)))
        if votes:
            return min(votes, key=lambda v: (-votes[v], _key(v)))
    return None


def _key(value: object) -> str:
    if isinstance(value, PloverCode):
        return f"{value.event}/{value.mode}/{','.join(value.contexts)}"
    return f"{value.event_type}/{value.sub_event_type}" if isinstance(value, AcledCode) else str(value)


# --------------------------------------------------------------------------------------------------------- days


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day on which it may have been (inclusive)."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        return self.first + timedelta(days=(self.count - 1) // 2)

    @property
    def precision(self) -> int:
        """UCDP's date_prec by the number of days: 1 one, 2 to six, 3 a week, 4 to a month, 5 more."""
        return next((p for p, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if self.count <= most), 5)


def days_of(bundle: Bundle, e: Event) -> Days | None:
    """When it was, where some report tells it with both its ends; a guess from the reports' dates is none."""
    w = e.time
    if w is None or not w.earliest or not w.latest or not (w.text or w.start is not None):
        return None
    first, last = date.fromisoformat(w.earliest[:10]), date.fromisoformat(w.latest[:10])
    return Days(first, last) if first <= last else None


def days_or_said(bundle: Bundle, e: Event, verbal: bool) -> Days | None:
    """As :func:`days_of`; of what is only said, and of what is still to come, the day on which it was first reported.

    A threat, a demand or a promise is of the day on which it is made, not of the day that it names.
    """
    days = days_of(bundle, e)
    said = date.fromisoformat(e.first_reported[:10]) if e.first_reported else None
    ahead = e.time is not None and (e.time.text or e.time.start is not None) and (days is None or _after(days, e))
    if said is not None and (e.status == "planned" or (verbal and ahead)):
        return Days(said, said)
    return None if e.status == "planned" else days


def _after(days: Days, e: Event) -> bool:
    return e.last_reported is not None and days.last > date.fromisoformat(e.last_reported[:10])


def spelled(day: date) -> str:
    """ "5 February 2020"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = "January February March April May June July August September October November December".split()


# ------------------------------------------------------------------------------------------- numbers and figures


def numbers(events: Iterable[Event]) -> dict[str, int]:
    """A whole number for each event's id, the same in every export of it, and no two alike; below 2**48."""
    taken: dict[int, str] = {}
    for id in sorted({e.id for e in events}):
        n = int.from_bytes(hashlib.sha256(id.encode()).digest()[:6], "big") or 1
        while n in taken:
            n += 1
        taken[n] = id
    return {id: n for n, id in taken.items()}


def killed(e: Event) -> EventFigure | None:
    """The event's figure of people killed."""
    return next((f for f in e.figures if f.kind == "killed"), None)


# ----------------------------------------------------------------------------------------------------- countries


@dataclass(frozen=True, slots=True)
class Nation:
    """A country in other schemes (``data/export/countries.tsv``); "" where a scheme has none."""

    iso3: str
    name: str
    iso: str
    acled: str
    gw: str
    ucdp: str
    cow: str
    fips: str
    cameo: str


@cache
def nations() -> dict[str, Nation]:
    """Countries by ISO 3166-1 alpha-3."""
    columns = ("iso3", "iso", "acled", "gw", "ucdp", "cow", "fips", "cameo")
    names = countries()
    return {
        r["iso3"]: Nation(name=names[r["iso3"]].names[0], **{c: r[c] for c in columns})
        for r in read_tsv(DATA / "export" / "countries.tsv", columns)
        if r["iso3"] in names
    }


# ------------------------------------------------------------------------------------------------------- reports


def reports_of(told: Sequence[Told]) -> list[Report]:
    """The reports of some claims, each once, in their order."""
    return list({t.report.id: t.report for t in told}.values())


def outlet(r: Report) -> str:
    """Who published a report: its outlet, else the host of its address, else its id."""
    return r.outlet or (r.url.split("/")[2] if r.url.count("/") >= 2 else "") or r.id


def unique(values: Iterable[str]) -> list[str]:
    """Each value once, empty ones left out, in their order."""
    return [v for v in dict.fromkeys(values) if v]


def same(a: Actor, b: Actor) -> bool:
    """Whether two actors are one: by id, else by group, else by country and sector, else by name."""
    return _who(a) == _who(b)


def _who(a: Actor) -> tuple[str, ...]:
    if a.actor_id:
        return ("id", a.actor_id)
    return (a.group, a.country, a.sector, "" if a.country or a.group else a.name)
