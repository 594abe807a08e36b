"""More events than a map can show one by one: they stand together, and a click looks into them."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dateline.store import Received, Store
from making import claim, place, report

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
TOWNS, DAYS = 40, 50


@pytest.fixture(scope="module")
def crowded(built: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two thousand events in forty towns."""
    path = tmp_path_factory.mktemp("clusters") / "crowded.db"
    towns = [
        replace(place("Saraqeb"), name=f"Town {n}", geonameid=100 + n, lat=34.5 + n // 8 * 0.5, lon=36.0 + n % 8 * 0.6)
        for n in range(TOWNS)
    ]
    days = [(date(2020, 1, 1) + timedelta(days=30 * n)).isoformat() for n in range(DAYS)]
    with Store(str(path), by="tester") as store:
        store.add(
            (
                Received(coded=report(f"r{n}", *(claim(on=day, place=town) for day in days)), raw=b"")
                for n, town in enumerate(towns)
            ),
            batch=TOWNS,
        )
    return path


def pixel(at: tuple[float, float], window: str, size: dict[str, float]) -> tuple[float, float]:
    """Where a point stands on a map that shows a window."""
    west, south, east, north = map(float, window.split(","))
    high, low, y = (math.asinh(math.tan(math.radians(v))) for v in (north, south, at[1]))
    return (
        size["x"] + (at[0] - west) / (east - west) * size["width"],
        size["y"] + (high - y) / (high - low) * size["height"],
    )


def test_a_click_on_a_cluster_looks_into_it(
    visit: Callable[..., Any], serve_store: Callable[[Path], str], crowded: Path
) -> None:
    page = visit("about:blank")
    asked: list[Any] = []
    page.on("response", lambda r: asked.append(r) if "/api/map?" in r.url else None)
    address = serve_store(crowded)
    page.goto(f"{address}/?box=32,32,46,39")
    canvas = page.locator(".map canvas.maplibregl-canvas")
    expect(canvas).to_be_visible()
    expect(page.get_by_text("Drawing the map")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    window = parse_qs(urlsplit(asked[-1].url).query)["box"][0]
    clusters = [f for f in asked[-1].json()["features"] if f["properties"]["kind"] == "cluster"]
    assert sum(c["properties"]["count"] for c in clusters) == TOWNS * DAYS
    chosen = max(clusters, key=lambda c: c["properties"]["count"])
    assert chosen["properties"]["count"] > DAYS
    x, y = pixel(tuple(chosen["geometry"]["coordinates"]), window, canvas.bounding_box())
    for _ in range(30):  # a click before the symbols are drawn hits nothing
        page.mouse.click(x, y)
        with suppress(playwright.TimeoutError):
            page.wait_for_url(near, timeout=2000)
            break
    assert near(page.url)
    west, south, east, north = box_of(page.url)
    w, s, e, n = chosen["properties"]["box"]
    assert west <= w <= e <= east
    assert south <= s <= n <= north
    expect(page.get_by_role("region", name="Events", exact=True).get_by_role("heading", level=2)).to_contain_text(
        "in the map’s window"
    )


def box_of(url: str) -> tuple[float, ...]:
    """The window of the map that an address names: west, south, east, north."""
    return tuple(map(float, parse_qs(urlsplit(url).query)["box"][0].split(",")))


def near(url: str) -> bool:
    """Whether an address shows less than half of what the test began with."""
    west, _, east, _ = box_of(url)
    return east - west < 14 / 2
