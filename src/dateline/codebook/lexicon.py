"""Word lists and tables of the English language that several stages read, as files that a person can edit.

A codebook says what counts as an event; the lexicon says how English counts, dates, hedges and reports.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import CodebookError

DATA = Path(__file__).parent / "data"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which ``on``, ``off``, ``yes`` and ``no`` are the words that they are in English."""


_Loader.yaml_implicit_resolvers = {
    first: [r for r in found if r[0] != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, found in _Loader.yaml_implicit_resolvers.items()
}


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """The sections of ``data/lexicon/NAME.yaml``.

    Raises:
        CodebookError: there is no such file, or it is not YAML with named sections.
    """
    path = DATA / "lexicon" / f"{name}.yaml"
    found = read_yaml(path)
    if not isinstance(found, dict):
        raise CodebookError("named sections are wanted", path=str(path))
    return found


def read_yaml(path: Path) -> Any:
    """A YAML file's content.

    Raises:
        CodebookError: the file cannot be read or is not YAML; the line is named.
    """
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except OSError as e:
        raise CodebookError(e.strerror or str(e), path=str(path)) from None
    except UnicodeDecodeError:
        raise CodebookError("not UTF-8", path=str(path)) from None
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise CodebookError(getattr(e, "problem", None) or "not YAML", path=str(path), line=line) from None


def compose_yaml(path: Path) -> yaml.Node | None:
    """A YAML file's nodes, which know their lines; None of a file that is empty, unreadable or no YAML."""
    try:
        return yaml.compose(path.read_text("utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None


def read_tsv(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a tab-separated table with a heading; lines that begin with # are notes.

    Raises:
        CodebookError: the file cannot be read, a column is missing, or a row has another number of fields.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise CodebookError(str(e), path=str(path)) from None
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise CodebookError("empty", path=str(path))
    rows = csv.reader((line for _, line in numbered), delimiter="\t", quoting=csv.QUOTE_NONE)
    head = next(rows)
    if missing := [c for c in columns if c not in head]:
        raise CodebookError(f"no column {missing[0]!r}", path=str(path), line=numbered[0][0])
    out = []
    for (n, _), row in zip(numbered[1:], rows, strict=True):
        if len(row) != len(head):
            raise CodebookError(f"{len(row)} fields where {len(head)} are wanted", path=str(path), line=n)
        out.append(dict(zip(head, row, strict=True)))
    return out
