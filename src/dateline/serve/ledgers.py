"""What claims add up to: control of places, figures, deadlines, truces, sources; and the places of events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response

from dateline.codebook.lexicon import lexicon
from dateline.errors import UsageError
from dateline.export.sites import is_guarded
from dateline.reconcile.facts import day
from dateline.serve import models as m
from dateline.serve.auth import Viewer
from dateline.serve.events import Filters
from dateline.serve.map import feature
from dateline.serve.state import State, state_of
from dateline.serve.wire import READS, Day, Text, answer, errors, kept, tag_of, view_of
from dateline.serve.withheld import told_of
from dateline.store import browse, counts, ledgers
from dateline.store.browse import View
from dateline.store.cards import voices_of
from dateline.store.engine import reading
from dateline.store.ledgers import Control, Deadline, Told
from dateline.store.query import claims_of, find_claims
from dateline.store.snapshot import Snapshot
from dateline.types import Place

router = APIRouter(prefix="/api", tags=["ledgers"])
_FIGURES = 2000  # events whose figures are read at once


@router.get("/places", response_model=list[m.PlaceHit], responses=READS)
async def places(
    request: Request, person: Viewer, q: Text = "", limit: Annotated[int, Query(ge=1, le=100)] = 10
) -> Response:
    """The places of events by the beginning of a word of their names."""
    state, view = state_of(request), view_of(request, person)

    def made(now: Snapshot) -> list[dict[str, Any]]:
        with reading(state.store.engine) as c:
            spots = counts.places(now, q, limit, view)
            found = browse.events_of(c, now, [x.row for x in spots])
        keys = ("name", "geonameid", "country", "admin1", "lat", "lon")
        return [
            {k: getattr(e.place, k) for k in keys} | {"events": spot.events}
            for spot, e in zip(spots, found, strict=True)
            if e.place
        ]

    return await kept(request, person, made)


@router.get("/figures", response_model=m.Figures, responses=READS)
def figures(request: Request, person: Viewer, filters: Filters, kind: Text = "") -> Response:
    """Every number of the claims of these events, each with its source; listed, never added up."""
    state, view = state_of(request), view_of(request, person)
    now = state.board.now()
    tag = tag_of(request, person, now.seq)
    with reading(state.store.engine) as c:
        page = browse.page(now, browse.chosen(c, now, filters, view), "-time", _FIGURES)
        ids = browse.claims_in(c, [str(now.rows.event[i]) for i in page.rows])
    told = told_of(claims_of(state.store, ids), view)
    body = {"items": ledgers.figures(told, kind or None), "events": page.total, "read": len(page.rows)}
    return answer(body, tag)


@router.get("/deadlines", response_model=m.Deadlines, responses=READS)
def deadlines(request: Request, person: Viewer, filters: Filters, today: Day = "") -> Response:
    """Ultimatums and announced plans of these events: met, late, missed or open as of a day."""
    state, view = state_of(request), view_of(request, person)
    date = today or datetime.fromtimestamp(state.settings.clock(), UTC).date().isoformat()
    if day(date) is None or len(date) != 10:
        raise UsageError(f"{date!r} is no date (YYYY-MM-DD)", field="today")
    now = state.board.now()
    tag = tag_of(request, person, now.seq, date)

    def make() -> list[Deadline]:
        types = tuple(lexicon("ledgers")["deadlines"]["types"])
        return ledgers.deadlines(told_of(find_claims(state.store, types=types), view), date)

    every = state.ledgers.get(("deadlines", view, date), now.seq, make)
    with reading(state.store.engine) as c:
        mask = browse.chosen(c, now, filters, view)
    passing = {str(e) for e in now.rows.event[mask]}
    return answer({"items": [d for d in every if d.event in passing]}, tag)


@router.get("/truces", response_model=m.Truces, responses=READS)
def truces(request: Request, person: Viewer) -> Response:
    """Truces: agreed, violated, collapsed, each by whose word."""
    state, view = state_of(request), view_of(request, person)
    now = state.board.now()
    tag = tag_of(request, person, now.seq)

    def make() -> list[dict[str, Any]]:
        told = told_of(find_claims(state.store, types=("agree", "violate")), view)
        return [asdict(t) | {"state": t.state} for t in ledgers.truces(told)]

    return answer({"items": state.ledgers.get(("truces", view), now.seq, make)}, tag)


@router.get("/sources", response_model=m.Voices, responses=READS)
def sources(request: Request, person: Viewer) -> Response:
    """Who says how much, who is first, who is contradicted.  Counts, not a score."""
    state, view = state_of(request), view_of(request, person)
    now = state.board.now()
    tag = tag_of(request, person, now.seq)

    def make() -> list[ledgers.Voice]:
        with reading(state.store.engine) as c:
            return voices_of(c)

    every = state.ledgers.get("sources", now.seq, make)
    private = set() if view.names else {v[0] for v in now.words.voices.values if v[2]}
    return answer({"items": [v for v in every if v.name not in private]}, tag)


# ----------------------------------------------------------------------------------------------------- control


@router.get("/control", response_model=m.Control, responses=READS | errors(404))
def control(request: Request, person: Viewer, place: Annotated[Text, Query(min_length=1)]) -> Response:
    """Who holds a place, by whose word, from when, contested or not.  To enter a place is not to hold it."""
    state, view = state_of(request), view_of(request, person)
    now = state.board.now()
    tag = tag_of(request, person, now.seq)
    if place.isdecimal() and len(place) > 15:
        raise UsageError("is no GeoNames id", field="place")
    told = _on_control(find_claims(state.store, place=place, types=_types()), view)
    if not told:
        raise HTTPException(404, "no claim tells who holds this place")
    found = ledgers.control(told)
    name = next((t.claim.place.name for t in told if t.claim.place), place)
    return answer({"place": name, **asdict(found)}, tag)


@dataclass(frozen=True, slots=True)
class _Held:
    place: Place
    control: Control


@router.get("/control/map", response_model=m.ControlMap, responses=READS)
def control_map(request: Request, person: Viewer, date: Day) -> Response:
    """Who held each place on a day, as points; only places of which it is told."""
    if day(date) is None or len(date) != 10:
        raise UsageError(f"{date!r} is no date (YYYY-MM-DD)", field="date")
    state, view = state_of(request), view_of(request, person)
    now = state.board.now()
    tag = tag_of(request, person, now.seq)
    every = state.ledgers.get(("control", view), now.seq, lambda: _everywhere(state, view))
    found = []
    for held in every:
        for p in held.control.periods:
            if (p.since or "") <= date and (p.until is None or date < p.until) and held.place.lon is not None:
                properties = {
                    "place": held.place.name,
                    "holder": p.holder,
                    "since": p.since,
                    "contested": p.contested,
                    "others": p.others,
                    "voices": p.voices,
                }
                found.append(feature(held.place.lon, held.place.lat or 0.0, properties))
    return answer({"type": "FeatureCollection", "features": found}, tag)


def _everywhere(state: State, view: View) -> list[_Held]:
    by_place: dict[int, list[Told]] = {}
    for t in _on_control(find_claims(state.store, types=_types()), view):
        if t.claim.place and t.claim.place.geonameid is not None and t.claim.place.lat is not None:
            by_place.setdefault(t.claim.place.geonameid, []).append(t)
    out = []
    for _, told in sorted(by_place.items()):
        found = ledgers.control(told)
        place = told[0].claim.place
        if found.periods and place:
            out.append(_Held(place, found))
    return out


def _types() -> Sequence[str]:
    return tuple(lexicon("ledgers")["control"]["says"])


def _on_control(told: Iterable[Told], view: View) -> list[Told]:
    """What may be seen of it: nothing on guarded places where those are withheld."""
    return told_of([t for t in told if view.places or not (t.claim.place and is_guarded(t.claim.place))], view)
