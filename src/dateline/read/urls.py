"""Lists of URLs (``.urls``: one a line, # begins a comment) → pages, fetched with care."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.read.fetch import Fetcher, FetchError
from dateline.read.files import read_bytes, shown
from dateline.read.items import Item, aside


def find_urls(at: str, fetcher: Fetcher | None = None) -> Iterator[Item]:
    """The pages of a list; one that cannot be had is put aside.

    Raises:
        ReadError: the list cannot be read.
    """
    fetcher = fetcher or Fetcher()
    lines = read_bytes(at).decode("utf-8", "replace").splitlines()
    for n, line in enumerate(lines, 1):
        url = line.partition(" #")[0].strip()
        if not url or url.startswith("#"):
            continue
        try:
            yield page(fetcher, url, f"{shown(at)}:{n}")
        except FetchError as e:
            yield aside(f"{shown(at)}:{n}", url, "fetch", str(e))


def page(fetcher: Fetcher, url: str, origin: str) -> Item:
    """The page at a URL.

    Raises:
        FetchError: it cannot be had.
    """
    got = fetcher.get(url)
    known = {"url": got.url, "charset": got.charset, "kind": got.kind}
    return Item("page", origin, url, got.data, known={k: v for k, v in known.items() if v}, size=len(got.data))
