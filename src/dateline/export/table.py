"""A coded report as a table for the terminal, readable in 80 columns."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.export import words
from dateline.types import Claim, CodedReport

_STYLE = {"asserted": "", "denied": "red", "uncertain": "yellow", "future": "blue"}


def print_report(coded: CodedReport, console: Console | None = None) -> None:
    """Print what a report says: a line or two a claim, in order of its text."""
    console = console or Console(highlight=False)
    r = coded.report
    head = Text(r.title or r.id, style="bold")
    head.append(f"  {' · '.join(x for x in (r.outlet, r.published or 'no date') if x)}", style="dim")
    console.print(head)
    if not coded.claims:
        console.print("  no claims\n")
        return
    table = Table(box=None, show_header=True, header_style="dim", pad_edge=False, padding=(0, 1), expand=False)
    table.add_column("what", width=14, no_wrap=True, overflow="ellipsis")
    table.add_column("who → whom", ratio=3, min_width=16, overflow="fold")
    table.add_column("where, when", ratio=2, min_width=13, overflow="fold")
    table.add_column("says", ratio=2, min_width=10, overflow="fold")
    table.add_column("sure", justify="right", width=4, no_wrap=True)
    for c in coded.claims:
        table.add_row(*_row(c, primary=c.id == coded.primary))
    console.print(table)
    console.print()


def _row(c: Claim, primary: bool) -> tuple[Text, Text, Text, Text, str]:
    what = Text(c.type, style=("bold " if primary else "") + _STYLE[c.modality])
    if mark := words.MODALITY[c.modality]:
        what.append(f"\n{mark}", style=_STYLE[c.modality])
    if c.background:
        what.append("\nbackground", style="dim")
    people = Text(words.summary(c) or "—")
    for f in c.figures:
        people.append(f"\n{words.figure(f)}", style="bold")
    spot = Text(words.where(c.place) if c.place else "—")
    if c.time and (day := words.when(c.time)):
        spot.append(f"\n{day}", style="cyan")
    return what, people, spot, Text(words.source(c.sources) or "the report"), f"{c.confidence:.2f}"
