"""What every annotation tool comes down to: marked spans of a text, attributes of them, and links between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A marked span.  ``pieces`` are [start, end) offsets in code points, several where the span has gaps.

    ``trigger`` says whether the tool knows it as one; None where it does not tell.  ``attributes`` are names in
    lower case and their values, "" where there is none.  ``line`` is where it stands in the file.
    """

    id: str
    label: str
    pieces: tuple[tuple[int, int], ...]
    attributes: Mapping[str, str] = field(default_factory=dict)
    trigger: bool | None = None
    line: int | None = None

    def text_in(self, text: str) -> str:
        """The marked words, a blank for each gap."""
        return " ".join(text[start:end] for start, end in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A role that one mark plays in the claim of another; ``role`` "" where the argument's label says it."""

    trigger: str
    argument: str
    role: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One annotated text, as a tool exports it."""

    id: str
    text: str
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    path: str
    line: int | None = None
    published: str | None = None
    title: str = ""
    outlet: str = ""
    annotator: str = ""
