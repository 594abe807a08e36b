"""Bundles made by hand and by chance, with the codes that the default codebook gives, for the tests of the formats."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import making
from dateline.codebook import load_codebook
from dateline.codebook.crosswalk import CrosswalkContext, codes
from dateline.export.bundle import Bundle, Options, Written, export
from dateline.reconcile import reconcile
from dateline.types import Claim, CodedReport

NASTY = "He said: \"no,\tnever\",\r\nthen\nleft; 'so' it is | = 1 — ünïcödé \\ end"
"""Quotes, tabs, breaks, separators and letters beyond ASCII in one text."""


def told(type: str, **more: Any) -> Claim:
    """A claim made by hand with the codes of its type."""
    c = making.claim(type, **more)
    context = CrosswalkContext(
        trigger=c.trigger.text,
        words=frozenset(c.trigger.text.split()),
        agents=c.agents,
        targets=c.targets,
        modality=c.modality,
        place_country=c.place.country if c.place else "",
        figures=c.figures,
        type=type,
    )
    return replace(c, codes=codes(load_codebook().types[type].crosswalk, context))


def bundle(*reports: CodedReport) -> Bundle:
    """These reports and the events that they tell of."""
    return Bundle(events=tuple(reconcile(reports)), coded=tuple(reports), codebook=load_codebook())


def of(*claims: Claim, **more: Any) -> Bundle:
    """One report with these claims."""
    return bundle(making.report("r1", *claims, **{"outlet": "Example Wire", "title": "A title", **more}))


def written(format: str, b: Bundle, folder: Path, private: bool = False) -> tuple[Path, Written]:
    path = folder / f"out.{format}"
    return path, export(format, b, path, Options(private=private))


def rows(path: Path, delimiter: str = ",", columns: Sequence[str] | None = None) -> list[dict[str, str]]:
    """A table as the csv module reads it."""
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, fieldnames=columns, delimiter=delimiter, strict=True))


def reasons(w: Written) -> list[str]:
    return sorted(w.reasons)


# -------------------------------------------------------------------------------------------------------- by chance

_TYPES = sorted(load_codebook().types)
_SIDES = [*sorted(making.SIDES), "the attackers", NASTY]
_DAYS = st.integers(1, 28).map(lambda d: f"2020-02-{d:02}")


@st.composite
def _claim(draw: st.DrawFn) -> Claim:
    low = draw(st.none() | st.integers(0, 300))
    high = draw(st.none() | st.integers(low or 0, 400))
    first, last = sorted((draw(_DAYS), draw(_DAYS)))
    figures = [] if low is None and high is None else [
        replace(
            making.figure("killed", low, high),
            of=draw(st.sampled_from(["people", "soldiers", "civilians", "Turkish soldiers", "militants", NASTY])),
        )
    ]  # fmt: skip
    return told(
        draw(st.sampled_from(_TYPES)),
        at=draw(st.none() | st.sampled_from([*sorted(making.SPOTS), "Nowhere"])),
        on=draw(st.sampled_from([None, first, f"{first}/{last}", "2019-12-30/2020-01-02", "2019-01-01/2020-06-01"])),
        by=draw(st.lists(st.sampled_from(_SIDES), max_size=2, unique=True)),
        to=draw(st.lists(st.sampled_from(_SIDES), max_size=2, unique=True)),
        says=draw(st.sampled_from(["", "SANA", NASTY])),
        stance=draw(st.sampled_from(["reports", "denies"])),
        figures=figures,
        modality=draw(st.sampled_from(["asserted", "asserted", "asserted", "denied", "uncertain", "future"])),
    )


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Bundles of one to three reports with claims of every type."""
    made = []
    for n in range(draw(st.integers(1, 3))):
        claims = draw(st.lists(_claim(), min_size=1, max_size=4))
        outlet, title = (
            draw(st.sampled_from(["Example Wire", "", NASTY])),
            draw(st.sampled_from(["", "A title", NASTY])),
        )
        published = draw(st.sampled_from([None, "2020-02-28"]))
        text = draw(st.sampled_from(["", NASTY * 2]))
        made.append(making.report(f"r{n}", *claims, outlet=outlet, title=title, published=published, text=text))
    return bundle(*made)
