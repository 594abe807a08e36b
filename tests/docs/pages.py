"""The pages' blocks of code, and the commands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md"))
BESIDE = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
FILES = [*(DOCS / p for p in PAGES), *(ROOT / p for p in BESIDE)]
"""Every page, and what stands beside the source."""

_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.M | re.S)
_TITLE = re.compile(r'title="([^"]+)"')
_HEREDOC = re.compile(r"<<\s*'?(\w+)'?")


def name_of(path: Path) -> str:
    """A page's name: its path from the source's folder."""
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file that it is called after, its lines, and where it stands."""

    language: str
    title: str
    body: str
    line: int


@dataclass(frozen=True)
class Command:
    """What follows a ``$``, with the lines that are shown below it as what it prints."""

    text: str
    shown: tuple[str, ...]


def blocks(path: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    text = path.read_text("utf-8")
    found = []
    for m in _FENCE.finditer(text):
        title = _TITLE.search(m[1])
        language = m[1].split()[0] if m[1].split() and not m[1].startswith("title=") else ""
        found.append(Block(language, title[1] if title else "", m[2], text.count("\n", 0, m.start()) + 1))
    return found


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", text)


def indented(path: Path) -> list[str]:
    """The first lines of blocks that are set off by four blanks alone."""
    return re.findall(r"(?:\A|\n)\n {4}(\S.*)", prose(path.read_text("utf-8")))


def commands(body: str) -> Iterator[Command]:
    """The commands of a block, each with its continued lines and the documents that it holds."""
    lines = body.splitlines()
    at = next((n for n, line in enumerate(lines) if line.startswith("$ ")), len(lines))
    while at < len(lines):
        whole = [lines[at][2:]]
        at += 1
        while whole[-1].endswith("\\"):
            whole.append(lines[at])
            at += 1
        if held := _HEREDOC.search(whole[0]):
            while whole[-1] != held[1]:
                whole.append(lines[at])
                at += 1
        shown = []
        while at < len(lines) and not lines[at].startswith("$ "):
            shown.append(lines[at])
            at += 1
        yield Command("\n".join(whole), tuple(shown))


def shows(shown: tuple[str, ...], printed: str) -> bool:
    """Whether a page shows what a command prints; a line of dots stands for any lines."""
    parts = [re.escape(line.rstrip()) for line in "\n".join(shown).strip().splitlines()]
    pattern = r"\n".join(parts).replace(r"…", r"[\s\S]*")
    clean = "\n".join(line.rstrip() for line in printed.strip().splitlines())
    return not parts or re.fullmatch(pattern, clean) is not None
