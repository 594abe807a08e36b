"""What viewers do not see: names of private persons, and exactly where hospitals, shelters and camps are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from dateline.export.sites import is_guarded
from dateline.reconcile import Score
from dateline.store.browse import View
from dateline.store.ledgers import Told
from dateline.store.private import WITHHELD, Veil, coarse_place, names_of, veil_of
from dateline.store.snapshot import Snapshot
from dateline.types import Claim, CodedReport, Event, Place

T = TypeVar("T")
_NAMES = frozenset({"name", "source", "value", "of", "title", "voice", "why"})


class Cover:
    """Covers values of some reports for those who may not see all of them.

    Args:
        coded: the reports that what is shown comes from.
    """

    def __init__(self, view: View, coded: Iterable[CodedReport]) -> None:
        self._view = view
        self.whole = view.names and view.places
        self._veil = Veil(frozenset(), frozenset(), False)
        if not self.whole:
            self._veil = veil_of(coded, not view.names, not view.places)

    def text(self, text: str) -> str:
        """A text of a report, of the same length."""
        return text if self.whole else self._veil.mask(text)

    def claim(self, c: Claim) -> Claim:
        return self._thing(replace(c, place=self._place(c.place)), Claim)

    def event(self, e: Event) -> Event:
        return self._thing(replace(e, place=self._place(e.place)), Event)

    def told(self, t: Told) -> Told:
        if self.whole:
            return t
        return Told(self.claim(t.claim), replace(t.report, title=self.text(t.report.title)), t.event)

    @property
    def hides(self) -> bool:
        """Whether there are names to cover."""
        return bool(self._veil.names)

    def score(self, s: Score) -> Any:
        """Why two reports' accounts were joined; its words may hold names."""
        return self.any(msgspec.to_builtins(s))

    def any(self, value: Any) -> Any:
        """Any JSON."""
        return value if self.whole or not self.hides else _walked(value, self._veil)

    def words(self, words: str) -> str:
        """A line of the program's own in which a report's words stand."""
        return words if self.whole else _without(words, self._veil.names)

    def _place(self, p: Place | None) -> Place | None:
        return coarse_place(p) if p and not self._view.places and is_guarded(p) else p

    def _thing(self, value: T, kind: type[T]) -> T:
        if self.whole or not self._veil.names:
            return value
        return msgspec.convert(_walked(msgspec.to_builtins(value), self._veil), kind)


def _walked(value: Any, veil: Veil) -> Any:
    if isinstance(value, dict):
        return {
            k: veil.mask(v)
            if k == "text"
            else _without(v, veil.names)
            if k in _NAMES and isinstance(v, str)
            else _walked(v, veil)
            for k, v in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_walked(v, veil) for v in value]
    return value


def _without(words: str, names: Iterable[str]) -> str:
    """Words without private names."""
    some = sorted(names, key=lambda n: (-len(n), n))
    if not some:
        return words
    return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, some))})(?!\w)", WITHHELD, words)


def row_cover(now: Snapshot, row: int, view: View) -> Cover:
    """The cover of an event of a list, by what its row says is private; no report need be read."""
    cover = Cover(view, ())
    if cover.whole:
        return cover
    hidden: set[str] = set()
    if not view.names:
        for pairs, values in ((now.actors, now.words.actors.values), (now.voices, now.words.voices.values)):
            hidden.update(values[code][0] for code in pairs.of(row) if values[code][-1])
    names = names_of(hidden)
    if not view.places and now.rows.guarded[row]:
        names |= {now.words.shown.values[now.rows.shown[row]]}
    cover._veil = Veil(names, frozenset(), False)
    return cover


def told_of(told: Sequence[Told], view: View) -> list[Told]:
    """Claims as they may be seen, for what is computed from them."""
    if view.names and view.places:
        return list(told)
    by_report: dict[str, list[Told]] = {}
    for t in told:
        by_report.setdefault(t.report.id, []).append(t)
    covers = {
        id: Cover(view, [CodedReport(report=some[0].report, claims=tuple(t.claim for t in some))])
        for id, some in by_report.items()
    }
    return [covers[t.report.id].told(t) for t in told]
