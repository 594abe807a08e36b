"""A claim's words in their report, and how reports are named beside them."""

from __future__ import annotations

from typing import Any

from dateline.types import Claim, Report

AROUND = 240  # characters shown before and after a claim's sentence


def quote_of(text: str, claim: Claim) -> dict[str, str]:
    """The sentence of a claim, and what stands before and after it, cut at a space."""
    start, end = claim.sentence.start, claim.sentence.end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0]
    return {"before": before, "text": text[start:end], "after": after}


def head_of(r: Report) -> dict[str, Any]:
    """What is said of a report beside a claim of it."""
    return {
        "id": r.id,
        "title": r.title,
        "outlet": r.outlet,
        "published": r.published,
        "url": r.url,
        "sha256": r.sha256,
    }
