"""Events as rows in the shape of UCDP's Georeferenced Event Dataset (49 columns, CSV).

A row is a deadly event of organised violence: somebody is told killed by or among organised actors, at a place with
coordinates, on days of one calendar year.  All else is dropped with its reason.  UCDP's own ids of conflicts, dyads and
actors are left empty; ``active_year`` counts the deaths of this file alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import floor
from pathlib import Path

from dateline.export import words
from dateline.export.bundle import Bundle, Dropped, Options, Told, Written
from dateline.export.coding import (
    DENIED,
    NO_DAY,
    NO_PLACE,
    NO_POINT,
    PLANNED,
    Days,
    codes_of,
    days_of,
    killed,
    nations,
    numbers,
    outlet,
    reports_of,
    unique,
)
from dateline.export.ged_deaths import Deaths, deaths_of
from dateline.export.ged_sides import Dyad, country, dyad_of
from dateline.export.sheet import Cell, Row, schema, tables, write_csv
from dateline.export.tolls import TOLL, deaths
from dateline.types import Event, Place

NO_DEATHS = "no number of deaths is told"


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """Write the table, in order of the days.

    Raises:
        OSError: the file cannot be written.
    """
    found: list[_Found] = []
    dropped: list[Dropped] = []
    for e in sorted(bundle.events, key=lambda e: e.id):
        judged = _judged(bundle, e)
        if isinstance(judged, str):
            dropped.append(Dropped(e.id, judged))
        else:
            found.append(judged)
    tolls: Counter[tuple[str, int]] = Counter()
    for x in found:
        tolls[x.dyad.name, x.days.first.year] += x.deaths.best
    ids = numbers(bundle.events)
    rows: list[Row] = []
    for x in sorted(found, key=lambda x: (x.days.first, x.days.last, x.event.id)):
        active = tolls[x.dyad.name, x.days.first.year] >= int(tables("ged")["active"])
        row = _row(bundle, x, ids[x.event.id], active)
        if fault := fault_of(row):
            dropped.append(Dropped(x.event.id, fault))
        else:
            rows.append(row)
    write_csv(path, schema("ged").names, rows)
    return Written(rows=len(rows), dropped=tuple(dropped))


def fault_of(row: Row) -> str:
    """The first thing in which a row breaks the format or its sums; "" if it fits."""
    if fault := schema("ged").fault(row):
        return fault
    sides = [_whole(row[c]) for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
    low, best, high = (_whole(row[c]) for c in ("low", "best", "high"))
    if not low <= best <= high:
        return "low, best, high: not in order"
    if high < 1:
        return NO_DEATHS
    return "" if sum(sides) == best else "deaths by side: not the best number"


def _whole(value: Cell) -> int:
    return value if isinstance(value, int) else 0


def cell_of(lat: float, lon: float) -> int:
    """PRIO-GRID's number of the half-degree cell that a point lies in: from 1 in the south-west, row by row, 720 a row."""
    row = min(359, max(0, floor((lat + 90) * 2)))
    column = min(719, max(0, floor((lon + 180) * 2)))
    return row * 720 + column + 1


@dataclass(frozen=True, slots=True)
class _Found:
    """An event that has a row."""

    event: Event
    days: Days
    place: Place
    dyad: Dyad
    deaths: Deaths


def _judged(bundle: Bundle, e: Event) -> _Found | str:
    """The event with what its row needs, or why it has none."""
    if e.status in ("denied", "planned"):
        return DENIED if e.status == "denied" else PLANNED
    codes = codes_of(bundle, e)
    violent = codes.plover is not None and codes.plover.event in tables("ged")["violence"]
    if codes.ucdp is None and not violent:
        return f"no organised violence: {e.type}"
    f = deaths(bundle, e)
    if f is None or f.best is None or not (f.high or f.best):
        return TOLL if f is None and killed(e) is not None else NO_DEATHS
    days = days_of(bundle, e)
    if days is None:
        return NO_DAY
    if days.first.year != days.last.year:
        return "its days are not of one calendar year"
    p = e.place
    if p is None:
        return NO_PLACE
    if p.lat is None or p.lon is None:
        return NO_POINT
    if p.country not in nations():
        return "its country is not known"
    clash = codes.acled is not None and codes.acled.event_type == "Battles"
    dyad = dyad_of(e, p.country, clash)
    return dyad if isinstance(dyad, str) else _Found(e, days, p, dyad, deaths_of(bundle, e, f, dyad))


def _row(bundle: Bundle, x: _Found, number: int, active: bool) -> Row:
    p, d, dyad = x.place, x.deaths, x.dyad
    land = nations()[p.country]
    told = bundle.told(x.event)
    empty: Row = {c.name: None for c in schema("ged").columns}
    assert p.lat is not None
    assert p.lon is not None
    lat, lon = round(p.lat, 6), round(p.lon, 6)
    return {
        **empty,
        "id": number,
        "relid": f"{p.country}-{x.days.first.year}-{dyad.type}-0-{number}",
        "year": x.days.first.year,
        "active_year": int(active),
        "code_status": "Clear",
        "type_of_violence": dyad.type,
        "conflict_name": dyad.name,
        "dyad_name": dyad.name,
        "side_a": dyad.a.name,
        "side_b": dyad.b.name,
        **_sources(told),
        "where_prec": p.precision,
        "where_coordinates": p.name,
        "where_description": words.where(p),
        "adm_1": p.admin1,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({_degrees(lon)} {_degrees(lat)})",
        "priogrid_gid": cell_of(lat, lon),
        "country": country(p.country),
        "country_id": int(land.gw) if land.gw else None,
        "region": land.ucdp,
        "event_clarity": 1 if x.days.precision < 4 else 2,
        "date_prec": x.days.precision,
        "date_start": f"{x.days.first.isoformat()} 00:00:00.000",
        "date_end": f"{x.days.last.isoformat()} 00:00:00.000",
        "deaths_a": d.a,
        "deaths_b": d.b,
        "deaths_civilians": d.civilians,
        "deaths_unknown": d.unknown,
        "best": d.best,
        "high": d.high,
        "low": d.low,
        "gwnoa": int(dyad.a.gw) if dyad.a.gw else None,
        "gwnob": int(dyad.b.gw) if dyad.b.gw else None,
    }


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _sources(told: list[Told]) -> Row:
    """Who published it, and whom they quote; double quotes in headlines become single ones, semicolons commas."""
    reports = reports_of(told)

    def joined(values: list[str]) -> str:
        return ";".join(v.replace(";", ",") for v in values)

    heads = [r.title.replace('"', "'") for r in reports]
    articles = [f'"{outlet(r)},{r.published or ""},{h}"'.replace(";", ",") for r, h in zip(reports, heads, strict=True)]
    return {
        "number_of_sources": len(unique(outlet(r) for r in reports)) or -1,
        "source_article": ";".join(articles) or "unknown",
        "source_office": joined([outlet(r) for r in reports]),
        "source_date": joined([r.published or "" for r in reports]),
        "source_headline": joined(heads),
        "source_original": "; ".join(unique(s.name.replace(";", ",") for t in told for s in t.claim.sources)),
    }
