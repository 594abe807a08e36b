"""Bundles to test with: reports whose words try to break out of any file format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from dateline.codebook import load_codebook
from dateline.export.bundle import Bundle
from dateline.reconcile import reconcile
from dateline.types import Actor, Claim, CodedReport, Extent, Place, Source, Span, respan
from making import actor, claim, figure, place, report, source

SCRIPT = "<script>alert('x')</script>"
ODD = (
    'He said "no", then left; twice',
    "a,b;c|d\\e",
    "two\nlines\r\nand a\ttab",
    SCRIPT,
    '=HYPERLINK("http://example.org")',
    "جبهة في إدلب",
    "Збройні сили & «бригада»",
    "]]> &amp; <!-- -->",
    "bell\x07 and \x00 nul",
    "",
)
"""Words that a careless writer trips over."""

S = TypeVar("S", bound=Span)


def named(who: Actor, name: str) -> Actor:
    return replace(who, name=name, text=name or "them")


def odd_claim(words: str, type: str = "shelling", at: str | None = "Saraqeb", **more: Any) -> Claim:
    """A claim whose actor, source and figure bear these words."""
    said = replace(source("x"), name=words, text=words or "x", kind="media")
    made = claim(
        type, at=at, by=["rebels"], says="x", killed=(3, None), figures=[figure("displaced", None, 2500.0)], **more
    )
    who = named(actor("rebels"), words)
    return replace(made, agents=(replace(who, group="a group"),), sources=(said,))


def fitted(coded: CodedReport) -> CodedReport:
    """The report with a text in which every span of its claims stands where the claim says."""
    text, claims = "", []
    for c in coded.claims:
        start = len(text)
        parts: list[str] = []

        def put(span: S, parts: list[str] = parts, start: int = start) -> S:
            at = start + sum(len(p) + 1 for p in parts)
            parts.append(span.text)
            return replace(span, start=at, end=at + len(span.text))

        moved = respan(c, put)
        text += " ".join(parts) + " "
        claims.append(replace(moved, sentence=Extent(start=start, end=len(text) - 1)))
    return replace(coded, report=replace(coded.report, text=text), claims=tuple(claims))


def bundle(coded: Sequence[CodedReport]) -> Bundle:
    return Bundle(events=tuple(reconcile(coded)), coded=tuple(coded), codebook=load_codebook())


def odd_reports() -> list[CodedReport]:
    """A report for each of the odd words, in its title, outlet, text and fields; places on the map and off it."""
    spots = ["Saraqeb", "Binnish", "Aleppo", "Raqqa", None, "Nowhere"]
    out = []
    for n, words in enumerate(ODD):
        first = odd_claim(words, at=spots[n % len(spots)], on=f"2020-02-{n + 1:02}")
        second = odd_claim(words, "displacement", at="Mosul", on=None, to=["civilians"])
        coded = report(
            f"r{n}", first, second, outlet=words.replace("\x00", ""), title=words, published=f"2020-02-{n + 2:02}"
        )
        out.append(fitted(coded))
    return out


def odd_bundle() -> Bundle:
    return bundle(odd_reports())


def strikes() -> list[CodedReport]:
    """Two reports of one strike that give other numbers, and one of another place."""
    one = claim("air-strike", killed=5, to=["civilians"], says="rescuers")
    other = claim("air-strike", killed=9, to=["civilians"], says="the ministry")
    far = claim("shelling", at="Mosul", by=["ISIS"], killed=(2, None))
    return [
        fitted(report("a", one, outlet="One", title="A strike", published="2020-02-06")),
        fitted(report("b", other, outlet="Two", published="2020-02-07")),
        fitted(report("c", far, outlet="Three", published="2020-02-08")),
    ]


__all__ = ["ODD", "SCRIPT", "Place", "Source", "bundle", "fitted", "odd_bundle", "odd_reports", "place", "strikes"]
