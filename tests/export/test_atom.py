"""The feed: read by an XML reader and by Dateline's own reader of feeds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bundled import SCRIPT, bundle, fitted, odd_bundle, strikes
from lxml import etree, html

from dateline.export import feed
from dateline.export.bundle import Bundle, Options
from dateline.read.feed import read_feed
from making import claim, report

SHOWN = Options(private=True)
ATOM = "{http://www.w3.org/2005/Atom}"


def test_two_readers_find_the_same_entries(tmp_path: Path) -> None:
    made, path = odd_bundle(), tmp_path / "x.xml"
    written = feed.write(made, path, SHOWN)
    entries = list(etree.parse(path).iter(f"{ATOM}entry"))
    title, own = read_feed(path.read_bytes())
    assert title == "Dateline: events"
    assert written.rows == len(entries) == len(own) == len(made.events)
    assert [e.findtext(f"{ATOM}id") for e in entries] == [o.id for o in own]
    assert [str(e.findtext(f"{ATOM}title")).strip() for e in entries] == [o.title for o in own]
    assert [str(e.findtext(f"{ATOM}published"))[:10] for e in entries] == [o.published for o in own]
    ids = {feed.name(e.id) for e in made.events}
    assert {o.id for o in own} == ids


def test_every_entry_has_what_the_standard_wants_and_the_newest_is_first(tmp_path: Path) -> None:
    feed.write(bundle(strikes()), tmp_path / "x.xml", SHOWN)
    root = etree.parse(tmp_path / "x.xml").getroot()
    moments = [str(e.findtext(f"{ATOM}updated")) for e in root.iter(f"{ATOM}entry")]
    assert moments == sorted(moments, reverse=True)
    assert root.findtext(f"{ATOM}updated") == moments[0]
    for entry in (root, *root.iter(f"{ATOM}entry")):
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert root.findtext(f"{ATOM}author/{ATOM}name")


def test_a_script_is_text(tmp_path: Path) -> None:
    feed.write(odd_bundle(), tmp_path / "x.xml", SHOWN)
    parts = [str(e.findtext(f"{ATOM}content")) for e in etree.parse(tmp_path / "x.xml").iter(f"{ATOM}entry")]
    assert not [p for p in parts if "<script" in p]
    assert any(SCRIPT in html.fromstring(f"<div>{p}</div>").text_content() for p in parts)


def test_only_web_addresses_become_links(tmp_path: Path) -> None:
    good, bad = strikes()[0], strikes()[2]
    good = replace(good, report=replace(good.report, url='https://example.org/a?b=1&c="2"'))
    bad = replace(bad, report=replace(bad.report, url="javascript:alert(1)"))
    feed.write(bundle([good, bad]), tmp_path / "x.xml", SHOWN)
    links = [link.get("href") for link in etree.parse(tmp_path / "x.xml").iter(f"{ATOM}link")]
    assert links == ['https://example.org/a?b=1&c="2"']
    assert "javascript:" not in (tmp_path / "x.xml").read_text("utf-8")


def test_the_oldest_and_the_undated_are_left_out_and_named(tmp_path: Path) -> None:
    many = [
        fitted(
            report(
                f"r{n:03}",
                claim(at=["Mosul", "Raqqa"][n % 2], on=f"{1900 + n // 2}-02-05"),
                published=f"{1900 + n // 2}-02-06",
            )
        )
        for n in range(2 * feed.MOST)
    ]
    undated = fitted(report("u", claim("protest", at="Aleppo", on=None), published=None))
    made = bundle([*many, undated])
    written = feed.write(made, tmp_path / "x.xml", SHOWN)
    assert written.rows == feed.MOST
    assert written.rows + len(written.dropped) == len(made.events)
    assert written.reasons["none of its reports has a date"] == 1
    shown = [o.published for o in read_feed((tmp_path / "x.xml").read_bytes())[1]]
    left = {e.last_reported for e in made.events if e.id in {d.id for d in written.dropped} and e.last_reported}
    assert min(d for d in shown if d) >= max(d for d in left if d)


def test_an_event_keeps_its_name_and_an_empty_feed_is_one(tmp_path: Path) -> None:
    assert feed.name("e1") == feed.name("e1") != feed.name("e2")
    empty = Bundle(events=(), coded=(), codebook=odd_bundle().codebook)
    feed.write(empty, tmp_path / "x.xml", SHOWN)
    assert read_feed((tmp_path / "x.xml").read_bytes()) == ("Dateline: events", [])
