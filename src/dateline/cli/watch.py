"""``dateline watch``: follow feeds."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from dateline.cli.options import CodebookOption, NoModelOption
from dateline.cli.stores import StoreOption


def watch(
    feeds: Annotated[Path, typer.Argument(help="An OPML file, or a list of feeds' URLs, one a line.")],
    store: StoreOption = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Append to this JSONL file, not to the store.")
    ] = None,
    memory: Annotated[
        Path | None, typer.Option(help="The file that remembers what was seen; beside FEEDS if not given.")
    ] = None,
    every: Annotated[float, typer.Option(min=1, help="Minutes between two polls of a feed.")] = 15,
    once: Annotated[bool, typer.Option("--once", help="Poll every feed one time and end, for cron.")] = False,
    articles: Annotated[
        bool, typer.Option("--articles", help="Fetch and code the pages that the items link to.")
    ] = False,
    private: Annotated[bool, typer.Option("--private", help="Allow feeds on private and loopback addresses.")] = False,
    codebook: CodebookOption = None,
    no_model: NoModelOption = False,
) -> None:
    """Poll feeds and code what is new into the store, until SIGTERM or Ctrl-C.

    An item whose text has changed is coded again, as a correction of the same report.  Heeds robots.txt, waits between
    requests to a host, and survives outages; a feed that fails is asked again later.  With --once the status is 3 where
    a feed failed or a report was put aside.
    """
    from dateline.corpus.keepers import JsonlKeeper, StoreKeeper
    from dateline.corpus.watch import Watch
    from dateline.pipeline import Pipeline
    from dateline.read.feed import opml_file
    from dateline.read.fetch import Fetcher, Limits

    urls = opml_file(feeds)
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    keeper = JsonlKeeper(output) if output else StoreKeeper(store)
    watching = Watch(
        urls,
        keeper,
        memory or feeds.with_name(feeds.name + ".seen.json"),
        Pipeline(codebook, kinds=not no_model),
        Fetcher(Limits(private=private)),
        every=every * 60,
        articles=articles,
        stopped=stopped,
    )
    failed = kept = corrected = aside = 0
    for polled in watching.run(once):
        kept, corrected = kept + polled.kept, corrected + polled.corrected
        aside, failed = aside + len(polled.rejects), failed + bool(polled.error)
        if polled.error:
            print(f"dateline: {polled.url}: {polled.error}", file=sys.stderr)
        elif polled.kept or polled.corrected or polled.rejects:
            said = f"{polled.kept} new, {polled.corrected} corrected, {len(polled.rejects)} put aside"
            print(f"dateline: {polled.url}: {said}", file=sys.stderr)
    print(
        f"dateline: {kept} reports coded, {corrected} corrected, {aside} put aside, {failed} polls failed",
        file=sys.stderr,
    )
    if once and (failed or aside):
        raise typer.Exit(3)
