"""What the readers of a reviewer's values share: spans of the report's text, numbers, short texts, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.errors import UsageError
from dateline.store.wording import Wording
from dateline.types import Claim, Span


@dataclass(frozen=True)
class Context:
    """Where a value is read: the claim as it stands, the report's other claims, and the report."""

    claim: Claim
    known: Sequence[Claim]
    wording: Wording

    def span(self, given: Any, *more: str) -> Span:
        """The span of ``{"start", "end"}``, which may have these keys too."""
        if not isinstance(given, Mapping):
            raise UsageError('{"start", "end"} is wanted')
        if unknown := sorted(map(str, set(given) - {"start", "end", "text", *more})):
            raise UsageError(f"{unknown[0]!r} is not known here; {', '.join(('start', 'end', *more))} are")
        start, end, text = given.get("start"), given.get("end"), self.wording.report.text
        if not (type(start) is int and type(end) is int):
            raise UsageError("start and end are wanted, whole numbers")
        if not 0 <= start < end <= len(text):
            raise UsageError(f"the span {start} to {end} does not lie in the text of {len(text)} characters")
        if not text[start:end].strip():
            raise UsageError(f"the span {start} to {end} has no word in it")
        if given.get("text", text[start:end]) != text[start:end]:
            raise UsageError(f"at {start} to {end} the text says {text[start:end]!r}, not {given['text']!r}")
        return Span(text=text[start:end], start=start, end=end)


def one_of(allowed: Sequence[str], given: Any, what: str) -> Any:
    """One of the values that are allowed."""
    if given not in allowed:
        raise UsageError(f"{given!r} is no {what}; {', '.join(allowed)} are")
    return given


def number(given: Any, name: str) -> int | float | None:
    """A number from 0 on; None is an end that is open."""
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given < 1e15:
        raise UsageError(f"{name} is a number from 0 on, or null where that end is open")
    return int(given) if float(given).is_integer() else given


def words(given: Any, name: str) -> str:
    """A short text that every database can keep."""
    if (
        isinstance(given, str)
        and len(given) <= 200
        and "\0" not in given
        and given == given.encode(errors="replace").decode()
    ):
        return given
    raise UsageError(f"{name} is a short text")


def items(given: Any) -> Sequence[Any]:
    """A list of values; one alone and none are lists too."""
    if given is None:
        return ()
    if isinstance(given, Mapping):
        return (given,)
    if not isinstance(given, list | tuple):
        raise UsageError('a list of {"start", "end"} is wanted')
    if len(given) > _MOST:
        raise UsageError(f"{_MOST} values at most")
    return given


_MOST = 100


def ends(span: Span) -> tuple[int, int]:
    """Where a span that stands in the text begins and ends."""
    assert span.start is not None
    assert span.end is not None
    return span.start, span.end
