"""Who is let in, and that every page can be read by everyone: landmarks, names, contrast."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.store import Store
from dateline.store.query import Filters, find_events

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
Visit = Callable[..., Any]
PAGES = [
    "/",
    "/?status=contested&until=2020-03-10",
    "EVENT",
    "/reports/saraqeb-convoy",
    "/review",
    "/review/rounds",
    "/ledgers/control",
    "/ledgers/figures",
    "/ledgers/deadlines",
    "/ledgers/sources",
    "/login",
    "/nowhere",
]


@pytest.fixture(scope="module")
def event(coded: Path) -> str:
    with Store(str(coded)) as store:
        return find_events(store, Filters(status="contested"))[0].id


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_serious_fault(
    visit: Visit, served: str, faults: Callable[[Any], list[str]], event: str, path: str, scheme: str
) -> None:
    page = visit(served + (f"/events/{event}" if path == "EVENT" else path), color_scheme=scheme)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.wait_for_load_state("networkidle")
    if path.split("?")[0] == "/":
        page.get_by_role("button", name="Filters").click()
        page.get_by_text("Key", exact=True).click()
    assert faults(page) == []


def test_strangers_are_sent_to_the_door_and_back(
    visit: Visit, serve: Callable[..., str], log_in: Any, event: str
) -> None:
    address = serve("viewer", "reviewer")
    page = visit(f"{address}/events/{event}?x=1")
    expect(page).to_have_url(f"{address}/login?next=%2Fevents%2F{event}%3Fx%3D1")
    log_in(page, "reviewer")
    expect(page).to_have_url(f"{address}/events/{event}?x=1")
    expect(page.get_by_role("heading", name="What each source says")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="Review")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()


def test_a_wrong_password_is_refused(visit: Visit, serve: Callable[..., str], log_in: Any, watch: Any) -> None:
    watch.expected.append("401")
    page = visit(f"{serve('viewer')}/login")
    log_in(page, "viewer", "something else")
    expect(page.get_by_role("alert")).to_contain_text("user or password is wrong")
    expect(page.get_by_label("Password")).to_have_value("")
    log_in(page, "viewer")
    expect(page.get_by_role("region", name="Events", exact=True)).to_be_visible()


def test_viewers_are_not_shown_what_is_for_reviewers(visit: Visit, serve: Callable[..., str], log_in: Any) -> None:
    page = visit(f"{serve('viewer')}/reports/saraqeb-convoy")
    log_in(page, "viewer")
    expect(page.locator(".text")).to_be_visible()
    expect(page.get_by_role("link", name="The file as received")).to_have_count(0)
    expect(page.get_by_role("navigation").get_by_role("link", name="Review")).to_have_count(0)


def test_the_door_leads_to_no_other_site(visit: Visit, serve: Callable[..., str], log_in: Any) -> None:
    address = serve("viewer")
    page = visit(f"{address}/login?next=//elsewhere.example/")
    log_in(page, "viewer")
    expect(page.get_by_role("region", name="Events", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{address}/")


def test_no_page_may_be_framed_or_load_from_elsewhere(visit: Visit, served: str) -> None:
    page = visit("about:blank")
    policy = page.goto(served).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
