"""One event and one report: every account in its words, and the way to the text and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.store import Store
from dateline.store.query import Filters, find_events, show
from dateline.types import Event

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def contested(coded: Path) -> Event:
    """The contested event with most accounts."""
    with Store(str(coded)) as store:
        return max(find_events(store, Filters(status="contested")), key=lambda e: (len(e.claims), e.id))


@pytest.fixture(scope="module")
def counted(coded: Path) -> Event:
    """The event with most numbers by different sources."""
    with Store(str(coded)) as store:
        return max(find_events(store), key=lambda e: (sum(len(f.by_source) for f in e.figures), e.id))


def test_each_source_has_its_column(visit: Visit, served: str, coded: Path, contested: Event) -> None:
    with Store(str(coded)) as store:
        versions = show(store, contested.id).versions
    page = visit(f"{served}/events/{contested.id}")
    accounts = page.get_by_role("group", name=re.compile("Accounts"))
    expect(accounts.get_by_role("article")).to_have_count(len(versions))
    voices = list(dict.fromkeys(v.told.voice for v in versions))
    expect(accounts.get_by_role("heading", level=3)).to_have_count(len(voices))
    assert len(voices) > 1
    for heading, voice in zip(accounts.get_by_role("heading", level=3).all_inner_texts(), voices, strict=True):
        assert heading.startswith(voice)
    for v in versions:  # words are marked just where the record says that they stand
        account = page.locator(f"[id='claim-{v.told.claim.id}']")
        assert v.told.claim.trigger.text in "".join(account.locator("mark.trigger").all_inner_texts())
        assert " ".join(account.locator("blockquote").inner_text().split()) == v.quote


def test_disagreements_stand_on_top_and_lead_to_the_words(visit: Visit, served: str, contested: Event) -> None:
    page = visit(f"{served}/events/{contested.id}")
    box = page.get_by_role("region", name="The sources do not agree")
    expect(box.get_by_role("term")).to_have_count(len(contested.disagreements))
    versions = page.get_by_role("region", name="What each source says")
    assert box.bounding_box()["y"] < versions.bounding_box()["y"]
    expect(versions.get_by_text("◆ differs")).to_have_count(0)  # it is drawn, not read out
    assert versions.locator(".odd").count() >= 2
    box.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("#claim-"))
    expect(page.locator("article:target")).to_be_in_viewport()


def test_figures_tell_low_best_high_and_each_source(visit: Visit, served: str, counted: Event) -> None:
    page = visit(f"{served}/events/{counted.id}")
    figures = page.get_by_role("region", name="How many").get_by_role("figure")
    expect(figures).to_have_count(len(counted.figures))
    for figure, told in zip(figures.all(), counted.figures, strict=True):
        if told.best is not None:
            expect(figure.locator("figcaption")).to_contain_text(f"best estimate {told.best:,g}")
        rows = figure.get_by_role("row").filter(has=page.get_by_role("rowheader"))
        expect(rows).to_have_count(len(told.by_source) + 1)
        for s in told.by_source:
            expect(figure.get_by_role("link", name=s.source, exact=True).first).to_be_attached()


def test_the_record_says_why_and_when(visit: Visit, served: str, contested: Event) -> None:
    page = visit(f"{served}/events/{contested.id}")
    why = page.get_by_role("region", name="Why these accounts were joined")
    why.locator("summary").first.click()
    expect(why.get_by_role("columnheader", name="Why")).to_be_visible()
    expect(why.get_by_role("row")).not_to_have_count(1)
    expect(page.get_by_role("region", name="History of this record").get_by_role("row")).not_to_have_count(1)
    expect(page.get_by_role("region", name="How it was told").get_by_role("listitem")).not_to_have_count(0)


def test_a_report_shows_the_words_of_the_chosen_claim(visit: Visit, served: str, coded: Path) -> None:
    with Store(str(coded)) as store:
        report = store.report("saraqeb-convoy")
        (known,) = store.coded(["saraqeb-convoy"])
    assert report is not None
    page = visit(f"{served}/reports/saraqeb-convoy")
    text = page.locator(".text")
    expect(text).to_have_text(re.compile("Turkish convoy"))
    assert text.evaluate("e => e.textContent") == report.text
    claims = page.get_by_role("region", name=f"{len(known.claims)} claims")
    expect(claims.get_by_role("button")).to_have_count(len(known.claims))
    claims.get_by_role("button").nth(3).click()
    claim = known.claims[3]
    expect(page).to_have_url(re.compile(f"claim={claim.id}$"))
    expect(text.locator("mark.trigger")).to_have_text([claim.trigger.text])
    marked = "".join(text.locator("mark").evaluate_all("all => all.map(m => m.textContent)"))
    assert report.text[claim.sentence.start : claim.sentence.end] in marked
    page.reload()
    expect(claims.get_by_role("button").nth(3)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(report.sha256)).to_be_visible()


def test_the_file_comes_as_it_was_received(visit: Visit, served: str) -> None:
    page = visit(f"{served}/reports/saraqeb-convoy")
    with page.expect_download() as download:
        page.get_by_role("link", name="The file as received").click()
    assert b"Turkish convoy" in Path(download.value.path()).read_bytes()


def test_a_claim_leads_to_its_event(visit: Visit, served: str, contested: Event) -> None:
    page = visit(f"{served}/events/{contested.claims[0]}")
    expect(page.get_by_text(contested.id)).to_be_visible()


@pytest.mark.parametrize("path", ["/events/e0000000000000000", "/reports/none"])
def test_what_is_not_there_is_said(visit: Visit, served: str, watch: Any, path: str) -> None:
    watch.expected.append("404")
    page = visit(served + path)
    expect(page.get_by_role("alert")).to_contain_text("Not found")


def test_an_unknown_page_leads_back(visit: Visit, served: str) -> None:
    page = visit(f"{served}/nowhere/at/all")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.get_by_role("link", name="To the map", exact=True).click()
    expect(page).to_have_url(f"{served}/")
