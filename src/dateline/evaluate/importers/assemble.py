"""Marks and links → annotated reports, by the same rules for every tool.

A mark whose label names a slot is an argument; any other is a trigger, its label the claim's type, unless a link gives
it a role or the tool says that it is none.  A link whose role or argument's label names a slot fills that slot.  An
argument without a link belongs to the trigger of its sentence if there is only one.  What cannot be placed is left
out and counted; a slot that no mark fills anywhere is not part of the annotation and is not scored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from dateline.errors import ReadError
from dateline.evaluate.gold import GoldActor, GoldClaim, GoldFigure, GoldReport, GoldSource
from dateline.evaluate.importers import Imported
from dateline.evaluate.importers.labels import Labels
from dateline.evaluate.importers.marks import Link, Mark, Marked
from dateline.parse import Parser
from dateline.types import FigureKind, Modality, Report, Sector

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN = re.compile(r"\d{1,3}(?:[ ,]\d{3})+|\d+")
_SECTORS = frozenset(get_args(Sector))
_NO_NUMBER = "figures have no kind or no number; figures are not scored"
_Filled = tuple[str, str, Mark]  # slot, kind of figure or "", argument


def assemble(marked: Sequence[Marked], labels: Labels, left_out: Mapping[str, int], annotator: str = "") -> Imported:
    """The annotated reports of some marked texts.

    Raises:
        ReadError: a value is none that its field can have, an id is unknown, or a text was annotated by several and
            ``annotator`` does not say whose work is meant.
    """
    counts, slots = Counter(left_out), {"type"}
    reports = []
    chosen = _chosen(marked, annotator)
    parsed = Parser(ner=False).parse(Report(id=m.id, text=m.text) for m in chosen)
    for m, (_, sentences) in zip(chosen, parsed, strict=True):
        one = _Text(m, labels, [(s.start, s.end) for s in sentences], counts, slots)
        reports.append(one.report())
    if counts[_NO_NUMBER]:
        slots.discard("figure")
    order = ("type", "agent", "target", "place", "date", "modality", "source", "figure")
    return Imported(
        reports=tuple(reports),
        slots=tuple(s for s in order if s in slots),
        left_out={name: n for name, n in sorted(counts.items()) if n},
    )


def _chosen(marked: Sequence[Marked], annotator: str) -> list[Marked]:
    """One annotation of each text."""
    kept: dict[str, Marked] = {}
    for m in marked:
        if annotator and m.annotator != annotator:
            continue
        if m.id in kept:
            names = ", ".join(sorted({m.annotator or "?", kept[m.id].annotator or "?"}))
            raise ReadError(
                f"{m.id!r} is annotated more than once ({names}); name an annotator", path=m.path, line=m.line
            )
        kept[m.id] = m
    if annotator and not kept:
        raise ReadError(f"nothing is annotated by {annotator!r}", path=marked[0].path if marked else "")
    return list(kept.values())


@dataclass
class _Text:
    """One text, what its labels stand for, and what is counted over all texts."""

    marked: Marked
    labels: Labels
    sentences: list[tuple[int, int]]
    counts: Counter[str]
    slots: set[str]

    def report(self) -> GoldReport:
        m = self.marked
        by_id = {mark.id: mark for mark in m.marks}
        arguments, tied = self._linked(by_id)
        triggers = [t for t in m.marks if self._is_trigger(t, tied)]
        self._untied(triggers, arguments, tied)
        claims = [self._claim(t, arguments.get(t.id, [])) for t in sorted(triggers, key=lambda t: t.pieces)]
        return GoldReport(
            id=m.id,
            text=m.text,
            sentences=tuple(self.sentences),
            claims=tuple(claims),
            published=m.published,
            title=m.title,
            outlet=m.outlet,
        )

    # ---------------------------------------------------------------------------------------- who fills what

    def _linked(self, by_id: Mapping[str, Mark]) -> tuple[dict[str, list[_Filled]], set[str]]:
        """Arguments by their trigger's id, and the ids of all that are some trigger's."""
        arguments: dict[str, list[_Filled]] = {}
        tied: set[str] = set()
        for link in self.marked.links:
            head, child = self._mark(link.trigger, link, by_id), self._mark(link.argument, link, by_id)
            role, own = self.labels.slot(link.role), self.labels.slot(child.label)
            if own is None and self.labels.slot(head.label):  # drawn from the argument to its trigger
                head, child, own = child, head, self.labels.slot(head.label)
            if child.trigger or not (role or own):
                self.counts[f"links {link.role or child.label!r} stand for no slot"] += 1
                continue
            slot, kind = cast(tuple[str, str], role or own)
            arguments.setdefault(head.id, []).append((slot, kind or (own or ("", ""))[1], child))
            tied.add(child.id)
        return arguments, tied

    def _mark(self, name: str, link: Link, by_id: Mapping[str, Mark]) -> Mark:
        if name not in by_id:
            raise ReadError(f"there is no mark {name!r}", path=self.marked.path, line=link.line)
        return by_id[name]

    def _is_trigger(self, t: Mark, tied: set[str]) -> bool:
        if t.trigger is not None:
            return t.trigger
        return t.id not in tied and self.labels.slot(t.label) is None

    def _untied(self, triggers: Sequence[Mark], arguments: dict[str, list[_Filled]], tied: set[str]) -> None:
        """Give arguments without a link to the one trigger of their sentence."""
        known = {t.id for t in triggers}
        here: dict[int, list[Mark]] = {}
        for t in triggers:
            here.setdefault(self._sentence(t), []).append(t)
        for mark in self.marked.marks:
            if mark.id in tied or mark.id in known:
                continue
            slot, near = self.labels.slot(mark.label), here.get(self._sentence(mark), [])
            if slot and len(near) == 1:
                arguments.setdefault(near[0].id, []).append((*slot, mark))
            else:
                self.counts[f"marked spans {mark.label!r} belong to no claim"] += 1

    def _sentence(self, mark: Mark) -> int:
        at = mark.pieces[0][0]
        found = (n for n, (start, end) in enumerate(self.sentences) if start <= at < end)
        n = next(found, None)
        if n is None:
            n = max((i for i, (start, _) in enumerate(self.sentences) if start <= at), default=0)
        return n

    # ----------------------------------------------------------------------------------------------- fields

    def _claim(self, t: Mark, filled: Sequence[_Filled]) -> GoldClaim:
        self.slots.update(slot for slot, _, _ in filled)
        sent = self._sentence(t)
        place = next((mark for slot, _, mark in filled if slot == "place"), None)
        days = next((mark for slot, _, mark in filled if slot == "date"), None)
        start, end = self._days(days) if days else (None, None)
        where = self._sentence(place) if place else sent
        return GoldClaim(
            sent=sent,
            trigger=t.text_in(self.marked.text),
            type=self.labels.type(t.label),
            agents=tuple(self._actor(mark) for slot, _, mark in filled if slot == "agent"),
            targets=tuple(self._actor(mark) for slot, _, mark in filled if slot == "target"),
            place=place.text_in(self.marked.text) if place else None,
            date_start=start,
            date_end=end,
            modality=self._modality(t),
            sources=tuple(
                GoldSource(text=mark.text_in(self.marked.text)) for slot, _, mark in filled if slot == "source"
            ),
            figures=tuple(f for slot, kind, mark in filled if slot == "figure" for f in self._figure(mark, kind)),
            background=self._named(t).get("background", "false").lower() in {"", "true", "yes", "1"},
            place_sent=where if where != sent else None,
            place_rel=self._named(place).get("place_rel") if place else None,
        )

    def _named(self, mark: Mark) -> dict[str, str]:
        """A mark's attributes by the fields that they stand for."""
        found = ((self.labels.attributes.get(n, ""), v) for n, v in mark.attributes.items())
        return {n: v for n, v in found if n}

    def _fail(self, mark: Mark, field: str, message: str) -> ReadError:
        return ReadError(message, path=self.marked.path, line=mark.line or self.marked.line, field=field)

    def _actor(self, mark: Mark) -> GoldActor:
        told = self._named(mark)
        sector, country = told.get("sector", "UNK").upper(), told.get("country", "").upper()
        if sector not in _SECTORS:
            raise self._fail(mark, "sector", f"{sector!r} is none of {', '.join(sorted(_SECTORS))}")
        if country and not re.fullmatch("[A-Z]{3}", country):
            raise self._fail(mark, "country", f"{country!r} is no ISO 3166-1 alpha-3 code")
        text = mark.text_in(self.marked.text)
        return GoldActor(text=text, country=country, sector=cast(Sector, sector), group=told.get("group", ""))

    def _modality(self, mark: Mark) -> Modality:
        found = "asserted"
        for name, value in mark.attributes.items():
            if self.labels.attributes.get(name) == "modality":
                self.slots.add("modality")
                if value.lower() not in self.labels.modality:
                    raise self._fail(mark, name, f"{value!r} is no modality (asserted, denied, uncertain, future)")
                found = self.labels.modality[value.lower()]
            elif name in self.labels.modality and value.lower() not in {"false", "no", "0"}:
                self.slots.add("modality")
                found = self.labels.modality[name]
        return cast(Modality, found)

    def _days(self, mark: Mark) -> tuple[str | None, str | None]:
        told = self._named(mark)
        start = told.get("date_start") or told.get("low") or ""
        if not start:
            self.counts["dates have no ISO date, and are not scored"] += 1
            return "?", None
        first, _, last = start.partition("/")
        last = told.get("date_end") or last or first
        for day in (first, last):
            if not _DAY.fullmatch(day):
                raise self._fail(mark, "date", f"{day!r} is no ISO date")
        return first, last

    def _figure(self, mark: Mark, kind: str) -> list[GoldFigure]:
        """The figure, if its kind and its number are known: told by attributes, or a plain number."""
        told, text = self._named(mark), mark.text_in(self.marked.text)
        kind = kind or told.get("kind", "").lower()
        if kind and kind not in get_args(FigureKind):
            raise self._fail(mark, "kind", f"{kind!r} is none of {', '.join(get_args(FigureKind))}")
        low, high = self._number(mark, told.get("low", "")), self._number(mark, told.get("high", ""))
        if "low" not in told and "high" not in told and _PLAIN.fullmatch(text):
            low = high = int(re.sub("[ ,]", "", text))
        elif "low" in told and "high" not in told and "value" in mark.attributes:
            high = low
        if not kind or (low is None and high is None):
            self.counts[_NO_NUMBER] += 1
            return []
        return [GoldFigure(kind=cast(FigureKind, kind), low=low, high=high, text=text)]

    def _number(self, mark: Mark, value: str) -> int | float | None:
        if not value or value.lower() in {"null", "none", "open"}:
            return None
        try:
            number = float(value)
        except ValueError:
            raise self._fail(mark, "figure", f"{value!r} is no number") from None
        return int(number) if number.is_integer() else number
