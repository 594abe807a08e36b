"""Coded reports as one self-contained page: each report's words beside what was read in them.

The page asks nothing of any network and needs no script to be read; a strict Content-Security-Policy names the
digest of the one style and the one script in it.  Every claim stands beside the paragraph that makes it, and
every field of it leads to its words.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from dateline.export import html_claim, html_event, html_text, words
from dateline.types import CodedReport, Event


def page(reports: Sequence[CodedReport], events: Sequence[Event] = ()) -> str:
    """The whole page.

    Args:
        reports: in the order to be shown.
        events: what their claims come to together; those that more than one report tells of, or that the sources
            do not agree on, are shown first.
    """
    style, script = asset("page.css"), asset("page.js")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src 'sha256-{digest(style)}'",
            f"script-src 'sha256-{digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    articles = "\n".join(_report(n, r) for n, r in enumerate(reports)) or '<p class="none">No reports.</p>'
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
<header class="mast"><p class="brand">Dateline</p><p class="sum">{_sum(reports)}</p></header>
<main>
{_contents(reports)}
{html_event.section(reports, events)}
{articles}
</main>
<footer class="key">{_KEY}</footer>
<script>{script}</script>
</body>
</html>
"""


_KEY = """<p><span class="t violence">violence</span> <span class="t ground">ground and forces</span>
<span class="t people">people and relief</span> <span class="t other">words, protest, coercion</span></p>
<p><span class="t violence asserted">told as fact</span> <span class="t violence denied">denied</span>
<span class="t violence uncertain">uncertain</span> <span class="t violence future">not yet</span></p>
<p>A claim's number is how sure the program is of its reading, not how true the claim is.</p>"""


@cache
def asset(name: str) -> str:
    """A file of the pages' own, to be written into them."""
    return files("dateline.export").joinpath("assets", name).read_text("utf-8")


def digest(content: str) -> str:
    """What a page's policy names a style or a script by."""
    return base64.b64encode(sha256(content.encode()).digest()).decode()


def _title(reports: Sequence[CodedReport]) -> str:
    if len(reports) == 1:
        return f"{name_of(reports[0])} · Dateline"
    return f"{len(reports)} reports · Dateline"


def _sum(reports: Sequence[CodedReport]) -> str:
    total = sum(len(r.claims) for r in reports)
    return f"{words.count(len(reports), 'report')}, {words.count(total, 'claim')}"


def name_of(coded: CodedReport) -> str:
    """What a report is called: its title, else its id."""
    return coded.report.title or coded.report.id


def _contents(reports: Sequence[CodedReport]) -> str:
    if len(reports) < 2:
        return ""
    items = "\n".join(
        f'<li><a href="#r{n}">{escape(name_of(r))}</a> <span class="soft">{escape(r.report.outlet)}'
        f" {escape(r.report.published or '')}</span></li>"
        for n, r in enumerate(reports)
    )
    return f'<details class="contents"><summary>Reports</summary><ol>{items}</ol></details>'


def _report(n: int, coded: CodedReport) -> str:
    r = coded.report
    about = [r.outlet, r.published or "no date", "breaks off" if r.truncated else "", f"id {r.id}" if r.title else ""]
    line = " · ".join(escape(x) for x in about if x)
    claims = list(enumerate(coded.claims))
    marks = [m for k, c in claims for m in html_claim.marks(f"r{n}c{k}", c)]
    rows = []
    for start, end in html_text.paragraphs(r.text):
        own = [(k, c) for k, c in claims if c.trigger.start is not None and start <= c.trigger.start < end]
        cards = "".join(html_claim.card(n, k, c, r, c.id == coded.primary) for k, c in own)
        text = html_text.paragraph(n, r.text, start, end, marks)
        side = f'<div class="side">{cards}</div>' if cards else ""
        rows.append(f'<div class="row">{text}{side}</div>')
    return f"""<article id="r{n}" aria-labelledby="h{n}">
<header><h2 id="h{n}">{escape(name_of(coded))}</h2><p class="about">{line}</p>{_voices(n, coded)}</header>
{"".join(rows)}
{"" if claims else '<p class="none">No claims.</p>'}
</article>"""


def _voices(n: int, coded: CodedReport) -> str:
    """Who says so: each voice of the report with the number of its claims."""
    voices = Counter(words.voice(c.sources) for c in coded.claims)
    if not voices:
        return ""
    at: dict[str, list[str]] = {}
    for k, c in enumerate(coded.claims):
        at.setdefault(words.voice(c.sources), []).append(f"r{n}c{k}")
    items = "".join(
        f'<li><a href="#{at[v][0]}" data-cards="{" ".join(at[v])}">{escape(v)} <b>{count}</b></a></li>'
        for v, count in voices.most_common()
    )
    return f'<ul class="voices" aria-label="Who says so">{items}</ul>'
