"""``dateline reconcile``: coded claims → events."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.errors import OutputError


def reconcile(
    coded: Annotated[
        list[Path], typer.Argument(help="Files of coded reports (JSONL), as `dateline code` writes them.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The JSONL file to write, one event a line.")],
) -> None:
    """Join claims that tell of one happening into events.  The order and split of the files do not matter."""
    from dateline.evaluate.coded import read_coded
    from dateline.reconcile import iter_events
    from dateline.record import encode

    part = output.with_name(output.name + ".part")
    count = claims = 0
    try:
        with part.open("wb") as out:
            for event in iter_events(c for path in coded for c in read_coded(path)):
                out.write(encode(event) + b"\n")
                count, claims = count + 1, claims + len(event.claims)
        part.replace(output)
    except OSError as e:
        raise OutputError(e.strerror or str(e), path=str(output)) from None
    finally:
        part.unlink(missing_ok=True)
    print(f"dateline: {claims} claims, {count} events", file=sys.stderr)
