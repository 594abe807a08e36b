"""``dateline add`` and ``dateline retract``: reports into the store, and out of its events."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import (
    CodebookOption,
    ExtractorName,
    ExtractorOption,
    FieldOption,
    LlmModelOption,
    LlmUrlOption,
    NoModelOption,
    PublishedOption,
    options,
    tell,
    tell_refused,
)
from dateline.cli.options import (
    extractor as extractor_of,
)
from dateline.cli.stores import ByOption, StoreOption, WhyOption
from dateline.types import CodedReport, Reject, Report

if TYPE_CHECKING:
    from dateline.pipeline import Pipeline
    from dateline.read import Options
    from dateline.read.items import Item
    from dateline.store import Received, Store


def add(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.")],
    store: StoreOption = None,
    published: PublishedOption = None,
    field: FieldOption = None,
    codebook: CodebookOption = None,
    by: ByOption = None,
    why: WhyOption = "",
    extractor: ExtractorOption = ExtractorName.rules,
    llm_url: LlmUrlOption = "",
    llm_model: LlmModelOption = "",
    no_model: NoModelOption = False,
) -> None:
    """Code reports into the store and bring its events up to date.  The same report twice is one.

    A report of a known id with another text is a correction: the old one stays in the record, its claims leave the
    events.  What is interrupted is completed by the same command again.
    """
    from dateline.pipeline import Pipeline
    from dateline.store import Store

    model = extractor_of(extractor, llm_url, llm_model)
    rejects: list[Reject] = []
    known: list[str] = []
    with Store(store, by) as opened:
        adding = _Adding(opened, options(published, field or []), rejects, known)
        added = opened.add(adding.coded(Pipeline(codebook, extractor=model, kinds=not no_model), paths), why=why)
    print(
        f"dateline: {added.new} reports added, {added.corrected} corrected, {added.known + len(known)} there already"
        + (f", {len(rejects)} put aside" if rejects else ""),
        file=sys.stderr,
    )
    if model:
        tell_refused(model.refused)
    if rejects:
        raise typer.Exit(3)


def retract(
    report: Annotated[str, typer.Argument(help="The report's id.")],
    why: Annotated[str, typer.Option("--why", help="The reason, for the log.")],
    store: StoreOption = None,
    by: ByOption = None,
) -> None:
    """Take a report's claims out of the events; what it said stays in the record."""
    from dateline.store import Store

    with Store(store, by) as opened:
        opened.retract(report, why)


class _Adding:
    """Reads reports that the store does not have, and gives them coded with their bytes as received."""

    def __init__(self, store: Store, settings: Options, rejects: list[Reject], known: list[str]) -> None:
        self._store = store
        self._settings = settings
        self._rejects = rejects
        self._known = known
        self._waiting: deque[tuple[bytes, str]] = deque()
        self._taken: dict[str, str] = {}
        self._digests: dict[str, list[str]] = {}

    def coded(self, pipeline: Pipeline, paths: list[str]) -> Iterator[Received]:
        from dateline.store import Received

        for item in pipeline.code(self._reports(paths)):
            raw, origin = self._waiting.popleft()
            if isinstance(item, Reject):
                self._aside(item)
            else:
                assert isinstance(item, CodedReport)
                yield Received(coded=item, raw=raw, origin=origin)

    def _reports(self, paths: list[str]) -> Iterator[Report]:
        from dateline.read.items import find_items, read_item

        for item in find_items(paths):
            for report in read_item(item, self._settings):
                if isinstance(report, Reject):
                    self._aside(report)
                    continue
                report = self._named(report, item)
                if self._store.has(report):
                    self._known.append(report.id)
                    continue
                self._waiting.append((_raw(item, report), item.origin))
                yield report

    def _named(self, report: Report, item: Item) -> Report:
        """Another file of the same name is another report, and so is another text of one id in one run.

        The second text of an id becomes ``id~2``, as everywhere; in a later run it is a correction.
        """
        if item.kind == "line" and report.id != item.name:
            seen = self._digests.setdefault(report.id, [])
            if report.sha256 not in seen:
                seen.append(report.sha256)
            n = seen.index(report.sha256) + 1
            return report if n == 1 else replace(report, id=f"{report.id}~{n}")
        before = self._taken.get(report.id) or self._store.origin(report.id)
        if before is not None and before != item.origin and not self._store.has(report):
            report = replace(report, id=f"{report.id}~{report.sha256[:8]}")
        self._taken.setdefault(report.id, item.origin)
        return report

    def _aside(self, reject: Reject) -> None:
        self._rejects.append(reject)
        tell(reject)


def _raw(item: Item, report: Report) -> bytes:
    """The bytes that a report came in: its line, page or file; of a table's row, its text."""
    if item.kind == "rows":
        return report.text.encode("utf-8", "surrogatepass")
    if item.data or not item.path:
        return item.data
    from dateline.read.files import read_bytes

    return read_bytes(item.path)
