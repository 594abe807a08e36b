"""Following feeds: poll, code what is new, keep it, remember what was seen; an outage loses nothing.

What is remembered stands in one small JSON file: of every feed its ETag, its date, the items seen and a digest of
their words, how often it failed and when it is due.  An item whose words changed is coded again, as a correction.
A feed that fails is asked again after twice the time, up to a limit.  What is new is kept before it is remembered,
and keeping is idempotent, so that a crash between the two doubles nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from threading import Event

from dateline.corpus.keepers import Keeper
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


@dataclass(slots=True)
class Feed:
    """What is remembered of a feed; ``due`` in seconds since the epoch.

    ``seen`` holds the items' ids, the newest last, each with a digest of its title and text, "" where that is not known.
    """

    etag: str = ""
    modified: str = ""
    due: float = 0.0
    failures: int = 0
    seen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll of one feed brought: how many reports were new, corrected and put aside, or what went wrong."""

    url: str
    kept: int = 0
    corrected: int = 0
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
        there = named(entries, url)
        fresh = [e for e in there if e.id not in feed.seen]
        changed = [e for e in there if feed.seen.get(e.id) not in {None, "", words_of(e)}]
        kept, rejects = self._code((e for e in fresh if not self.keeper.has(e.id)), outlet, url)
        corrected, more = self._code(changed, outlet, url)
        now = {e.id: words_of(e) for e in there}
        seen = [*((id, words) for id, words in feed.seen.items() if id not in now), *now.items()]
        feed.seen = dict(seen[-max(_SEEN, len(now)) :])
        if got.status == 200:
            feed.etag, feed.modified = got.etag, got.modified
        feed.failures, feed.due = 0, self.clock() + self.every
        remember(self.memory, self.known)
        return Polled(url=url, kept=kept, corrected=corrected, rejects=(*rejects, *more))

    def _code(self, entries: Iterable[Entry], outlet: str, url: str) -> tuple[int, list[Reject]]:
        rejects: list[Reject] = []
        coded: list[CodedReport] = []
        reports = (self._report(e, outlet, url) for e in entries)
        fresh = (r for r in reports if isinstance(r, Reject) or not self.keeper.same(r))
        for item in self.pipeline.code(fresh):
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
        except FetchError as e:
            return own if not self.keeper.has(entry.id) else _aside(entry, f"has changed, but {e.message}")
        found = next(read_item(item, Options()), None)
        if not isinstance(found, Report):
            return own if not self.keeper.has(entry.id) else _aside(entry, "has changed, but its page has no text now")
        return replace(found, id=entry.id, title=entry.title or found.title, outlet=outlet or found.outlet,
                       published=entry.published or found.published)  # fmt: skip


def _aside(entry: Entry, detail: str) -> Reject:
    """A page that was kept is not exchanged for the few words of its feed."""
    return Reject(id=entry.id, origin=entry.url, reason="fetch", detail=detail)


# ------------------------------------------------------------------------------------------------ memory


def named(entries: Iterable[Entry], url: str) -> list[Entry]:
    """A feed's items, the oldest first, none twice; an id that is only the feed's own gets the feed before it."""
    found: dict[str, Entry] = {}
    for e in entries:
        id = e.id or e.title
        if id:
            id = id if ":" in id else f"{url}#{id}"
            found.setdefault(id, replace(e, id=id))
    return list(reversed(found.values()))


def words_of(entry: Entry) -> str:
    """A digest of what an item says."""
    return blake2b(f"{entry.title}\0{entry.text}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def recall(path: Path) -> dict[str, Feed]:
    """What is remembered; nothing where there is no such file.

    Raises:
        ReadError: the file is damaged.
    """
    try:
        feeds = {url: Feed(**feed) for url, feed in json.loads(path.read_bytes()).items()}
        for feed in feeds.values():
            feed.seen = {i: feed.seen[i] if isinstance(feed.seen, dict) else "" for i in feed.seen}  # once only ids
        return feeds
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
