"""What every export to a file shares: what it is given, what it says of its work, and the table of formats.

A format is a function ``write(bundle, path, options) -> Written``.  It writes one file whole, and drops what the
format has no place for, each with its reason.  More formats may come from other packages, by entry points of the
group ``dateline.exports`` (name → ``module:function``).
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple, cast

from dateline.codebook import Codebook
from dateline.errors import OutputError, UsageError
from dateline.export.redact import withhold
from dateline.types import Claim, CodedReport, Event, Report

GROUP = "dateline.exports"

FORMATS: Mapping[str, str] = {
    "native": "dateline.export.native:write",
    "csv": "dateline.export.flat:write_csv",
    "parquet": "dateline.export.flat:write_parquet",
    "claims-csv": "dateline.export.flat:write_claims",
    "claims-parquet": "dateline.export.flat:write_claims_parquet",
    "geojson": "dateline.export.geojson:write",
    "geoparquet": "dateline.export.geoparquet:write",
    "kml": "dateline.export.kml:write",
    "acled": "dateline.export.acled:write",
    "ged": "dateline.export.ged:write",
    "gdelt1": "dateline.export.gdelt:write1",
    "gdelt2": "dateline.export.gdelt:write2",
    "polecat": "dateline.export.polecat:write",
    "plover": "dateline.export.plover:write",
    "hxl": "dateline.export.hxl:write",
    "hxl-displacement": "dateline.export.hxl:write_displacement",
    "feed": "dateline.export.feed:write",
    "report": "dateline.export.report:write",
}
"""Format → its function, loaded when it is asked for."""


class Told(NamedTuple):
    """A claim and the report that it stands in."""

    claim: Claim
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What an export writes: events, the reports that tell of them with their claims, and the codebook.

    ``quotes`` are claims' sentences by the claim's id, given where the reports' texts are withheld; see
    :meth:`quote`.  What :func:`export` hands to a format shows neither private names nor exactly where hospitals,
    shelters and camps are, unless that was asked for.
    """

    events: tuple[Event, ...]
    coded: tuple[CodedReport, ...]
    codebook: Codebook
    quotes: Mapping[str, str] = field(default_factory=dict)
    _told: dict[str, Told] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        told = {c.id: Told(c, coded.report) for coded in self.coded for c in coded.claims}
        object.__setattr__(self, "_told", told)

    def claim(self, id: str) -> Told | None:
        """A claim with its report; None where the bundle does not have it."""
        return self._told.get(id)

    def told(self, event: Event) -> list[Told]:
        """The claims of an event that the bundle has: by their reports' dates and ids, then in order of the text."""
        found = [t for t in map(self._told.get, event.claims) if t is not None]
        return sorted(found, key=lambda t: (t.report.published or "", t.report.id, t.claim.sentence.start, t.claim.id))

    def quote(self, id: str) -> str:
        """The sentence that a claim stands in, on one line; "" where the text is not kept."""
        if id in self.quotes:
            return self.quotes[id]
        t = self._told.get(id)
        return " ".join(t.report.text[t.claim.sentence.start : t.claim.sentence.end].split()) if t else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """``private`` shows the names of private persons; ``places`` exactly where hospitals, shelters and camps are.

    Without ``places`` these are as open as the names.  The reports' texts are handed on where nothing is withheld.
    """

    private: bool = False
    places: bool | None = None

    @property
    def exact(self) -> bool:
        """Whether places are shown exactly."""
        return self.private if self.places is None else self.places


@dataclass(frozen=True, slots=True)
class Dropped:
    """The id of an event, claim or report that has no row, and why in a few fixed words that can be counted."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many rows (features, entries, objects) were written, and what was not."""

    rows: int
    dropped: tuple[Dropped, ...] = ()

    @property
    def reasons(self) -> dict[str, int]:
        """How many were dropped for each reason, the most frequent first."""
        counts = Counter(d.reason for d in self.dropped)
        return dict(sorted(counts.items(), key=lambda x: (-x[1], x[0])))


Exporter = Callable[[Bundle, Path, Options], Written]


def formats() -> dict[str, str]:
    """Every format's name and function; those of other packages last.  No package replaces a built-in one."""
    return {**{e.name: e.value for e in sorted(entry_points(group=GROUP))}, **FORMATS}


def load(format: str) -> Exporter:
    """A format's function.

    Raises:
        UsageError: there is no such format, or its package cannot be loaded.
    """
    known = formats()
    if format not in known:
        raise UsageError(f"no format {format!r}; there are {', '.join(sorted(known))}", field="FORMAT")
    module, _, name = known[format].partition(":")
    try:
        return cast(Exporter, getattr(importlib.import_module(module), name))
    except (ImportError, AttributeError) as e:
        raise UsageError(f"format {format!r} cannot be loaded: {e}", field="FORMAT") from None


def export(format: str, bundle: Bundle, path: Path, options: Options = Options()) -> Written:
    """Write a file: whole or not at all, beside its place first.  What is withheld is so before the format sees it.

    Raises:
        UsageError: there is no such format.
        OutputError: the file cannot be written.
    """
    write = load(format)
    shown = bundle if options.private and options.exact else _withheld(bundle, options)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as e:
        raise OutputError(e.strerror or str(e), path=str(path)) from None
    os.close(handle)
    part = Path(name)
    try:
        written = write(shown, part, options)
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as e:
        raise OutputError(e.strerror or str(e), path=str(path)) from None
    finally:
        part.unlink(missing_ok=True)
    return written


def _withheld(bundle: Bundle, options: Options) -> Bundle:
    quotes = {c.id: bundle.quote(c.id) for coded in bundle.coded for c in coded.claims}
    safe = withhold(bundle.events, bundle.coded, quotes, persons=not options.private, places=not options.exact)
    return Bundle(events=safe.events, coded=safe.coded, codebook=bundle.codebook, quotes=safe.quotes)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
