"""What the tools that write JSON share: lines and values, checked, with their place in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import ReadError


@dataclass(frozen=True, slots=True)
class At:
    """Where in a file something stands, for messages."""

    path: str
    line: int | None = None
    field: str = ""

    def fail(self, message: str, field: str = "") -> ReadError:
        return ReadError(message, path=self.path, line=self.line, field=field or self.field)

    def into(self, field: str) -> At:
        return At(self.path, self.line, f"{self.field}.{field}" if self.field else field)


def json_lines(path: Path) -> Iterator[tuple[At, Mapping[str, Any]]]:
    """The objects of a JSONL file with their places; empty lines are passed over.

    Raises:
        ReadError: the file cannot be read, or a line is no JSON object.
    """
    for n, line in enumerate(text_of(path).split("\n"), 1):
        if line.strip():
            at = At(str(path), n)
            try:
                value = json.loads(line)
            except ValueError as e:
                raise at.fail(f"no JSON: {e}") from None
            if not isinstance(value, dict):
                raise at.fail("an object is wanted")
            yield at, value


def text_of(path: Path) -> str:
    """A file's text.

    Raises:
        ReadError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as e:
        raise ReadError(e.strerror or str(e), path=str(path)) from None
    except UnicodeDecodeError:
        raise ReadError("not UTF-8", path=str(path)) from None


def listed(at: At, value: Any) -> Sequence[Mapping[str, Any]]:
    """A list of objects; None is an empty one."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise at.fail("a list of objects is wanted")
    return value


def report_text(at: At, record: Mapping[str, Any]) -> str:
    """A record's text."""
    text = record.get("text")
    if not isinstance(text, str):
        raise at.into("text").fail("the text is missing")
    return text


def span(at: At, text: str, start: Any, end: Any) -> tuple[int, int]:
    """Offsets that lie in the text."""
    for value in (start, end):
        if not isinstance(value, int) or isinstance(value, bool):
            raise at.fail(f"{value!r} is no offset")
    if not 0 <= start < end <= len(text):
        raise at.fail(f"{start} to {end} is no span of a text of {len(text)} characters")
    return start, end


def object_of(value: Any) -> Mapping[str, Any]:
    """A value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def about(name: str, *records: Mapping[str, Any]) -> str:
    """A report's date, title or outlet: from the first of some records that tells it; "" if none does."""
    found = (record.get(name) for record in records)
    return next((value for value in found if isinstance(value, str) and value), "")


def plain(values: Mapping[str, Any], skip: frozenset[str]) -> dict[str, str]:
    """The plain values of an object as attributes, names in lower case."""
    kept = {k.lower(): v for k, v in values.items() if k not in skip and isinstance(v, str | int | float | bool)}
    return {k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in kept.items()}
