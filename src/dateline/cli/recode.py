"""``dateline recode``: the store's reports with this program's version, or another codebook."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from dateline.cli.options import CodebookOption, NoModelOption, tell
from dateline.cli.stores import ByOption, StoreOption, WhyOption
from dateline.types import CodedReport, Reject


def recode(
    store: StoreOption = None,
    codebook: CodebookOption = None,
    no_model: NoModelOption = False,
    report: Annotated[list[str] | None, typer.Option(help="Only these reports, by id.")] = None,
    by: ByOption = None,
    why: WhyOption = "",
) -> None:
    """Code the store's reports anew.  The old codings stay; `dateline diff` shows what changed."""
    from dateline.pipeline import Pipeline
    from dateline.store import Store

    rejects: list[Reject] = []
    with Store(store, by) as opened:
        wanted = set(report or ())
        reports = [r for r in opened.reports() if not wanted or r.id in wanted]
        changed = opened.recode(_coded(Pipeline(codebook, kinds=not no_model).code(reports), rejects), why=why)
    print(f"dateline: {len(reports)} reports coded anew, {changed} came out different", file=sys.stderr)
    if rejects:
        raise typer.Exit(3)


def _coded(items: Iterator[CodedReport | Reject], rejects: list[Reject]) -> Iterator[CodedReport]:
    for item in items:
        if isinstance(item, Reject):
            rejects.append(item)
            tell(item)
        else:
            yield item
