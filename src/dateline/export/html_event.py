"""Events for the page: what several claims tell of, by whose word, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from dateline.export import words
from dateline.export.html_claim import family
from dateline.types import CodedReport, Event, EventFigure

_MOST = 24  # events shown
_ORDER = {"contested": 0, "denied": 1, "corroborated": 2, "single-source": 3, "planned": 4}
_FIELD = {"happened": "whether it happened", "agents": "who did it", "targets": "to whom", "place": "where", "time": "when"}
_WIDTH, _ROW, _LABEL, _VALUE = 460, 24, 178, 62
_LONGEST = 27  # characters of a source's name in a figure


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
    shared = [e for e in events if _reports(e, told) > 1 or e.disagreements]
    shared.sort(key=lambda e: (_ORDER[e.status], -_reports(e, told), -len(e.claims)))
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
    label = _FIELD.get(field, field)
    rows = "".join(
        f"<li><b>{escape(value)}</b> {escape(', '.join(dict.fromkeys(told[c].voice for c in claims if c in told)))}</li>"
        for value, claims in values
    )
    return f'<div class="differ"><p>They differ on {escape(label)}:</p><ul>{rows}</ul></div>'


def _figure(f: EventFigure, told: Mapping[str, _Told]) -> str:
    """Each source's number on one scale; an open end fades out."""
    known = [s for s in f.by_source if s.low is not None or s.high is not None]
    top = max((x for s in known for x in (s.low, s.high) if x is not None), default=0)
    if not known or top <= 0:
        return ""
    room = _WIDTH - _LABEL - _VALUE - 14
    bars, alt = [], []
    for n, s in enumerate(sorted(known, key=lambda s: (s.low if s.low is not None else s.high or 0, s.source))):
        low, high = s.low if s.low is not None else 0, s.high if s.high is not None else top
        x, y = _LABEL + room * low / top, n * _ROW + _ROW / 2
        wide = max(room * (high - low) / top, 0)
        text = words.between(s.low, s.high)
        alt.append(f"{s.source}: {text}")
        tail = f'<path class="open" d="M{x + 5:.1f} {y:.1f}h{max(wide, 9):.1f}"/>' if s.low is None or s.high is None else ""
        line = f'<path class="span" d="M{x:.1f} {y:.1f}h{wide:.1f}"/>' if wide and not tail else ""
        bars.append(
            f'<text class="name" x="{_LABEL - 10}" y="{y + 4:.1f}">{escape(_cut(s.source))}</text>'
            f'<path class="rule" d="M{_LABEL} {y:.1f}h{room:.1f}"/>{tail}{line}'
            f'<circle cx="{x if s.low is not None else x + wide:.1f}" cy="{y:.1f}" r="4.5"/>'
            f'<text class="value" x="{_WIDTH - 2}" y="{y + 4:.1f}">{escape(text)}</text>'
        )
    return (
        f'<figure><figcaption>{escape(f.kind)}</figcaption><svg viewBox="0 0 {_WIDTH} {len(bars) * _ROW}" role="img" '
        f'aria-label="{escape(f.kind)}: {escape("; ".join(alt))}">{"".join(bars)}</svg></figure>'
    )


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
