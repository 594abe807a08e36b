"""Lists of URLs (``.urls``: one a line, # begins a comment) → pages, fetched with care."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.errors import ReadError
from dateline.read.fetch import Fetcher, FetchError
from dateline.read.items import Item, aside


def find_urls(at: Path, fetcher: Fetcher | None = None) -> Iterator[Item]:
    """The pages of a list; one that cannot be had is put aside.

    Raises:
        ReadError: the list cannot be read.
    """
    fetcher = fetcher or Fetcher()
    try:
        lines = at.read_text("utf-8", "replace").splitlines()
    except OSError as e:
        raise ReadError(e.strerror or str(e), path=str(at)) from None
    for n, line in enumerate(lines, 1):
        url = line.partition(" #")[0].strip()
        if not url or url.startswith("#"):
            continue
        try:
            yield page(fetcher, url, f"{at}:{n}")
        except FetchError as e:
            yield aside(f"{at}:{n}", url, "fetch", str(e))


def page(fetcher: Fetcher, url: str, origin: str) -> Item:
    """The page at a URL.

    Raises:
        FetchError: it cannot be had.
    """
    got = fetcher.get(url)
    known = {"url": got.url, "charset": got.charset, "kind": got.kind}
    return Item("page", origin, url, got.data, known={k: v for k, v in known.items() if v}, size=len(got.data))
