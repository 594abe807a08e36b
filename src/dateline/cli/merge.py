"""``dateline merge``, ``split`` and ``undo``: a reviewer's decisions."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.stores import ByOption, StoreOption, WhyOption


def merge(
    ids: Annotated[list[str], typer.Argument(help="Two or more events or claims that are one happening.")],
    store: StoreOption = None,
    why: WhyOption = "",
    by: ByOption = None,
) -> None:
    """Say that events or claims are one happening.  The decision is logged and can be undone."""
    from dateline.store import Store
    from dateline.store.query import show

    with Store(store, by) as opened:
        claim = show(opened, ids[0]).event.claims[0]
        decision = opened.merge(ids, why)
        print(f"decision {decision}: event {show(opened, claim).event.id}")


def split(
    event: Annotated[str, typer.Argument(help="The event.")],
    claims: Annotated[list[str], typer.Argument(help="Those of its claims that are another happening than the rest.")],
    store: StoreOption = None,
    why: WhyOption = "",
    by: ByOption = None,
) -> None:
    """Say that some of an event's claims are another happening.  The decision is logged and can be undone."""
    from dateline.store import Store
    from dateline.store.query import show

    with Store(store, by) as opened:
        whole = show(opened, event).event
        decision = opened.split(whole.id, claims, why)
        parts = sorted({show(opened, c).event.id for c in whole.claims})
        print(f"decision {decision}: events {', '.join(parts)}")


def undo(
    decision: Annotated[int, typer.Argument(help="The act's number, as it was printed or stands in the log.")],
    store: StoreOption = None,
    why: WhyOption = "",
    by: ByOption = None,
) -> None:
    """Take a reviewer's act back: a merge, a split, a link, a verdict on a claim; what it had overruled is in force again."""
    from dateline.store import Store

    with Store(store, by) as opened:
        opened.undo(decision, why)
