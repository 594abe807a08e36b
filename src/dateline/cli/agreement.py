"""``dateline agreement``: how far two annotations of the same reports agree."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.evaluate import Form, FormOption, MapOption, Print, PrintOption, imported


def agreement(
    a: Annotated[Path, typer.Argument(help="One annotation.")],
    b: Annotated[Path, typer.Argument(help="The other; the same file where two annotators are named.")],
    format: FormOption = Form.gold,
    mapping: MapOption = None,
    annotator_a: Annotated[str, typer.Option("--annotator-a", help="Whose annotations of A.")] = "",
    annotator_b: Annotated[str, typer.Option("--annotator-b", help="Whose annotations of B.")] = "",
    show: PrintOption = Print.table,
) -> None:
    """Krippendorff's alpha and F1 between two annotators, field by field."""
    from dateline.evaluate.agreement import agreement as compared

    sides = [imported(path, format, mapping, who).reports for path, who in ((a, annotator_a), (b, annotator_b))]
    result = compared(*sides)
    if show is Print.json:
        import msgspec

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n")
        return
    from dateline.cli.stores import print_table

    about = f"{result.reports} reports, {result.claims_a} and {result.claims_b} claims, {result.paired} paired"
    rows = [(f.name, _told(f.alpha), f.units, _told(f.f1)) for f in result.fields]
    print_table(("field", "alpha", "units", "F1"), rows, about)
    if result.only_a or result.only_b:
        only = len(result.only_a), len(result.only_b)
        sys.stderr.write(f"dateline: {only[0]} reports only in {a}, {only[1]} only in {b}\n")


def _told(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
