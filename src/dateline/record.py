"""Coded reports as the output contract's JSON, and back; the JSON Schema of both from the same types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from dateline.errors import ReadError
from dateline.types import Claim, CodedReport, Event, Place, Reject, Report, Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a record says of its report; ``primary`` is the claim that the report is mainly about.

    ``people``, ``marks`` and ``towns`` are as in :class:`CodedReport`.
    """

    id: str
    title: str
    url: str
    outlet: str
    published: str | None
    language: str
    sha256: str
    truncated: bool
    primary: str | None
    codebook: str = ""
    people: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    towns: tuple[Town, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of output; ``events`` stands there only where they were asked for."""

    report: Head
    claims: tuple[Claim, ...]
    events: tuple[Event, ...] | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedReport:
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesRecord:
    """One line of ``dateline places``."""

    report: NamedReport
    places: tuple[Place, ...]


T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Record)
_EVENTS = msgspec.json.Decoder(Event)


def to_record(coded: CodedReport) -> Record:
    """A coded report without its text, as the contract has it."""
    r = coded.report
    head = Head(
        id=r.id,
        title=r.title,
        url=r.url,
        outlet=r.outlet,
        published=r.published,
        language=r.language,
        sha256=r.sha256,
        truncated=r.truncated,
        primary=coded.primary,
        codebook=coded.codebook,
        people=coded.people,
        marks=coded.marks,
        towns=coded.towns,
    )
    return Record(report=head, claims=coded.claims, events=UNSET if coded.events is None else coded.events)


def from_record(record: Record) -> CodedReport:
    """The coded report of a record; its text is not in there, and left empty."""
    h = record.report
    report = Report(
        id=h.id,
        text="",
        title=h.title,
        url=h.url,
        outlet=h.outlet,
        published=h.published,
        language=h.language,
        sha256=h.sha256,
        truncated=h.truncated,
    )
    events = None if isinstance(record.events, UnsetType) else record.events
    return CodedReport(
        report=report,
        claims=record.claims,
        primary=h.primary,
        people=h.people,
        marks=h.marks,
        towns=h.towns,
        events=events,
        codebook=h.codebook,
    )


def encode(value: Record | PlacesRecord | Event | Reject | CodedReport) -> bytes:
    """One line of JSON, without its line break: the same value always gives the same bytes."""
    return _ENCODER.encode(to_record(value) if isinstance(value, CodedReport) else value)


def decode(line: bytes | str, path: str = "", number: int | None = None) -> Record:
    """The record of a line.

    Raises:
        ReadError: the line is no record; file, line and field are named.
    """
    return _decoded(_DECODER, line, path, number)


def decode_event(line: bytes | str, path: str = "", number: int | None = None) -> Event:
    """The event of a line of ``dateline reconcile``.

    Raises:
        ReadError: the line is no event; file, line and field are named.
    """
    return _decoded(_EVENTS, line, path, number)


def _decoded(decoder: msgspec.json.Decoder[T], line: bytes | str, path: str, number: int | None) -> T:
    try:
        return decoder.decode(line)
    except msgspec.DecodeError as e:
        raise ReadError(str(e), path=path, line=number) from None


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a record, made from the domain types; an event's and a place's stand in its ``$defs``."""
    (whole,), defs = msgspec.json.schema_components([Record], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dateline record",
        **whole,
        "$defs": defs,
    }
