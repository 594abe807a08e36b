"""Text → a report: its date, where its body begins, whether it breaks off, its language."""

from __future__ import annotations

from hashlib import sha256

from dateline.errors import RejectedReport
from dateline.read.head import parse_date, read_head
from dateline.read.language import other_language
from dateline.types import Report

MOST = 5_000_000
"""Characters of the longest report that is read; a longer text is no report."""

_CLOSED = ".!?…\"'”’»)]:;*"
_SHORT = 120  # a text shorter than this may be a headline, which needs no full stop


def make_report(
    text: str,
    *,
    id: str,
    title: str = "",
    url: str = "",
    outlet: str = "",
    published: str | None = None,
    language: str = "",
    raw: bytes | None = None,
    most: int = MOST,
) -> Report:
    """A report of a text as given.

    Args:
        text: kept exactly as it is; offsets are into it.
        published: the date from option or metadata; the head of the text is asked only without it.
        language: ISO 639-1 code where known; "" to find out.
        raw: the bytes as received, for the digest; the text's UTF-8 without them.
        most: characters of the longest text that is read.

    Raises:
        RejectedReport: "empty", "too-large" or "language".
    """
    if not text.strip():
        raise RejectedReport("empty", "no text")
    if len(text) > most:
        raise RejectedReport("too-large", f"{len(text):,} characters, more than {most:,}")
    found = language.lower()[:2] if language else other_language(text)
    if found and found != "en":
        raise RejectedReport("language", found)
    head = read_head(text)
    digest = raw if raw is not None else text.encode("utf-8", "surrogatepass")
    return Report(
        id=id,
        text=text,
        title=title,
        url=url,
        outlet=outlet,
        published=(parse_date(published) if published else None) or head.published,
        language="en",
        sha256=sha256(digest).hexdigest(),
        truncated=is_truncated(text),
        body=head.body,
    )


def is_truncated(text: str) -> bool:
    """Whether a text breaks off in its last sentence."""
    end = text.rstrip()
    last_line = end.rsplit("\n", 1)[-1]
    if len(end) < _SHORT or end[-1] in _CLOSED:
        return False
    return not last_line.startswith(("--", "—", "(", "Source")) and " " in last_line.strip()
