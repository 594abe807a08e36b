"""Events as rows in the shape of ACLED's table (31 columns, CSV).

A row needs a day, a point and an ACLED event type.  What has not happened, is denied, is told without a date or is no
ACLED event is dropped with its reason.  An event told for some days without saying which is put in their middle, with
``time_precision`` 2 (to a week) or 3 (to a month).  ``fatalities`` is the lowest number that a source gives.
"""

from __future__ import annotations

from calendar import timegm
from datetime import date
from pathlib import Path

from dateline.codebook.actors import fold_alias, load_actors
from dateline.export import words
from dateline.export.acled_sides import Sides, both_ways, country, sides_of
from dateline.export.bundle import Bundle, Dropped, Options, Told, Written
from dateline.export.coding import (
    DENIED,
    NO_DAY,
    NO_PLACE,
    NO_POINT,
    PLANNED,
    STATE,
    Days,
    codes_of,
    days_of,
    nations,
    numbers,
    outlet,
    reports_of,
    spelled,
    unique,
)
from dateline.export.sheet import Row, schema, tables, write_csv
from dateline.export.tolls import deaths
from dateline.types import AcledCode, Codes, Event, Place, Report

_TERRITORY = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
_CLASH = AcledCode(event_type="Battles", sub_event_type="Armed clash")
_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}  # UCDP's date_prec → time_precision
_WHERE = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}  # UCDP's where_prec → geo_precision
_UNIT = ("event_date", "event_type", "sub_event_type", "location", "latitude", "longitude")
_QUOTES = 3
_DIFFER = {**words.DIFFER, "happened": "whether it happened", "figures.killed": "how many were killed"}


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """Write the table.  One row is one type, pair of actors, place and day: of several events that are one, the deadliest.

    Raises:
        OSError: the file cannot be written.
    """
    dropped: list[Dropped] = []
    rows: dict[tuple[object, ...], tuple[str, Row]] = {}
    ids = numbers(bundle.events)
    for e in sorted(bundle.events, key=lambda e: (-_deaths(bundle, e), e.id)):
        row = _row(bundle, e, ids[e.id])
        fault = row if isinstance(row, str) else schema("acled").fault(row)
        if isinstance(row, str) or fault:
            dropped.append(Dropped(e.id, fault))
            continue
        key = (*(row[c] for c in _UNIT), frozenset({row["actor1"], row["actor2"]}))
        if key in rows:
            dropped.append(Dropped(e.id, "the same type, actors, place and day as another row"))
        else:
            rows[key] = (e.id, row)
    out = [row for _, row in sorted(rows.values(), key=lambda x: (str(x[1]["event_date"]), x[0]))]
    write_csv(path, schema("acled").names, out)
    return Written(rows=len(out), dropped=tuple(sorted(dropped, key=lambda d: d.id)))


def _row(bundle: Bundle, e: Event, number: int) -> Row | str:
    """The event's row, or why it has none."""
    if e.status in ("denied", "planned"):
        return DENIED if e.status == "denied" else PLANNED
    codes = codes_of(bundle, e)
    code = codes.acled
    if code is None:
        return f"no ACLED event: {e.type}"
    days = days_of(bundle, e)
    if days is None:
        return NO_DAY
    if days.precision not in _PRECISION:
        return "its date is not known to the month"
    p = e.place
    if p is None:
        return NO_PLACE
    if p.precision not in _WHERE:
        return "its place is only a country or international waters"
    if p.lat is None or p.lon is None:
        return NO_POINT
    if p.country not in nations():
        return "its country is not known"
    code = _judged(e, codes, code, p)
    sides = sides_of(e, code, p.country, days.middle.year)
    if sides is None:
        return "nobody is named"
    return _filled(bundle, e, number, code, days, p, sides)


def _judged(e: Event, codes: Codes, code: AcledCode, p: Place) -> AcledCode:
    """The code by ACLED's own rules on who takes what, and on fire from both sides."""
    sub = code.sub_event_type
    if sub in _TERRITORY:
        if e.status == "contested" or any(d.field == "happened" for d in e.disagreements):
            return _CLASH  # control is not agreed on: a fight over the place and no more
        home = any(a.sector in STATE and a.country in ("", p.country) for a in e.agents)
        sub = "Government regains territory" if home else "Non-state actor overtakes territory"
        return AcledCode(event_type="Battles", sub_event_type=sub)
    if sub == "Other" and codes.plover is not None and (codes.plover.event, codes.plover.mode) == ("COERCE", "seize"):
        return _CLASH  # forces that enter a place which they are not said to hold
    if sub == "Shelling/artillery/missile attack" and both_ways(e):
        return _CLASH
    if sub == "Arrests" and e.agents and e.agents[0].sector == "REB":
        return AcledCode(event_type="Violence against civilians", sub_event_type="Abduction/forced disappearance")
    return code


def _filled(bundle: Bundle, e: Event, number: int, code: AcledCode, days: Days, p: Place, sides: Sides) -> Row:
    told = bundle.told(e)
    reports = reports_of(told)
    land = nations()[p.country]
    second = sides.second
    assert p.lat is not None
    assert p.lon is not None
    return {
        "event_id_cnty": f"{p.country}{number}",
        "event_date": days.middle.isoformat(),
        "year": days.middle.year,
        "time_precision": _PRECISION[days.precision],
        "disorder_type": tables("acled")["events"].get(code.event_type, {}).get(code.sub_event_type, ""),
        "event_type": code.event_type,
        "sub_event_type": code.sub_event_type,
        "actor1": sides.first.name,
        "assoc_actor_1": "; ".join(sides.first.beside),
        "inter1": sides.first.kind,
        "actor2": second.name if second else "",
        "assoc_actor_2": "; ".join(second.beside) if second else "",
        "inter2": second.kind if second else "",
        "interaction": sides.interaction,
        "civilian_targeting": "Civilian targeting" if sides.civilians else "",
        "iso": int(land.iso) if land.iso else None,
        "region": land.acled,
        "country": country(p.country),
        "admin1": p.admin1,
        "admin2": "",
        "admin3": "",
        "location": p.name,
        "latitude": round(p.lat, 4),
        "longitude": round(p.lon, 4),
        "geo_precision": _WHERE[p.precision],
        "source": "; ".join(unique(outlet(r).replace(";", ",") for r in reports)) or "unknown",
        "source_scale": _scale(reports, p.country),
        "notes": _notes(bundle, e, code, days, told),
        "fatalities": _deaths(bundle, e),
        "tags": "",
        "timestamp": timegm(date.fromisoformat((e.last_reported or days.last.isoformat())[:10]).timetuple()),
    }


def _deaths(bundle: Bundle, e: Event) -> int:
    """The lowest number of people killed that is told; nought where none is."""
    f = deaths(bundle, e)
    least = None if f is None else f.low if f.low is not None else f.best
    return max(0, int(least)) if least is not None else 0


def _scale(reports: list[Report], where: str) -> str:
    """How near the outlets are to the event: of its country, of another, or not known."""
    found = set()
    for r in reports:
        entries = load_actors().by_alias.get(fold_alias(r.outlet), ())
        land = next((x.country for x in entries if x.country), "")
        found.add(("National" if land == where else "International") if land else "Other")
    if {"National", "International"} <= found:
        return "National-International"
    if "Other" in found and len(found) > 1:
        return f"Other-{min(found - {'Other'})}"
    return min(found, default="Other")


def _notes(bundle: Bundle, e: Event, code: AcledCode, days: Days, told: list[Told]) -> str:
    """What is told, beginning with the date: who, whom, where, the range of the dead, by whose word, in what words."""
    assert e.place is not None
    when = f"On {spelled(days.first)}" if days.count == 1 else f"Between {spelled(days.first)} and {spelled(days.last)}"
    parts = [f"{when}, {code.sub_event_type}: {_parties(e)} ({words.where(e.place)})."]
    f = deaths(bundle, e)
    if f is not None:
        parts.append(f"Killed: {words.between(f.low, f.high)}.")
    if e.disagreements:
        parts.append(f"Sources differ on {', '.join(_DIFFER.get(d.field, d.field) for d in e.disagreements)}.")
    if all(t.claim.modality == "uncertain" for t in told) and told:
        parts.append("Told as uncertain.")
    quoted = {bundle.quote(t.claim.id): t for t in reversed(told)}
    for said, t in list(reversed(quoted.items()))[:_QUOTES]:
        parts.append(f"{words.voice(t.claim.sources, outlet(t.report))}{f': “{said}”' if said else '.'}")
    parts.append(f"[{bundle.codebook.label}, event {e.id}]")
    return " ".join(parts)


def _parties(e: Event) -> str:
    return " → ".join(part for part in (words.who(e.agents), words.who(e.targets)) if part) or "nobody named"
