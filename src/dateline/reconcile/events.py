"""Claims → events: the whole way, in four steps (facts, tellings, groups, events)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.reconcile import block
from dateline.reconcile.cluster import Edge, Union, cluster
from dateline.reconcile.facts import Fact, facts_of, iso
from dateline.reconcile.links import Links
from dateline.reconcile.merge import figures, main_actors, main_place, main_time, main_type
from dateline.reconcile.rules import Rules, rules
from dateline.reconcile.score import total
from dateline.reconcile.status import disagreements, status
from dateline.reconcile.telling import Telling, tell
from dateline.reconcile.voices import voices
from dateline.types import CodedReport, Event


def reconcile(coded: Iterable[CodedReport], links: Links | None = None) -> list[Event]:
    """Every claim of these reports in exactly one event; events in order of their ids.

    The same reports give the same events in any order; a report that comes twice (by its id) counts once.  Time and
    memory grow with the number of claims while as many of them share a place and time.
    """
    return sorted(iter_events(coded, links), key=lambda e: e.id)


def with_events(coded: CodedReport) -> CodedReport:
    """A coded report with the events that its own claims come to."""
    return replace(coded, events=tuple(reconcile([coded])))


def iter_events(coded: Iterable[CodedReport], links: Links | None = None) -> Iterator[Event]:
    """As :func:`reconcile`, one after another in order of their first claims' ids, to be written as they come."""
    links = links or Links()
    tellings = [t for facts in _once(coded) for t in tell(facts, links)]
    for group in groups(tellings, links):
        yield event_of([f for t in group for f in t.facts])


def _once(coded: Iterable[CodedReport]) -> Iterator[list[Fact]]:
    """The facts of each report once: of two versions of one report, the later published, then the greater by its claims."""
    reports: dict[str, list[Fact]] = {}
    for c in coded:
        facts = facts_of(c)
        known = reports.get(c.report.id)
        if known is None or _version(facts) >= _version(known):
            reports[c.report.id] = facts
    for id in sorted(reports):
        yield reports.pop(id)


def _version(facts: Sequence[Fact]) -> tuple[int, list[str]]:
    return (facts[0].teller.published or 0 if facts else -1, [f.claim for f in facts])


def groups(tellings: Sequence[Telling], links: Links | None = None) -> list[list[Telling]]:
    """Tellings of one happening together.  Which they are depends on the tellings alone, not on their order."""
    links = links or Links()
    r = rules()
    order = sorted(tellings, key=lambda t: t.key)
    edges = []
    for i, j in block.pairs(order):
        points = total(order[i], order[j], r)
        if points >= r.across:
            edges.append((i, j, points))
    return regroup(order, edges, links)


def regroup(order: Sequence[Telling], edges: Sequence[tuple[int, int, float]], links: Links) -> list[list[Telling]]:
    """As :func:`groups`, of tellings in order of their keys, where the pairs that join (indexes, score) are known."""
    return [[order[i] for i in g] for part in parts(order, edges, links) for g in _grouped(order, part, links, rules())]


Part = tuple[list[int], list[tuple[int, int, float]]]
"""Tellings (by index) that pairs or a reviewer's links connect, and those pairs with their scores."""


def parts(order: Sequence[Telling], edges: Sequence[tuple[int, int, float]], links: Links) -> Iterator[Part]:
    """The connected parts, in order of their first tellings: what is in one never depends on another."""
    union: Union[int] = Union()
    for i, j, _ in edges:
        union.join(min(i, j), max(i, j))
    if links.must:
        owner = {f.claim: i for i, t in enumerate(order) for f in t.facts}
        for claims in links.must:
            known = sorted(owner[c] for c in claims if c in owner)
            for i in known[1:]:
                union.join(known[0], i)
    joined: dict[int, Part] = {}
    for i in range(len(order)):
        joined.setdefault(union.root(i), ([], []))[0].append(i)
    for e in edges:
        joined[union.root(e[0])][1].append(e)
    yield from joined.values()


def _grouped(order: Sequence[Telling], part: Part, links: Links, r: Rules) -> list[list[int]]:
    indexes, edges = part
    if len(indexes) == 1:
        return [indexes]
    known = {order[i].key: i for i in indexes}
    found = cluster(
        {k: [f.claim for f in order[i].facts] for k, i in known.items()},
        [Edge(order[i].key, order[j].key, points) for i, j, points in edges],
        lambda a, b: total(order[known[a]], order[known[b]], r),
        lambda a, b: order[known[a]].teller.id == order[known[b]].teller.id,
        r.across * r.mean,
        links,
    )
    return [[known[k] for k in group] for group in found]


def event_of(facts: Sequence[Fact]) -> Event:
    """The event that these claims tell of."""
    r = rules()
    facts = sorted(facts, key=lambda f: f.claim)
    said = voices(facts, r)
    kind = main_type(facts, r)
    differ = disagreements(said, r)
    days = [f.teller.published for f in facts if f.teller.published is not None]
    return Event(
        id=event_id(facts),
        type=kind,
        codes=next(f.codes for f in facts if f.type == kind),
        claims=tuple(f.claim for f in facts),
        place=main_place(facts),
        time=main_time(facts),
        agents=main_actors(facts, lambda f: f.agents),
        targets=main_actors(facts, lambda f: f.targets),
        figures=figures(said),
        status=status(said, differ),
        disagreements=differ,
        first_reported=iso(min(days, default=None)),
        last_reported=iso(max(days, default=None)),
    )


def event_id(facts: Iterable[Fact]) -> str:
    """An id that stays while the first claim (by its report's date, then its id) stays in the event."""
    first = min(facts, key=lambda f: (f.teller.published is None, f.teller.published or 0, f.claim))
    return "e" + hashlib.sha256(first.claim.encode()).hexdigest()[:16]
