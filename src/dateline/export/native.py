"""The record itself, one line of JSON a report: nothing is lost, and ``dateline import`` reads it back.

A line is as the output contract has it, with two more fields of the report: ``text``, and ``body``, where the text
proper begins; both are left out where the text is not kept or withheld.  Each event stands once in the file, on the
line of the first report that tells of it.  Reports stand in order of their ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from dateline.errors import ReadError
from dateline.export.bundle import Bundle, Dropped, Options, Written
from dateline.record import Head, Record, from_record, to_record
from dateline.types import Claim, CodedReport, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FullHead(Head):
    """What a line says of its report, with the text where it is kept."""

    text: str | UnsetType = UNSET
    body: int | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; a line of any coded JSONL is one too."""

    report: FullHead
    claims: tuple[Claim, ...]
    events: tuple[Event, ...] | UnsetType = UNSET


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Line)


def write(bundle: Bundle, path: Path, options: Options) -> Written:
    """One line a report.

    Raises:
        OSError: the file cannot be written.
    """
    count = 0
    homes = _homes(bundle)
    with path.open("wb") as stream:
        for line in _lines(bundle, homes, options):
            stream.write(_ENCODER.encode(line))
            stream.write(b"\n")
            count += 1
    left = [Dropped(e.id, "none of its reports is in the export") for e in bundle.events if e.id not in homes]
    return Written(rows=count, dropped=tuple(left))


def _homes(bundle: Bundle) -> dict[str, str]:
    """Event → the report on whose line it stands."""
    homes: dict[str, str] = {}
    for e in bundle.events:
        reports = [t.report.id for t in map(bundle.claim, e.claims) if t is not None]
        if reports:
            homes[e.id] = min(reports)
    return homes


def _lines(bundle: Bundle, homes: dict[str, str], options: Options) -> Iterator[Line]:
    here: dict[str, list[Event]] = {}
    for e in sorted(bundle.events, key=lambda e: e.id):
        if e.id in homes:
            here.setdefault(homes[e.id], []).append(e)
    for coded in sorted(bundle.coded, key=lambda c: c.report.id):
        shown = coded if options.private else replace(coded, people=(), marks=())  # from a digest a name can be guessed
        yield line_of(shown, tuple(here.get(coded.report.id, ())))


def line_of(coded: CodedReport, events: tuple[Event, ...]) -> Line:
    """A report's line."""
    r, head = coded.report, to_record(coded).report
    known: dict[str, Any] = {f.name: getattr(head, f.name) for f in fields(Head)}
    more: dict[str, Any] = {"text": r.text, "body": r.body} if r.text else {}
    return Line(report=FullHead(**known, **more), claims=coded.claims, events=events)


def read_line(data: bytes | str, path: str = "", number: int | None = None) -> Line:
    """The line of its bytes.

    Raises:
        ReadError: it is none; file, line and field are named.
    """
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise ReadError(str(e), path=path, line=number) from None


def coded_of(line: Line) -> CodedReport:
    """The coded report of a line, without the line's events; an absent text is empty."""
    h = line.report
    coded = from_record(Record(report=h, claims=line.claims))
    text = "" if isinstance(h.text, UnsetType) else h.text
    body = 0 if isinstance(h.body, UnsetType) else h.body
    return replace(coded, report=replace(coded.report, text=text, body=body))
