"""The forms of the answers, for the API's description; claims, events and their parts are the domain's own types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from dateline.store.ledgers import Deadline, Number, Period, Statement, Step
from dateline.types import Claim, Event, Status


class Kind(BaseModel):
    value: str
    label: str
    family: str
    count: int


class Count(BaseModel):
    value: str
    count: int


class SourceCount(BaseModel):
    value: str
    kind: str
    count: int


class Facets(BaseModel):
    types: list[Kind]
    statuses: list[Count]
    countries: list[Count]
    sources: list[SourceCount]
    first: str | None
    last: str | None
    events: int
    claims: int
    reports: int


class Bin(BaseModel):
    start: str
    count: int
    contested: int


@dataclass(frozen=True, kw_only=True)
class NamedEvent(Event):
    """An event with its type as it is shown, the family of types and one line of text."""

    label: str
    family: str
    title: str


class Killed(BaseModel):
    low: float | None
    best: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class EventItem(NamedEvent):
    """An event of a list: ``sources`` is how many voices tell of it."""

    killed: Killed | None
    sources: int
    outlets: list[str]


class Events(BaseModel):
    items: list[EventItem]
    next: str | None
    total: int


class ReportHead(BaseModel):
    id: str
    title: str
    outlet: str
    published: str | None
    url: str
    sha256: str


class Quote(BaseModel):
    before: str
    text: str
    after: str


class Reviewed(BaseModel):
    verdict: str
    by: str
    at: str


class Version(BaseModel):
    claim: Claim
    report: ReportHead
    voice: str
    quote: Quote
    reviewed: Reviewed | None


class Act(BaseModel):
    seq: int
    at: str
    actor: str
    action: str
    subject: str
    why: str


class EventDetail(BaseModel):
    event: NamedEvent
    versions: list[Version]
    scores: list[dict[str, Any]]
    history: list[Act]


class FullAct(Act):
    body: Any


class ClaimDetail(BaseModel):
    claim: Claim
    report: ReportHead
    event: str | None
    quote: Quote
    review: list[FullAct]


class ReportItem(BaseModel):
    id: str
    title: str
    outlet: str
    published: str | None
    url: str
    language: str
    claims: int


class Reports(BaseModel):
    items: list[ReportItem]
    next: str | None
    total: int


class FullReport(ReportHead):
    language: str
    raw_sha256: str
    origin: str | None
    truncated: bool
    text: str


class Revision(BaseModel):
    revision: int
    at: str


class ReportDetail(BaseModel):
    report: FullReport
    claims: list[Claim]
    revisions: list[Revision]


class PlaceHit(BaseModel):
    name: str
    geonameid: int | None
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    events: int


class Point(BaseModel):
    type: Literal["Point"]
    coordinates: tuple[float, float]


class MapEvent(BaseModel):
    kind: Literal["event"]
    id: str
    type: str
    family: str
    label: str
    title: str
    status: Status
    when: str
    place: str
    radius_km: float | None
    precision: int
    claims: int


class MapHeap(BaseModel):
    kind: Literal["cluster"]
    count: int
    contested: int
    box: tuple[float, float, float, float]


class MapFeature(BaseModel):
    type: Literal["Feature"]
    geometry: Point
    properties: MapEvent | MapHeap


class Map(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[MapFeature]


class Control(BaseModel):
    place: str
    periods: list[Period]
    statements: list[Statement]


class Holder(BaseModel):
    place: str
    holder: str
    since: str | None
    contested: bool
    others: list[str]
    voices: list[str]


class HolderFeature(BaseModel):
    type: Literal["Feature"]
    geometry: Point
    properties: Holder


class ControlMap(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[HolderFeature]


class Figures(BaseModel):
    """``events`` is how many pass the filters; of more than the limit the latest are read."""

    items: list[Number]
    events: int
    read: int


class Deadlines(BaseModel):
    items: list[Deadline]


class Truce(BaseModel):
    country: str
    parties: list[str]
    since: str | None
    event: str
    steps: list[Step]
    state: str


class Truces(BaseModel):
    items: list[Truce]


class Voice(BaseModel):
    name: str
    kind: str
    claims: int
    reports: int
    events: int
    shared: int
    first: int
    contradicted: int


class Voices(BaseModel):
    items: list[Voice]


class Changes(BaseModel):
    items: list[Act]
    next: int
