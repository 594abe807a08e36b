"""``dateline sources``: who says how much, who is first, who is contradicted."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.stores import Format, StoreOption, print_lines, print_table


def sources(
    store: StoreOption = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 50,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """Sources by what they say.  Counts, not a score: who is contradicted may be the one who is right."""
    from dateline.store import Store
    from dateline.store.ledgers import sources as ledger
    from dateline.store.query import find_claims, find_events

    with Store(store) as opened:
        found = ledger(find_claims(opened), {e.id: e for e in find_events(opened)})[:limit]
    if format is Format.jsonl:
        print_lines(found)
        return
    rows = ((v.name, v.kind, v.claims, v.reports, v.events, v.shared, v.first, v.contradicted) for v in found)
    columns = ("source", "kind", "claims", "reports", "events", "shared", "first", "contradicted")
    print_table(columns, rows, "Shared: events that another tells of too; first and contradicted: of those")
