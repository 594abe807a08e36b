"""``dateline import``: coded reports of files into the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Annotated

import typer

from dateline.cli.options import tell
from dateline.cli.stores import ByOption, StoreOption, WhyOption
from dateline.errors import ReadError

_MOST = 64_000_000  # bytes of the longest line


def import_(
    files: Annotated[
        list[str],
        typer.Argument(help="Coded reports (JSONL, packed or not), or - for standard input.", metavar="FILE..."),
    ],
    store: StoreOption = None,
    keep_events: Annotated[
        bool, typer.Option("--keep-events", help="Hold the events as they are in the file, by decisions.")
    ] = False,
    by: ByOption = None,
    why: WhyOption = "",
) -> None:
    """Put coded reports into the store: what `dateline export native` or `dateline code` wrote.

    The same file twice is once.  Events are made anew from all claims of the store; --keep-events holds those of the
    file, by merges and splits that can be undone.
    """
    from dateline.store import Store
    from dateline.store.load import load

    put_aside = 0
    with Store(store, by) as opened:
        for file in files:
            loaded = load(opened, _lines(file), file, why, keep_events)
            for reject in loaded.rejects:
                tell(reject)
            put_aside += len(loaded.rejects)
            print(
                f"dateline: {file}: {loaded.new} reports added, {loaded.corrected} corrected, "
                f"{loaded.recoded} coded otherwise, {loaded.known} there already"
                + (f", {len(loaded.rejects)} put aside" if loaded.rejects else "")
                + (f"; {loaded.regrouped} of its events are grouped otherwise here" if loaded.regrouped else ""),
                file=sys.stderr,
            )
    if put_aside:
        raise typer.Exit(3)


def _lines(file: str) -> Iterator[tuple[int, bytes]]:
    from dateline.read.compressed import DAMAGE, lines, open_stream

    try:
        with closing(sys.stdin.buffer if file == "-" else open_stream(file)) as stream:
            for line in lines(stream, _MOST):
                if line.size > _MOST:
                    raise ReadError(f"longer than {_MOST:,} bytes", path=file, line=line.number)
                yield line.number, line.data
    except DAMAGE as e:
        raise ReadError(f"cannot be read: {e}", path=file) from None
