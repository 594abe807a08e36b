"""Every span of a value, however deep it stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from dateline.types import Span


def spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for f in dataclasses.fields(value):
            yield from spans(getattr(value, f.name))
    elif isinstance(value, tuple):
        for v in value:
            yield from spans(v)
