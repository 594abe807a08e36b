"""Reports whose claims were annotated by hand: the form, and how it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from dateline.errors import ReadError
from dateline.types import FigureKind, Modality, Report, Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldActor:
    """``text`` as it stands in the sentence; "" where the actor is known from the context only."""

    text: str
    country: str
    sector: Sector
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSource:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFigure:
    kind: FigureKind
    low: int | float | None
    high: int | float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """One annotated claim of the sentence numbered ``sent``.

    ``date_start``/``date_end`` are ISO dates, None where the text gives no clue, "?" where it is too vague to
    hold anyone to a day.  ``place_sent`` is the sentence in which the place's name stands, None for its own.
    """

    sent: int
    trigger: str
    type: str
    agents: tuple[GoldActor, ...]
    targets: tuple[GoldActor, ...]
    place: str | None
    date_start: str | None
    date_end: str | None
    modality: Modality
    sources: tuple[GoldSource, ...]
    figures: tuple[GoldFigure, ...]
    background: bool
    place_sent: int | None = None
    place_rel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldReport:
    """A report and its claims; ``sentences`` are [start, end) offsets into ``text``, in code points."""

    id: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    claims: tuple[GoldClaim, ...]
    published: str | None = None
    title: str = ""
    outlet: str = ""

    def report(self) -> Report:
        """The report as the pipeline takes it."""
        return Report(id=self.id, text=self.text, title=self.title, outlet=self.outlet, published=self.published)


_DECODER = msgspec.json.Decoder(tuple[GoldReport, ...])


def load_gold(path: Path) -> tuple[GoldReport, ...]:
    """The annotated reports of a JSON file.

    Raises:
        ReadError: the file cannot be read, is not of the form above, or an annotation's sentence is none of its
            report's; file, line and field are named.
    """
    try:
        data = path.read_bytes()
    except OSError as e:
        raise ReadError(e.strerror or str(e), path=str(path)) from None
    try:
        reports = _DECODER.decode(data)
    except msgspec.DecodeError as e:
        raise ReadError(str(e), path=str(path), line=_line(data, str(e))) from None
    for n, report in enumerate(reports):
        for k, claim in enumerate(report.claims):
            if not 0 <= claim.sent < len(report.sentences):
                at = f"$[{n}].claims[{k}].sent"
                raise ReadError(
                    f"there is no sentence {claim.sent}", path=str(path), line=_line(data, f"`{at}`"), field=at
                )
    return reports


def _line(data: bytes, message: str) -> int | None:
    """The line that a decoder's message means, by its byte or by its path into the JSON ("$[0].claims[2].sent")."""
    if byte := re.search(r"byte (\d+)", message):
        return data[: int(byte[1])].count(b"\n") + 1
    path = re.search(r"`\$(.*)`", message)
    node = yaml.compose(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if path else None
    if node is None:
        return None
    for index, key in re.findall(r"\[(\d+)\]|\.(\w+)", path[1] if path else ""):
        found = node.value[int(index)] if index else {k.value: v for k, v in node.value}.get(key)
        if found is None:
            break
        node = found
    return int(node.start_mark.line) + 1
