"""Figures of displacement in the terms of the Internal Displacement Monitoring Centre's figures.

One row a figure of one claim.  A stock (who is displaced) and a flow (who fled) are told apart and never added.  What
the sentence does not tell (how large a household is, what the displacement was part of) is left empty.  The tables
are ``data/export/hxl.yaml``; they are rules of thumb over the sentence, so every row awaits review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from dateline.codebook.lexicon import DATA, read_yaml
from dateline.export import words
from dateline.export.bundle import Bundle, Dropped, Told
from dateline.export.cells import line
from dateline.export.told import web
from dateline.gazetteer.tables import countries
from dateline.types import Event, Figure, Place, When

Row = dict[str, Any]


@cache
def tables() -> Mapping[str, Any]:
    """The sections of ``data/export/hxl.yaml``."""
    found: Mapping[str, Any] = read_yaml(DATA / "export" / "hxl.yaml")
    return found


def figures(bundle: Bundle) -> tuple[list[Row], list[Dropped]]:
    """The rows of every event's figures of displacement, and the claims of displacement that have none."""
    rows: list[Row] = []
    dropped: list[Dropped] = []
    for e in bundle.events:
        for told in bundle.told(e):
            found = list(_of(bundle, e, told))
            rows += found
            if not found and (reason := _why_not(told)):
                dropped.append(Dropped(told.claim.id, reason))
    return rows, dropped


def _why_not(told: Told) -> str:
    c = told.claim
    kinds = tables()["kinds"]
    if any(f.kind in kinds for f in c.figures):
        return "denied, or has not happened"
    return "tells of displacement without a number" if c.type in ("displacement", "evacuation", "return") else ""


def _of(bundle: Bundle, e: Event, told: Told) -> Iterator[Row]:
    c, r = told
    if c.modality in ("denied", "future"):
        return
    quote = line(bundle.quote(c.id))
    said = quote.lower()
    for n, f in enumerate(c.figures):
        if f.kind not in tables()["kinds"]:
            continue
        yield {
            "id": f"{c.id}.{n}",
            "event": e.id,
            "role": _role(e, c.id, f),
            **_place(c.place, said),
            **_days(c.time),
            "cause": _first(tables()["causes"].items(), said),
            **_category(f, said),
            "term": _first(tables()["terms"], said),
            **_number(f),
            "disaggregation": line("; ".join(f"{words.between(p.low, p.high)} {p.of}" for p in f.includes)),
            "method": line(f"“{f.text}” read as {words.amount(f)} {f.of}".strip()),
            "excerpt": quote,
            "said_by": [line(s.name) for s in c.sources] or [line(r.outlet)],
            "outlet": line(r.outlet),
            "published": r.published,
            "url": web(r.url),
            "review": "not started",
        }


def _role(e: Event, claim: str, f: Figure) -> str:
    """The first claim that gives the event's best number is its figure; the others are there to compare."""
    for of in e.figures:
        if of.kind == f.kind:
            same = (s.claim for s in of.by_source if of.best in (s.low, s.high) and of.best is not None)
            return "recommended figure" if claim == next(same, "") else "triangulation"
    return "triangulation"


def _number(f: Figure) -> Row:
    household = bool(re.search(tables()["households"], f"{f.of} {f.text}".lower()))
    whole = f.low if f.low is not None else f.high
    return {
        "quantifier": _quantifier(f),
        "unit": "household" if household else "person",
        "reported": whole,
        "low": f.low,
        "high": f.high,
        "persons": None if household else whole,
        "households": whole if household else None,
    }


def _quantifier(f: Figure) -> str:
    if f.low is not None and f.high is not None:
        about = f.low != f.high or bool(re.search(tables()["about"], f.text.lower()))
        return "approximately" if about else "exact"
    if f.low is not None:
        return "more than"
    return "less than" if f.high is not None else ""


def _category(f: Figure, said: str) -> Row:
    measure = "stock" if _any(tables()["stock"], said) else "flow"
    side = "abroad" if _any(tables()["abroad"], said) else "home"
    return {"measure": measure, "category": tables()["categories"][f.kind][measure][side]}


def _days(t: When | None) -> Row:
    first, last = (x[:10] if x else None for x in ((t.earliest, t.latest) if t else (None, None)))
    return {"start": first, "end": last, "date_accuracy": _accuracy(first, last)}


def _accuracy(first: str | None, last: str | None) -> str:
    """How sharp the days are, by how many they are; "" where one is open."""
    if not first or not last:
        return ""
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return next((str(name) for name, most in tables()["date_accuracy"].items() if days <= most), "Year")


def _place(p: Place | None, said: str) -> Row:
    if p is None:
        return dict.fromkeys(
            ("country_name", "country", "admin1", "place", "lat", "lon", "place_accuracy", "identifier")
        )
    return {
        "country_name": country_name(p.country),
        "country": p.country,
        "admin1": line(p.admin1),
        "place": line(p.name),
        "lat": p.lat,
        "lon": p.lon,
        "place_accuracy": tables()["place_accuracy"].get(p.precision, ""),
        "identifier": _identifier(said, line(p.text).lower()),
    }


def _identifier(said: str, place: str) -> str:
    """Whether the sentence says "from" or "to" before the place; "" where it says neither."""
    before, found, _ = said.partition(place) if place else ("", "", "")
    if not found:
        return ""
    for name in ("origin", "destination"):
        if re.search(tables()[name], before.rstrip()):
            return name
    return ""


def country_name(iso3: str) -> str:
    """A country's English name; "" where it is not known."""
    known = countries().get(iso3)
    return known.names[0] if known else ""


def _any(patterns: Any, text: str) -> bool:
    return any(re.search(p, text) for p in patterns)


def _first(named: Any, text: str) -> str:
    return next((str(name) for name, pattern in named if re.search(pattern, text)), "")
