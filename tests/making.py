"""Claims and coded reports made by hand, for the tests of what comes after extraction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.types import (
    Actor,
    Claim,
    CodedReport,
    Codes,
    Extent,
    Figure,
    Place,
    Report,
    Source,
    Span,
    When,
)

SPOTS = {  # name → geonameid, country, admin1, feature, latitude, longitude, radius in km
    "Saraqeb": (1, "SYR", "Idlib", "P.PPL", 35.86, 36.80, 2.0),
    "Binnish": (2, "SYR", "Idlib", "P.PPL", 35.96, 36.71, 2.0),
    "Idlib": (3, "SYR", "Idlib", "A.ADM1", 35.9, 36.7, 60.0),
    "Aleppo": (4, "SYR", "Aleppo", "P.PPLA", 36.2, 37.16, 10.0),
    "Raqqa": (5, "SYR", "Raqqa", "P.PPLA", 35.95, 39.01, 6.0),
    "Syria": (6, "SYR", "", "A.PCLI", 35.0, 38.0, 240.0),
    "Mosul": (7, "IRQ", "Nineveh", "P.PPLA", 36.34, 43.12, 9.0),
}

SIDES = {  # words → country, sector, group, id
    "army": ("SYR", "MIL", "", None),
    "regime": ("SYR", "GOV", "", None),
    "rebels": ("SYR", "REB", "", None),
    "Russia": ("RUS", "MIL", "", None),
    "coalition": ("", "MIL", "US-led coalition", "uscoal"),
    "ISIS": ("", "REB", "ISIS", "isis"),
    "civilians": ("SYR", "CVL", "", None),
    "Turkey": ("TUR", "MIL", "", None),
}

CODES = Codes(plover=None, cameo=None, acled=None, ucdp=None)


def place(name: str) -> Place:
    known = SPOTS.get(name)
    id_, country, admin1, feature, lat, lon, radius = known or (None, "", "", "", None, None, None)
    precision = 6 if feature.startswith("A.PCL") else 4 if feature.startswith("A.ADM") else 1
    return Place(
        text=name,
        start=0,
        end=len(name),
        name=name,
        geonameid=id_,
        country=country,
        admin1=admin1,
        feature=feature,
        lat=lat,
        lon=lon,
        radius_km=radius,
        precision=precision,
        relation=None,
    )


def actor(name: str) -> Actor:
    country, sector, group, id_ = SIDES.get(name, ("", "UNK", "", None))
    return Actor(
        text=name,
        start=0,
        end=len(name),
        name=name,
        country=country,
        sector=sector,
        group=group,
        actor_id=id_,  # type: ignore[arg-type]
    )


def when(days: str) -> When:
    first, _, last = days.partition("/")
    return When(text=days, start=0, end=len(days), earliest=first, latest=last or first, precision=2 if last else 1)


def source(name: str, stance: str = "reports") -> Source:
    return Source(text=name, start=0, end=len(name), name=name, kind="media", verb="said", stance=stance)  # type: ignore[arg-type]


def figure(kind: str, low: float | None, high: float | None) -> Figure:
    return Figure(text=f"{low}", start=0, end=1, kind=kind, low=low, high=high, of="people")  # type: ignore[arg-type]


def claim(
    type: str = "air-strike",
    *,
    at: str | None = "Saraqeb",
    on: str | None = "2020-02-05",
    by: Sequence[str] = ("army",),
    to: Sequence[str] = (),
    says: str = "",
    stance: str = "reports",
    killed: float | tuple[float | None, float | None] | None = None,
    figures: Sequence[Figure] = (),
    words: str = "",
    **more: Any,
) -> Claim:
    """A claim; :func:`report` gives it its id and place in the text."""
    numbers = list(figures)
    if killed is not None:
        low, high = killed if isinstance(killed, tuple) else (killed, killed)
        numbers.append(figure("killed", low, high))
    values: dict[str, Any] = {
        "id": "",
        "report_id": "",
        "type": type,
        "codes": CODES,
        "trigger": Span(text=words or type, start=0, end=1),
        "sentence": Extent(start=0, end=1),
        "agents": tuple(map(actor, by)),
        "targets": tuple(map(actor, to)),
        "place": place(at) if at else None,
        "time": when(on) if on else None,
        "modality": "asserted",
        "sources": (source(says, stance),) if says else (),
        "figures": tuple(numbers),
        "background": False,
        "evidence": (),
        "quoted": False,
        "confidence": 0.9,
    }
    return Claim(**{**values, **more})


def report(
    id: str,
    *claims: Claim,
    outlet: str = "",
    published: str | None = "2020-02-06",
    title: str = "",
    text: str = "",
    primary: int | None = 0,
) -> CodedReport:
    """A coded report whose claims stand in sentences of ten characters, one after another."""
    from dataclasses import replace

    placed = tuple(
        replace(
            c,
            id=c.id or f"{id}.{n}",
            report_id=id,
            trigger=replace(c.trigger, start=10 * n, end=10 * n + 5),
            sentence=Extent(start=10 * n, end=10 * n + 10),
        )
        for n, c in enumerate(claims)
    )
    text = text or "".join(f"Words {n:03}." for n in range(len(claims)))
    made = Report(id=id, text=text, title=title, outlet=outlet, published=published, sha256=f"sha of {id}")
    first = placed[primary].id if placed and primary is not None else None
    return CodedReport(report=made, claims=placed, primary=first, codebook="test 1")
