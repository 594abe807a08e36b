"""A format's columns as a data file tells them, rows checked against them, and tables written that every reader reads alike.

``data/export/NAME.yaml`` has ``columns``: a mapping from column to what may stand there: ``type`` (text, whole, number,
date), ``empty`` (true where it may be empty), ``values`` (a closed list), ``each`` (a closed list for each of several
values with "; " between), ``min``, ``max``, ``pattern``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from dateline.codebook.lexicon import DATA, read_yaml
from dateline.errors import CodebookError
from dateline.export.cells import clean, guarded, line

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = dict[str, Cell]
Type = Literal["text", "whole", "number", "date"]
_KNOWN = {"type", "empty", "values", "each", "min", "max", "pattern"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What may stand in a column."""

    name: str
    type: Type = "text"
    empty: bool = False
    values: frozenset[str] = frozenset()
    each: frozenset[str] = frozenset()
    least: float | None = None
    most: float | None = None
    pattern: re.Pattern[str] | None = None

    def fault(self, value: Cell) -> str:
        """What is wrong with a value, in a few fixed words; "" if nothing is."""
        if value is None or value == "":
            return "" if self.empty else "empty"
        if self.type in ("whole", "number"):
            if isinstance(value, bool) or not isinstance(value, int if self.type == "whole" else int | float):
                return "not a number"
            out = (self.least is not None and value < self.least) or (self.most is not None and value > self.most)
            return "out of range" if out else self._listed(str(value))
        if not isinstance(value, str):
            return "not a text"
        return "not a date" if self.type == "date" and not _is_date(value) else self._listed(value)

    def _listed(self, value: str) -> str:
        if self.values and value not in self.values:
            return "not in its list"
        if self.each and not self.each.issuperset(value.split("; ")):
            return "not in its list"
        return "malformed" if self.pattern and not self.pattern.fullmatch(value) else ""


@dataclass(frozen=True, slots=True)
class Schema:
    """A format's columns in their order."""

    format: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [c.name for c in self.columns]

    def fault(self, row: Row) -> str:
        """The first thing that is wrong with a row ("admin1: empty"); "" if it fits."""
        if row.keys() != set(self.names):
            wrong = sorted(row.keys() ^ set(self.names))
            return f"{wrong[0]}: {'missing' if wrong[0] not in row else 'no such column'}"
        return next((f"{c.name}: {fault}" for c in self.columns if (fault := c.fault(row[c.name]))), "")


@cache
def schema(format: str) -> Schema:
    """A format's schema, read once.

    Raises:
        CodebookError: the file is not as it should be; the column is named.
    """
    path = str(DATA / "export" / f"{format}.yaml")
    return Schema(format, tuple(_column(str(n), c or {}, path) for n, c in tables(format)["columns"].items()))


@cache
def tables(format: str) -> Mapping[str, Any]:
    """A format's data file.

    Raises:
        CodebookError: it cannot be read or has no named sections.
    """
    path = DATA / "export" / f"{format}.yaml"
    found = read_yaml(path)
    if not isinstance(found, dict):
        raise CodebookError("named sections are wanted", path=str(path))
    return found


def _column(name: str, raw: Mapping[str, Any], path: str) -> Column:
    if unknown := set(raw) - _KNOWN:
        raise CodebookError(f"no such test: {min(unknown)}", path=path, field=f"columns.{name}")
    return Column(
        name=name,
        type=raw.get("type", "text"),
        empty=bool(raw.get("empty", False)),
        values=frozenset(map(str, raw.get("values", ()))),
        each=frozenset(map(str, raw.get("each", ()))),
        least=raw.get("min"),
        most=raw.get("max"),
        pattern=re.compile(raw["pattern"], re.DOTALL) if "pattern" in raw else None,
    )


def _is_date(value: str) -> bool:
    try:
        return len(value) == 10 and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


# ------------------------------------------------------------------------------------------------------ writing


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A table with commas and a heading: cells are quoted where they must be, and none is a formula to a spreadsheet."""
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(columns)
        for row in rows:
            out.writerow([_plain(row[c]) for c in columns])


def write_tsv(path: Path, columns: Sequence[str], rows: Iterable[Row], heading: bool = True) -> None:
    """A table with tabs and no quoting at all: breaks and tabs in a cell become blanks, double quotes single ones.

    So readers that know quotes and readers that do not see the same cells.
    """
    with path.open("w", encoding="utf-8", newline="") as f:
        if heading:
            f.write("\t".join(columns) + "\n")
        for row in rows:
            f.write("\t".join(_bare(row[c]) for c in columns) + "\n")


def _plain(value: Cell) -> str:
    if isinstance(value, str):
        return guarded(clean(value).replace("\r\n", "\n").replace("\r", "\n"))
    return "" if value is None else str(value)


def _bare(value: Cell) -> str:
    return line(value).replace('"', "'") if isinstance(value, str) else "" if value is None else str(value)
