"""A coded report as a table for the terminal, readable in 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.export import words
from dateline.types import Claim, CodedReport, Event, EventFigure

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


_STATUS = {"contested": "red", "denied": "red", "corroborated": "green"}


def print_events(reports: Sequence[CodedReport], events: Sequence[Event], console: Console | None = None) -> None:
    """Print the events that more than one report tells of or that sources differ on, those in dispute first."""
    console = console or Console(highlight=False)
    shared = words.shared(reports, events)
    if not shared:
        return
    console.print(Text("Where accounts meet", style="bold"))
    table = Table(box=None, show_header=True, header_style="dim", pad_edge=False, padding=(0, 1), expand=False)
    table.add_column("event", width=14, no_wrap=True, overflow="ellipsis")
    table.add_column("where, when", ratio=2, min_width=13, overflow="fold")
    table.add_column("who says what", ratio=5, min_width=24, overflow="fold")
    for e in shared:
        spot = Text(words.where(e.place) if e.place else "—")
        if e.time and (day := words.when(e.time)):
            spot.append(f"\n{day}", style="cyan")
        what = Text(e.type)
        what.append(f"\n{e.status}", style=_STATUS.get(e.status, "dim"))
        table.add_row(what, spot, Text("\n".join(_accounts(reports, e))))
    console.print(table)
    console.print()


def _accounts(reports: Sequence[CodedReport], e: Event) -> list[str]:
    """What the sources do not agree on, each with its own word or number."""
    voices = words.voices(reports)
    lines = []
    for d in e.disagreements:
        if not d.field.startswith("figures."):
            lines += [
                f"{words.DIFFER.get(d.field, d.field)}: {v.value} — {_names(voices[c] for c in v.claims if c in voices)}"
                for v in d.values
            ]
    lines += [_numbers(f) for f in e.figures if len(f.by_source) > 1]
    return lines or [_names(voices[c] for c in e.claims if c in voices)]


def _numbers(f: EventFigure) -> str:
    each = sorted(f.by_source, key=lambda s: (s.low if s.low is not None else s.high or 0, s.source))
    return f"{f.kind}: " + "; ".join(f"{words.between(s.low, s.high)} {s.source}" for s in each)


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
