"""What the commands on a store share: the options that name it, and how lists are printed (of places too)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="A file's path or a postgresql:// URL; $DATELINE_STORE or dateline.db if not given."),
]
WhyOption = Annotated[str, typer.Option("--why", help="The reason, for the log.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who decides, for the log; your user name if not given.")]

PlaceOption = Annotated[str, typer.Option(help="A place's name or GeoNames id.")]
CountryOption = Annotated[str, typer.Option(help="ISO 3166-1 alpha-3.")]
BoxOption = Annotated[str, typer.Option(help="west,south,east,north in degrees.")]
TypeOption = Annotated[str, typer.Option(help="A type of the codebook.")]
ActorOption = Annotated[str, typer.Option(help="Part of an actor's name, its group, country or id.")]
SourceOption = Annotated[str, typer.Option(help="Part of a source's or an outlet's name.")]
StatusOption = Annotated[str, typer.Option(help="single-source, corroborated, contested, denied or planned.")]
SinceOption = Annotated[str | None, typer.Option(help="From this day (YYYY-MM-DD).")]
UntilOption = Annotated[str | None, typer.Option(help="Up to this day (YYYY-MM-DD).")]


class Format(StrEnum):
    table = "table"
    jsonl = "jsonl"


_WHOLE = frozenset({"event", "claim", "type", "kind", "status", "on", "since", "until", "reported"})  # never broken
_WORD = 10  # characters that a column has room for if it has a word so long


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A plain table; numbers and None are written as they read best."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title) or None, title_justify="left", box=None, header_style="bold", pad_edge=False)
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    for n, column in enumerate(columns):
        longest = max((len(word) for line in lines for word in line[n].split()), default=0)
        table.add_column(column, overflow="fold", no_wrap=column in _WHOLE, min_width=min(longest, _WORD))
    for line in lines:
        table.add_row(*map(escape, line))
    Console().print(table)


def print_lines(values: Iterable[Any]) -> None:
    """One JSON object a line."""
    import msgspec

    for value in values:
        print(msgspec.json.encode(value).decode())


def span(low: float | None, high: float | None) -> str:
    """A figure as it reads: 12, 10+, ≤20, 10–20."""
    from dateline.reconcile.status import number

    return "" if low is None and high is None else number(low, high)
