"""The page of the public names of ``import dateline``, from their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cached_property
from types import UnionType
from typing import Any

import dateline
from dateline import errors, types
from reference.markdown import code, docstring, paragraphs, table
from reference.records import CLOSED, definitions

INTRODUCTION = """\
[From Python](../python.md) shows how these are used together. Every error that is raised on purpose is a
[DatelineError](#datelineerror). Names that are not here may change without notice.
"""
RECORDS = """\
Frozen dataclasses; [Records, claims and events](schema.md) says what each field means. Lists are tuples here, and null is
None.
"""


def public() -> Iterator[tuple[str, Any]]:
    """The public names and what they stand for, functions first."""
    found = [(name, inspect.unwrap(getattr(dateline, name))) for name in dateline.__all__]
    return iter(sorted(found, key=lambda item: (inspect.isclass(item[1]), item[0])))


def page(_: Mapping[str, Any]) -> str:
    """The page."""
    names = list(public())
    functions = [(n, o) for n, o in names if not inspect.isclass(o)]
    results = [(n, o) for n, o in names if inspect.isclass(o) and o.__module__ != types.__name__]
    records = [(n, o) for n, o in names if o.__module__ == types.__name__]
    lines = ["# Names", "", INTRODUCTION, "## Functions", ""]
    for name, function in functions:
        lines += [f"### {name}", "", *_signature(f"dateline.{name}", function), *docstring(function.__doc__)]
    lines += ["## Results, archives and errors", ""]
    for name, kind in results:
        lines += _class(name, kind)
    lines += ["## Parts of a record", "", RECORDS, ""]
    for name, kind in records:
        lines += [f"### {name}", "", *docstring(kind.__doc__)]
        lines += _fields(kind)
    return "\n".join(lines)


def _class(name: str, kind: type) -> list[str]:
    """A class: what it is, what it holds, and its own methods and properties in the order of its file."""
    lines = [f"### {name}", "", *docstring(kind.__doc__)]
    if issubclass(kind, Exception):
        lines += [*_signature(name, kind.__init__), *_errors()]
    elif is_dataclass(kind):
        lines += _fields(kind)
    for attribute, value in vars(kind).items():
        if attribute.startswith("_"):
            continue
        if isinstance(value, property | cached_property):
            made: Any = value.fget if isinstance(value, property) else value.func
            lines += [f"#### {name}.{attribute}", "", code(_gives(made)), "", *docstring(value.__doc__)]
        elif inspect.isfunction(value):
            lines += [f"#### {name}.{attribute}()", "", *_signature(f"{name.lower()}.{attribute}", value)]
            lines += docstring(value.__doc__)
    return lines


def _fields(kind: Any) -> list[str]:
    """A dataclass's fields; the column of defaults only where one has any."""
    rows = [
        (code(f.name), _linked(str(f.type)), "" if f.default is MISSING else code(repr(f.default)))
        for f in fields(kind)
    ]
    width = 3 if any(row[2] for row in rows) else 2
    return table(("field", "type", "default")[:width], [row[:width] for row in rows])


def _linked(annotation: str) -> str:
    """An annotation in words, its types linked to where they are described."""
    return " or ".join(_several(part) for part in annotation.split(" | "))


def _several(annotation: str) -> str:
    found = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", annotation)
    return f"tuple of {_kind(found[1])}" if found else _kind(annotation)


def _kind(name: str) -> str:
    if name in dateline.__all__:
        return f"[{name}](#{name.lower()})"
    return f"[{name}](schema.md#{name.lower()})" if name in {*definitions(), *CLOSED} else code(name)


def _errors() -> list[str]:
    """Every error, with what it means and which one it is a kind of."""
    kinds = [k for k in vars(errors).values() if inspect.isclass(k) and issubclass(k, errors.DatelineError)]
    rows = [(code(k.__name__), code(k.__mro__[1].__name__), paragraphs(k.__doc__)[0]) for k in kinds[1:]]
    return ["Those of the module `dateline.errors`:", "", *table(("error", "is a", "when"), rows)]


# -------------------------------------------------------------------------------------------------- signatures


def _signature(name: str, function: Callable[..., Any]) -> list[str]:
    """A call as it is written, a parameter a line where one line is too long."""
    parts = list(_parameters(function))
    gives = "" if name == "DatelineError" else f" -> {_gives(function)}"
    line = f"{name}({', '.join(parts)}){gives}"
    if len(line) > 100:
        line = "\n".join([f"{name}(", *(f"    {p}," for p in parts), f"){gives}"])
    return ["```python", line, "```", ""]


def _parameters(function: Callable[..., Any]) -> Iterator[str]:
    starred = False
    for p in inspect.signature(function).parameters.values():
        if p.name == "self":
            continue
        if p.kind is p.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        default = "" if p.default is p.empty else f" = {p.default!r}"
        yield f"{p.name}: {_written(p.annotation, function)}{default}"


def _gives(function: Callable[..., Any]) -> str:
    return _written(inspect.signature(function).return_annotation, function)


def _written(annotation: str, function: Callable[..., Any]) -> str:
    """An annotation, with the unions that its module has names for written out."""
    named = {n: v for n, v in function.__globals__.items() if isinstance(v, UnionType)}
    whole = re.sub(r"\w+", lambda m: str(named.get(m[0], m[0])), annotation)
    return re.sub(r"\bdateline\.(\w+\.)*", "", whole)
