"""A report on events as one HTML file: a map, a table, and each event's accounts in their own words, side by side.

The file asks nothing of any network and has no script; its Content-Security-Policy allows the one style in it and
nothing else.  It prints, and follows the reader's choice of light or dark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from dateline.export import words
from dateline.export.bundle import Bundle, Dropped, Options, Written
from dateline.export.cells import clean, line
from dateline.export.html import asset, digest
from dateline.export.html_claim import family
from dateline.export.report_map import map_of
from dateline.export.told import Account, accounts, figures
from dateline.types import Event, Status

MOST = 1_000
"""Events of a report; those in dispute and those that most reports tell of come first where there are more."""

_STATUS: tuple[Status, ...] = ("contested", "denied", "corroborated", "single-source", "planned")
_COLUMNS = ("When", "What", "Where", "Who → whom", "How many", "Status", "Reports")
_NOTE = """<p>An event is what several claims tell of. <b>Corroborated</b>: independent sources agree.
<b>Contested</b>: sources differ on whether it happened or who did it. A number stands with the least and the most that
any source's latest word allows; numbers are never added up. The map's outline is Natural Earth's, coarse; a dot stands
in the middle of the place that is named.</p>"""


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """One page.

    Raises:
        OSError: the file cannot be written.
    """
    shown = chosen(bundle)
    here = {e.id for e in shown}
    path.write_text(page(bundle, shown), "utf-8", newline="\n")
    why = f"a report shows the {MOST:,} most disputed and most told events"
    return Written(rows=len(shown), dropped=tuple(Dropped(e.id, why) for e in bundle.events if e.id not in here))


def chosen(bundle: Bundle) -> list[Event]:
    """The events that are shown, in order of time."""
    ranked = sorted(bundle.events, key=lambda e: (_STATUS.index(e.status), -_reports(bundle, e), -len(e.claims), e.id))
    return sorted(ranked[:MOST], key=lambda e: (_day(e) == "", _day(e), e.id))


def page(bundle: Bundle, events: Sequence[Event]) -> str:
    """The whole page of these events."""
    style = asset("report.css")
    policy = f"default-src 'none'; style-src 'sha256-{digest(style)}'; base-uri 'none'; form-action 'none'"
    anchors = {e.id: f"e{n}" for n, e in enumerate(events)}
    title = _title(events)
    rows = "\n".join(_row(bundle, e, anchors[e.id]) for e in events)
    head = "".join(f'<th scope="col">{c}</th>' for c in _COLUMNS)
    body = "\n".join(_event(bundle, e, anchors[e.id]) for e in events) or '<p class="soft">No events.</p>'
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)} · Dateline</title>
<style>{style}</style>
</head>
<body>
<header><p class="brand">Dateline</p><h1>{escape(title)}</h1>{_counts(bundle, events)}</header>
<main>
{_map(events, anchors)}
<h2>Events</h2>
<div class="wide"><table><caption>{words.count(len(events), "event")} in order of time</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody></table></div>
<h2>In their words</h2>
{body}
</main>
<footer>{_NOTE}<p>Codebook: {escape(bundle.codebook.label)}</p></footer>
</body>
</html>
"""


def _title(events: Sequence[Event]) -> str:
    days = sorted(d for e in events if e.time for d in (e.time.earliest, e.time.latest) if d)
    span = "" if not days else f", {days[0][:10]}" + (f" to {days[-1][:10]}" if days[-1][:10] > days[0][:10] else "")
    return f"{words.count(len(events), 'event')}{span}"


def _counts(bundle: Bundle, events: Sequence[Event]) -> str:
    told = [t for e in events for t in bundle.told(e)]
    reports, outlets = len({t.report.id for t in told}), len({t.report.outlet for t in told if t.report.outlet})
    by_status = Counter(e.status for e in events)
    parts = [(reports, "report"), (outlets, "outlet"), (len(told), "claim")]
    items = [f"<li><b>{n:,}</b> {noun}{'' if n == 1 else 's'}</li>" for n, noun in parts]
    items += [f"<li><b>{by_status[s]:,}</b> {s}</li>" for s in _STATUS if by_status[s]]
    return f'<ul class="counts">{"".join(items)}</ul>'


def _map(events: Sequence[Event], anchors: dict[str, str]) -> str:
    drawn = map_of(events, anchors)
    if not drawn:
        return '<p class="soft">No event has a place on the map.</p>'
    kinds = (("violence", "violence"), ("ground", "ground and forces"), ("people", "people and relief"))
    key = "".join(
        f'<span class="dot {k}">{label}</span>' for k, label in (*kinds, ("other", "words, protest, coercion"))
    )
    return f'<div class="wide">{drawn}</div><p class="key">{key}<span class="soft">hollow: a whole district, province or country</span></p>'


def _row(bundle: Bundle, e: Event, anchor: str) -> str:
    spot = words.where(e.place) + (f", {e.place.country}" if e.place.country else "") if e.place else ""
    cells = (
        f'<td class="day">{_text(words.when(e.time) if e.time else "")}</td>',
        f'<td class="what"><a href="#{anchor}">{_text(e.type)}</a></td>',
        f"<td>{_text(spot)}</td>",
        f"<td>{_text(_people(e))}</td>",
        f"<td>{_text('; '.join(figures(e)))}</td>",
        f"<td>{_flag(e)}</td>",
        f'<td class="n">{_reports(bundle, e)}</td>',
    )
    return f"<tr>{''.join(cells)}</tr>"


def _event(bundle: Bundle, e: Event, anchor: str) -> str:
    found = list(accounts(bundle, e))
    voices = {a.claim: a.voice for a in found}
    spot = f"{words.where(e.place)}" if e.place else "place unknown"
    about = " · ".join(x for x in (words.when(e.time) if e.time else "day unknown", _people(e), *figures(e)) if x)
    differ = "".join(
        f"<li>They differ on {_text(_field(d.field))}: "
        + " | ".join(f"<b>{_text(v.value)}</b> {_text(_named(v.claims, voices))}" for v in d.values)
        + "</li>"
        for d in e.disagreements
    )
    listed = f'<ul class="differ">{differ}</ul>' if differ else ""
    return (
        f'<section class="event {family(e.type)}" id="{anchor}"><h3><b>{_text(e.type)}</b> {_text(spot)} {_flag(e)}</h3>'
        f'<p class="soft">{_text(about)}</p>{listed}<div class="voices">{"".join(map(_account, found))}</div></section>'
    )


def _account(a: Account) -> str:
    name = f"<b>{_text(a.voice)}</b>"
    outlet = " · ".join(_text(x) for x in (a.outlet if a.outlet != a.voice else "", a.published) if x)
    title = _text(a.title)
    if a.url:
        title = f'<a href="{escape(a.url)}" rel="noopener noreferrer">{title or "the report"}</a>'
    lines = "<br>".join(x for x in (" · ".join(x for x in (name, outlet) if x), title) if x)
    quote = f'<blockquote dir="auto">“{_text(a.quote)}”</blockquote>' if a.quote else ""
    return f'<figure><figcaption dir="auto">{lines}</figcaption>{quote}<p class="says">{_text(a.says)}</p></figure>'


def _field(name: str) -> str:
    if name.startswith("figures."):
        return f"how many {name.partition('.')[2]}"
    return "whether it happened" if name == "happened" else words.DIFFER.get(name, name)


def _named(claims: Sequence[str], voices: dict[str, str]) -> str:
    names = ", ".join(dict.fromkeys(voices[c] for c in claims if c in voices))
    return f"({names})" if names else ""


def _people(e: Event) -> str:
    return " → ".join(x for x in (words.who(e.agents), words.who(e.targets)) if x)


def _flag(e: Event) -> str:
    return f'<span class="flag {e.status}">{e.status}</span>'


def _reports(bundle: Bundle, e: Event) -> int:
    return len({t.report.id for t in bundle.told(e)})


def _day(e: Event) -> str:
    return ((e.time.earliest or e.time.latest) if e.time else None) or e.first_reported or ""


def _text(value: str) -> str:
    return escape(clean(line(value)))
