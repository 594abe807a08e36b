"""``dateline places``: every place that reports name."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.options import aside, options
from dateline.read import read_paths
from dateline.types import Place, Reject, Report


class Format(StrEnum):
    table = "table"
    jsonl = "jsonl"


def places(
    paths: Annotated[
        list[str], typer.Argument(help="Text, HTML, JSON or JSONL files, folders, or - for standard input.")
    ],
    published: Annotated[
        str | None, typer.Option(help="The reports' date (YYYY-MM-DD); overrides what they say.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
    field: Annotated[list[str] | None, typer.Option(help="NAME=COLUMN: where a record keeps a field.")] = None,
) -> None:
    """Every place named, resolved, whether or not an event is there."""
    from dateline.pipeline import Pipeline

    rejects: list[Reject] = []
    found = aside(Pipeline().places(read_paths(paths, options(published, field or []))), rejects)
    for report, named in found:
        if format is Format.jsonl:
            from dateline.record import NamedReport, PlacesRecord, encode

            print(encode(PlacesRecord(report=NamedReport(id=report.id), places=tuple(named))).decode())
        else:
            _print_table(report, named)
    if rejects:
        raise typer.Exit(3)


def _print_table(report: Report, named: list[Place]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=report.id, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in ("at", "words", "place", "where", "feature", "km"):
        table.add_column(column)
    for p in named:
        spot = f"{p.lat:.3f}, {p.lon:.3f}" if p.lat is not None and p.lon is not None else "unknown"
        radius = f"{p.radius_km:.0f}" if p.radius_km is not None else ""
        table.add_row(str(p.start), p.text, f"{p.name} {p.country}".strip(), spot, p.feature, radius)
    Console().print(table)
