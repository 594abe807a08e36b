"""``dateline codebook``: codebooks and their own examples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Codebooks: what counts as an event.",
)


@app.callback()
def codebooks() -> None:
    """Codebooks: what counts as an event."""


@app.command()
def check(
    path: Annotated[Path | None, typer.Argument(help="A codebook's file or folder; the default one without.")] = None,
) -> None:
    """Code a codebook's own examples and name what fails."""
    from dateline.evaluate.codebook import check as tested

    verdict = tested(path)
    for failure in verdict.failures:
        print(failure)
    print(f"{verdict.label}: {verdict.tried} examples, {len(verdict.failures)} fail")
    if verdict.failures:
        raise typer.Exit(3)
