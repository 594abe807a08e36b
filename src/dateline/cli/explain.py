"""``dateline explain``: why each field of a claim was filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import CodebookOption, PublishedOption, options
from dateline.cli.stores import StoreOption
from dateline.errors import ReadError, RejectedReport, StoreError, UsageError
from dateline.types import Report

if TYPE_CHECKING:
    from dateline.resolve.explaining import Explanation


class Format(StrEnum):
    table = "table"
    json = "json"


def explain(
    claim: Annotated[str, typer.Argument(help="A claim's id.  Of --text, all its claims if not given.")] = "",
    store: StoreOption = None,
    coded: Annotated[Path | None, typer.Option(help="Take the claim from this file of coded reports (JSONL).")] = None,
    reports: Annotated[
        list[str] | None, typer.Option(help="The reports that were coded, where the coded file has no texts.")
    ] = None,
    text: Annotated[str, typer.Option(help="Explain what this text says: a sentence or a report.")] = "",
    published: PublishedOption = None,
    codebook: CodebookOption = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """Why each field of a claim was filled: by which rule, words, place candidates, speech verb and weights.

    The report is coded once more with every step noted; nothing is guessed from the claim afterwards.  A claim that
    this program and codebook no longer make of its report cannot be explained, which is then said.
    """
    from dateline.pipeline import Pipeline

    if text and (claim or coded or reports):
        raise UsageError("--text is explained by itself, without a claim or files", field="--text")
    if not text and not claim:
        raise UsageError("a claim's id is wanted, or --text")
    if text:
        report = Report(id="text", text=text, published=published)
    elif coded is not None:
        report = _of_file(coded, claim, reports or [])
    else:
        report = _of_store(store, claim)
    try:
        _, found = Pipeline(codebook).explain(report)
    except RejectedReport as e:
        raise ReadError(e.reason, path=report.id) from None
    if claim:
        found = tuple(e for e in found if e.claim == claim)
        if not found:
            raise ReadError("this program and codebook do not make this claim of its report", path=claim)
    _show(found, format)


def _of_store(store: str | None, claim: str) -> Report:
    """The report of a claim in the store; StoreError where there is none, or its text is not kept."""
    from dateline.store import Store
    from dateline.store.query import claims_of

    with Store(store) as opened:
        told = claims_of(opened, [claim])
        if not told:
            raise StoreError(f"no claim {claim}", path=opened.path)
        report = opened.report(told[0].report.id)
        if report is None or not report.text:
            raise StoreError(f"the text of claim {claim}'s report is not kept", path=opened.path)
    return report


def _of_file(coded: Path, claim: str, reports: Sequence[str]) -> Report:
    """The report of a claim in a file of coded reports; its text from there or from the reports named."""
    from dateline.export.native import coded_of, read_line

    try:
        with coded.open("rb") as lines:
            rows = (coded_of(read_line(x, str(coded), n)) for n, x in enumerate(lines, 1) if x.strip())
            home = next((c.report for c in rows if any(k.id == claim for k in c.claims)), None)
    except OSError as e:
        raise ReadError(e.strerror or str(e), path=str(coded)) from None
    if home is None:
        raise ReadError(f"no claim {claim}", path=str(coded))
    if home.text:
        return home
    found = next((r for r in _read(reports) if r.id == home.id), None)
    if found is None:
        raise UsageError(f"the file has no texts: --reports is to name the file that report {home.id} is in")
    return found


def _read(paths: Sequence[str]) -> Iterable[Report]:
    from dateline.read import read_paths

    return (r for r in read_paths(list(paths), options(None, [])) if isinstance(r, Report)) if paths else ()


def _show(found: Sequence[Explanation], format: Format) -> None:
    if format is Format.json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    if not found:
        print("No claim is made of this text.")
    for e in found:
        _print(e)


def _print(e: Explanation) -> None:
    """Each field with its value and words, and under it why; what was weighed, a line each."""
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding

    console = Console(highlight=False)
    console.print(f"[bold]{escape(e.type)}[/]  {escape(e.claim)}, by {escape(e.codebook)}")
    console.print(Padding(f"[dim]{escape(e.sentence)}[/]", (0, 0, 1, 2)))
    for r in e.reasons:
        words = f"  “{escape(' '.join(r.words.split()))}”" if r.words else ""
        console.print(f"[bold]{escape(r.field)}[/]: {escape(r.value)}{words}")
        console.print(Padding(escape(r.because), (0, 0, 0, 4)))
        for o in r.options:
            console.print(Padding(f"[dim]{o.score:>7.2f}  {escape(o.name)}: {escape(o.note)}[/]", (0, 0, 0, 4)))
    console.print()
