"""Coded reports made up by chance, as many as wanted, with as many on each happening however many there are.

Each report tells of some happenings, in two claims each; each happening is told by about three reports, whose words,
numbers, days and places differ as reports' do.  Places and days grow with the number of claims.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from dateline.types import Actor, Claim, CodedReport, Codes, Extent, Figure, Place, Report, Source, Span, When

_TYPES = ("air-strike", "shelling", "armed-clash", "bombing", "capture", "advance", "arrest", "protest", "displacement")
_SIDES = (("AAA", "MIL", ""), ("AAA", "REB", ""), ("BBB", "MIL", ""), ("", "REB", "Front"), ("AAA", "CVL", ""))
_OUTLETS = tuple(f"Outlet {n}" for n in range(40))
_VOICES = ("", "", "a monitor", "the ministry", "residents", "a spokesman")
_CODES = Codes(plover=None, cameo=None, acled=None, ucdp=None)
_TOLD = 3  # reports that tell of a happening
_IN_REPORT = 5  # happenings that a report tells of
_A_DAY = 40  # happenings a day


def reports(claims: int, seed: int = 0) -> Iterator[CodedReport]:
    """About so many claims, in reports of ten."""
    count = claims // (2 * _IN_REPORT)
    happenings = max(1, count * _IN_REPORT // _TOLD)
    for n in range(count):
        chance = random.Random(f"{seed} report {n}")
        yield _report(n, chance, [_near(n, count, happenings, chance) for _ in range(_IN_REPORT)], seed)


def _near(n: int, count: int, happenings: int, chance: random.Random) -> int:
    """A happening of about the report's own days."""
    middle = n * happenings // count
    return min(happenings - 1, max(0, middle + chance.randrange(-_A_DAY, _A_DAY)))


def _report(n: int, chance: random.Random, told: list[int], seed: int) -> CodedReport:
    id = f"report-{n:08}"
    claims: list[Claim] = []
    day = 0
    for happening in sorted(set(told)):
        of = random.Random(f"{seed} happening {happening}")
        day = max(day, happening // _A_DAY)
        claims += _claims(id, len(claims), happening, of, chance)
    made = Report(
        id=id,
        text="",
        title=" ".join(
            chance.choices(("strike", "town", "dozens", "army", "city", "killed", "fighting", "talks"), k=6)
        ),
        outlet=chance.choice(_OUTLETS),
        published=_iso(day + chance.randrange(2)),
    )
    return CodedReport(report=made, claims=tuple(claims), primary=claims[0].id, codebook="synthetic 1")


def _claims(report: str, at: int, happening: int, of: random.Random, chance: random.Random) -> Iterator[Claim]:
    kind, spot = of.choice(_TYPES), of.randrange(2000)
    who, whom, dead = of.randrange(len(_SIDES)), of.randrange(len(_SIDES)), of.randrange(60)
    for k in range(2):
        start = 100 * (at + k)
        place = _place(spot, start) if k == 0 or chance.random() < 0.5 else None
        low = max(0, dead + chance.choice((0, 0, 0, 1, -2, 5)))
        voice = chance.choice(_VOICES)
        yield Claim(
            id=f"{report}-{at + k:03}",
            report_id=report,
            type=kind,
            codes=_CODES,
            trigger=Span(text=kind, start=start, end=start + 8),
            sentence=Extent(start=start, end=start + 90),
            agents=(_actor(who, start),) if chance.random() < 0.8 else (),
            targets=(_actor(whom, start),) if chance.random() < 0.5 else (),
            place=place,
            time=_when(happening // _A_DAY, start) if chance.random() < 0.6 else None,
            modality="asserted",
            sources=(
                Source(text=voice, start=start, end=start + 5, name=voice, kind="media", verb="said", stance="reports"),
            )
            if voice
            else (),
            figures=(Figure(text=str(low), start=start, end=start + 2, kind="killed", low=low, high=low, of="people"),)
            if k == 0 and chance.random() < 0.6
            else (),
            background=False,
            evidence=(),
            quoted=False,
            confidence=0.8,
        )


def _place(spot: int, start: int) -> Place:
    of = random.Random(spot)
    return Place(
        text=f"Town {spot}",
        start=start,
        end=start + 8,
        name=f"Town {spot}",
        geonameid=spot + 1,
        country="AAA",
        admin1=f"Province {spot % 40}",
        feature="P.PPL",
        lat=of.uniform(10, 30),
        lon=of.uniform(10, 30),
        radius_km=3.0,
        precision=1,
        relation=None,
    )


def _actor(n: int, start: int) -> Actor:
    country, sector, group = _SIDES[n]
    name = group or f"{country} {sector}"
    return Actor(
        text=name,
        start=start,
        end=start + 7,
        name=name,
        country=country,
        sector=sector,
        group=group,
        actor_id=None,  # type: ignore[arg-type]
    )


def _when(day: int, start: int) -> When:
    iso = _iso(day)
    return When(text=iso, start=start, end=start + 10, earliest=iso, latest=iso, precision=1)


def _iso(day: int) -> str:
    from datetime import date

    return date.fromordinal(date(2000, 1, 1).toordinal() + day).isoformat()
