"""An event told to a person: a heading, a line of facts, and each account in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from dateline.export import words
from dateline.export.bundle import Bundle
from dateline.export.cells import line
from dateline.types import Event


class Account(NamedTuple):
    """What one claim says: by whose word, where and when it was reported, what it says, and its sentence."""

    claim: str
    voice: str
    outlet: str
    published: str
    url: str
    title: str
    says: str
    quote: str


def heading(e: Event) -> str:
    """ "air-strike, near Saraqeb"."""
    return line(f"{e.type}, {words.where(e.place)}" if e.place else f"{e.type}, place unknown")


def facts(e: Event) -> str:
    """ "2020-02-05; army → civilians; killed 5 (3–9); contested"."""
    people = " → ".join(x for x in (words.who(e.agents), words.who(e.targets)) if x)
    parts = [words.when(e.time) if e.time else "", people, *figures(e), e.status]
    return line("; ".join(p for p in parts if p))


def figures(e: Event) -> list[str]:
    """ "killed 5 (3–9)"."""
    out = []
    for f in e.figures:
        best = words.number(f.best) if f.best is not None else words.between(f.low, f.high)
        spread = f" ({words.between(f.low, f.high)})" if f.best is not None and f.low != f.high else ""
        out.append(f"{f.kind} {best}{spread}")
    return out


def accounts(bundle: Bundle, e: Event) -> Iterator[Account]:
    """The accounts of the event, the earliest report's first."""
    for c, r in bundle.told(e):
        numbers = [words.figure(f) for f in c.figures]
        says = [c.type, words.MODALITY[c.modality], words.summary(c), *numbers]
        yield Account(
            claim=c.id,
            voice=line(words.source(c.sources) or r.outlet or "the report itself"),
            outlet=line(r.outlet),
            published=r.published or "",
            url=web(r.url),
            title=line(r.title),
            says=line("; ".join(s for s in says if s)),
            quote=line(bundle.quote(c.id)),
        )


def web(url: str) -> str:
    """A URL that may be made a link of, else ""."""
    return url if url.lower().startswith(("http://", "https://")) and line(url) == url and " " not in url else ""


def markup(bundle: Bundle, e: Event) -> str:
    """The event as a small piece of HTML without scripts, styles or pictures; every word escaped."""
    items = "".join(_item(a) for a in accounts(bundle, e))
    return f"<p>{escape(facts(e))}</p><ul>{items}</ul>"


def _item(a: Account) -> str:
    about = escape(", ".join(x for x in (a.voice, a.outlet if a.outlet != a.voice else "", a.published) if x))
    link = f'<a href="{escape(a.url)}">{about}</a>' if a.url else about
    quote = f": “{escape(a.quote)}”" if a.quote else f": {escape(a.says)}"
    return f"<li>{link}{quote}</li>"


def moment(iso: str) -> str:
    """An ISO date or date-time in XML Schema's form: with seconds where it has an hour."""
    day, t, time = iso.partition("T")
    return f"{day}T{time}:00" if t and time.count(":") == 1 and len(time) == 5 else iso
