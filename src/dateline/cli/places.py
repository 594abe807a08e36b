"""``dateline places``: every place that reports name."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.options import FieldOption, PathsArgument, PublishedOption, aside, options
from dateline.cli.stores import Format, print_table
from dateline.read import read_paths
from dateline.types import Place, Reject, Report


def places(
    paths: PathsArgument,
    published: PublishedOption = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
    field: FieldOption = None,
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
    rows = []
    for p in named:
        spot = f"{p.lat:.3f}, {p.lon:.3f}" if p.lat is not None and p.lon is not None else "unknown"
        radius = f"{p.radius_km:.0f}" if p.radius_km is not None else ""
        rows.append((p.start, p.text, f"{p.name} {p.country}".strip(), spot, p.feature, radius))
    print_table(("at", "words", "place", "where", "feature", "km"), rows, report.id)
