"""An event or a claim as one flat row: what the tables and the maps' attributes are made of.

A row is a mapping from column to value; every row has every column, in the order of :data:`EVENT_COLUMNS` or
:data:`CLAIM_COLUMNS`, which say of what kind each is.  What is not known is None, or an empty list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

from dateline.export import words
from dateline.export.bundle import Bundle, Told
from dateline.export.cells import clean, line
from dateline.types import Actor, Claim, Codes, Event, FigureKind, Place, Source, When

Kind = Literal["text", "texts", "whole", "number", "yes"]
Value: TypeAlias = str | int | float | bool | list[str] | None
Row: TypeAlias = dict[str, Value]

FIGURES: tuple[FigureKind, ...] = get_args(FigureKind)

_PLACE: dict[str, Kind] = {
    "place": "text",
    "place_told": "text",
    "geonameid": "whole",
    "country": "text",
    "admin1": "text",
    "feature": "text",
    "lat": "number",
    "lon": "number",
    "radius_km": "number",
    "where_precision": "whole",
}
_TIME: dict[str, Kind] = {"earliest": "text", "latest": "text", "date_precision": "whole"}
_CODES: dict[str, Kind] = {
    "plover_event": "text",
    "plover_mode": "text",
    "plover_contexts": "texts",
    "cameo": "text",
    "acled_event_type": "text",
    "acled_sub_event_type": "text",
    "ucdp_violence": "whole",
}


def _side(name: str) -> dict[str, Kind]:
    return {f"{name}s": "texts", **{f"{name}_{x}": "texts" for x in ("ids", "countries", "sectors", "groups")}}


EVENT_COLUMNS: Mapping[str, Kind] = {
    "id": "text",
    "type": "text",
    "family": "text",
    "status": "text",
    **_TIME,
    **_PLACE,
    **_side("agent"),
    **_side("target"),
    **{f"{kind}_{end}": "number" for kind in FIGURES for end in ("low", "best", "high")},
    "disagreements": "texts",
    "claim_count": "whole",
    "report_count": "whole",
    "outlets": "texts",
    "sources": "texts",
    "first_reported": "text",
    "last_reported": "text",
    **_CODES,
    "claims": "texts",
}

CLAIM_COLUMNS: Mapping[str, Kind] = {
    "id": "text",
    "event": "text",
    "report": "text",
    "title": "text",
    "outlet": "text",
    "url": "text",
    "published": "text",
    "type": "text",
    "family": "text",
    "modality": "text",
    **_TIME,
    **_PLACE,
    **_side("agent"),
    **_side("target"),
    "sources": "texts",
    "source_kinds": "texts",
    "stances": "texts",
    "verbs": "texts",
    **{f"{kind}_{end}": "number" for kind in FIGURES for end in ("low", "high")},
    "figures": "texts",
    "background": "yes",
    "evidence": "texts",
    "quoted": "yes",
    "confidence": "number",
    "trigger": "text",
    "trigger_start": "whole",
    "trigger_end": "whole",
    "quote": "text",
    **_CODES,
}


def event_row(bundle: Bundle, e: Event) -> Row:
    """The row of an event; its outlets and sources are those of the claims that the bundle has."""
    told = bundle.told(e)
    row: Row = {
        "id": e.id,
        "type": e.type,
        "family": family(bundle, e.type),
        "status": e.status,
        **_when(e.time),
        **_where(e.place),
        **_who("agent", e.agents),
        **_who("target", e.targets),
    }
    by_kind = {f.kind: f for f in e.figures}
    for kind in FIGURES:
        f = by_kind.get(kind)
        low, best, high = (f.low, f.best, f.high) if f else (None, None, None)
        row |= {f"{kind}_low": low, f"{kind}_best": best, f"{kind}_high": high}
    return row | {
        "disagreements": [d.field for d in e.disagreements],
        "claim_count": len(e.claims),
        "report_count": len({t.report.id for t in told}),
        "outlets": _once(t.report.outlet for t in told),
        "sources": _once(s.name for t in told for s in t.claim.sources),
        "first_reported": e.first_reported,
        "last_reported": e.last_reported,
        **_codes(e.codes),
        "claims": list(e.claims),
    }


def claim_row(bundle: Bundle, told: Told, event: str) -> Row:
    """The row of a claim; of several numbers of one kind the largest stands in the columns, all in ``figures``."""
    c, r = told
    row: Row = {
        "id": c.id,
        "event": event,
        "report": r.id,
        "title": line(r.title),
        "outlet": line(r.outlet),
        "url": line(r.url),
        "published": r.published,
        "type": c.type,
        "family": family(bundle, c.type),
        "modality": c.modality,
        **_when(c.time),
        **_where(c.place),
        **_who("agent", c.agents),
        **_who("target", c.targets),
        **_said(c.sources),
    }
    for kind in FIGURES:
        low, high = _largest(c, kind)
        row |= {f"{kind}_low": low, f"{kind}_high": high}
    return row | {
        "figures": [line(f"{words.figure(f)} {f.of}") for f in c.figures],
        "background": c.background,
        "evidence": list(c.evidence),
        "quoted": c.quoted,
        "confidence": c.confidence,
        "trigger": line(c.trigger.text),
        "trigger_start": c.trigger.start,
        "trigger_end": c.trigger.end,
        "quote": clean(bundle.quote(c.id)),
        **_codes(c.codes),
    }


def family(bundle: Bundle, type: str) -> str:
    """The codebook's family of a type; "" where the codebook does not have the type."""
    spec = bundle.codebook.types.get(type)
    return spec.family if spec else ""


def _largest(c: Claim, kind: FigureKind) -> tuple[float | None, float | None]:
    found = [f for f in c.figures if f.kind == kind]
    if not found:
        return None, None
    best = max(found, key=lambda f: max(x for x in (f.low, f.high, -1) if x is not None))
    return best.low, best.high


def _when(t: When | None) -> Row:
    return {
        "earliest": t.earliest if t else None,
        "latest": t.latest if t else None,
        "date_precision": t.precision if t else None,
    }


def _where(p: Place | None) -> Row:
    if p is None:
        return dict.fromkeys(_PLACE)
    return {
        "place": line(p.name),
        "place_told": line(words.where(p)),
        "geonameid": p.geonameid,
        "country": p.country,
        "admin1": line(p.admin1),
        "feature": p.feature,
        "lat": p.lat,
        "lon": p.lon,
        "radius_km": p.radius_km,
        "where_precision": p.precision,
    }


def _who(name: str, actors: Sequence[Actor]) -> Row:
    """An actor's name, id, country, sector and group stand at the same place of their five lists."""
    return {
        f"{name}s": [line(a.name) for a in actors],
        f"{name}_ids": [a.actor_id or "" for a in actors],
        f"{name}_countries": [a.country for a in actors],
        f"{name}_sectors": [a.sector for a in actors],
        f"{name}_groups": [line(a.group) for a in actors],
    }


def _said(sources: Sequence[Source]) -> Row:
    return {
        "sources": [line(s.name) for s in sources],
        "source_kinds": [s.kind for s in sources],
        "stances": [s.stance for s in sources],
        "verbs": [line(s.verb) for s in sources],
    }


def _codes(c: Codes) -> Row:
    return {
        "plover_event": c.plover.event if c.plover else None,
        "plover_mode": c.plover.mode if c.plover else None,
        "plover_contexts": list(c.plover.contexts) if c.plover else [],
        "cameo": c.cameo,
        "acled_event_type": c.acled.event_type if c.acled else None,
        "acled_sub_event_type": c.acled.sub_event_type if c.acled else None,
        "ucdp_violence": c.ucdp,
    }


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(line(v) for v in values if v))
