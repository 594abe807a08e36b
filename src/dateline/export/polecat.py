"""Events as rows in the shape of POLECAT's files: PLOVER codes, 40 columns, tabs between, ``None`` where there is nothing.

Denied events and events without a day or an actor are dropped; figures, doubt and who says it have no column.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dateline.export.bundle import Bundle, Dropped, Options, Written
from dateline.export.coding import DENIED, outlet, reports_of, unique
from dateline.export.plover_parts import Party, plover_event
from dateline.export.sheet import Row, schema, tables, write_tsv
from dateline.types import Event, Place

NOTHING = "None"


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """Write the table.

    Raises:
        OSError: the file cannot be written.
    """
    rows: list[Row] = []
    dropped: list[Dropped] = []
    for e in sorted(bundle.events, key=lambda e: e.id):
        row = _row(bundle, e)
        fault = row if isinstance(row, str) else schema("polecat").fault(row)
        if isinstance(row, str) or fault:
            dropped.append(Dropped(e.id, fault))
        else:
            rows.append(row)
    rows.sort(key=lambda r: (str(r["Event Date"]), str(r["Event ID"])))
    shown: list[Row] = [{c: NOTHING if v is None or v == "" else v for c, v in row.items()} for row in rows]
    write_tsv(path, schema("polecat").names, shown)
    return Written(rows=len(rows), dropped=tuple(dropped))


def _row(bundle: Bundle, e: Event) -> Row | str:
    if e.status == "denied":
        return DENIED
    x = plover_event(bundle, e)
    if isinstance(x, str):
        return x
    told = bundle.told(e)
    reports = reports_of(told)
    actors = [a for t in told for a in (*t.claim.agents, *t.claim.targets)]
    empty: Row = {c.name: None for c in schema("polecat").columns}
    return {
        **empty,
        "Event ID": e.id,
        "Event Date": x.days.middle.isoformat(),
        "Event Type": x.code.event,
        "Event Mode": x.code.mode,
        "Intensity": x.score,
        "Quad Code": str(tables("plover")["quads"][x.quad]),
        "Contexts": ";".join(x.code.contexts),
        **_party("Actor", x.actors),
        **_party("Recipient", x.recipients),
        **_where(e.place),
        "Source": _several(outlet(r) for r in reports) or "unknown",
        "Publication Date": (e.first_reported or "")[:10],
        "Story Organizations": _several(a.name for a in actors if a.group),
        "Story Locations": _several(t.claim.place.name for t in told if t.claim.place),
        "Language": _several(r.language for r in reports),
        "Version": f"PLOVER 2.0, {bundle.codebook.label}",
    }


def _party(which: str, parties: tuple[Party, ...]) -> Row:
    return {
        f"{which} Name": _several(p.actor.name for p in parties),
        f"{which} Country": _several(p.code for p in parties),
        f"{which} COW": _several(p.cow for p in parties),
        f"Primary {which} Sector": parties[0].sector if parties else "",
        f"{which} Sectors": _several(p.sector for p in parties),
        f"{which} Name Raw": _several(p.actor.text for p in parties) or _several(p.actor.name for p in parties),
    }


def _where(p: Place | None) -> Row:
    if p is None:
        return {}
    return {
        "Placename": p.name,
        "City": p.name if p.feature.startswith("P.") else "",
        "Province": p.admin1,
        "Country": tables("plover")["countries"].get(p.country, p.country),
        "Latitude": p.lat,
        "Longitude": p.lon,
        "GeoNames ID": p.geonameid,
        "Raw Placename": p.text,
        "Feature Type": p.feature.rpartition(".")[2],
    }


def _several(values: Iterable[str]) -> str:
    """Each value once, ";" between; one inside a value becomes a comma."""
    return ";".join(unique(v.replace(";", ",") for v in values))
