"""A report that holds a script wherever a report can hold something: in a browser it stays words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dateline.store import Received, Store
from dateline.store.query import find_events
from making import claim, report

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
SCRIPT = "<script>window.struck = 1</script><img src=x onerror='window.struck = 1'><svg onload='window.struck = 1'>"


def test_a_script_in_a_report_stays_words_on_every_page(
    visit: Callable[..., Any], serve_store: Callable[[Path], str], built: None, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.db"
    one, other = (
        report(
            f"{n} {SCRIPT}",
            claim("capture", by=[SCRIPT], to=[SCRIPT], says=SCRIPT, words=SCRIPT, killed=killed, modality=modality),
            title=SCRIPT,
            outlet=f"{n} {SCRIPT}",
            text=SCRIPT * 3,
        )
        for n, killed, modality in (("one", 3, "asserted"), ("other", 30, "denied"))
    )
    with Store(str(path), by=SCRIPT) as store:
        store.add([Received(coded=x, raw=SCRIPT.encode(), origin=f"/{SCRIPT}.html") for x in (one, other)], why=SCRIPT)
        event = find_events(store)[0].id
    address = serve_store(path)
    page = visit(address)
    page.on("dialog", lambda d: pytest.fail(f"a script ran: {d.message}"))
    for where in (
        "/",
        f"/?source={quote(SCRIPT)}&q={quote(SCRIPT)}",
        f"/events/{event}",
        f"/reports/{quote('one ' + SCRIPT, safe='')}",
        "/review",
        "/review/rounds",
        "/ledgers/control",
        "/ledgers/control?place=Saraqeb",
        "/ledgers/figures",
        "/ledgers/sources",
    ):
        page.goto(address + where)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.struck") is None, where
        assert page.locator("main img[src=x], main svg[onload]").count() == 0, where
    page.goto(f"{address}/events/{event}")
    expect(page.get_by_role("article").first).to_contain_text("<script>window.struck = 1</script>")
