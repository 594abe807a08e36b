"""Pictures of the main pages, for a person to look at; the documents show those of the last release.

Set DATELINE_SCREENS to a folder to keep them: ``DATELINE_SCREENS=docs/images python -m pytest tests/e2e/test_screens.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.store import Store
from dateline.store.query import Filters, find_events

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.fixture(scope="module")
def pages(coded: Path) -> dict[str, str]:
    """The pages' paths by the pictures' names."""
    with Store(str(coded)) as store:
        event = max(find_events(store, Filters(status="contested")), key=lambda e: (len(e.claims), e.id))
    return {"map": "/", "event": f"/events/{event.id}", "review": "/review"}


@pytest.mark.parametrize("name", ["map", "event", "review"])
def test_a_page_makes_a_picture(name: str, visit: Callable[..., Any], served: str, pages: Any, tmp_path: Path) -> None:
    page = visit(served + pages[name])
    expect(page.get_by_role("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Drawing the map")).to_have_count(0)
    path = Path(os.environ.get("DATELINE_SCREENS", tmp_path)) / f"{name}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, type="jpeg", quality=75)
    assert path.stat().st_size > 20_000, "an empty page"
