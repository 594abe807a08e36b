"""The reports that come with the program, coded, for tests of what a reviewer does with them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dateline.pipeline import Pipeline
from dateline.read.records import read_jsonl
from dateline.store import Store, verify
from dateline.store.query import find_events
from dateline.types import Claim, CodedReport, Event

FEW = ("saraqeb-convoy", "kafr-nabl-agency", "kafr-nabl-monitor", "mellit-lawyers", "mellit-radio", "mellit-rsf")


@cache
def coded(*ids: str) -> tuple[CodedReport, ...]:
    """These of the example reports; six of them if none are named."""
    wanted = ids or FEW
    lines = (files("dateline") / "examples/reports.jsonl").read_bytes().splitlines()
    items = [r for r in read_jsonl(lines, "examples", {}, None) if r.id in wanted]
    return tuple(c for c in Pipeline().code(items) if isinstance(c, CodedReport))


def claim(id: str, words: str, type: str = "") -> Claim:
    """The claim of a report with these words as its trigger."""
    (report,) = [c for c in coded() if c.report.id == id]
    return next(c for c in report.claims if c.trigger.text == words and type in ("", c.type))


def span(id: str, words: str) -> dict[str, int]:
    """Where words stand in a report."""
    (report,) = [c.report for c in coded() if c.report.id == id]
    start = report.text.index(words)
    return {"start": start, "end": start + len(words)}


def standing(store: Store) -> tuple[list[CodedReport], list[Event]]:
    """What counts in a store: its claims and events."""
    return list(store.coded()), sorted(find_events(store), key=lambda e: e.id)


def whole(store: Store) -> bool:
    """Whether the store is proved whole."""
    return verify(store.engine).faults == ()
