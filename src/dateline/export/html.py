"""Coded reports as one self-contained page: the words of each report, lit by claim and field.

The page asks nothing of any network and needs no script to be read; a strict Content-Security-Policy names the
digest of the one style and the one script in it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from dateline.export import words
from dateline.types import Claim, CodedReport, Span

_FAMILY = (
    (
        "violence",
        "armed-clash shelling air-strike bombing chemical-attack attack execution abduction torture casualties",
    ),
    ("ground", "advance capture repel withdraw siege deploy destroy"),
    ("people", "displacement evacuation aid return release block-aid"),
)
_CLASS = {t: name for name, types in _FAMILY for t in types.split()}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the report that a field of a claim came from."""

    start: int
    end: int
    key: str  # the claim's id and the field's
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a claim as shown: its label, its value, and its words' key ("" if it has none)."""

    label: str
    value: str
    key: str
    words: str = ""


def page(reports: Sequence[CodedReport]) -> str:
    """The whole page."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src 'sha256-{_digest(style)}'",
            f"script-src 'sha256-{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    body = "\n".join(_report(n, r) for n, r in enumerate(reports)) or "<p>No reports.</p>"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(_title(reports))}</title>
<style>{style}</style>
</head>
<body>
<header class="top"><p class="brand">Dateline</p>
<p class="key"><span class="k violence">violence</span><span class="k ground">ground</span>
<span class="k people">people</span><span class="k other">words, other</span></p></header>
<main>
{body}
</main>
<script>{script}</script>
</body>
</html>
"""


@cache
def _asset(name: str) -> str:
    return files("dateline.export").joinpath("assets", name).read_text("utf-8")


def _digest(content: str) -> str:
    return base64.b64encode(sha256(content.encode()).digest()).decode()


def _title(reports: Sequence[CodedReport]) -> str:
    if len(reports) == 1:
        return f"{reports[0].report.title or reports[0].report.id} · Dateline"
    return f"{len(reports)} reports · Dateline"


def _report(n: int, coded: CodedReport) -> str:
    r = coded.report
    rows = [(c, list(_rows(f"r{n}c{k}", c))) for k, c in enumerate(coded.claims)]
    marks = [m for k, c in enumerate(coded.claims) for m in _marks(f"r{n}c{k}", c)]
    about = " · ".join(
        escape(x) for x in (r.outlet, r.published or "no date", "breaks off" if r.truncated else "") if x
    )
    cards = "\n".join(_card(f"r{n}c{k}", c, shown, c.id == coded.primary) for k, (c, shown) in enumerate(rows))
    count = f"{len(coded.claims)} claim{'' if len(coded.claims) == 1 else 's'}"
    return f"""<article aria-labelledby="h{n}">
<header><h1 id="h{n}">{escape(r.title or r.id)}</h1><p class="about">{about} · {count}</p></header>
<div class="both">
<section class="text" aria-label="The report">{_text(r.text, marks)}</section>
<section class="claims" aria-label="What it says">{cards or "<p>No claims.</p>"}</section>
</div>
</article>"""


# -------------------------------------------------------------------------------------------------- claims


def _rows(key: str, c: Claim) -> Iterable[Row]:
    for n, a in enumerate(c.agents):
        yield Row("who", f"{a.name}{_tag(a.country, a.sector)}", f"{key}a{n}", a.text)
    for n, a in enumerate(c.targets):
        yield Row("to whom", f"{a.name}{_tag(a.country, a.sector)}", f"{key}t{n}", a.text)
    if c.place:
        country = f", {c.place.country}" if c.place.country else ""
        yield Row("where", f"{words.where(c.place)}{country}", f"{key}p", c.place.text)
    if c.time and (day := words.when(c.time)):
        yield Row("when", day, f"{key}w", c.time.text)
    for n, f in enumerate(c.figures):
        parts = "; ".join(f"{words.number(p.low) if p.low is not None else '?'} {p.of}" for p in f.includes)
        yield Row("how many", words.figure(f) + (f" (of them {parts})" if parts else ""), f"{key}f{n}", f.text)
    for n, s in enumerate(c.sources):
        yield Row("says", f"{s.name} · {s.kind}", f"{key}s{n}", s.text)
    if not c.sources:
        yield Row("says", "the report itself", "")


def _tag(country: str, sector: str) -> str:
    return f" · {' '.join(x for x in (country, sector) if x)}"


def _marks(key: str, c: Claim) -> Iterable[Mark]:
    spans: list[tuple[Span, str, str]] = [(c.trigger, key, _CLASS.get(c.type, "other"))]
    spans += [(a, f"{key}a{n}", "field") for n, a in enumerate(c.agents)]
    spans += [(a, f"{key}t{n}", "field") for n, a in enumerate(c.targets)]
    spans += [(f, f"{key}f{n}", "field") for n, f in enumerate(c.figures)]
    spans += [(s, f"{key}s{n}", "field") for n, s in enumerate(c.sources)]
    spans += [(c.place, f"{key}p", "field")] if c.place else []
    spans += [(c.time, f"{key}w", "field")] if c.time else []
    for span, name, kind in spans:
        if span.start is not None and span.end is not None and span.start < span.end:
            yield Mark(span.start, span.end, name, kind)


def _card(key: str, c: Claim, rows: Sequence[Row], primary: bool) -> str:
    state = words.MODALITY[c.modality]
    flags = [f'<span class="flag {c.modality}">{state}</span>'] if state else []
    flags += ['<span class="flag">background</span>'] if c.background else []
    flags += [f'<span class="flag">{escape(e)}</span>' for e in c.evidence]
    flags += ['<span class="flag main">main claim</span>'] if primary else []
    fields = "".join(
        f'<div class="row"><dt>{r.label}</dt><dd tabindex="0" data-key="{r.key}">{escape(r.value)}'
        + (f"<q>{escape(r.words)}</q>" if r.words and r.words not in r.value else "")
        + "</dd></div>"
        for r in rows
    )
    return (
        f'<section class="card {_CLASS.get(c.type, "other")}" id="{key}" tabindex="0" data-key="{key}">'
        f'<h2><a href="#{key}t">{escape(c.type)}</a> {"".join(flags)}'
        f'<span class="sure" title="confidence">{c.confidence:.0%}</span></h2><dl>{fields}</dl></section>'
    )


# --------------------------------------------------------------------------------------------------- text


def _text(text: str, marks: Sequence[Mark]) -> str:
    """The report's paragraphs, cut where any mark begins or ends, each piece bearing the keys that cover it."""
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    seen: set[str] = set()
    pieces = []
    for start, end in zip(edges, edges[1:], strict=False):
        over = [m for m in marks if m.start <= start and end <= m.end]
        pieces.append(_piece(text[start:end], over, seen))
    return f"<p>{''.join(pieces)}</p>"


def _piece(part: str, over: Sequence[Mark], seen: set[str]) -> str:
    shown = _BREAK.sub("</p><p>", escape(part)) if not over else _BREAK.sub("<br>", escape(part))
    if not over:
        return shown
    kind = next((m.kind for m in over if m.kind != "field"), "field")
    trigger = next((m.key for m in over if m.kind != "field" and m.key not in seen), "")
    seen.add(trigger)
    anchor = f' id="{trigger}t"' if trigger else ""
    keys = " ".join(dict.fromkeys(m.key for m in over))
    return f'<mark class="{kind}"{anchor} data-keys="{keys}">{shown}</mark>'


_BREAK = re.compile(r"(?:\r\n|\r|\n|\u2029)\s*")
