"""The page: self-contained, escaped, true to the report's words, and with no way in it that leads nowhere."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.html import page
from dateline.export.html_text import Mark, paragraph, paragraphs
from dateline.pipeline import Pipeline
from dateline.reconcile import reconcile
from dateline.types import CodedReport, Report

STORY = (
    "Army units entered Harim on Wednesday, <script>alert(1)</script> a monitor said.\n\n"
    "At least 12 people, among them four children, were killed in air strikes & shelling on the town."
)
OTHER = (
    "State media said 40 people were killed in an air strike on Harim on Wednesday. The army denied striking the town."
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
        if tag == "p" and values.get("class") == "text":
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.words += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture(scope="module")
def coded() -> list[CodedReport]:
    reports = [
        Report(id="r", text=STORY, published="2020-02-07", title='"><img src=x onerror=alert(1)>'),
        Report(id="<s>2</s>", text=OTHER, published="2020-02-07", outlet="<i>Wire</i>"),
    ]
    found = [c for c in Pipeline().code(reports) if isinstance(c, CodedReport)]
    assert all(c.claims for c in found)
    return found


@pytest.fixture(scope="module")
def html(coded: list[CodedReport]) -> str:
    return page(coded, reconcile(coded))


def test_words_of_the_reports_are_all_there(html: str) -> None:
    assert re.sub(r"\s+", "", read(html).words) == re.sub(r"\s+", "", STORY + OTHER)


def test_nothing_of_the_reports_becomes_markup(html: str) -> None:
    tags = [t for t, _ in read(html).tags]
    assert tags.count("script") == 1
    assert not {"img", "u"} & set(tags)
    assert not any(name.startswith("on") for _, values in read(html).tags for name in values)
    assert "<i>Wire" not in html
    assert "<s>" not in html


def test_no_request_leaves_the_page(html: str) -> None:
    assert "default-src 'none'" in html
    for tag, values in read(html).tags:
        assert "src" not in values, tag
        assert "style" not in values, f"{tag}: the policy forbids it"
        assert (values.get("href") or "#").startswith("#"), tag
    assert "url(" not in html
    assert "@import" not in html


def test_every_way_in_the_page_leads_somewhere(html: str) -> None:
    tags = read(html).tags
    names = [v["id"] for _, v in tags if "id" in v]
    assert len(names) == len(set(names))
    ways = [(v.get("href") or "")[1:] for t, v in tags if t == "a"]
    assert ways
    assert set(ways) <= set(names)


def test_every_field_points_at_words(html: str) -> None:
    tags = read(html).tags
    lit = {k for t, v in tags if t == "mark" for k in (v.get("data-keys") or "").split()}
    fields = {v["data-key"] for t, v in tags if t == "dd" and v.get("data-key")}
    assert fields
    assert fields <= lit
    cards = {v["id"] for t, v in tags if t == "details" and "card" in (v.get("class") or "")}
    assert {k for _, v in tags for k in (v.get("data-cards") or "").split()} <= cards


def test_events_show_each_sources_own_number() -> None:
    texts = (
        "An air strike on the market of Harim killed at least 12 people on Wednesday, a monitor said.",
        "An air strike on the market of Harim killed 40 people on Wednesday, the governor said.",
    )
    reports = [Report(id=str(n), text=t, published="2020-02-07") for n, t in enumerate(texts)]
    coded = [c for c in Pipeline().code(reports) if isinstance(c, CodedReport)]
    html = page(coded, reconcile(coded))
    at = html.index('id="events"')
    section = unescape(html[at : html.index("</section></div>", at)])
    assert "<b>12+</b>" in section
    assert "<b>40</b>" in section


def test_one_report_alone_has_no_contents(coded: list[CodedReport]) -> None:
    alone = page(coded[:1])
    assert 'class="contents"' not in alone
    assert 'id="events"' not in alone


def test_no_reports() -> None:
    assert "No reports" in page([])


@given(
    st.text(alphabet="ab<&\n\r\u2029 \u05d0", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=6),
)
def test_marks_that_overlap_keep_the_words(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [
        Mark(a, min(a + n, len(text)), f"r0c{k}a0", *((f"r0c{k}", "other") if k % 2 else ("", "")))
        for k, (a, n) in enumerate(spans)
        if a < len(text)
    ]
    whole = "".join(paragraph(0, text, a, b, marks) for a, b in paragraphs(text))
    assert re.sub(r"\s+", "", read(whole).words) == re.sub(r"\s+", "", text)
    assert whole.count("<mark") == whole.count("</mark>")
