"""HTML → a report: trafilatura finds the article in the page, and its title, date and outlet."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.errors import RejectedReport

_LEAST = 40  # characters of an article
_STATED_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
"""Only what the page states as its date: a search through its words takes a footer's year for a day."""


def looks_like_html(text: str) -> bool:
    """Whether a text is a page's source."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html")) or ("<body" in head and "<p" in text[:20_000].lower())


def article(source: str) -> tuple[str, Mapping[str, str]]:
    """The text of the article in a page, and what the page says of it (title, url, outlet, published).

    Raises:
        RejectedReport: "no-text" where the page holds no article.
    """
    import trafilatura  # slow to load, and most input is no HTML
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(
        source, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=_STATED_DATES
    )
    text = (found.text or "").strip() if isinstance(found, Document) else ""
    if not isinstance(found, Document) or len(text) < _LEAST:
        raise RejectedReport("no-text", "no article found in the page")
    known = {
        "title": found.title,
        "url": found.url,
        "outlet": found.sitename or found.hostname,
        "published": found.date,
    }
    return text, {k: str(v) for k, v in known.items() if v}
