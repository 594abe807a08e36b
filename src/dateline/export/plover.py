"""Events as PLOVER's JSON records, one object a line (the manual's "data fields").

Unlike POLECAT it keeps denied events, with the mode ``negation``, and says of what is still to come that it is ``future``.
``size`` holds the best numbers of dead, injured and arrested; ``event_text`` the sentences that tell of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from dateline.codebook.lexicon import lexicon
from dateline.export.bundle import Bundle, Dropped, Options, Told, Written
from dateline.export.cells import clean
from dateline.export.coding import outlet, reports_of, unique
from dateline.export.plover_parts import Party, PloverEvent, plover_event
from dateline.export.sheet import tables
from dateline.export.tolls import deaths
from dateline.types import Event, Place

_SIZE = {"killed": "dead", "injured": "injured", "detained": "arrested"}
_RESOLUTION = {1: 4, 2: 4, 3: 3, 4: 2, 5: 2, 6: 1}  # UCDP's where_prec → PLOVER's (5 within a city … 1 a country)


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """Write the records.

    Raises:
        OSError: the file cannot be written.
    """
    found: list[dict[str, Any]] = []
    dropped: list[Dropped] = []
    for e in sorted(bundle.events, key=lambda e: e.id):
        x = plover_event(bundle, e)
        record = x if isinstance(x, str) else _record(bundle, e, x)
        fault = record if isinstance(record, str) else fault_of(record)
        if isinstance(record, str) or fault:
            dropped.append(Dropped(e.id, fault))
        else:
            found.append(record)
    found.sort(key=lambda r: (r["date"], r["id"]))
    with path.open("wb") as f:
        for record in found:
            f.write(msgspec.json.encode(_cleaned(record)) + b"\n")
    return Written(rows=len(found), dropped=tuple(dropped))


def fault_of(record: dict[str, Any]) -> str:
    """The first thing in which a record breaks PLOVER's lists; "" if it fits."""
    raw, known = tables("plover"), lexicon("crosswalk")
    tests = (
        ("id", bool(record.get("id"))),
        ("date", bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(record.get("date"))))),
        ("actor", bool(record.get("actor"))),
        ("event", len(record.get("event", ())) == 1 and record["event"][0] in raw["events"]),
        ("quad_code", record.get("quad_code") in raw["quads"]),
        ("event_scale", -10 <= record.get("event_scale", 99) <= 10),
        ("context", set(record.get("context", ())) <= set(known["contexts"])),
    )
    if wrong := next((name for name, fits in tests if not fits), ""):
        return f"{wrong}: not in PLOVER"
    modes = {*known["plover"][record["event"][0]], *raw["auxiliary"]}
    if not modes.issuperset(record.get("mode", ())):
        return "mode: not in PLOVER"
    sectors = {p["sector"] for p in (*record["actor"], *record.get("recipient", ()))}
    return "" if sectors <= set(raw["sectors"]) else "sector: not in PLOVER"


def _record(bundle: Bundle, e: Event, x: PloverEvent) -> dict[str, Any]:
    told = bundle.told(e)
    days = {"date": x.days.middle.isoformat()}
    if x.days.count > 1:
        days = {"date": x.days.first.isoformat(), "enddate": x.days.last.isoformat()}
    record: dict[str, Any] = {
        "id": e.id,
        **days,
        "has_event": True,
        "actor": [_entity(p) for p in x.actors],
        "recipient": [_entity(p) for p in x.recipients],
        "event": [x.code.event],
        "mode": [*x.modes, *_auxiliary(e, x, told)],
        "context": list(x.code.contexts),
        "quad_code": x.quad,
        "event_scale": x.score,
        "event_loc": _place(e.place) if e.place else {},
        "event_text": unique(bundle.quote(t.claim.id) for t in told),
        "size": _size(bundle, e),
        "coder": "dateline",
        "comment": f"status {e.status}",
        **_cited(bundle, told),
    }
    return {k: v for k, v in record.items() if v not in ({}, [], "")}


def _size(bundle: Bundle, e: Event) -> dict[str, int | float]:
    """The best numbers of dead, injured and arrested."""
    found = {_SIZE[f.kind]: f.best for f in e.figures if f.kind in _SIZE}
    dead = deaths(bundle, e)
    found["dead"] = dead.best if dead else None
    return {k: v for k, v in found.items() if v is not None}


def _auxiliary(e: Event, x: PloverEvent, told: list[Told]) -> list[str]:
    """The modes that say how it is told; where the event itself says that it is only a word, none is needed."""
    out = ["negation"] if e.status == "denied" else []
    if e.status == "planned" and x.quad in (2, 4):
        out.append("future")
    if told and all(t.claim.background for t in told):
        out.append("historical")
    return out


def _entity(p: Party) -> dict[str, str]:
    return {
        "code": p.code,
        "sector": p.sector,
        "entity_text": p.actor.text or p.actor.name,
        "identifier_text": p.actor.name,
    }


def _place(p: Place) -> dict[str, Any]:
    kind, _, code = p.feature.partition(".")
    out = {
        "extracted_place": p.text,
        "resolved_place": p.name,
        "geonameid": p.geonameid,
        "lat": p.lat,
        "lon": p.lon,
        "province": p.admin1,
        "country_code": tables("plover")["countries"].get(p.country, p.country),
        "feature_class": kind,
        "feature_code": code,
        "resolution": _RESOLUTION.get(p.precision),
    }
    return {k: v for k, v in out.items() if v is not None and v != ""}


def _cited(bundle: Bundle, told: list[Told]) -> dict[str, Any]:
    """Where it was read: the first report's address and citation."""
    reports = reports_of(told)
    if not reports:
        return {}
    r = reports[0]
    info = {
        "title": r.title,
        "url": r.url,
        "language": r.language,
        "publication": "; ".join(unique(outlet(x) for x in reports)),
        "codebook": bundle.codebook.label,
        "version": "PLOVER 2.0",
    }
    return {"link": r.url, "cite_info": {k: v for k, v in info.items() if v}}


def _cleaned(value: Any) -> Any:
    """A record without characters that JSON's readers choke on (halves of pairs, control characters)."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {k: _cleaned(v) for k, v in value.items()}
    return [_cleaned(v) for v in value] if isinstance(value, list) else value
