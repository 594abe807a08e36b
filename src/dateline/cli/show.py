"""``dateline show``: an event with all its versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.stores import Format, StoreOption, print_lines, print_table, span
from dateline.errors import StoreError

if TYPE_CHECKING:
    from dateline.store import Store
    from dateline.store.ledgers import Told
    from dateline.store.log import Entry
    from dateline.store.query import Shown
    from dateline.store.review import Reviewed


def show(
    id: Annotated[str, typer.Argument(help="An event's id, or a claim's, which shows the event that it is in.")],
    store: StoreOption = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """All versions of an event, with the words that they stand in, why they were joined, and what became of it.

    What reviewers said of its claims stands beside them.
    """
    import msgspec

    from dateline.store import Store
    from dateline.store.review import acts, reviewed

    with Store(store) as opened:
        found = _find(opened, id)
        judged = reviewed(opened, found.event.claims)
        done = acts(opened, found.event.id)
    if format is Format.jsonl:
        print_lines([msgspec.to_builtins(found) | {"reviewed": judged, "acts": done}])
    else:
        _print(found, judged, sorted({*found.history, *done}, key=lambda e: e.seq))


def _find(store: Store, id: str) -> Shown:
    """Raises StoreError; of a claim that was rejected it says so."""
    from dateline.store.query import show as find
    from dateline.store.review import standing

    try:
        return find(store, id)
    except StoreError as e:
        try:
            at = standing(store, id)
        except StoreError:
            raise e from None
        if not at.rejected:
            raise
        raise StoreError(f"claim {id} was rejected: entry {at.acts[-1].seq} of the log", path=store.path) from None


def _print(s: Shown, judged: Mapping[str, Reviewed], history: Sequence[Entry]) -> None:
    e = s.event
    where, when = e.place.name if e.place else "place unknown", e.time
    days = f"{when.earliest or '…'} to {when.latest or '…'}" if when else "day unknown"
    print(f"{e.id}  {e.type}, {where}, {days}: {e.status}")
    for f in e.figures:
        print(f"  {f.kind}: {span(f.best, f.best)} (low {span(f.low, f.low)}, high {span(f.high, f.high)})")
        for n in f.by_source:
            print(f"    {span(n.low, n.high)}  {n.source}, {n.date or 'no date'}  [{n.claim}]")
    for d in e.disagreements:
        print(f"  differ on {d.field}: " + " | ".join(f"{v.value} ({len(v.claims)})" for v in d.values))
    columns = [
        "reported",
        "outlet",
        "by whose word",
        "claim",
        "says",
        *(["reviewed"] if judged else []),
        "in these words",
    ]
    rows = [
        (
            v.told.report.published,
            v.told.report.outlet,
            v.told.voice,
            *_what(v.told),
            *([_verdict(v.told, judged)] if judged else []),
            v.quote,
        )
        for v in s.versions
    ]
    print_table(columns, rows)
    for score in s.scores:
        fields = ", ".join(f"{x.field} {x.weight:+.1f} ({x.why})" for x in score.fields)
        print(f"  {score.a} = {score.b}: {score.total:.1f}: {fields}")
    for entry in history:
        why = f": {entry.why}" if entry.why else ""
        print(f"  log {entry.seq}, {entry.at}: {entry.action} by {entry.actor}{why}")


def _what(t: Told) -> tuple[str, str]:
    c = t.claim
    numbers = "; ".join(f"{f.kind} {span(f.low, f.high)}" for f in c.figures)
    parts = [c.type, "" if c.modality == "asserted" else c.modality, ", ".join(a.name for a in c.agents), numbers]
    return c.id, "; ".join(p for p in parts if p)


_SAID = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


def _verdict(t: Told, judged: Mapping[str, Reviewed]) -> str:
    found = judged.get(t.claim.id)
    return f"{_SAID[found.verdict]} by {found.by}" if found else ""
