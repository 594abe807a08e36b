"""Following feeds: poll, code what is new, keep it, remember what was seen; an outage loses nothing.

What is remembered stands in one small JSON file: of every feed its ETag, its date, the ids seen, how often it
failed and when it is due.  A feed that fails is asked again after twice the time, up to a limit.  What is new is
kept before it is remembered, and keeping is idempotent, so that a crash between the two doubles nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Protocol

from dateline.errors import OutputError, ReadError, RejectedReport
from dateline.pipeline import Pipeline
from dateline.read import Options
from dateline.read.feed import Entry, read_feed, report_of
from dateline.read.fetch import Fetcher, FetchError
from dateline.read.items import read_item
from dateline.read.urls import page
from dateline.types import CodedReport, Reject, Report

_SEEN = 3000  # ids of a feed that are remembered
_MOST_WAIT = 6 * 3600.0  # seconds between tries of a feed that fails


class Keeper(Protocol):
    """Where coded reports go."""

    def has(self, id: str) -> bool:
        """Whether a report is there."""

    def keep(self, coded: Sequence[CodedReport]) -> None:
        """Keep reports; the same again changes nothing.

        Raises:
            DatelineError: they cannot be kept.
        """


@dataclass(slots=True)
class Feed:
    """What is remembered of a feed; ``due`` in seconds since the epoch, ``seen`` the newest last."""

    etag: str = ""
    modified: str = ""
    due: float = 0.0
    failures: int = 0
    seen: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll of one feed brought: how many new reports were kept and put aside, or what went wrong."""

    url: str
    kept: int = 0
    rejects: tuple[Reject, ...] = ()
    error: str = ""


@dataclass(slots=True)
class Watch:
    """Follows feeds.

    Args:
        feeds: their URLs.
        keeper: where what they bring goes.
        memory: the file that remembers.
        pipeline: codes.
        fetcher: fetches.
        every: seconds between two polls of a feed.
        articles: fetch the page that an item links to, and code that; where it cannot be had, the item's own text.
        stopped: set from outside to end.
        clock: seconds since the epoch.
    """

    feeds: Sequence[str]
    keeper: Keeper
    memory: Path
    pipeline: Pipeline
    fetcher: Fetcher
    every: float = 900.0
    articles: bool = False
    stopped: Event = field(default_factory=Event)
    clock: Callable[[], float] = time.time
    known: dict[str, Feed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = recall(self.memory)

    def run(self, once: bool = False) -> Iterator[Polled]:
        """Poll feeds as they fall due, until stopped; every feed one time if ``once``."""
        waiting = list(self.feeds)
        while not self.stopped.is_set():
            due = waiting if once else [u for u in self.feeds if self._feed(u).due <= self.clock()]
            for url in due:
                if self.stopped.is_set():
                    return
                yield self.poll(url)
            if once:
                return
            next_due = min(self._feed(u).due for u in self.feeds)
            self.stopped.wait(max(0.0, next_due - self.clock()))

    def _feed(self, url: str) -> Feed:
        return self.known.setdefault(url, Feed())

    def poll(self, url: str) -> Polled:
        """Fetch one feed, code and keep what is new, remember it."""
        feed = self._feed(url)
        try:
            got = self.fetcher.get(url, feed.etag, feed.modified)
            outlet, entries = ("", []) if got.status == 304 else read_feed(got.data)
        except (FetchError, RejectedReport) as e:
            feed.failures += 1
            feed.due = self.clock() + min(self.every * 2 ** min(feed.failures, 10), max(_MOST_WAIT, self.every))
            remember(self.memory, self.known)
            return Polled(url=url, error=e.message if isinstance(e, ReadError) else e.detail)
        fresh = self._new(feed, entries, url)
        kept, rejects = self._code(fresh, outlet, url)
        feed.seen = [*feed.seen, *(e.id for e in fresh)][-max(_SEEN, len(entries)) :]
        if got.status == 200:
            feed.etag, feed.modified = got.etag, got.modified
        feed.failures, feed.due = 0, self.clock() + self.every
        remember(self.memory, self.known)
        return Polled(url=url, kept=kept, rejects=tuple(rejects))

    def _new(self, feed: Feed, entries: Iterable[Entry], url: str) -> list[Entry]:
        """Items not seen yet, the oldest first, none twice; an id that is only the feed's own gets the feed before it."""
        seen = set(feed.seen)
        found: dict[str, Entry] = {}
        for e in entries:
            id = e.id or e.title
            id = id if ":" in id or not id else f"{url}#{id}"
            if id and id not in seen:
                found.setdefault(id, replace(e, id=id))
        return list(reversed(found.values()))

    def _code(self, entries: Sequence[Entry], outlet: str, url: str) -> tuple[int, list[Reject]]:
        rejects: list[Reject] = []
        coded: list[CodedReport] = []
        reports = (self._report(e, outlet, url) for e in entries if not self.keeper.has(e.id))
        for item in self.pipeline.code(reports):
            if isinstance(item, Reject):
                rejects.append(item)
            else:
                coded.append(item)
        if coded:
            self.keeper.keep(coded)
        return len(coded), rejects

    def _report(self, entry: Entry, outlet: str, url: str) -> Report | Reject:
        own = report_of(entry, outlet, url)
        if not self.articles or not entry.url:
            return own
        try:
            item = page(self.fetcher, entry.url, entry.url)
        except FetchError:
            return own
        found = next(read_item(item, Options()), None)
        if not isinstance(found, Report):
            return own
        return replace(found, id=entry.id, title=entry.title or found.title, outlet=outlet or found.outlet,
                       published=entry.published or found.published)  # fmt: skip


# ------------------------------------------------------------------------------------------------ memory


def recall(path: Path) -> dict[str, Feed]:
    """What is remembered; nothing where there is no such file.

    Raises:
        ReadError: the file is damaged.
    """
    try:
        return {url: Feed(**feed) for url, feed in json.loads(path.read_bytes()).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as e:
        raise ReadError(f"cannot be read as the memory of a watch: {e}", path=str(path)) from None


def remember(path: Path, feeds: dict[str, Feed]) -> None:
    """Write what is to be remembered, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps({url: asdict(feed) for url, feed in feeds.items()}), "utf-8")
        part.replace(path)
    except OSError as e:
        raise OutputError(e.strerror or str(e), path=str(path)) from None


# ------------------------------------------------------------------------------------------------ keepers


class JsonlKeeper:
    """Appends to a JSONL file; a line that a crash cut off is taken away first.

    Raises:
        OutputError: the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ids: set[str] = set()
        try:
            if path.exists():
                self._mend()
        except OSError as e:
            raise OutputError(e.strerror or str(e), path=str(path)) from None

    def _mend(self) -> None:
        whole = 0
        with self._path.open("r+b") as f:
            for line in f:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                self._ids.add(str(json.loads(line)["report"]["id"]))
            f.truncate(whole)

    def has(self, id: str) -> bool:
        return id in self._ids

    def keep(self, coded: Sequence[CodedReport]) -> None:
        from dateline.record import encode

        fresh = [c for c in coded if c.report.id not in self._ids]
        try:
            with self._path.open("ab") as f:
                f.write(b"".join(encode(c) + b"\n" for c in fresh))
        except OSError as e:
            raise OutputError(e.strerror or str(e), path=str(self._path)) from None
        self._ids.update(c.report.id for c in fresh)


class StoreKeeper:
    """Adds to a store, which brings its events up to date."""

    def __init__(self, store: str | None) -> None:
        from dateline.store import Store

        self._store = Store(store)

    def has(self, id: str) -> bool:
        return self._store.origin(id) is not None

    def keep(self, coded: Sequence[CodedReport]) -> None:
        from dateline.store import Received

        received = [
            Received(coded=c, raw=c.report.text.encode("utf-8", "surrogatepass"), origin=c.report.url) for c in coded
        ]
        self._store.add(received, why="watch")

    def close(self) -> None:
        self._store.close()
