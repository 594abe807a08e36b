"""Values as a table's cell or an XML document holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

BETWEEN = "|"
"""What stands between several values in one cell."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_VALUE = re.compile(r"((?:\\.|[^\\|])*)(?:\||$)", re.DOTALL)
_SPACE = re.compile(r"\s*[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+\s*")


def clean(text: str) -> str:
    """A text with U+FFFD for each character that neither XML nor a table's readers take: control characters, halves of pairs."""
    return _CONTROL.sub("\ufffd", text)


def line(text: str) -> str:
    """A text on one line: breaks and tabs, with the blanks about them, become one blank."""
    return clean(_SPACE.sub(" ", text).strip())


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def joined(values: Iterable[str]) -> str:
    """Several values as one cell; a bar in a value is written ``\\|``, a backslash ``\\\\``."""
    return BETWEEN.join(v.replace("\\", "\\\\").replace("|", "\\|") for v in values)


def parted(cell: str) -> list[str]:
    """The values of a cell that :func:`joined` made."""
    return list(_parts(cell)) if cell else []


def _parts(cell: str) -> Iterator[str]:
    at = 0
    while at <= len(cell):
        m = _VALUE.match(cell, at)
        if m is None:  # a lone backslash at the end, which joined() never writes
            yield cell[at:]
            return
        yield re.sub(r"\\(.)", r"\1", m[1], flags=re.DOTALL)
        if m.end() == len(cell) and not (m.end() > m.end(1)):
            return
        at = m.end()
