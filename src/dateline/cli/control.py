"""``dateline control``: who holds a place."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from dateline.cli.stores import Format, StoreOption, print_lines, print_table


def control(
    place: Annotated[str, typer.Argument(help="A place's name or GeoNames id.")],
    store: StoreOption = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """Who holds a place, by whose word, from when, contested or not.  To enter a place is not to hold it."""
    from dateline.store import Store
    from dateline.store.ledgers import control as ledger
    from dateline.store.query import find_claims

    with Store(store) as opened:
        found = ledger(find_claims(opened, place=place))
    if format is Format.jsonl:
        print_lines([{"place": place, **asdict(found)}])
        return
    rows = (
        (
            p.since,
            p.until or "now",
            p.holder,
            ", ".join(p.voices),
            "contested" if p.contested else "",
            "; ".join(p.others),
        )
        for p in found.periods
    )
    print_table(("since", "until", "holder", "by whose word", "", "against it"), rows, f"Control of {place}")
    words = ((s.on, s.who, s.says, s.voice, s.outlet, s.claim) for s in found.statements)
    print_table(("on", "who", "what", "by whose word", "outlet", "claim"), words, "What was said")
