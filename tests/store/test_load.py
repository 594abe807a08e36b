"""Coded reports of files into a store: all of it, once, and nothing that does not hold together."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from kept import events, many, received, whole

from dateline.export.native import line_of
from dateline.reconcile import reconcile
from dateline.record import encode
from dateline.store import Store, verify
from dateline.store.load import load
from dateline.types import CodedReport, Event, bare, respan
from making import claim, report


def plain(coded: CodedReport) -> CodedReport:
    """The report with spans that name no offsets, so that any text will do."""
    claims = tuple(respan(c, bare) for c in coded.claims)
    return replace(coded, claims=claims)


def native(coded: Iterable[CodedReport], made: Iterable[Event] = ()) -> list[tuple[int, bytes]]:
    """Lines with texts; all the events on the first."""
    left = tuple(made)
    out = []
    for n, c in enumerate(coded, 1):
        out.append((n, msgspec.json.encode(line_of(c, left))))
        left = ()
    return out


def some(count: int) -> list[CodedReport]:
    return [plain(c) for c in many(count)]


def test_what_is_loaded_is_what_was_added(store: Store) -> None:
    coded = some(24)
    loaded = load(store, native(coded), "x.jsonl")
    assert (loaded.new, loaded.known, loaded.rejects) == (24, 0, [])
    assert events(store) == whole(coded)
    assert {r.id: r.text for r in store.reports()} == {c.report.id: c.report.text for c in coded}
    assert store.origin("r0003") == "x.jsonl:4"
    again = load(store, native(coded), "x.jsonl")
    assert (again.new, again.corrected, again.recoded, again.known) == (0, 0, 0, 24)
    assert verify(store.engine).faults == ()


def test_another_coding_of_a_known_report_stands_beside_the_old_one(file: Store) -> None:
    coded = some(4)
    file.add(received(*coded))
    other = replace(coded[1], claims=coded[1].claims[:1], codebook="test 2")
    loaded = load(file, native([coded[0], other]))
    assert (loaded.known, loaded.recoded, loaded.corrected) == (1, 1, 0)
    assert events(file) == whole([coded[0], other, *coded[2:]])


def test_another_text_is_a_correction(file: Store) -> None:
    coded = some(2)
    file.add(received(*coded))
    new = replace(coded[0], report=replace(coded[0].report, text="Quite another text of that report.", sha256="x"))
    assert load(file, native([new])).corrected == 1
    kept = file.report("r0000")
    assert kept is not None
    assert kept.text == new.report.text


def test_a_line_without_text_takes_the_one_that_is_there(file: Store) -> None:
    coded = some(3)
    file.add(received(*coded[:2]))
    loaded = load(file, [(n, encode(c)) for n, c in enumerate(coded, 1)])
    assert (loaded.new, loaded.known) == (1, 2)
    assert {r.id: bool(r.text) for r in file.reports()} == {"r0000": True, "r0001": True, "r0002": False}


def test_two_codings_in_one_file_are_both_kept_the_later_counts(file: Store) -> None:
    (coded,) = some(1)
    later = replace(coded, claims=coded.claims[:1])
    loaded = load(file, native([coded, later]))
    assert (loaded.new, loaded.recoded) == (1, 1)
    assert events(file) == whole([later])


def changed(**fields: Any) -> bytes:
    """A good line with some fields of its report or its first claim changed ("claim.place.lat")."""
    ((_, data),) = native(some(1))
    line = json.loads(data)
    for name, value in fields.items():
        *path, last = name.split("__")
        at = line
        for key in path:
            at = at["claims"][0] if key == "claim" else at[key]
        at[last] = value
    return json.dumps(line).encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "truncated"),
        (b"\xff\xfe", "malformed"),
        (b'{"report": 3, "claims": []}', r"\$.report"),
        (changed(report__id=""), "an id is empty"),
        (changed(report__id="a\nb"), "control characters"),
        (changed(report__outlet="a\x00b"), "control characters"),
        (changed(report__body=10_000), "does not begin"),
        (changed(report__published="soon"), "no date"),
        (changed(report__primary="nobody"), "main claim"),
        (changed(claim__id="r0000.1"), "given twice"),
        (changed(claim__report_id="r9"), "is of report r9"),
        (changed(claim__confidence=7), "confidence"),
        (changed(claim__sentence={"start": 5, "end": 2}), "sentence"),
        (changed(claim__trigger={"text": "x", "start": 9, "end": 2}), "a span from 9 to 2"),
        (changed(claim__trigger={"text": "elsewhere", "start": 0, "end": 5}), "does not stand at"),
        (changed(claim__place__lat=95.0), "coordinates"),
        (changed(claim__time__earliest="2020-02-31"), "no time"),
        (changed(claim__type=3), "type"),
    ],
)
def test_what_does_not_hold_together_is_put_aside(file: Store, data: bytes, why: str) -> None:
    good = some(3)[2]
    loaded = load(file, [(1, data), (2, b"  "), *[(3, d) for _, d in native([good])]], "x.jsonl")
    assert loaded.new == 1
    (reject,) = loaded.rejects
    assert reject.origin == "x.jsonl:1"

    assert re.search(why, reject.detail)
    assert events(file) == whole([good])
    assert verify(file.engine).faults == ()


def test_a_claim_of_another_report_is_put_aside(file: Store) -> None:
    a, b = some(2)
    thief = replace(b, claims=(replace(b.claims[0], id=a.claims[0].id),), primary=None)
    assert [r.id for r in load(file, native([a, thief])).rejects] == ["r0001"]  # within one file
    (reject,) = load(file, native([thief])).rejects
    assert "is one of report r0000" in reject.detail


def test_events_are_made_anew_unless_they_are_to_be_kept(store: Store, tmp_path: Any) -> None:
    a = plain(report("a", claim(killed=10), outlet="One"))
    b = plain(report("b", claim(killed=10), outlet="Two"))
    c = plain(report("c", claim("protest", at="Mosul"), outlet="Three"))
    d = plain(report("d", claim("capture", at="Raqqa"), outlet="Four"))
    coded = [a, b, c, d]
    with Store(str(tmp_path / "first.db"), by="reviewer") as first:
        load(first, native(coded))
        (joint,) = [e for e in events(first) if len(e.claims) == 2]
        first.split(joint.id, [joint.claims[0]], "two strikes")
        first.merge([c.claims[0].id, d.claims[0].id], "one day in one story")
        decided = events(first)
    assert decided != reconcile(coded)
    loaded = load(store, native(coded, decided))
    assert loaded.regrouped == 4 - 1
    assert events(store) == whole(coded)
    held = load(store, native(coded, decided), keep_events=True)
    assert held.regrouped == 0
    assert events(store) == decided
    assert verify(store.engine).faults == ()


def test_a_file_decides_about_its_own_claims_only(file: Store) -> None:
    coded = some(8)
    file.add(received(*coded[:6]))
    before = events(file)
    mine = coded[6:]
    made = reconcile(mine)
    greedy = [replace(made[0], claims=(*made[0].claims, coded[0].claims[0].id, coded[1].claims[1].id)), *made[1:]]
    load(file, native(mine, greedy), keep_events=True)
    homes = {c: e.id for e in events(file) for c in e.claims}
    assert homes[coded[0].claims[0].id] != homes[coded[1].claims[1].id]
    assert len(before) > 1
