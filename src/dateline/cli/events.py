"""``dateline events``: the store's events by filters."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.stores import (
    ActorOption,
    BoxOption,
    CountryOption,
    PlaceOption,
    SinceOption,
    SourceOption,
    StatusOption,
    StoreOption,
    TypeOption,
    UntilOption,
    print_table,
    span,
)
from dateline.types import Event


class Format(StrEnum):
    table = "table"
    jsonl = "jsonl"
    ids = "ids"


def events(
    store: StoreOption = None,
    place: PlaceOption = "",
    country: CountryOption = "",
    box: BoxOption = "",
    type: TypeOption = "",
    actor: ActorOption = "",
    source: SourceOption = "",
    status: StatusOption = "",
    since: SinceOption = None,
    until: UntilOption = None,
    limit: Annotated[int | None, typer.Option(help="At most so many.", min=1)] = None,
    format: Annotated[
        Format, typer.Option(help="How to print; ids are one a line, for other commands.")
    ] = Format.table,
) -> None:
    """List events."""
    from dateline.record import encode
    from dateline.store import Store
    from dateline.store.query import Filters, find_events, read_box

    filters = Filters(
        place=place,
        country=country,
        box=read_box(box, "--box"),
        type=type,
        actor=actor,
        source=source,
        status=status,
        since=since,
        until=until,
        limit=limit,
    )
    with Store(store) as opened:
        found = find_events(opened, filters)
    if format is Format.jsonl:
        for event in found:
            print(encode(event).decode())
    elif format is Format.ids:
        for event in found:
            print(event.id)
    else:
        columns = ("event", "when", "type", "place", "agents", "targets", "figures", "status", "claims")
        print_table(columns, map(_row, found), f"{len(found)} events")


def _row(e: Event) -> tuple[object, ...]:
    when = ""
    if e.time:
        first, last = (e.time.earliest or "…")[:10], (e.time.latest or "…")[:10]
        when = first if first == last else f"{first} to {last}"
    tolls = (
        f"{f.kind} {span(f.best, f.best)}" + (f" ({span(f.low, f.high)})" if f.low != f.high else "") for f in e.figures
    )
    return (
        e.id,
        when,
        e.type,
        e.place.name if e.place else "",
        ", ".join(a.name for a in e.agents[:2]),
        ", ".join(a.name for a in e.targets[:2]),
        "; ".join(tolls),
        e.status,
        len(e.claims),
    )
