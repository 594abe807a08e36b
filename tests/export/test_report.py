"""The report page: one file, no request, no script, every word escaped, a map that shows where."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from bundled import ODD, SCRIPT, bundle, fitted, odd_bundle, strikes
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from dateline.export import report_map
from dateline.export.bundle import Options, export
from dateline.export.cells import line
from dateline.export.report import MOST, chosen, page, write
from making import claim, report

SHOWN = Options(private=True)


def test_it_asks_nothing_of_any_network(tmp_path: Path) -> None:
    first = strikes()[0]
    first = replace(first, report=replace(first.report, url="https://example.org/a"))
    written = write(bundle([first, *strikes()[1:]]), tmp_path / "x.html", SHOWN)
    text = (tmp_path / "x.html").read_text("utf-8")
    tree = html.fromstring(text)
    assert written.rows == 2
    assert not tree.xpath(
        "//script|//link|//img|//iframe|//object|//embed|//image|//use|//base|//form|//*[@src]|//*[@style]"
    )
    assert [h for h in tree.xpath("//@href") if not h.startswith("#")] == ["https://example.org/a"]
    assert not re.search(r"url\(|@import", text)
    assert not [n for e in tree.iter() for n in e.attrib if n.lower().startswith("on")]
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_every_link_inside_leads_somewhere() -> None:
    made = odd_bundle()
    tree = html.fromstring(page(made, chosen(made)))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = [h[1:] for h in tree.xpath("//@href") if h.startswith("#")]
    assert inside
    assert set(inside) <= set(ids)


def test_a_script_in_text_title_or_source_is_text() -> None:
    made = odd_bundle()
    tree = html.fromstring(page(made, chosen(made)))
    assert not tree.xpath("//script")
    said = tree.text_content()
    for words in ODD:
        assert line(words) in said or line(words) in " ".join(said.split())
    assert any(SCRIPT in q.text_content() for q in tree.xpath("//blockquote"))
    assert any(SCRIPT in q.text_content() for q in tree.xpath("//figcaption"))


def test_accounts_of_an_event_stand_side_by_side_and_their_difference_is_told() -> None:
    made = bundle(strikes())
    tree = html.fromstring(page(made, chosen(made)))
    (both,) = [s for s in tree.xpath("//section") if len(s.xpath(".//figure")) == 2]
    assert [v.text for v in both.xpath(".//figcaption/b")] == ["rescuers", "the ministry"]
    assert "They differ on how many killed" in both.text_content()
    assert len(tree.xpath("//tbody/tr")) == len(made.events)
    assert len(tree.xpath("//circle")) == 2


def test_private_names_are_not_in_it(tmp_path: Path) -> None:
    who = replace(claim().agents[0], name="Fatima Haddad", text="Fatima Haddad", sector="CVL", group="", actor_id=None)
    coded = fitted(report("a", replace(claim(), targets=(who,)), title="Fatima Haddad and the strike"))
    export("report", bundle([coded]), tmp_path / "x.html")
    assert "Haddad" not in (tmp_path / "x.html").read_text("utf-8")
    export("report", bundle([coded]), tmp_path / "x.html", SHOWN)
    assert "Fatima Haddad" in (tmp_path / "x.html").read_text("utf-8")


def test_of_many_events_the_most_disputed_are_shown(tmp_path: Path) -> None:
    many = [
        fitted(
            report(
                f"r{n:04}",
                claim(at=["Mosul", "Raqqa"][n % 2], on=f"{1000 + n // 2}-02-05"),
                published=f"{1000 + n // 2}-02-06",
            )
        )
        for n in range(MOST + 20)
    ]
    made = bundle([*many, *strikes()])
    written = write(made, tmp_path / "x.html", SHOWN)
    assert (written.rows, len(written.dropped)) == (MOST, len(made.events) - MOST)
    (joint,) = [e for e in made.events if len(e.claims) == 2]
    assert joint.id not in {d.id for d in written.dropped}


def test_without_events_and_without_places_there_is_still_a_page() -> None:
    empty = bundle([])
    assert "No events." in page(empty, [])
    nowhere = bundle([fitted(report("a", claim(at=None)))])
    text = page(nowhere, nowhere.events)
    assert "<svg" not in text
    assert "No event has a place on the map." in text


lons, lats = st.floats(-180, 180, width=32), st.floats(-85, 85, width=32)


@given(st.lists(st.tuples(lons, lats), min_size=1, max_size=6))
def test_every_point_is_on_the_map(points: list[tuple[float, float]]) -> None:
    view = report_map.view_of(points)
    for lon, lat in points:
        x, y = view.at(lon, lat)
        assert 0 <= x <= view.width
        assert 0 <= y <= view.height
    assert view.height <= 561


def test_the_outline_is_the_world() -> None:
    land, borders = report_map.outline()
    points = [p for ring in (*land, *borders) for p in ring]
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)
    assert all(ring[0] == ring[-1] for ring in land)
    assert _on_land(land, 36.8, 34.8)  # Syria
    assert _on_land(land, 15.0, 0.0)  # Congo
    assert not _on_land(land, -30.0, 30.0)  # the Atlantic
    assert not _on_land(land, 18.0, 34.5)  # the Mediterranean


def _on_land(land: list[list[tuple[float, float]]], lon: float, lat: float) -> bool:
    crossed = 0
    for ring in land:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
            crossed += (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
    return crossed % 2 == 1


def test_a_browser_shows_it_without_a_request_or_a_complaint(tmp_path: Path, browser: Any) -> None:
    write(odd_bundle(), tmp_path / "x.html", SHOWN)
    at = (tmp_path / "x.html").as_uri()
    for scheme, paper in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(17, 20, 24)")):
        tab = browser.new_page(color_scheme=scheme)
        asked: list[str] = []
        said: list[str] = []
        tab.on("request", lambda r, asked=asked: asked.append(r.url))
        tab.on("console", lambda m, said=said: said.append(m.text))
        tab.on("dialog", lambda d, said=said: (said.append(d.message), d.dismiss()))
        tab.goto(at)
        assert asked == [at]
        assert said == []
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert len(tab.pdf()) > 10_000
        tab.close()
