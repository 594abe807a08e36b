"""Events for the page: what several claims tell of, by whose word, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from dateline.export import words
from dateline.export.html_claim import family
from dateline.types import CodedReport, Event, EventFigure

_MOST = 24  # events shown
_HAPPENED = {"yes": "yes:", "no": "no:"}
_SCALE, _BEYOND = 100.0, 14.0  # a bar's length, and what an open end goes past it
_LONGEST = 34  # characters of a source's name in a figure


@dataclass(frozen=True, slots=True)
class _Told:
    """Where a claim stands in the page, in which report, and by whose word."""

    key: str
    report: int
    voice: str


def section(reports: Sequence[CodedReport], events: Sequence[Event]) -> str:
    """The events that more than one report tells of or that sources differ on, those in dispute first."""
    told = {
        c.id: _Told(f"r{n}c{k}", n, words.voice(c.sources, r.report.outlet))
        for n, r in enumerate(reports)
        for k, c in enumerate(r.claims)
    }
    shared = words.shared(reports, events)
    if not shared:
        return ""
    cards = "\n".join(_card(e, told) for e in shared[:_MOST])
    left = len(shared) - _MOST
    more = f'<p class="soft">{words.count(left, "more event")} not shown.</p>' if left > 0 else ""
    return (
        f'<section class="events" aria-labelledby="events"><h2 id="events">Where accounts meet</h2>'
        f'<p class="about">What more than one report tells of, or sources differ on</p>'
        f'<div class="grid">{cards}</div>{more}</section>'
    )


def _reports(e: Event, told: Mapping[str, _Told]) -> int:
    return len({told[c].report for c in e.claims if c in told})


def _card(e: Event, told: Mapping[str, _Told]) -> str:
    spot = words.where(e.place) if e.place else "place unknown"
    if e.place and e.place.country:
        spot += f", {e.place.country}"
    day = words.when(e.time) if e.time else ""
    people = " → ".join(x for x in (words.who(e.agents), words.who(e.targets)) if x)
    differ = "".join(_difference(d.field, [(v.value, v.claims) for v in d.values], told) for d in e.disagreements)
    figures = "".join(_figure(f, told) for f in e.figures if len(f.by_source) > 1)
    links = " ".join(
        f'<a href="#{told[c].key}" data-cards="{told[c].key}">{escape(_cut(told[c].voice))}</a>'
        for c in e.claims
        if c in told
    )
    return (
        f'<section class="event {family(e.type)}"><h3><b>{escape(e.type)}</b> {escape(spot)}'
        f' <span class="flag {e.status}">{escape(e.status)}</span></h3>'
        f'<p class="soft">{escape(" · ".join(x for x in (day, people) if x)) or "day unknown"}</p>'
        f'{differ}{figures}<p class="told"><span class="soft">{words.count(len(e.claims), "claim")} in '
        f"{words.count(_reports(e, told), 'report')}:</span> {links}</p></section>"
    )


def _difference(field: str, values: Sequence[tuple[str, Sequence[str]]], told: Mapping[str, _Told]) -> str:
    if field.startswith("figures."):
        return ""  # drawn
    label = "whether it happened" if field == "happened" else words.DIFFER.get(field, field)
    rows = ""
    for value, claims in values:
        shown = _HAPPENED.get(value, value) if field == "happened" else value
        voices = ", ".join(dict.fromkeys(told[c].voice for c in claims if c in told))
        rows += f"<li><b>{escape(shown)}</b> {escape(voices)}</li>"
    return f'<div class="differ"><p>They differ on {escape(label)}:</p><ul>{rows}</ul></div>'


def _figure(f: EventFigure, told: Mapping[str, _Told]) -> str:
    """Each source's number on one scale; an open end is dotted."""
    known = [s for s in f.by_source if s.low is not None or s.high is not None]
    top = max((x for s in known for x in (s.low, s.high) if x is not None), default=0)
    if top <= 0:
        return ""
    rows = []
    for s in sorted(known, key=lambda s: (s.low if s.low is not None else s.high or 0, s.source)):
        low, high = (_SCALE * x / top if x is not None else None for x in (s.low, s.high))
        name = (
            f'<a href="#{told[s.claim].key}">{escape(_cut(s.source))}</a>'
            if s.claim in told
            else escape(_cut(s.source))
        )
        rows.append(
            f'<li><span class="name">{name}</span>{_bar(low, high)}<b>{escape(words.between(s.low, s.high))}</b></li>'
        )
    return f'<div class="figure"><p>{escape(f.kind)}</p><ul>{"".join(rows)}</ul></div>'


def _bar(low: float | None, high: float | None) -> str:
    """A number or a range as a line on a scale of 0 to 100, an open end dotted to the scale's."""
    start, end = low if low is not None else 0.0, high if high is not None else _SCALE + _BEYOND
    known = [x for x in (low, high) if x is not None]
    closed = f'<path class="span" d="M{min(known):.1f} 5H{max(known):.1f}"/>'
    opened = f'<path class="open" d="M{start:.1f} 5H{end:.1f}"/>' if None in (low, high) else ""
    dots = "".join(f'<path class="end" d="M{x:.1f} 5h0"/>' for x in dict.fromkeys(known))
    return (
        f'<svg viewBox="-2 0 {_SCALE + _BEYOND + 4:g} 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="rule" d="M0 5H{_SCALE + _BEYOND:g}"/>{opened}{closed}{dots}</svg>'
    )


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
