"""Markdown, and docstrings turned into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from inspect import cleandoc
from itertools import pairwise

_ROLE = re.compile(r":\w+:`~?(?:dateline\.)?([^`]*)`")
_CODE = re.compile(r"(`[^`]*`)")
_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Yields):$")
_TITLES = {"Args": "Arguments", "Attributes": "Fields", "Returns": "Gives", "Raises": "Errors", "Yields": "Gives"}
_ENTRY = re.compile(r"^([\w, .]+?): (.*)$")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table's lines and a blank one; nothing where there are no rows."""
    body = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *body, ""] if body else []


def _cell(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).replace("|", "\\|")


def code(text: object) -> str:
    """A text as it is typed."""
    return f"`{text}`"


def prose(text: str) -> str:
    """A docstring's or help's words: its marks become Markdown's, and what looks like HTML stays text."""
    text = _ROLE.sub(r"`\1`", text).replace("``", "`")
    parts = _CODE.split(text)
    plain = (
        p.replace("&", "&amp;").replace("<", "&lt;").replace("*", "\\*").replace("~", "&#126;") for p in parts[::2]
    )
    whole = "".join(x for pair in zip(plain, [*parts[1::2], ""], strict=True) for x in pair)
    return whole.replace(".  ", ". ")


def paragraphs(text: str | None) -> list[str]:
    """A docstring without sections: a line a paragraph, blank ones between and after."""
    parts = re.split(r"\n\s*\n", cleandoc(text or ""))
    return [line for p in parts if p for line in (prose(" ".join(p.split())), "")]


def docstring(text: str | None) -> list[str]:
    """A whole docstring: paragraphs, examples, and its sections as lists."""
    lines = cleandoc(text or "").split("\n")
    heads = [n for n, line in enumerate(lines) if _SECTION.match(line)]
    out = _body(lines[: heads[0]] if heads else lines)
    for start, end in pairwise([*heads, len(lines)]):
        out += _section(lines[start].rstrip(":"), cleandoc("\n".join(["", *lines[start + 1 : end]])))
    return out


def _body(lines: Sequence[str]) -> list[str]:
    out: list[str] = []
    for block in re.split(r"\n\s*\n", "\n".join(lines)):
        if block.startswith(">>>"):
            out += ["```pycon", *block.strip().split("\n"), "```", ""]
        else:
            out += paragraphs(block)
    return out


def _section(name: str, text: str) -> list[str]:
    entries: list[str] = []
    for line in text.split("\n"):
        if line.startswith(" ") and entries:
            entries[-1] += f" {line.strip()}"
        elif line.strip():
            entries.append(line)
    if name in ("Returns", "Yields"):
        said = prose(" ".join(entries))
        return [f"{_TITLES[name]}: {said[:1].lower()}{said[1:]}", ""]
    return [f"{_TITLES[name]}:", "", *(f"- {_entry(e)}" for e in entries), ""]


def _entry(text: str) -> str:
    found = _ENTRY.match(text)
    if found is None:
        return prose(text)
    names = ", ".join(code(n.strip()) for n in found[1].split(","))
    return f"{names}: {prose(found[2])}"
