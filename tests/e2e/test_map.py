"""The first page: map, list, filters and time, as a newcomer meets them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from dateline.store import Store

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
Visit = Callable[..., Any]

KAFRANBEL = "36.0645,35.1138,37.0645,36.1138"  # a window with the town in its middle


def events(page: Any) -> Any:
    return page.get_by_role("region", name="Events", exact=True).get_by_role("listitem")


def heading(page: Any) -> Any:
    return page.get_by_role("region", name="Events", exact=True).get_by_role("heading", level=2)


def asked(page: Any) -> dict[str, list[str]]:
    """What the address asks for."""
    return parse_qs(urlsplit(page.url).query)


def drawn(page: Any) -> None:
    """Wait until the map is there."""
    expect(page.locator(".map canvas.maplibregl-canvas")).to_be_visible()
    expect(page.get_by_text("Drawing the map")).to_have_count(0)


def test_a_newcomer_finds_a_contested_event_and_the_words_behind_it(visit: Visit, served: str) -> None:
    page = visit(served)
    drawn(page)
    expect(events(page)).not_to_have_count(0)
    page.get_by_label("Order").select_option(label="Most in doubt first")
    first = events(page).first
    expect(first).to_contain_text("Contested")
    title = first.get_by_role("link").inner_text()
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("heading", name="The sources do not agree")).to_be_visible()
    account = page.get_by_role("article").first
    words = account.locator("mark.trigger").first.inner_text()
    account.get_by_role("link").first.click()
    expect(page.locator(".text mark.trigger")).to_have_text([words])
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Order")).to_have_value("queue")
    expect(events(page).first).to_contain_text(title)


def test_filters_live_in_the_address(visit: Visit, served: str) -> None:
    page = visit(served)
    expect(events(page)).not_to_have_count(0)
    everything = heading(page).inner_text()
    page.get_by_role("button", name="Filters").click()
    source = page.get_by_role("combobox", name="Source")
    name = source.locator("option").nth(1).get_attribute("value")
    source.select_option(name)
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    page.get_by_role("checkbox", name="Single source").check()
    page.get_by_label("From", exact=True).first.fill("2020-01-01")
    page.get_by_label("From", exact=True).first.blur()
    expect(page).to_have_url(re.compile("since=2020-01-01"))
    wanted = {"source": [name], "status": ["single-source"], "since": ["2020-01-01"]}
    assert asked(page) == wanted
    expect(page.get_by_role("region", name="Events", exact=True)).to_have_attribute("aria-busy", "false")
    expect(heading(page)).not_to_have_text(everything)
    shown, titles = heading(page).inner_text(), events(page).get_by_role("link").all_inner_texts()
    page.reload()
    expect(heading(page)).to_have_text(shown)
    assert events(page).get_by_role("link").all_inner_texts() == titles
    assert asked(page) == wanted
    other = visit(page.url)  # someone who was sent the address
    expect(heading(other)).to_have_text(shown)
    page.get_by_role("button", name="Remove the filter From: 1 Jan 2020").click()
    expect(page).not_to_have_url(re.compile("since="))
    page.get_by_role("button", name="Filters", exact=False).first.click()
    page.get_by_role("button", name="Clear all filters").click()
    expect(heading(page)).to_have_text(everything)
    assert asked(page) == {}


def test_time_moves_by_keyboard_and_narrows_the_list(visit: Visit, served: str) -> None:
    page = visit(served)
    expect(events(page)).not_to_have_count(0)
    everything = heading(page).inner_text()
    since = page.get_by_role("slider", name="From")
    since.press("End")
    expect(page).to_have_url(re.compile("since="))
    expect(heading(page)).not_to_have_text(everything)
    late = heading(page).inner_text()
    page.reload()
    expect(heading(page)).to_have_text(late)
    page.get_by_role("button", name="All time").click()
    expect(heading(page)).to_have_text(everything)
    assert asked(page) == {}


def test_time_plays_to_its_end(visit: Visit, served: str) -> None:
    page = visit(f"{served}/?since=2024-06-01&until=2024-10-31")
    page.get_by_role("button", name="Play").click()
    expect(page).to_have_url(re.compile("since=2024-07-01"))
    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")
    assert "until" not in asked(page)


def test_the_list_follows_the_map(visit: Visit, served: str) -> None:
    page = visit(served)
    drawn(page)
    everything = heading(page).inner_text()
    for _ in range(3):
        before = page.url
        page.get_by_role("button", name="Zoom in").click()
        expect(page).not_to_have_url(before)  # the map has come to rest
    expect(page).to_have_url(re.compile("box="))
    expect(heading(page)).to_contain_text("in the map’s window")
    expect(heading(page)).not_to_contain_text(re.compile(rf"^\s*{everything.split()[0]}\b"))  # fewer, once it is asked
    page.get_by_role("button", name="Show all places").first.click()
    expect(heading(page)).to_have_text(everything)


def test_a_symbol_opens_the_events_at_its_place(visit: Visit, served: str) -> None:
    page = visit(f"{served}/?box={quote(KAFRANBEL)}")
    drawn(page)
    box = page.locator(".map canvas.maplibregl-canvas").bounding_box()
    picked = page.locator(".picked").get_by_role("link")

    def click() -> bool:
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        return bool(picked.count())

    page.wait_for_function("() => performance.getEntriesByType('resource').some((r) => r.name.includes('/api/map'))")
    for _ in range(300):  # until the symbols are drawn
        if click():
            break
        page.evaluate("() => new Promise(requestAnimationFrame)")
    title = picked.first.inner_text()
    picked.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_who_holds_what_is_shown_on_a_day(visit: Visit, served: str) -> None:
    page = visit(f"{served}/?until=2020-02-28")
    drawn(page)
    page.get_by_role("checkbox", name="Who holds what").check()
    expect(page.get_by_role("checkbox", name="Who holds what, 28 Feb 2020")).to_be_checked()
    assert asked(page) == {"until": ["2020-02-28"], "control": ["on"]}
    page.get_by_text("Key", exact=True).click()
    expect(page.locator(".legend .square")).not_to_have_count(0)
    page.reload()
    expect(page.get_by_role("checkbox", name="Who holds what, 28 Feb 2020")).to_be_checked()


def test_the_keyboard_alone_is_enough(visit: Visit, served: str) -> None:
    page = visit(served)
    expect(events(page)).not_to_have_count(0)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    first = events(page).first.get_by_role("link")
    for _ in range(8):
        page.keyboard.press("Tab")
        if first.evaluate("e => e === document.activeElement"):
            break
    expect(first).to_be_focused()
    title = first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_on_a_phone_the_list_is_below_the_map(visit: Visit, served: str) -> None:
    page = visit(served, viewport={"width": 390, "height": 844})
    expect(events(page)).not_to_have_count(0)
    map_box = page.get_by_role("region", name=re.compile("Map of events")).bounding_box()
    list_box = page.get_by_role("region", name="Events", exact=True).bounding_box()
    assert list_box["y"] >= map_box["y"] + map_box["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation").get_by_role("link", name="Figures")).to_be_visible()


def test_nothing_found_is_said_with_a_way_back(visit: Visit, served: str) -> None:
    page = visit(f"{served}/?q=zeppelin")
    expect(page.get_by_text("No event matches")).to_be_visible()
    page.get_by_role("region", name="Events", exact=True).get_by_role("button", name="Clear all filters").click()
    expect(events(page)).not_to_have_count(0)


def test_a_lost_server_is_said_and_asked_again(visit: Visit, served: str, watch: Any) -> None:
    page = visit(served)
    drawn(page)  # its parts are loaded
    expect(events(page)).not_to_have_count(0)
    watch.expected.append("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    page.get_by_label("Order").select_option(label="Oldest first")
    alert = page.get_by_role("region", name="Events", exact=True).get_by_role("alert")
    expect(alert).to_contain_text("cannot be reached")
    page.context.set_offline(False)
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_have_count(0)
    expect(events(page)).not_to_have_count(0)


def test_without_graphics_the_list_works(browser: Any, watch: Any, served: str) -> None:
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = watch.page(context.new_page())
    page.goto(served)
    expect(page.get_by_text("The list works without the map.")).to_be_visible()
    expect(events(page)).not_to_have_count(0)
    context.close()


def test_the_first_page_is_small(browser: Any, watch: Any, served: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = watch.page(context.new_page())
    got: dict[str, Any] = {}
    context.on("response", lambda r: got.setdefault(r.url, r))
    page.goto(served)
    drawn(page)
    page.wait_for_load_state("networkidle")
    files = {url: r.body() for url, r in list(got.items()) if "/api/" not in url}
    base = [url for url in files if "countries-50m" in url]
    assert len(base) == 1
    size = {url: len(gzip.compress(body)) for url, body in files.items() if url not in base}
    assert sum(size.values()) < 500_000, size
    assert sum(n for url, n in size.items() if not re.search("draw|maplibre|world", url)) < 100_000, size
    context.close()


def test_an_empty_store_says_what_to_do(visit: Visit, serve_store: Callable[[Path], str], tmp_path: Path) -> None:
    with Store(str(tmp_path / "empty.db")):
        pass
    page = visit(serve_store(tmp_path / "empty.db"))
    expect(page.get_by_text("The store is empty")).to_be_visible()
    expect(page.get_by_text("No event has a date")).to_be_visible()
    drawn(page)
