"""Following feeds whose servers misbehave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from dateline.corpus.keepers import JsonlKeeper, StoreKeeper
from dateline.corpus.watch import Feed, Watch, recall, remember
from dateline.errors import ReadError
from dateline.pipeline import Pipeline
from dateline.read.fetch import Fetcher, Limits
from dateline.store import Store
from tests.corpus_engine.texts import ids
from tests.read.web import Answerer, cut_off, endless, packed, page, serve, status

STORY = "Rebels shelled an army post near Gao on Monday, killing {} soldiers, a monitor said."


def feed(*numbers: int) -> bytes:
    items = "".join(
        f"<item><title>Post shelled {n}</title><guid>urn:n:{n}</guid><description>{STORY.format(n)}</description></item>"
        for n in numbers
    )
    return f"<rss><channel><title>Sahel Wire</title>{items}</channel></rss>".encode()


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@dataclass
class Clock:
    at: float = 1000.0

    def now(self) -> float:
        return self.at


@dataclass
class Site:
    """A feed's server whose answer can be changed."""

    answer: Answerer = field(default_factory=lambda: page(feed(2, 1), "application/rss+xml"))

    def __call__(self, h: BaseHTTPRequestHandler) -> None:
        self.answer(h)


def watching(url: str, tmp_path: Path, pipeline: Pipeline, clock: Clock | None = None, **more: object) -> Watch:
    fetcher = Fetcher(Limits(private=True, robots=False, delay=0.0, seconds=5.0, size=200_000))
    keeper = JsonlKeeper(tmp_path / "out.jsonl")
    clock = clock or Clock()
    return Watch([f"{url}/feed"], keeper, tmp_path / "seen.json", pipeline, fetcher, every=60, clock=clock.now, **more)  # type: ignore[arg-type]


def test_new_items_are_coded_once_the_oldest_first(tmp_path: Path, pipeline: Pipeline) -> None:
    site = Site()
    with serve({"/feed": site}) as (url, _):
        watch = watching(url, tmp_path, pipeline)
        assert [p.kept for p in watch.run(once=True)] == [2]
        assert [p.kept for p in watch.run(once=True)] == [0]
        site.answer = page(feed(3, 2))
        assert [p.kept for p in watching(url, tmp_path, pipeline).run(once=True)] == [1]
    assert ids(tmp_path / "out.jsonl") == ["urn:n:1", "urn:n:2", "urn:n:3"]


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path, pipeline: Pipeline) -> None:
    site = Site(page(feed(1), ETag='"v1"'))
    with serve({"/feed": site}) as (url, came):
        list(watching(url, tmp_path, pipeline).run(once=True))
        site.answer = status(304)
        (polled,) = watching(url, tmp_path, pipeline).run(once=True)
    assert (polled.kept, polled.error) == (0, "")
    assert came[-1][1]["If-None-Match"] == '"v1"'


BAD: dict[str, Answerer] = {
    "500": status(500),
    "404": status(404),
    "loop": status(302, Location="/feed"),
    "cut off": cut_off(feed(1)[:60], 500),
    "half a feed": page(feed(1)[:-30]),
    "no feed": page(b"<html><body>Maintenance</body></html>"),
    "huge": page(feed(1) + b" " * 300_000),
    "bomb": packed(b"<rss>" + b" " * 9_000_000),
    "doctype": page(b'<!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>'),
    "not packed": page(feed(1), Content_Encoding="gzip"),
    "empty": page(b""),
    "elsewhere": status(301, Location="file:///etc/passwd"),
}


@pytest.mark.parametrize("bad", BAD)
def test_an_outage_is_survived_and_nothing_lost(bad: str, tmp_path: Path, pipeline: Pipeline) -> None:
    site = Site(BAD[bad])
    clock = Clock()
    with serve({"/feed": site}) as (url, _):
        watch = watching(url, tmp_path, pipeline, clock)
        (polled,) = watch.run(once=True)
        assert polled.error
        assert watch.known[f"{url}/feed"].due == clock.at + 120
        list(watch.run(once=True))
        assert watch.known[f"{url}/feed"].due == clock.at + 240
        site.answer = page(feed(1))
        (polled,) = watch.run(once=True)
        assert (polled.kept, polled.error) == (1, "")
        assert watch.known[f"{url}/feed"].failures == 0


def test_a_slow_server_does_not_hold_up_the_others(tmp_path: Path, pipeline: Pipeline) -> None:
    release = threading.Event()
    with serve({"/slow": endless(release), "/feed": page(feed(1))}) as (url, _):
        watch = watching(url, tmp_path, pipeline)
        watch.feeds = [f"{url}/slow", f"{url}/feed"]
        watch.fetcher = Fetcher(Limits(private=True, robots=False, delay=0.0, seconds=0.3))
        slow, good = watch.run(once=True)
        release.set()
    assert slow.error
    assert good.kept == 1


def test_a_feed_in_another_encoding_than_it_says(tmp_path: Path, pipeline: Pipeline) -> None:
    wrong = b'<?xml version="1.0" encoding="utf-8"?>' + feed(1).replace(
        b"a monitor", "a caf\u00e9 owner".encode("cp1252")
    )
    with serve({"/feed": page(wrong)}) as (url, _):
        (polled,) = watching(url, tmp_path, pipeline).run(once=True)
    assert polled.kept == 1


def test_a_crash_between_keeping_and_remembering_doubles_nothing(tmp_path: Path, pipeline: Pipeline) -> None:
    with serve({"/feed": page(feed(2, 1))}) as (url, _):
        list(watching(url, tmp_path, pipeline).run(once=True))
        (tmp_path / "seen.json").unlink()
        with (tmp_path / "out.jsonl").open("ab") as f:
            f.write(b'{"report": {"id": "urn:n:9", "ti')
        (polled,) = watching(url, tmp_path, pipeline).run(once=True)
    assert polled.kept == 0
    assert ids(tmp_path / "out.jsonl") == ["urn:n:1", "urn:n:2"]


def test_feeds_are_polled_as_they_fall_due_until_stopped(tmp_path: Path, pipeline: Pipeline) -> None:
    clock = Clock()

    class Waits(threading.Event):
        waited: list[float] = []  # noqa: RUF012

        def wait(self, timeout: float | None = None) -> bool:
            self.waited.append(timeout or 0.0)
            clock.at += timeout or 0.0
            return self.is_set()

    stopped = Waits()
    with serve({"/feed": page(feed(1))}) as (url, came):
        watch = watching(url, tmp_path, pipeline, clock, stopped=stopped)
        polls: Iterator[object] = watch.run()
        for _ in range(3):
            next(polls)
        stopped.set()
        assert list(polls) == []
    assert len(came) == 3
    assert stopped.waited == [60.0, 60.0, 60.0]


def test_articles_are_fetched_where_they_can_be_had(tmp_path: Path, pipeline: Pipeline) -> None:
    article = "<html><body><article><p>Army jets bombed a market in Timbuktu on Sunday, residents told the radio.</p><p>Nine traders were killed and many stalls burned down in the fire.</p></article></body></html>"
    with serve({"/feed": Site(), "/1": page(article.encode())}) as (url, _):
        items = "".join(
            f"<item><guid>urn:n:{n}</guid><link>{url}/{n}</link><description>{STORY.format(n)}</description></item>"
            for n in (1, 2)
        )
        site = page(f"<rss><channel><title>W</title>{items}</channel></rss>".encode())
        with serve({"/feed": site}) as (feeds, _):
            (polled,) = watching(feeds, tmp_path, pipeline, articles=True).run(once=True)
    assert polled.kept == 2
    text = (tmp_path / "out.jsonl").read_text()
    assert "Timbuktu" in text
    assert "killing 2 soldiers" not in text or "Gao" in text


def changed(number: int, *others: int) -> bytes:
    """The feed with one item's text changed."""
    return feed(number, *others).replace(f"killing {number} soldiers".encode(), b"killing 77 soldiers")


def test_an_item_that_changed_is_coded_again_in_its_place(tmp_path: Path, pipeline: Pipeline) -> None:
    site, out = Site(), tmp_path / "out.jsonl"
    with serve({"/feed": site}) as (url, _):
        list(watching(url, tmp_path, pipeline).run(once=True))
        before = out.read_text().splitlines()
        site.answer = page(changed(1, 2, 3))
        (polled,) = watching(url, tmp_path, pipeline).run(once=True)
        assert (polled.kept, polled.corrected) == (1, 1)
        (again,) = watching(url, tmp_path, pipeline).run(once=True)
        assert (again.kept, again.corrected) == (0, 0)
    after = out.read_text().splitlines()
    assert ids(out) == ["urn:n:1", "urn:n:2", "urn:n:3"]
    assert after[1] == before[1]
    assert '"low":77' in after[0] != before[0]


def test_an_item_of_which_only_the_id_is_known_is_not_coded_again(tmp_path: Path, pipeline: Pipeline) -> None:
    site = Site()
    with serve({"/feed": site}) as (url, _):
        list(watching(url, tmp_path, pipeline).run(once=True))
        memory = tmp_path / "seen.json"
        known = recall(memory)
        known[f"{url}/feed"].seen = dict.fromkeys(known[f"{url}/feed"].seen, "")
        remember(memory, known)
        (polled,) = watching(url, tmp_path, pipeline).run(once=True)
        assert (polled.kept, polled.corrected) == (0, 0)
        site.answer = page(changed(1, 2))
        (polled,) = watching(url, tmp_path, pipeline).run(once=True)
        assert (polled.kept, polled.corrected) == (0, 1)


def test_a_correction_in_the_store(tmp_path: Path, pipeline: Pipeline) -> None:
    site = Site()
    with serve({"/feed": site}) as (url, _):
        watch = watching(url, tmp_path, pipeline)
        watch.keeper = keeper = StoreKeeper(str(tmp_path / "s.db"))
        list(watch.run(once=True))
        site.answer = page(changed(1, 2))
        (polled,) = watch.run(once=True)
        keeper.close()
    assert (polled.kept, polled.corrected) == (0, 1)
    with Store(str(tmp_path / "s.db")) as store:
        (report,) = [r for r in store.reports() if r.id == "urn:n:1"]
        (coded,) = store.coded(["urn:n:1"])
        assert "killing 77 soldiers" in report.text
        assert [f.low for c in coded.claims for f in c.figures if f.kind == "killed"] == [77]


def test_an_article_is_not_exchanged_for_the_words_of_its_feed(tmp_path: Path, pipeline: Pipeline) -> None:
    text = "<html><body><article><p>Army jets bombed a market in Timbuktu on Sunday, residents told the radio.</p><p>Nine traders were killed and many stalls burned down in the fire.</p></article></body></html>"
    answers: dict[str, Answerer] = {"/1": Site(page(text.encode()))}
    with serve(answers) as (url, _):
        linked = feed(1).replace(b"<description>", f"<link>{url}/1</link><description>".encode())
        site = Site(page(linked))
        with serve({"/feed": site}) as (feeds, _):
            list(watching(feeds, tmp_path, pipeline, articles=True).run(once=True))
            before = (tmp_path / "out.jsonl").read_bytes()
            site.answer = page(linked.replace(b"killing 1", b"killing 77"))
            answers["/1"].answer = status(404)  # type: ignore[attr-defined]
            (polled,) = watching(feeds, tmp_path, pipeline, articles=True).run(once=True)
    assert [r.reason for r in polled.rejects] == ["fetch"]
    assert (tmp_path / "out.jsonl").read_bytes() == before


def test_what_a_feed_brings_stands_in_the_store(tmp_path: Path, pipeline: Pipeline) -> None:
    with serve({"/feed": page(feed(2, 1))}) as (url, _):
        watch = watching(url, tmp_path, pipeline)
        watch.keeper = keeper = StoreKeeper(str(tmp_path / "s.db"))
        list(watch.run(once=True))
        assert keeper.has("urn:n:1")
        watch.known.clear()
        assert [p.kept for p in watch.run(once=True)] == [0]
        keeper.close()


def test_a_damaged_memory_is_named(tmp_path: Path) -> None:
    path = tmp_path / "seen.json"
    assert recall(path) == {}
    remember(path, {"u": Feed(etag="e", seen={"a": "0f"})})
    assert recall(path) == {"u": Feed(etag="e", seen={"a": "0f"})}
    path.write_text('{"u": {"etag": "e", "seen": ["a"]}}')  # as an earlier version wrote it
    assert recall(path) == {"u": Feed(etag="e", seen={"a": ""})}
    path.write_text("[1]")
    with pytest.raises(ReadError, match=r"seen\.json"):
        recall(path)


def test_the_command_ends_cleanly_on_sigterm(tmp_path: Path) -> None:
    with serve({"/feed": page(feed(1))}) as (url, _):
        feeds = tmp_path / "feeds.txt"
        feeds.write_text(f"{url}/feed\n")
        out = tmp_path / "out.jsonl"
        command = [sys.executable, "-m", "dateline", "watch", str(feeds), "-o", str(out), "--private"]
        run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert run.stderr is not None
        assert "1 new" in run.stderr.readline()
        os.kill(run.pid, signal.SIGTERM)
        assert run.wait(30) == 0
        assert "1 reports coded" in run.stderr.read()
    assert ids(out) == ["urn:n:1"]
