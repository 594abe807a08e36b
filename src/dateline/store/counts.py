"""What there is among some events: counts by what they are, a histogram of days, their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from dateline.reconcile.evidence import name_key
from dateline.store.browse import ALL, Mask, View
from dateline.store.snapshot import NEVER, Snapshot


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of what there is among some events; each list the most first."""

    types: list[tuple[str, int]]
    statuses: list[tuple[str, int]]
    countries: list[tuple[str, int]]
    sources: list[tuple[str, str, int]]  # name, kind, events
    first: str | None
    last: str | None
    events: int
    claims: int
    reports: int


_SOURCES = 200


def facets(now: Snapshot, mask: Mask, view: View = ALL) -> Counts:
    """Counts of the events that a mask lets pass; of sources the 200 with the most events."""
    r, words = now.rows, now.words
    dated = r.when[mask & (r.when < NEVER)]
    ends = r.until[mask & (r.until >= 0)]
    voices = _tally(now.voices.codes[mask[now.voices.rows]], words.voices.values)
    seen = np.zeros(len(words.reports.values), np.bool_)
    seen[now.reports.codes[mask[now.reports.rows]]] = True
    return Counts(
        types=_tally(r.type[mask], words.types.values),
        statuses=_tally(r.status[mask], words.statuses.values),
        countries=[(v, n) for v, n in _tally(r.country[mask], words.countries.values) if v],
        sources=[(v[0], v[1], n) for v, n in voices if view.names or not v[2]][:_SOURCES],
        first=_iso(dated.min()) if len(dated) else None,
        last=_iso(ends.max()) if len(ends) else None,
        events=int(mask.sum()),
        claims=int(r.size[mask].sum()),
        reports=int(seen.sum()),
    )


def _tally(codes: Any, values: Sequence[Any]) -> list[tuple[Any, int]]:
    counts = np.bincount(codes, minlength=len(values))
    return sorted(((values[i], int(counts[i])) for i in np.flatnonzero(counts).tolist()), key=lambda x: (-x[1], x[0]))


def histogram(now: Snapshot, mask: Mask, by: Literal["day", "week", "month"]) -> list[tuple[str, int, int]]:
    """First day of each stretch that has events, how many began in it, and how many of those are contested."""
    r = now.rows
    known = mask & (r.when < NEVER)
    days, against = r.when[known].astype(np.int64), r.rank[known] == 0
    if not len(days):
        return []
    if by == "week":
        days = days - (days - 1) % 7  # Monday
    elif by == "month":
        dates = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")
        days = dates.astype(np.int64) + _EPOCH
    begins = np.flatnonzero(np.append(True, days[1:] != days[:-1]))  # the rows are in the order of their days
    counts = np.diff(np.append(begins, len(days)))
    contested = np.add.reduceat(against.astype(np.int64), begins)
    return [(_iso(d), int(n), int(c)) for d, n, c in zip(days[begins], counts, contested, strict=True)]


_EPOCH = 719_163  # the ordinal of 1970-01-01


def _iso(ordinal: Any) -> str:
    return date.fromordinal(int(ordinal)).isoformat()


# ------------------------------------------------------------------------------------------------------ places


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that events have: a row of one of them, and how many have it."""

    row: int
    events: int


def places(now: Snapshot, q: str, limit: int = 10, view: View = ALL) -> list[Spot]:
    """The places of events whose names begin with ``q``, or hold a word that does; those with the most events first."""
    key = name_key(q)
    values = now.words.places.values
    table = now.kept.get(("places", view.places), lambda: _table(now, view))
    begins = np.fromiter((bool(v) and (v.startswith(key) or f" {key}" in v) for v in values), np.bool_, len(values))
    at = np.flatnonzero(begins[table.place]) if len(values) else np.zeros(0, np.int64)
    spots = [Spot(int(table.row[i]), int(table.events[i])) for i in at]
    whole = {x.row: values[now.rows.place[x.row]] != key for x in spots}
    return sorted(spots, key=lambda x: (whole[x.row], -x.events, str(now.rows.event[x.row])))[:limit]


@dataclass(frozen=True, slots=True)
class _Places:
    """Each place by name and GeoNames id: its name, the first row that has it and how many do."""

    place: Any
    row: Any
    events: Any


def _table(now: Snapshot, view: View) -> _Places:
    at = np.flatnonzero(~now.rows.guarded) if not view.places else np.arange(len(now.rows))
    place, id = now.rows.place[at], now.rows.geonameid[at]
    order = np.lexsort((id, place))
    place, id = place[order], id[order]
    new = np.append(True, (place[1:] != place[:-1]) | (id[1:] != id[:-1])) if len(at) else np.zeros(0, np.bool_)
    begins = np.flatnonzero(new)
    return _Places(place[begins], at[order[begins]], np.diff(np.append(begins, len(at))))
