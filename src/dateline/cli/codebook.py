"""``dateline codebook``: codebooks, how to begin one, and what two differ in."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.codebook.diff import Change

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Codebooks: what counts as an event.",
)


class Format(StrEnum):
    table = "table"
    json = "json"


@app.callback()
def codebooks() -> None:
    """Codebooks: what counts as an event."""


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The codebook's name: small letters, digits and hyphens.")],
    folder: Annotated[Path, typer.Option("--in", help="The folder in which to write it.")] = Path(),
) -> None:
    """Write a small codebook that works, with every part explained, to start from."""
    from dateline.codebook.new import write_new

    at = write_new(name, folder)
    print(f"dateline: {at} written; dateline codebook check {at} tests it", file=sys.stderr)


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


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="A codebook's file or folder, or `default`.")],
    new: Annotated[str, typer.Argument(help="The other one.")],
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """What two codebooks differ in: types, words and their conditions, codes in other schemes, word classes."""
    from dateline.codebook.diff import diff as compared
    from dateline.codebook.loader import load_codebook

    books = [load_codebook(None if at == "default" else Path(at)) for at in (old, new)]
    changes = compared(*books)
    if format is Format.json:
        import msgspec

        whole = {"old": books[0].label, "new": books[1].label, "changes": changes}
        print(msgspec.json.format(msgspec.json.encode(whole), indent=2).decode())
    else:
        if changes and books[0].label == books[1].label:
            print(
                f"dateline: both call themselves {books[0].label}; a version of its own tells them apart",
                file=sys.stderr,
            )
        _print_changes(books[0].label, books[1].label, changes)


def _print_changes(old: str, new: str, changes: tuple[Change, ...]) -> None:
    from dateline.cli.stores import print_table

    rows = [(c.kind, c.part, c.owner, c.what, c.old, c.new) for c in changes]
    print_table(("", "part", "of", "what", old, new), rows, f"{len(changes)} differences")
