"""Events as rows in the shape of GDELT's event tables, version 1 (58 columns) and 2 (61), without a heading as there.

A row needs a day, a CAMEO code and an actor that CAMEO has a code for.  The first doer is Actor1, the first to whom it
was done Actor2.  Figures, doubt, denial and who says it have no column; denied events are dropped, words of what is to
come (threats, promises) are rows of the day on which they were first reported.  There is no tone: AvgTone is empty.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dateline.codebook.lexicon import DATA, read_tsv
from dateline.export.bundle import Bundle, Dropped, Options, Told, Written
from dateline.export.coding import (
    DENIED,
    NO_DAY,
    PLANNED,
    Days,
    codes_of,
    days_or_said,
    nations,
    numbers,
    outlet,
    reports_of,
    unique,
)
from dateline.export.sheet import Column, Row, Schema, schema, tables, write_tsv
from dateline.types import Actor, Event, Place

_VERBAL = 13  # the last root code of what is only said


def write1(bundle: Bundle, path: Path, options: Options) -> Written:
    """Write the table of version 1.

    Raises:
        OSError: the file cannot be written.
    """
    return _write(bundle, path, schema("gdelt"), second=False)


def write2(bundle: Bundle, path: Path, options: Options) -> Written:
    """Write the table of version 2.

    Raises:
        OSError: the file cannot be written.
    """
    return _write(bundle, path, schema2(), second=True)


@cache
def schema2() -> Schema:
    """Version 2's columns."""
    after: dict[str, str] = tables("gdelt")["second"]
    columns: list[Column] = []
    for c in schema("gdelt").columns:
        columns.append(c)
        if c.name in after:
            columns.append(Column(name=after[c.name], empty=True))
    return Schema("gdelt2", tuple(columns))


def _write(bundle: Bundle, path: Path, shape: Schema, second: bool) -> Written:
    ids = numbers(bundle.events)
    primary = frozenset(c.primary for c in bundle.coded if c.primary)
    rows: list[Row] = []
    dropped: list[Dropped] = []
    for e in sorted(bundle.events, key=lambda e: e.id):
        row = _row(bundle, e, ids[e.id], not primary.isdisjoint(e.claims), second)
        fault = row if isinstance(row, str) else shape.fault(row)
        if isinstance(row, str) or fault:
            dropped.append(Dropped(e.id, fault))
        else:
            rows.append(row)
    rows.sort(key=lambda r: (str(r["SQLDATE"]), int(r["GLOBALEVENTID"] or 0)))
    write_tsv(path, shape.names, rows, heading=False)
    return Written(rows=len(rows), dropped=tuple(dropped))


def _row(bundle: Bundle, e: Event, number: int, is_root: bool, second: bool) -> Row | str:
    """The event's row, or why it has none."""
    if e.status == "denied":
        return DENIED
    code = codes_of(bundle, e).cameo
    if code is None or code not in goldstein():
        return f"no CAMEO event: {e.type}"
    if e.status == "planned" and int(code[:2]) > _VERBAL:
        return PLANNED
    days = days_or_said(bundle, e, verbal=int(code[:2]) <= _VERBAL)
    if days is None:
        return NO_DAY
    actors = {**_actor("Actor1", e.agents), **_actor("Actor2", e.targets)}
    if not actors["Actor1Code"] and not actors["Actor2Code"]:
        return "no actor that CAMEO has a code for"
    told = bundle.told(e)
    empty: Row = {c.name: None for c in (schema2() if second else schema("gdelt")).columns}
    return {
        **empty,
        "GLOBALEVENTID": number,
        **_date(days),
        **actors,
        "IsRootEvent": int(is_root),
        **_code(code),
        **_counts(e, told),
        "Actor1Geo_Type": 0,
        "Actor2Geo_Type": 0,
        **_where(e.place),
        "DATEADDED": _added(e, days) + ("000000" if second else ""),
        "SOURCEURL": next((r.url for r in reports_of(told) if r.url), ""),
    }


def _date(days: Days) -> Row:
    """The day (the middle one of several), and GDELT's own fraction of the year, of months of thirty days."""
    d = days.middle
    return {
        "SQLDATE": f"{d:%Y%m%d}",
        "MonthYear": f"{d:%Y%m}",
        "Year": f"{d:%Y}",
        "FractionDate": round(d.year + (d.month * 30 + d.day) / 365, 4),
    }


def _added(e: Event, days: Days) -> str:
    return (e.last_reported or days.last.isoformat())[:10].replace("-", "")


@cache
def goldstein() -> dict[str, float]:
    """CAMEO's codes with their values on Goldstein's scale (``data/export/cameo.tsv``)."""
    return {r["code"]: float(r["goldstein"]) for r in read_tsv(DATA / "export" / "cameo.tsv", ("code", "goldstein"))}


def quad(code: str) -> int:
    """The quad class of a CAMEO code, by its root."""
    return int(next(q for q, last in tables("gdelt")["quads"].items() if int(code[:2]) <= last))


def _code(code: str) -> Row:
    return {
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad(code),
        "GoldsteinScale": goldstein()[code],
    }


def _counts(e: Event, told: list[Told]) -> Row:
    reports = reports_of(told)
    return {
        "NumMentions": max(1, len(e.claims)),
        "NumSources": max(1, len(unique(outlet(r) for r in reports))),
        "NumArticles": max(1, len(reports)),
    }


# ------------------------------------------------------------------------------------------------------- actors


def _actor(which: str, actors: tuple[Actor, ...]) -> Row:
    """The columns of the first actor that has a code."""
    for a in actors:
        land = nations()[a.country].cameo if a.country in nations() else ""
        group, role = _group(a), str(tables("gdelt")["roles"][a.sector])
        parts = (role, group) if role in ("IGO", "NGO") else (land, group, role)
        if code := "".join(parts):
            return {
                f"{which}Code": code,
                f"{which}Name": a.name.upper(),
                f"{which}CountryCode": land,
                f"{which}KnownGroupCode": group,
                f"{which}Type1Code": role,
            }
    return {f"{which}Code": ""}


def _group(a: Actor) -> str:
    groups = tables("gdelt")["groups"]
    return str(groups.get(a.actor_id or "", groups.get(a.group, "")))


# -------------------------------------------------------------------------------------------------------- places


def _where(p: Place | None) -> Row:
    """Where it was: 1 a country, 2 and 3 a state and a place of the United States, 5 and 4 a province and a place elsewhere."""
    if p is None or p.country not in nations():
        return {"ActionGeo_Type": 0}
    land = nations()[p.country]
    kind, home = 4, p.country == "USA"
    if p.feature.startswith("A.PCL"):
        kind = 1
    elif p.feature.startswith("A.ADM1"):
        kind = 2 if home else 5
    elif home:
        kind = 3
    names = [land.name] if kind == 1 else unique([p.name, p.admin1, land.name])
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": ", ".join(names),
        "ActionGeo_CountryCode": land.fips,
        "ActionGeo_ADM1Code": land.fips,
        "ActionGeo_Lat": p.lat,
        "ActionGeo_Long": p.lon,
    }
