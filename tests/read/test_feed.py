"""Feeds of every dialect, and what a feed must not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import ReadError, RejectedReport
from dateline.read import read_paths
from dateline.read.feed import opml_file, plain, read_feed, read_opml
from dateline.types import Report

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Hill &amp; Valley News</title>
<item><title>Bridge shelled</title><link>https://news.example/1</link><guid isPermaLink="false">hv-1</guid>
<pubDate>Fri, 07 Feb 2020 23:30:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Gunmen shelled the bridge on Friday.</p><p>Two soldiers were <b>killed</b>.</p><script>x()</script>]]></content:encoded></item>
<item><title>Only a title, no more than that</title><link>https://news.example/2</link></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title><entry><id>urn:x:7</id><title>Ferry hit</title>
<link rel="self" href="https://coast.example/feed/7"/><link href="https://coast.example/7"/><updated>2021-03-01T10:00:00Z</updated>
<summary type="html">A rocket hit the ferry &lt;i&gt;Ilse&lt;/i&gt; on Monday.</summary></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Plain</title></channel><item rdf:about="u"><title>T</title><link>https://p.example/3</link><dc:date>2019-05-06</dc:date>
<description>Police fired on the crowd.</description></item></rdf:RDF>"""

BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd"><rss/>'


def test_rss() -> None:
    outlet, (first, second) = read_feed(RSS.encode())
    assert outlet == "Hill & Valley News"
    assert (first.id, first.url, first.published) == ("hv-1", "https://news.example/1", "2020-02-07")
    assert first.text == "Gunmen shelled the bridge on Friday.\n\nTwo soldiers were killed."
    assert (second.id, second.text, second.published) == ("https://news.example/2", "", None)


def test_atom() -> None:
    outlet, (entry,) = read_feed(ATOM.encode())
    assert (outlet, entry.id, entry.url, entry.published) == (
        "Coast",
        "urn:x:7",
        "https://coast.example/7",
        "2021-03-01",
    )
    assert entry.text == "A rocket hit the ferry Ilse on Monday."


def test_rdf() -> None:
    outlet, (entry,) = read_feed(RDF.encode())
    assert (outlet, entry.id, entry.published, entry.text) == (
        "Plain",
        "https://p.example/3",
        "2019-05-06",
        "Police fired on the crowd.",
    )


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, BOMB.encode("utf-16"), "\n\n" + BOMB])
def test_a_doctype_is_refused(xml: str | bytes) -> None:
    with pytest.raises(RejectedReport, match="DOCTYPE"):
        read_feed(xml if isinstance(xml, bytes) else xml.encode())


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>404</body></html>", b"<rss><channel>", b"\x00\x01", b"<a>" * 500 + b"</a>" * 500]
)
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(RejectedReport):
        read_feed(data)


def test_an_encoding_that_the_feed_denies() -> None:
    feed = RSS.replace("Bridge shelled", "Caf\u00e9 shelled \u2013 again").encode("cp1252")
    _, entries = read_feed(feed)
    assert entries[0].title == "Caf\u00e9 shelled \u2013 again"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a < b & c", "a < b & c"),
        ("Fish &amp; chips", "Fish & chips"),
        ("one<br/>two", "one\n\ntwo"),
        ("<p>wrapped\nline</p>", "wrapped line"),
        ("<style>p{}</style>seen<script>1<2</script>", "seen"),
        ("<b>un<i>closed", "unclosed"),
    ],
)
def test_plain(markup: str, text: str) -> None:
    assert plain(markup) == text


def test_a_saved_feed_is_read_as_reports(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_text(RSS, "utf-8")
    first, second = read_paths([path])
    assert isinstance(first, Report)
    assert (first.id, first.title, first.outlet, first.published) == (
        "hv-1",
        "Bridge shelled",
        "Hill & Valley News",
        "2020-02-07",
    )
    assert isinstance(second, Report)
    assert second.text == "Only a title, no more than that"


def test_opml_and_plain_lists() -> None:
    opml = b'<opml version="2.0"><body><outline text="a"><outline xmlUrl="https://a.example/f"/></outline><outline xmlUrl="https://b.example/f"/><outline xmlUrl="https://a.example/f"/></body></opml>'
    assert read_opml(opml) == ["https://a.example/f", "https://b.example/f"]
    assert read_opml(b"# ours\nhttps://a.example/f\n\nhttps://b.example/f # theirs\n") == [
        "https://a.example/f",
        "https://b.example/f",
    ]


def test_an_empty_list_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text("<opml><body/></opml>")
    with pytest.raises(ReadError, match=r"feeds\.opml"):
        opml_file(path)
