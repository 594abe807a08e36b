"""Which tellings are compared at all: those that share a key, so that the cost grows as the work.

A key joins the group of types with a place and a stretch of days: a cell of the map for a town, the province for
a province (towns meet provinces there, not one another), the country together with a number or a side.  Persons
named and the words of copies are keys of their own.  Distance alone is never one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from hashlib import blake2b
from math import cos, floor, radians

import numpy as np
from numpy.typing import NDArray

from dateline.reconcile import evidence as ev
from dateline.reconcile.facts import Window
from dateline.reconcile.rules import Rules, rules
from dateline.reconcile.telling import Telling
from dateline.types import Place

DAYS = 4  # a bucket of time
CELL = 0.5  # degrees
_MOST_BUCKETS = 12
_COPY_DAYS = 7  # copies are published within so many days
_MOST_TOWNS = 3  # that a report is filed under
_MARKS_ALONE, _MARKS_PAIRED = 4, 8  # a report's rare words that it is filed under
_NAME_DAYS = 90  # persons are looked for among reports of so many days around


class Role(IntEnum):
    """How a telling stands under a key: two ``FINE`` ones meet elsewhere, every other pair meets here."""

    FINE = 0
    FULL = 1


Key = tuple[str, Role]
Codes = NDArray[np.uint64]


def keys(t: Telling) -> list[Key]:
    """The keys that a telling is filed under, in a fixed order; none where it says too little to be joined by them."""
    r = rules()
    out: dict[Key, None] = {}
    buckets = _buckets(t, r)
    for bucket in buckets:
        for place, role in _places(t, r):
            out[(f"{t.group}|{place}|{bucket}", role)] = None
    for name in sorted(t.names):
        for season in _seasons(t.window):
            out[(f"{t.group}|person {name}|{season}", Role.FULL)] = None
    if t.primary:
        for digest in sorted(t.teller.people):
            for season in _seasons(t.window):
                out[(f"{t.group}|names {digest}|{season}", Role.FULL)] = None
        for pair in _marks(t.teller.marks):
            out[(f"{t.group}|{pair}", Role.FULL)] = None
        for mark in t.teller.marks[:_MARKS_ALONE]:
            for season in _seasons(t.window):
                out[(f"{t.group}|mark {mark >> 8}|{season}", Role.FULL)] = None
        for town in t.teller.towns[:_MOST_TOWNS]:
            for days in buckets:
                out[(f"{t.group}|town {town.geonameid}|{days}", Role.FULL)] = None
        if t.scene or not t.places:
            for word in sorted(t.teller.title):
                for days in buckets:
                    out[(f"{t.group}|called {word}|{days}", Role.FULL)] = None
    if len(t.teller.sketch) >= r.copy_least:
        week = (t.teller.published or 0) // _COPY_DAYS
        for told in sorted(t.words):
            out[(f"{t.group}|words {told:x}|{week}", Role.FULL)] = None
            out[(f"{t.group}|words {told:x}|{week + 1}", Role.FULL)] = None
    return list(out)


def _buckets(t: Telling, r: Rules) -> list[str]:
    """Stretches of days, one day of slack at both ends; a long interval has none but its own month's."""
    w: Window | None = t.window
    if w is None or (t.background and not w.told):
        return []
    first, last = (w.first - 1) // DAYS, (w.last + 1) // DAYS
    if last - first < _MOST_BUCKETS:
        return [str(b) for b in range(first, last + 1)]
    return [f"long {w.first // 30} {w.last // 30}"]


def _marks(marks: Sequence[int]) -> Iterator[str]:
    """Every two of a report's weightiest rare words, whenever it tells them."""
    best = sorted(m >> 8 for m in marks[:_MARKS_PAIRED])
    for i, a in enumerate(best):
        for b in best[i + 1 :]:
            yield f"marks {a} {b}"


def _seasons(w: Window | None) -> range:
    """Stretches of many days about a time, half of one more at both ends."""
    if w is None:
        return range(0)
    first, last = (w.first - _NAME_DAYS // 2) // _NAME_DAYS, (w.last + _NAME_DAYS // 2) // _NAME_DAYS
    return range(first, min(last, first + 4) + 1)


def _places(t: Telling, r: Rules) -> Iterator[tuple[str, Role]]:
    sides = "+".join(sorted(t.doers)) + ">" + "+".join(sorted(t.sufferers))
    number = "".join(f" {k}{n:g}" for k, n in _numbers(t))
    for age in sorted(t.ages):
        yield f"aged {age}", Role.FULL if t.scene or not t.places else Role.FINE
    if not t.places:
        if number:
            yield f"number{number}", Role.FULL
        if len(sides) > 1:
            yield f"sides {t.facts[0].type} {sides}", Role.FULL
    for p in t.places:
        yield from _place(p, r)
        if t.primary and not t.scene and ev.level(p) == "site":
            yield f"called {ev.name_key(p.name).split()[0]}", Role.FINE
        if number:
            yield f"number{number}", Role.FINE
            yield f"country {p.country}{number}", Role.FULL if ev.level(p) == "country" else Role.FINE
        if ev.level(p) == "country" and len(sides) > 1:
            yield f"country {p.country} {sides}", Role.FULL


def _place(p: Place, r: Rules) -> Iterator[tuple[str, Role]]:
    kind = ev.level(p)
    if p.geonameid is None or p.lat is None or p.lon is None:
        yield f"name {ev.name_key(p.name)}", Role.FULL
    elif kind == "site":
        yield from ((f"cell {c}", Role.FULL) for c in _cells(p, r))
        yield f"area {p.country} {p.admin1}", Role.FINE
    elif kind == "area":
        yield f"area {p.country} {p.admin1 or p.name}", Role.FULL


def _numbers(t: Telling) -> Iterator[tuple[str, float]]:
    for kind in sorted(t.figures):
        low, high = t.figures[kind][0]
        point = low if low is not None else high
        if point is not None and point >= 3:
            yield kind, point
            return


def _cells(p: Place, r: Rules) -> list[str]:
    """The cells of the map that the place's circle touches, a little slack included; at most nine."""
    assert p.lat is not None
    assert p.lon is not None
    reach = min((p.radius_km or 0.0) + r.slack_km, 40.0)
    up = reach / 111.2
    side = up / max(0.2, cos(radians(p.lat)))
    rows = range(floor((p.lat - up) / CELL), floor((p.lat + up) / CELL) + 1)
    columns = range(floor((p.lon - side) / CELL), floor((p.lon + side) / CELL) + 1)
    return [f"{y},{x}" for y in rows for x in columns]


def meet(keys_a: Iterable[Key], keys_b: Iterable[Key]) -> bool:
    """Whether two tellings filed under these keys are to be compared."""
    other = dict(keys_b)
    return any(k in other and (role or other[k]) for k, role in keys_a)


def pairs(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Indexes of the tellings to compare, of different reports, each pair once, the smaller index first.

    Keys are compared by a 64-bit hash: two that clash only cost a comparison.  Memory: 17 bytes a key.
    """
    codes, roles, owners = array("Q"), array("B"), array("q")
    for i, t in enumerate(tellings):
        for key, role in keys(t):
            codes.append(code(key))
            roles.append(role)
            owners.append(i)
    for group in _same(
        np.frombuffer(codes, np.uint64), np.frombuffer(roles, np.uint8), np.frombuffer(owners, np.int64)
    ):
        i, j = int(group >> 32), int(group & 0xFFFFFFFF)
        if tellings[i].teller is not tellings[j].teller:
            yield i, j


def code(key: str) -> int:
    """A key as a number of 63 bits, the same in every run."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


def _same(codes: Codes, roles: NDArray[np.uint8], owners: NDArray[np.int64]) -> Codes:
    """Pairs of owners under one code, not both fine, as i << 32 | j with i < j, sorted, each once."""
    if not len(codes):
        return np.empty(0, np.uint64)
    order = np.lexsort((owners, codes))
    codes, roles, own_of = codes[order], roles[order], owners[order].astype(np.uint64)
    edges = np.flatnonzero(np.diff(codes)) + 1
    starts, ends = np.concatenate(([0], edges)), np.concatenate((edges, [len(codes)]))
    found: list[Codes] = []
    for k in np.flatnonzero(ends - starts > 1):
        own, full = own_of[starts[k] : ends[k]], roles[starts[k] : ends[k]] == Role.FULL
        for n in range(len(own) - 1):
            others = own[n + 1 :] if full[n] else own[n + 1 :][full[n + 1 :]]
            if len(others):
                found.append((own[n] << np.uint64(32)) | others)
        if len(found) > 1 << 16:
            found = [np.unique(np.concatenate(found))]
    whole: Codes = np.unique(np.concatenate(found)) if found else np.empty(0, np.uint64)
    distinct: Codes = whole[(whole >> np.uint64(32)) != (whole & np.uint64(0xFFFFFFFF))]
    return distinct
