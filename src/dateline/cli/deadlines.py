"""``dateline deadlines``: ultimatums and plans with a due day; and truces."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from dateline.cli.stores import CountryOption, Format, StoreOption, print_lines, print_table
from dateline.errors import UsageError


def deadlines(
    store: StoreOption = None,
    today: Annotated[
        str | None, typer.Option(help="The day as of which they are met, missed or open (YYYY-MM-DD).")
    ] = None,
    country: CountryOption = "",
    state: Annotated[str, typer.Option(help="met, late, missed or open.")] = "",
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """Ultimatums and announced plans by the day that they are due: met, late, missed or open."""
    from dateline.store import Store
    from dateline.store.ledgers import deadlines as ledger
    from dateline.store.query import find_claims

    day = today or date.today().isoformat()
    try:
        date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"{day!r} is no date (YYYY-MM-DD)", field="--today") from None
    with Store(store) as opened:
        found = [d for d in ledger(find_claims(opened, country=country), day) if state in ("", d.state)]
    if format is Format.jsonl:
        print_lines(found)
        return
    rows = (
        (d.due, d.state, d.who, d.words, d.whom, d.place, f"{d.voice}, {d.announced}", d.claim, d.answer) for d in found
    )
    columns = ("due", "state", "who", "what", "whom", "where", "by whose word", "claim", "done by")
    print_table(columns, rows, f"{len(found)} deadlines as of {day}")


def truces(
    store: StoreOption = None,
    country: CountryOption = "",
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """Truces: agreed, violated, collapsed, each by whose word."""
    from dateline.store import Store
    from dateline.store.ledgers import truces as ledger
    from dateline.store.query import find_claims

    with Store(store) as opened:
        found = [t for t in ledger(find_claims(opened, types=("agree", "violate"))) if country in ("", t.country)]
    if format is Format.jsonl:
        print_lines(found)
        return
    for t in found:
        rows = ((s.on, s.what, s.by, s.voice, s.claim) for s in t.steps)
        title = f"{t.country or 'country unknown'}, since {t.since}: {', '.join(t.parties)}: {t.state}"
        print_table(("on", "what", "by", "by whose word", "claim"), rows, title)
