"""``dateline reconcile``: coded claims → events."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from dateline.errors import OutputError, ReadError
from dateline.types import CodedReport


def reconcile(
    coded: Annotated[
        list[Path], typer.Argument(help="Files of coded reports (JSONL), as `dateline code` writes them.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The JSONL file to write, one event a line.")],
) -> None:
    """Join claims that tell of one happening into events.  The order and split of the files do not matter."""
    from dateline.reconcile import iter_events
    from dateline.record import encode

    part = output.with_name(output.name + ".part")
    count = claims = 0
    try:
        with part.open("wb") as out:
            for event in iter_events(_read(coded)):
                out.write(encode(event) + b"\n")
                count, claims = count + 1, claims + len(event.claims)
        part.replace(output)
    except OSError as e:
        raise OutputError(e.strerror or str(e), path=str(output)) from None
    finally:
        part.unlink(missing_ok=True)
    print(f"dateline: {claims} claims, {count} events", file=sys.stderr)


def _read(paths: list[Path]) -> Iterator[CodedReport]:
    from dateline.record import decode, from_record

    for path in paths:
        try:
            with path.open("rb") as lines:
                for n, line in enumerate(lines, 1):
                    if line.strip():
                        yield from_record(decode(line, str(path), n))
        except OSError as e:
            raise ReadError(e.strerror or str(e), path=str(path)) from None
