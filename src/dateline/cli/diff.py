"""``dateline diff``: what changed between two codings."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from dateline.cli.stores import Format, StoreOption, print_lines, print_table
from dateline.errors import UsageError


def diff(
    report: Annotated[str, typer.Argument(help="A report's id; all that have several codings if not given.")] = "",
    store: StoreOption = None,
    before: Annotated[str, typer.Option("--from", help="A coding's id; the last but one if not given.")] = "",
    after: Annotated[str, typer.Option("--to", help="A coding's id; the last if not given.")] = "",
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """What changed between two codings of a report: claims added, removed, told otherwise."""
    from dateline.store import Store
    from dateline.store.differ import Change, codings, recoded
    from dateline.store.differ import diff as compare

    if (before or after) and not report:
        raise UsageError("--from and --to need a report")
    changes: list[Change] = []
    with Store(store) as opened:
        for id in [report] if report else recoded(opened):
            known = {c.coding: c for c in codings(opened, id)}
            order = list(known)
            if wrong := [c for c in (before, after) if c and c not in known]:
                raise UsageError(f"report {id} has no coding {wrong[0]}; it has {', '.join(order)}")
            old, new = before or order[max(0, len(order) - 2)], after or order[-1]
            changes += compare(known[old].coded, known[new].coded)
    if format is Format.jsonl:
        print_lines(changes)
        return
    rows = []
    for c in changes:
        claim = c.after or c.before
        assert claim is not None
        was = (
            f"{c.before.type} → {c.after.type}"
            if c.before and c.after and c.before.type != c.after.type
            else claim.type
        )
        rows.append((c.report, c.what, was, claim.trigger.text, ", ".join(c.fields)))
    counts = Counter(c.what for c in changes)
    title = ", ".join(f"{counts[w]} {w}" for w in ("added", "removed", "changed"))
    print_table(("report", "what", "type", "words", "fields"), rows, title)
