"""Text → a report: its date, where its body begins, whether it breaks off, its language."""

from __future__ import annotations

import re
from hashlib import sha256

from dateline.errors import RejectedReport
from dateline.read.head import parse_date, read_head
from dateline.read.language import other_language
from dateline.types import Report

MOST = 2_000_000
"""Characters of the longest report that is read; a longer text is no report."""

_STOP = re.compile(r"(?<![\s.][A-Za-z])[.!?]+[\"\u201d\u2019»)\]']*(?=\s|$)")
_CLOSED = ".!?\"'”’»)]:;*"
_SHORT = 120  # a text shorter than this may be a headline, which needs no full stop
_LONGEST_SIGNATURE = 9  # words after the last sentence that may be a byline or an agency's mark
_OPEN = frozenset(
    "a an the of in on at to by for from with and or but that which who whose as into towards toward near their its"
    " his her has have had was were is are be been being than between against".split()
)
"""Words that no sentence ends with."""
_SIGNED = frozenset("and of the by with for also agencies bulletin reporting editing additional".split())


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
    if not text.strip() and not title.strip():
        raise RejectedReport("empty", "no text")
    if len(text) > most:
        raise RejectedReport("too-large", f"{len(text):,} characters, more than {most:,}")
    found = language.lower()[:2] if language else other_language(text if text.strip() else title)
    if found and found != "en":
        raise RejectedReport("language", found)
    head = read_head(text)
    digest = raw if raw is not None else text.encode("utf-8", "surrogatepass")
    return Report(
        id=id,
        text=text,
        title=title or head.title,
        url=url,
        outlet=outlet,
        published=(parse_date(published) if published else None) or head.published,
        language="en",
        sha256=sha256(digest).hexdigest(),
        truncated=is_truncated(text),
        body=head.body,
    )


def is_truncated(text: str) -> bool:
    """Whether a text breaks off in its last sentence.

    A byline or an agency's mark after the last full stop is none; nor is a text with no full stop in it at all,
    unless it ends with a word that no sentence ends with.
    """
    end = text.rstrip()
    if end.endswith(("…", "[…]", "...", "[...]", ",", "(")):
        return len(end) > _SHORT or not end.endswith("...")
    if not end or end[-1] in _CLOSED:
        return False
    last = end.rsplit(None, 1)[-1].lower()
    if last in _OPEN:
        return True
    stop = 0
    for m in _STOP.finditer(end):
        stop = m.end()
    return len(end) >= _SHORT and stop > 0 and not _is_signature(end[stop:])


def _is_signature(tail: str) -> bool:
    """Whether what follows the last sentence is names and numbers only: "--Reuters", "Source News and agencies"."""
    words = _WORD.findall(tail)
    return len(words) <= _LONGEST_SIGNATURE and all(not w[0].islower() or w in _SIGNED for w in words)


_WORD = re.compile(r"[^\W_]+")
