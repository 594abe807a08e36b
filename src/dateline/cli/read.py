"""``dateline read``: what some reports say."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import aside, options
from dateline.read import read_paths
from dateline.types import CodedReport, Reject


class Format(StrEnum):
    table = "table"
    json = "json"
    jsonl = "jsonl"
    html = "html"


def read(
    paths: Annotated[
        list[str], typer.Argument(help="Text, HTML, JSON or JSONL files, folders, or - for standard input.")
    ],
    published: Annotated[
        str | None, typer.Option(help="The reports' date (YYYY-MM-DD); overrides what they say.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
    field: Annotated[list[str] | None, typer.Option(help="NAME=COLUMN: where a record keeps a field.")] = None,
    codebook: Annotated[Path | None, typer.Option(help="A codebook of your own: a file or a folder.")] = None,
) -> None:
    """Read reports and print what they say.  Stores nothing."""
    from dateline.pipeline import Pipeline

    rejects: list[Reject] = []
    items = read_paths(paths, options(published, field or []))
    coded = aside(Pipeline(codebook).code(items), rejects)
    if format is Format.table:
        from dateline.export.table import print_report

        for report in coded:
            print_report(report)
    elif format is Format.html:
        from dateline.export.html import page

        sys.stdout.write(page(list(coded)))
    else:
        _print_json(list(coded) if format is Format.json else coded, format)
    if rejects:
        raise typer.Exit(3)


def _print_json(coded: object, format: Format) -> None:
    from dateline.record import encode

    assert hasattr(coded, "__iter__")
    lines = (encode(c).decode() for c in coded if isinstance(c, CodedReport))
    if format is Format.jsonl:
        for line in lines:
            print(line)
    else:
        import msgspec

        whole = "[" + ",".join(lines) + "]"
        print(msgspec.json.format(whole, indent=2))
