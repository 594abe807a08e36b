"""What not everyone should see: names of private persons, and exactly where hospitals, shelters and camps are.

In texts names are covered with as many blocks, so that every offset still holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.export.redact import after_office, name_pattern, other_persons, parts_of, told_names
from dateline.export.sites import coarse_place as roughly
from dateline.export.sites import site_names
from dateline.types import CodedReport, Place

BLOCK = "█"
WITHHELD = "[withheld]"


@dataclass(frozen=True, slots=True)
class Veil:
    """The private names of some reports, and the names beside them that are public."""

    names: frozenset[str]
    public: frozenset[str]
    persons: bool = True  # whether other names of persons are covered too

    def mask(self, text: str) -> str:
        """A text of the same length in which every private name is covered.

        Covered are the names of the report's private actors and sources, by themselves and in their parts, and any
        other run of capitals that begins with a given name, unless it is public or a title of office stands before it.
        """
        spans = [*self._known(text), *(self._others(text) if self.persons else ())]
        out = list(text)
        for start, end in spans:
            out[start:end] = BLOCK * (end - start)
        return "".join(out)

    def _known(self, text: str) -> Iterable[tuple[int, int]]:
        if self.names:
            for m in name_pattern(self.names, self.public).finditer(text):
                if not m[1]:
                    yield m.span()

    def _others(self, text: str) -> Iterable[tuple[int, int]]:
        for run in set(other_persons(text, self.public)):
            spans, in_office, start = [], False, text.find(run)
            while start >= 0:
                in_office |= after_office(text[max(0, start - 40) : start])
                spans.append((start, start + len(run)))
                start = text.find(run, start + len(run))
            if not in_office:
                yield from spans


def veil_of(coded: Iterable[CodedReport], names: bool = True, places: bool = True) -> Veil:
    """What to cover in some reports, their claims and the events that they are in.

    Args:
        names: private persons' names.
        places: the names of guarded places.
    """
    hidden: set[str] = set()
    public: set[str] = set()
    for c in coded:
        persons, others = told_names(c)
        public |= others
        (hidden if names else public).update(parts_of(persons))
        if places:
            hidden |= site_names(c)
    return Veil(frozenset(hidden), frozenset(public - hidden), names)


def names_of(names: Iterable[str]) -> frozenset[str]:
    """Private names with their parts, as a veil covers them."""
    return parts_of(names).union(names)


def coarse_place(p: Place) -> Place:
    """A guarded place as viewers see it: without its name, its words covered, roughly where it is."""
    return roughly(p, WITHHELD, BLOCK * len(p.text))
