"""Tellings → groups of one happening.

Pairs that score above the threshold are taken from the surest down; two groups become one where their members agree
on the whole (the mean over the pairs of both), so that one odd report cannot chain two happenings together.  Only
scores and ids decide, never the order in which reports were read.  A group depends on nothing outside the pairs that
connect it, so that new reports touch only what they are connected with.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from dateline.reconcile.links import Links

T = TypeVar("T", bound=Hashable)

_SAMPLE = 12  # members of a large group that speak for it: those with the smallest keys


class Edge(NamedTuple):
    """A pair of tellings (by key) that scores at least the threshold."""

    a: str
    b: str
    total: float


def cluster(
    members: Mapping[str, Sequence[str]],
    edges: Iterable[Edge],
    total: Callable[[str, str], float],
    same_report: Callable[[str, str], bool],
    mean: float,
    links: Links,
) -> list[list[str]]:
    """Groups of tellings, each sorted, in order of their first key.

    Args:
        members: telling → its claims.
        edges: the pairs at or above the threshold.
        total: the score of any pair.
        same_report: whether two tellings are of one report: its own account keeps them apart, so they count against
            joining (as a score of 0), but do not forbid it.
        mean: what the mean score of the pairs between two groups must reach.
        links: a reviewer's decisions; they overrule every score.
    """
    forced, home = _forced(members, links)
    groups: dict[str, list[str]] = dict(forced)
    scores: dict[tuple[str, str], float] = {}

    def of(x: str, y: str) -> float:
        pair = (x, y) if x < y else (y, x)
        if pair not in scores:
            scores[pair] = 0.0 if same_report(x, y) else total(*pair)
        return scores[pair]

    ranked = sorted((-e.total, e.a, e.b) if e.a < e.b else (-e.total, e.b, e.a) for e in edges)
    scores.update({(a, b): -t for t, a, b in ranked})
    for _, a, b in ranked:
        one, other = home[a], home[b]
        if one == other:
            continue
        left, right = groups[one], groups[other]
        if len(left) > 1 or len(right) > 1:
            some, more = left[:_SAMPLE], right[:_SAMPLE]
            if sum(of(x, y) for x in some for y in more) < mean * len(some) * len(more):
                continue
        if links.apart(_claims(left, members), _claims(right, members)):
            continue
        keep, lose = min(one, other), max(one, other)
        groups[keep] = sorted(left + right)
        del groups[lose]
        for k in groups[keep]:
            home[k] = keep
    return sorted(groups.values())


def _claims(group: Iterable[str], members: Mapping[str, Sequence[str]]) -> Iterator[str]:
    return (c for k in group for c in members[k])


def _forced(members: Mapping[str, Sequence[str]], links: Links) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Groups that a reviewer's must-links make, each telling alone where there are none."""
    owner = {c: k for k, claims in members.items() for c in claims} if links.must else {}
    union: Union[str] = Union()
    for claims in sorted(links.must, key=sorted):
        known = sorted({owner[c] for c in claims if c in owner})
        for k in known[1:]:
            if not links.apart(members[known[0]], members[k]):
                union.join(known[0], k)
    by_root: dict[str, list[str]] = {}
    for k in sorted(members):
        by_root.setdefault(union.root(k), []).append(k)
    groups = {g[0]: g for g in by_root.values()}
    return groups, {k: first for first, g in groups.items() for k in g}


class Union(Generic[T]):
    """Sets that grow together; ``root`` names the set that a thing is in."""

    def __init__(self) -> None:
        self._up: dict[T, T] = {}

    def root(self, x: T) -> T:
        path = []
        while (up := self._up.get(x, x)) != x:
            path.append(x)
            x = up
        for p in path:
            self._up[p] = x
        return x

    def join(self, a: T, b: T) -> None:
        a, b = self.root(a), self.root(b)
        if a != b:
            self._up[b] = a
