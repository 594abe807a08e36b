"""``dateline rebuild``: events, and what lists and searches are answered from, made anew from the record."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.stores import ByOption, StoreOption, WhyOption


def rebuild(
    store: StoreOption = None,
    lists: Annotated[
        bool, typer.Option("--lists", help="Only what lists, counts and searches are answered from; events stay.")
    ] = False,
    by: ByOption = None,
    why: WhyOption = "",
) -> None:
    """Make the events anew from all reports, and the rows that lists and searches read.

    For a store whose rules of joining were edited, or whose lists are damaged.  Reports, codings, the log and what
    reviewers decided stay as they are.
    """
    from dateline.store import Store

    with Store(store, by) as opened:
        opened.rebuild(why, events=not lists)
        count = opened.count()
    print(f"dateline: {count['events']} events of {count['reports']} reports", file=sys.stderr)
