"""``dateline verify``: that the store is whole."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.stores import StoreOption


def verify(
    store: StoreOption = None,
    head: Annotated[
        str | None, typer.Option(help="The log's hash of an earlier check, which must still be in it.")
    ] = None,
) -> None:
    """Check every byte and the log's chain; name what is not as it was written.  Ends with 1 if anything is not."""
    from dateline.store import Store
    from dateline.store import verify as check

    with Store(store) as opened:
        found = check(opened.engine, head)
    for fault in found.faults:
        print(f"{fault.where}: {fault.what}", file=sys.stderr)
    print(f"{found.entries} log entries, {found.raw} raw documents, {len(found.faults)} faults")
    print(f"head {found.head}")
    if found.faults:
        raise typer.Exit(1)
