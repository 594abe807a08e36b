"""The page: self-contained, escaped, and true to the report's words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dateline.export.html import page
from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report

STORY = (
    "Army units entered Harim on Wednesday, <script>alert(1)</script> a monitor said.\n\n"
    "At least 12 people, among them four children, were killed in air strikes & shelling on the town."
)


class Reader(HTMLParser):
    """Collects tags, the text of the report and the marks in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag == "section" and values.get("class") == "text":
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.words += data


@pytest.fixture(scope="module")
def html() -> str:
    (coded,) = Pipeline().code(
        [Report(id="r", text=STORY, published="2020-02-07", title='"><img src=x onerror=alert(1)>')]
    )
    assert isinstance(coded, CodedReport)
    assert coded.claims
    return page([coded])


def test_words_of_the_report_are_all_there(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    assert re.sub(r"\s+", "", reader.words) == re.sub(r"\s+", "", STORY)


def test_nothing_of_the_report_becomes_markup(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    assert [t for t, _ in reader.tags].count("script") == 1
    assert not any(t == "img" for t, _ in reader.tags)


def test_no_request_leaves_the_page(html: str) -> None:
    assert "default-src 'none'" in html
    reader = Reader()
    reader.feed(html)
    for tag, values in reader.tags:
        assert "src" not in values, tag
        assert (values.get("href") or "#").startswith("#"), tag


def test_every_field_points_at_words(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    lit = {k for t, v in reader.tags if t == "mark" for k in (v.get("data-keys") or "").split()}
    fields = {v["data-key"] for t, v in reader.tags if t == "dd" and v.get("data-key")}
    assert fields
    assert fields <= lit


def test_no_reports() -> None:
    assert "No reports" in page([])
