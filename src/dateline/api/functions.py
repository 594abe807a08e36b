"""The public functions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.api import frames
from dateline.api.results import Events, Reading, Readings
from dateline.errors import ReadError, RejectedReport, UsageError
from dateline.types import CodedReport, Reject, Report

if TYPE_CHECKING:
    from dateline.api.archive import Archive
    from dateline.export.bundle import Written
    from dateline.pipeline import Extractor, Pipeline

Source = str | os.PathLike[str] | Report
"""A report's text, a file or folder, or a report."""

_SUFFIXES = frozenset(
    ".txt .text .html .htm .xhtml .json .jsonl .ndjson .parquet .warc .xml .rss .gz .zst .urls".split()
)


def read(
    source: Source,
    *,
    published: str | None = None,
    title: str = "",
    outlet: str = "",
    url: str = "",
    id: str = "",
    codebook: str | os.PathLike[str] | None = None,
    extractor: Extractor | None = None,
) -> Reading:
    """Read one report.

    >>> import dateline
    >>> reading = dateline.read("The army denied that it had shelled Binnish.")
    >>> [(claim.type, claim.modality) for claim in reading]
    [('deny', 'asserted'), ('shelling', 'denied')]

    Args:
        source: the report's text; a file, as a path or as the name of one that is there; or a report.
        published: its ISO date, on which "on Monday" depends; what the text or file says itself is used without it.
        title, outlet, url, id: what is known about a text; a file tells them itself.
        codebook: a codebook of your own, a file or folder.
        extractor: what finds the claims in place of the codebook's rules (:class:`dateline.llm.Extractor`).

    Raises:
        ReadError: there is no such file, or it holds several reports (:func:`code` reads those).
        RejectedReport: the text is empty, not English, too long or no text.
        UsageError: the date is none.
        CodebookError: the codebook is wrong.
    """
    if isinstance(source, Report):
        report: Report | Reject = source
    elif (path := _file(source)) is not None:
        found = list(_reports_of(path, published))
        if len(found) != 1:
            raise ReadError(f"holds {len(found)} reports; dateline.code reads several", path=str(path))
        report = found[0]
    else:
        report = _of_text(str(source), published=published, title=title, outlet=outlet, url=url, id=id)
    if isinstance(report, Reject):
        raise RejectedReport(report.reason, report.detail, path=report.origin)
    pipeline = _pipeline(codebook, extractor)
    (coded,) = pipeline.code([report])
    if isinstance(coded, Reject):
        raise RejectedReport(coded.reason, coded.detail, path=coded.origin)
    return Reading(coded, pipeline.codebook)


def code(
    reports: Source | Iterable[Source],
    *,
    published: str | None = None,
    codebook: str | os.PathLike[str] | None = None,
    extractor: Extractor | None = None,
) -> Readings:
    """Read many reports and hold what they say in memory; ``dateline code`` does corpora of any size.

    >>> import dateline
    >>> readings = dateline.code(["Rebels shelled Binnish.", "", "Talks were held in Geneva."])
    >>> [reading.claims[0].type for reading in readings]
    ['shelling', 'consult']
    >>> [reject.reason for reject in readings.rejects]
    ['empty']

    Args:
        reports: a file or folder, or several texts, files, folders and reports in any mixture.
        published: the reports' ISO date; overrides what they say.
        codebook: a codebook of your own, a file or folder.
        extractor: what finds the claims in place of the codebook's rules (:class:`dateline.llm.Extractor`).

    Raises:
        ReadError: there is no such file or folder, or it cannot be read.
        UsageError: the date is none.
        CodebookError: the codebook is wrong.
    """
    sources = [reports] if isinstance(reports, str | os.PathLike | Report) else reports
    pipeline = _pipeline(codebook, extractor)
    kept, rejects = [], []
    for item in pipeline.code(_all(sources, published)):
        if isinstance(item, CodedReport):
            kept.append(Reading(item, pipeline.codebook))
        else:
            rejects.append(item)
    return Readings(tuple(kept), tuple(rejects))


def reconcile(readings: Readings | Reading | Iterable[Reading]) -> Events:
    """What some readings tell of together: one event for each happening, its versions side by side.

    >>> import dateline
    >>> one = dateline.read("An air strike on Binnish killed 12 people on 3 May 2020.", id="a", outlet="Radio A")
    >>> two = dateline.read("An air strike on Binnish killed nine people on 3 May 2020.", id="b", outlet="Radio B")
    >>> (event,) = dateline.reconcile([one, two])
    >>> event.type, len(event.claims), [d.field for d in event.disagreements]
    ('air-strike', 2, ['figures.killed'])

    Args:
        readings: of reports with different ids; of two with the same id one counts.
    """
    from dateline.reconcile import reconcile as joined

    if isinstance(readings, Reading):
        readings = [readings]
    whole = tuple(readings)
    return Events(tuple(joined([r.coded for r in whole])), whole)


def export(
    format: str,
    events: Events | Readings | Reading | Archive,
    path: str | os.PathLike[str],
    *,
    private: bool = False,
    exact_places: bool | None = None,
) -> Written:
    """Write events to a file in one of the field's formats.

    >>> import dateline, tempfile, pathlib
    >>> readings = dateline.code(["Rebels shelled Binnish on 3 May 2020, killing six people."])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     dateline.export("csv", readings, pathlib.Path(folder) / "events.csv").rows
    1

    Args:
        format: "native", "csv", "parquet", "geojson", "acled", "ged"…; a wrong one is answered with the list.
        events: events, readings (which are reconciled), or a whole archive.
        path: the file to write.
        private: show the names of private persons, which are withheld without it.
        exact_places: show exactly where hospitals, shelters and camps are; as ``private`` if not given.

    Returns:
        How many rows were written, and what was dropped and why.

    Raises:
        UsageError: there is no such format.
        OutputError: the file cannot be written.
    """
    from dateline.api.archive import Archive
    from dateline.export.bundle import Options
    from dateline.export.bundle import export as write

    if isinstance(events, Archive):
        events = events.events()
    elif not isinstance(events, Events):
        events = reconcile(events)
    return write(format, frames.bundle_of(events), Path(path), Options(private=private, places=exact_places))


# ----------------------------------------------------------------------------------------------------- inputs


def _pipeline(codebook: str | os.PathLike[str] | None, extractor: Extractor | None) -> Pipeline:
    if extractor is not None:
        from dateline.pipeline import Pipeline

        return Pipeline(Path(codebook) if codebook is not None else None, extractor=extractor)
    path = Path(codebook) if codebook is not None else None
    return _loaded(path, _stamp(path))


@lru_cache(maxsize=2)
def _loaded(codebook: Path | None, stamp: int) -> Pipeline:
    """A pipeline is slow to load and serves any number of reports; one's own codebook is read anew when it was edited."""
    from dateline.codebook import load_codebook
    from dateline.codebook.actors import load_actors, with_own
    from dateline.pipeline import Pipeline

    if codebook is not None:
        for cached in (load_codebook, with_own, load_actors):
            cached.cache_clear()
    return Pipeline(codebook)


def _stamp(codebook: Path | None) -> int:
    """When a codebook's files were last changed, in nanoseconds; 0 for the default one."""
    if codebook is None or not codebook.exists():
        return 0
    files = [codebook, *(p for p in codebook.rglob("*") if p.suffix in {".yaml", ".tsv"})]
    return max(p.stat().st_mtime_ns for p in files)


def _file(source: Source) -> Path | None:
    """The path that is meant; None for a text.

    Raises:
        ReadError: a name that can only be a file's, and there is no such file.
    """
    if isinstance(source, os.PathLike):
        path = Path(source)
        if not path.exists():
            raise ReadError("no such file or folder", path=str(path))
        return path
    text = str(source)
    if not text or len(text) > 1000 or "\n" in text or "\0" in text:
        return None
    path = Path(text)
    try:
        if path.exists():
            return path
    except OSError:
        return None
    if (path.suffix.lower() in _SUFFIXES and " " not in text) or text.endswith("/"):
        raise ReadError("no such file or folder", path=text)
    return None


def _all(sources: Iterable[Source], published: str | None) -> Iterator[Report | Reject]:
    """Reports of all sources, their ids made unique by a suffix."""
    from dateline.read.paths import unique

    seen: dict[str, int] = {}
    for source in sources:
        if isinstance(source, Report):
            yield unique(source, seen)
        elif (path := _file(source)) is not None:
            for report in _reports_of(path, published):
                yield unique(report, seen)
        else:
            try:
                yield unique(_of_text(str(source), published=published), seen)
            except RejectedReport as e:
                yield Reject(id="text", origin="", reason=e.reason, detail=e.detail)


def _reports_of(path: Path, published: str | None) -> Iterator[Report | Reject]:
    from dateline.read import Options, read_paths

    return read_paths([path], Options(published=published))


def _of_text(text: str, *, published: str | None, id: str = "", **known: Any) -> Report:
    from dateline.read.head import parse_date
    from dateline.read.text import make_report

    if published and parse_date(published) is None:
        raise UsageError(f"{published!r} is no date (YYYY-MM-DD)", field="published")
    name = id or sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return make_report(text, id=name, published=published, **known)
