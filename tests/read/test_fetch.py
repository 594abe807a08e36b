"""Fetching: within bounds, with manners, never from inside."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from dateline.read.fetch import Answer, Fetcher, FetchError, Limits, is_public
from tests.read.web import cut_off, endless, packed, page, serve, status

BODY = b"<html><body><p>The bridge was opened to traffic on Monday.</p></body></html>"


@dataclass
class Clock:
    """A clock that moves only when somebody sleeps."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def fetcher(clock: Clock | None = None, **limits: object) -> Fetcher:
    clock = clock or Clock()
    return Fetcher(Limits(private=True, **limits), now=clock.now, sleep=clock.sleep)  # type: ignore[arg-type]


def test_a_page_with_its_encoding_and_what_to_ask_again_with() -> None:
    pages = {
        "/a": page(BODY, "text/html; charset=windows-1252", ETag='"1"', Last_Modified="Mon, 06 Jan 2020 10:00:00 GMT")
    }
    with serve(pages) as (url, came):
        got = fetcher().get(f"{url}/a")
    assert got == Answer(f"{url}/a", 200, BODY, "text/html", "windows-1252", '"1"', "Mon, 06 Jan 2020 10:00:00 GMT")
    assert came[-1][1]["User-Agent"].startswith("dateline/")


def test_what_one_has_is_not_fetched_again() -> None:
    with serve({"/a": status(304)}) as (url, came):
        got = fetcher().get(f"{url}/a", etag='"1"', modified="yesterday")
    assert got.status == 304
    assert came[-1][1]["If-None-Match"] == '"1"'
    assert came[-1][1]["If-Modified-Since"] == "yesterday"


def test_redirects_are_followed_but_not_for_ever() -> None:
    pages = {"/a": status(302, Location="/b"), "/b": page(BODY), "/round": status(302, Location="/round")}
    with serve(pages) as (url, _):
        assert fetcher().get(f"{url}/a").url == f"{url}/b"
        with pytest.raises(FetchError, match="redirects"):
            fetcher().get(f"{url}/round")


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "http://u:p@example.org/", "gopher://x"])
def test_a_redirect_out_of_the_web_is_refused(to: str) -> None:
    with serve({"/a": status(302, Location=to)}) as (url, _), pytest.raises(FetchError, match="fetched"):
        fetcher().get(f"{url}/a")


@pytest.mark.parametrize("code", [403, 404, 410, 500, 503])
def test_a_status_that_is_no_page(code: int) -> None:
    with serve({"/a": status(code)}) as (url, _), pytest.raises(FetchError, match=str(code)):
        fetcher().get(f"{url}/a")


def test_too_large() -> None:
    with serve({"/a": page(b"x" * 5000)}) as (url, _), pytest.raises(FetchError, match="more than 1,000 bytes"):
        fetcher(size=1000).get(f"{url}/a")


def test_packed_pages_are_unpacked() -> None:
    with serve({"/a": packed(BODY)}) as (url, _):
        assert fetcher().get(f"{url}/a").data == BODY


def test_a_bomb_is_not_unpacked() -> None:
    with serve({"/a": packed(b"\0" * 9_000_000)}) as (url, _), pytest.raises(FetchError, match="100 times"):
        fetcher().get(f"{url}/a")


def test_what_breaks_off_is_not_taken_for_whole() -> None:
    import gzip

    half = gzip.compress(BODY)[:-12]
    with serve({"/a": cut_off(BODY, 5000), "/b": page(half, Content_Encoding="gzip")}) as (url, _):
        with pytest.raises(FetchError):
            fetcher().get(f"{url}/a")
        with pytest.raises(FetchError, match="breaks off"):
            fetcher().get(f"{url}/b")


def test_too_slow() -> None:
    release = threading.Event()
    with serve({"/a": endless(release)}) as (url, _):
        with pytest.raises(FetchError):
            Fetcher(Limits(private=True, robots=False, seconds=0.3)).get(f"{url}/a")
        release.set()


def test_a_host_is_not_asked_at_once_again() -> None:
    clock = Clock()
    one = fetcher(clock, delay=2.0, robots=False)
    with serve({"/a": page(BODY), "/b": page(BODY)}) as (url, _):
        one.get(f"{url}/a")
        assert clock.slept == []
        one.get(f"{url}/b")
    assert clock.slept == [2.0]


def test_robots_are_heeded_and_asked_once() -> None:
    rules = b"User-agent: *\nCrawl-delay: 7\nDisallow: /secret\n"
    clock = Clock()
    one = fetcher(clock, delay=1.0)
    with serve({"/robots.txt": page(rules, "text/plain"), "/a": page(BODY), "/secret/a": page(BODY)}) as (url, came):
        one.get(f"{url}/a")
        with pytest.raises(FetchError, match="robots"):
            one.get(f"{url}/secret/a")
        one.get(f"{url}/a")
    assert [path for path, _ in came] == ["/robots.txt", "/a", "/a"]
    assert clock.slept[-1] == 7.0


def test_no_robots_allows_all_and_a_broken_one_nothing() -> None:
    with serve({"/a": page(BODY)}) as (url, _):
        assert fetcher().get(f"{url}/a").status == 200
    with serve({"/robots.txt": status(500), "/a": page(BODY)}) as (url, _), pytest.raises(FetchError, match="robots"):
        fetcher().get(f"{url}/a")


# ------------------------------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


def test_a_page_on_this_machine_is_refused() -> None:
    with serve({"/a": page(BODY)}) as (url, came), pytest.raises(FetchError, match="public network"):
        Fetcher().get(f"{url}/a")
    assert came == []


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f000001", "127.1"])
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(FetchError):
        Fetcher().get(f"http://{host}:9/a")


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(FetchError, match="public network"):
        Fetcher(resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"]).get("http://example.org/")


def test_a_name_is_resolved_once_for_check_and_connection() -> None:
    """A name that turns to another address after the check gains nothing."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with serve({"/a": page(BODY)}) as (url, came):
        port = url.rsplit(":", 1)[1]
        one = Fetcher(Limits(private=True, robots=False), resolve=resolve)
        assert one.get(f"http://rebound.example:{port}/a").data == BODY
    assert asked == ["rebound.example"]
    assert came[0][1]["Host"] == f"rebound.example:{port}"


def test_a_redirect_inside_is_refused() -> None:
    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "inside.example" else ["8.8.8.8"]

    class Redirected(Fetcher):
        def _ask(self, url: str, *rest: object) -> Answer | str:
            return "http://inside.example/" if "outside" in url else Fetcher._ask(self, url, *rest)  # type: ignore[arg-type]

    with pytest.raises(FetchError, match=r"inside\.example is 127"):
        Redirected(Limits(robots=False), resolve=resolve).get("http://outside.example/")
