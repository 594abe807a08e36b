"""``dateline figures``: numbers over time, by source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.stores import (
    CountryOption,
    Format,
    PlaceOption,
    SinceOption,
    StoreOption,
    UntilOption,
    print_lines,
    print_table,
    span,
)

if TYPE_CHECKING:
    from dateline.store.ledgers import Number


def figures(
    kind: Annotated[str, typer.Argument(help="killed, injured, displaced…; all kinds if not given.")] = "",
    store: StoreOption = None,
    place: PlaceOption = "",
    country: CountryOption = "",
    since: SinceOption = None,
    until: UntilOption = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """Figures by place and time, each with its source.  They are listed, never added up."""
    from dateline.store import Store
    from dateline.store.ledgers import figures as ledger
    from dateline.store.query import Filters, find_claims

    Filters(since=since, until=until)  # that the days are days
    with Store(store) as opened:
        found = ledger(find_claims(opened, place=place, country=country), kind or None)
    found = [
        n
        for n in found
        if (n.last or n.reported or "") >= (since or "") and (n.first or n.reported or "") <= (until or "9")
    ]
    if format is Format.jsonl:
        print_lines(found)
        return
    rows = map(_row, found)
    columns = ("for", "place", "kind", "number", "of", "of a", "by whose word", "outlet", "reported", "claim")
    print_table(columns, rows, f"{len(found)} figures")


def _row(n: Number) -> tuple[object, ...]:
    days = f"{n.first or '…'} to {n.last or '…'}" if n.first != n.last else n.first or ""
    number = span(n.low, n.high)
    return (days, n.place, n.kind, number, n.of, n.span, n.voice, n.outlet, n.reported, n.claim)
