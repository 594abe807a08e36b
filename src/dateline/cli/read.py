"""``dateline read``: what some reports say."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.options import (
    CodebookOption,
    ExtractorName,
    ExtractorOption,
    FieldOption,
    LlmModelOption,
    LlmUrlOption,
    NoModelOption,
    PathsArgument,
    PublishedOption,
    aside,
    options,
    tell_refused,
)
from dateline.cli.options import (
    extractor as extractor_of,
)
from dateline.read import read_paths
from dateline.types import CodedReport, Reject


class Format(StrEnum):
    table = "table"
    json = "json"
    jsonl = "jsonl"
    html = "html"


def read(
    paths: PathsArgument,
    published: PublishedOption = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
    field: FieldOption = None,
    codebook: CodebookOption = None,
    extractor: ExtractorOption = ExtractorName.rules,
    llm_url: LlmUrlOption = "",
    llm_model: LlmModelOption = "",
    no_model: NoModelOption = False,
) -> None:
    """Read reports and print what they say.  Stores nothing."""
    from dateline.pipeline import Pipeline

    model = extractor_of(extractor, llm_url, llm_model)
    rejects: list[Reject] = []
    items = read_paths(paths, options(published, field or []))
    coded = aside(Pipeline(codebook, extractor=model, kinds=not no_model).code(items), rejects)
    if format is Format.table:
        _print_tables(coded)
    elif format is Format.html:
        from dateline.export.html import page
        from dateline.reconcile import reconcile

        whole = list(coded)
        sys.stdout.write(page(whole, reconcile(whole)))
    else:
        _print_json(coded, format)
    if model:
        tell_refused(model.refused)
    if rejects:
        raise typer.Exit(3)


def _print_tables(coded: Iterable[CodedReport]) -> None:
    """A table a report as it comes; at the end, of several, where their accounts meet."""
    from dateline.export.table import print_events, print_report
    from dateline.reconcile import reconcile

    whole = []
    for report in coded:
        print_report(report)
        whole.append(report)
    if len(whole) > 1:
        print_events(whole, reconcile(whole))


def _print_json(coded: Iterable[CodedReport], format: Format) -> None:
    """One record a line, or one list of them; each with the events that its own claims come to."""
    from dateline.reconcile import with_events
    from dateline.record import encode

    lines = (encode(with_events(c)).decode() for c in coded)
    if format is Format.jsonl:
        for line in lines:
            print(line)
    else:
        import msgspec

        print(msgspec.json.format(f"[{','.join(lines)}]", indent=2))
