"""A report's paragraphs for the page, cut where any claim's words begin or end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the report that a field of a claim came from.

    ``key`` is the claim's key and the field's letter and number ("r0c2a0"); ``card`` the claim's key where the
    words are its trigger, whose look is ``kind``.
    """

    start: int
    end: int
    key: str
    card: str = ""
    kind: str = ""


_BREAK = re.compile(r"(?:\r\n|\r|\n|\u2028|\u2029)\s*")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text between line breaks, blank ones left out."""
    start = 0
    for m in _BREAK.finditer(text):
        if text[start : m.start()].strip():
            yield start, m.start()
        start = m.end()
    if text[start:].strip():
        yield start, len(text)


def anchor(report: int, offset: int) -> str:
    """The name of the place in the page where a report's words from an offset on stand."""
    return f"r{report}w{offset}"


def paragraph(report: int, text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """One paragraph; each piece bears the keys of all the fields that it is part of."""
    own = [m for m in marks if m.start < end and m.end > start]
    edges = sorted({start, end, *(e for m in own for e in (m.start, m.end) if start < e < end)})
    pieces = []
    for a, b in zip(edges, edges[1:], strict=False):
        pieces.append(_piece(report, text[a:b], a, [m for m in own if m.start <= a and b <= m.end]))
    return f'<p class="text" dir="auto">{"".join(pieces)}</p>'


def _piece(report: int, part: str, at: int, over: Sequence[Mark]) -> str:
    shown = escape(part)
    if not over:
        return shown
    trigger = next((m for m in over if m.card), None)
    fields = any(not m.card and m.key[-1] != "z" for m in over)
    kind = f"t {trigger.kind}" if trigger else "f" if fields else "z"
    keys = " ".join(dict.fromkeys(m.key for m in over))
    name = f' id="{anchor(report, at)}"' if kind != "z" else ""
    body = f'<a href="#{trigger.card}">{shown}</a>' if trigger else shown
    return f'<mark class="{kind}"{name} data-keys="{keys}">{body}</mark>'
