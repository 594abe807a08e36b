"""One value that a reviewer gives for a field → the value as a claim has it, checked against the report's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast, get_args

from dateline.errors import UsageError
from dateline.extract.timing.words import precision
from dateline.gazetteer import Entry
from dateline.resolve import place_shape
from dateline.resolve.place_types import Candidate, PlaceMention
from dateline.store.given import Context, ends, items, number, one_of, words
from dateline.store.wording import Wording
from dateline.types import (
    Actor,
    Attribution,
    Figure,
    FigureKind,
    Modality,
    Place,
    Sector,
    Source,
    SourceKind,
    Span,
    Stance,
    When,
)

# ------------------------------------------------------------------------------------------------- plain values


def _type(given: Any, at: Context) -> str:
    if not isinstance(given, str) or given not in at.wording.codebook.types:
        raise UsageError(f"{given!r} is no type of the codebook {at.wording.codebook.label}")
    return given


def _flag(given: Any, at: Context) -> bool:
    if not isinstance(given, bool):
        raise UsageError("true or false is wanted")
    return given


def _modality(given: Any, at: Context) -> Any:
    return one_of(get_args(Modality), given, "modality")


# ------------------------------------------------------------------------------------------------- spans


def _trigger(given: Any, at: Context) -> Span:
    span = at.span(given)
    at.wording.extent(*ends(span))
    return span


def _actors(given: Any, at: Context) -> tuple[Actor, ...]:
    return tuple(dict.fromkeys(_actor(g, at) for g in items(given)))


def _actor(given: Any, at: Context) -> Actor:
    """Who the words stand for: as another claim of the report has it, or else as coding would read them."""
    span = at.span(given, "actor_id")
    start, end = ends(span)
    if (id := given.get("actor_id")) is not None:
        entry = at.wording.actor_list.entries.get(id) if isinstance(id, str) else None
        if entry is None:
            raise UsageError(f"{id!r} is no key of the actor list")
        return Actor(
            text=span.text, start=start, end=end, name=entry.names[0], country=entry.country,
            sector=cast(Sector, entry.sector), group=entry.group, actor_id=entry.id,
        )  # fmt: skip
    for c in (at.claim, *at.known):
        for a in (*c.agents, *c.targets):
            if (a.start, a.end) == (start, end):
                return a
    read = at.wording.actors.actor(at.wording.mention(start, end))
    return replace(read, text=span.text, start=start, end=end, name=span.text if read.name == read.text else read.name)


def _place(given: Any, at: Context) -> Place | None:
    """Which place the words name: the one of a GeoNames id if given, else as the report's places were resolved."""
    if given is None:
        return None
    span = at.span(given, "geonameid", "name")
    start, end = ends(span)
    named = [p for c in (at.claim, *at.known) if (p := c.place)] + list(at.wording.places)
    same = next((p for p in named if (p.start, p.end) == (start, end)), None)
    if given.get("geonameid") is not None:
        entry = _entry(at.wording, words(given.get("name", span.text), "name"), given["geonameid"])
        found = PlaceMention(
            sentence=0, first=0, last=0, text=span.text, start=start, end=end, candidates=(Candidate(entry, 1.0),)
        )
        return place_shape.place(found, at.wording.gazetteer, same.relation if same else None)
    if same is not None:
        return same
    within = [p for p in named if p.start is not None and p.end is not None and p.start < end and p.end > start]
    if within:
        best = max(within, key=lambda p: min(end, p.end or 0) - max(start, p.start or 0))
        return replace(best, text=span.text, start=start, end=end)
    looked_up = at.wording.gazetteer.search(span.text, limit=1) if not span.text.islower() else []
    mention = PlaceMention(
        sentence=0, first=0, last=0, text=span.text, start=start, end=end,
        candidates=tuple(Candidate(e, 1.0) for e in looked_up),
    )  # fmt: skip
    return place_shape.place(mention, at.wording.gazetteer)


def _entry(wording: Wording, name: str, id: Any) -> Entry:
    for e in wording.gazetteer.search(name, limit=300):
        if e.id == id:
            return e
    raise UsageError(f"the gazetteer has no place of the GeoNames id {id!r} with the name {name!r}")


def _time(given: Any, at: Context) -> When | None:
    """When: the dates given, or else those that the report's words at the span stand for."""
    if given is None:
        return None
    bounds = {k: _date(given[k], k) for k in ("earliest", "latest") if isinstance(given, Mapping) and k in given}
    if isinstance(given, Mapping) and bounds and given.get("start") is None and given.get("end") is None:
        if unknown := sorted(map(str, set(given) - {"start", "end", "earliest", "latest", "text"})):
            raise UsageError(f"{unknown[0]!r} is not known here; start, end, earliest, latest are")
        return _when(Span(text="", start=None, end=None), bounds.get("earliest"), bounds.get("latest"))
    span = at.span(given, "earliest", "latest")
    if bounds:
        return _when(span, bounds.get("earliest"), bounds.get("latest"))
    start, end = ends(span)
    old = next((t for c in (at.claim, *at.known) if (t := c.time) and (t.start, t.end) == (start, end)), None)
    if old is not None:
        return old
    near = [(at.wording.offsets(t.mention), t) for ts in at.wording.times for t in ts]
    over = [(min(end, b) - max(start, a), t) for (a, b), t in near if a < end and b > start]
    if not over:
        raise UsageError(f"the words {span.text!r} name no time that can be read; give earliest and latest")
    found = max(over, key=lambda x: x[0])[1]
    return When(
        text=span.text, start=start, end=end,
        earliest=found.earliest, latest=found.latest, precision=found.precision,
    )  # fmt: skip


def _when(span: Span, earliest: str | None, latest: str | None) -> When:
    if earliest is None and latest is None:
        raise UsageError("earliest or latest is wanted")
    if earliest and latest and earliest > (latest if "T" in latest else latest + "T24"):
        raise UsageError(f"{earliest} is after {latest}")
    days = [date.fromisoformat(x[:10]) if x else None for x in (earliest, latest)]
    return When(
        text=span.text, start=span.start, end=span.end,
        earliest=earliest, latest=latest, precision=precision(days[0], days[1]),
    )  # fmt: skip


def _date(given: Any, name: str) -> str | None:
    """An ISO date, or a date with hour and minute."""
    if given is None:
        return None
    if isinstance(given, str) and _DATE.fullmatch(given):
        try:
            datetime.fromisoformat(given)
        except ValueError:
            pass
        else:
            return given
    raise UsageError(f"{name} {given!r} is no date (YYYY-MM-DD, or YYYY-MM-DDTHH:MM)")


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")


def _sources(given: Any, at: Context) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(_source(g, at) for g in items(given)))


def _source(given: Any, at: Context) -> Source:
    """By whom it is said; its verb is the one that the report's claims know for it, "" if none does."""
    span = at.span(given, "stance", "kind", "verb")
    start, end = ends(span)
    old = next((s for c in (at.claim, *at.known) for s in c.sources if (s.start, s.end) == (start, end)), None)
    if old is None:
        m = at.wording.mention(start, end)
        attribution = Attribution(speakers=(m,), verb="", stance="reports", sentence=m.sentence, first=0, last=0)
        read = at.wording.actors.source(attribution, m)
        name = span.text if read.name == read.text else read.name
        old = replace(read, text=span.text, start=start, end=end, name=name)
    return replace(
        old,
        stance=one_of(get_args(Stance), given.get("stance", old.stance), "stance"),
        kind=one_of(get_args(SourceKind), given.get("kind", old.kind), "kind of source"),
        verb=words(given.get("verb", old.verb), "verb"),
    )


def _figures(given: Any, at: Context) -> tuple[Figure, ...]:
    return tuple(dict.fromkeys(_figure(g, at) for g in items(given)))


def _figure(given: Any, at: Context) -> Figure:
    """How many: the numbers given, or else those that the words say."""
    span = at.span(given, "kind", "low", "high", "of")
    start, end = ends(span)
    kind = one_of(get_args(FigureKind), given.get("kind"), "kind of figure")
    same = [f for c in (at.claim, *at.known) for f in c.figures if (f.start, f.end) == (start, end)]
    told = same[0] if same else _counted(span, at)
    if told is None and not {"low", "high"} & set(given):
        raise UsageError(f"the words {span.text!r} name no number that can be read; give low and high")
    if {"low", "high"} & set(given):
        low, high = number(given.get("low"), "low"), number(given.get("high"), "high")
    else:
        assert told is not None
        low, high = told.low, told.high
    if low is None and high is None:
        raise UsageError("low or high is wanted")
    if low is not None and high is not None and low > high:
        raise UsageError(f"low {low} is above high {high}")
    parts = told.includes if told and (told.low, told.high) == (low, high) else ()
    of = words(given.get("of", told.of if told else ""), "of")
    return Figure(text=span.text, start=start, end=end, kind=kind, low=low, high=high, of=of, includes=parts)


def _counted(span: Span, at: Context) -> Figure | None:
    """The number that stands in a span."""
    start, end = ends(span)
    for q in at.wording.quantities(at.wording.mention(start, end)):
        a, b = at.wording.offsets(q.mention)
        if a < end and b > start:
            return Figure(
                text=span.text, start=start, end=end, kind="other", low=q.low, high=q.high, of=q.of, includes=q.includes
            )
    return None


READERS: Mapping[str, Callable[[Any, Context], Any]] = {
    "type": _type,
    "modality": _modality,
    "background": _flag,
    "quoted": _flag,
    "trigger": _trigger,
    "agents": _actors,
    "targets": _actors,
    "place": _place,
    "time": _time,
    "sources": _sources,
    "figures": _figures,
}
