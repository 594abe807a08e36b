"""The native form: nothing is lost on the way into a store and out again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bundled import bundle, fitted, odd_bundle, odd_reports, strikes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.codebook import load_codebook
from dateline.errors import ReadError
from dateline.export.bundle import Bundle, Options, export
from dateline.export.native import coded_of, read_line, write
from dateline.record import decode, from_record
from dateline.store import Store, verify
from dateline.store.load import load
from dateline.store.query import find_events
from making import claim, report

SHOWN = Options(private=True)


def lines(path: Path) -> list[tuple[int, bytes]]:
    return list(enumerate(path.read_bytes().splitlines(), 1))


def kept(store: Store) -> Bundle:
    """What a store holds, with the texts."""
    reports = {r.id: r for r in store.reports()}
    coded = tuple(replace(c, report=reports[c.report.id]) for c in store.coded())
    return Bundle(events=tuple(find_events(store)), coded=coded, codebook=load_codebook())


def test_into_a_store_and_out_gives_the_same_bytes(tmp_path: Path) -> None:
    write(odd_bundle(), tmp_path / "a.jsonl", SHOWN)
    with Store(str(tmp_path / "s.db"), by="tester") as store:
        loaded = load(store, lines(tmp_path / "a.jsonl"), "a.jsonl")
        assert (loaded.new, loaded.rejects, loaded.regrouped) == (len(odd_reports()), [], 0)
        write(kept(store), tmp_path / "b.jsonl", SHOWN)
        assert verify(store.engine).faults == ()
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


words = st.text(st.characters(codec="utf-8"), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(words, words, words.filter(str.strip)), min_size=1, max_size=4))
def test_any_words_come_back(tmp_path: Path, told: list[tuple[str, str, str]]) -> None:
    coded = []
    for n, (title, outlet, name) in enumerate(told):
        made = claim("shelling", says=name, killed=n)
        coded.append(fitted(report(f"r{n}", made, title=title, outlet=outlet.replace("\x00", ""))))
    first, second, store = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "s.db"
    store.unlink(missing_ok=True)
    write(bundle(coded), first, SHOWN)
    with Store(str(store), by="tester") as opened:
        assert load(opened, lines(first)).rejects == []
        write(kept(opened), second, SHOWN)
    assert first.read_bytes() == second.read_bytes()


def test_a_line_is_a_record_of_the_contract(tmp_path: Path) -> None:
    made = bundle([replace(c, people=("x", "y")) for c in odd_reports()])
    written = write(made, tmp_path / "a.jsonl", SHOWN)
    assert written.rows == len(made.coded)
    by_id = {c.report.id: c for c in made.coded}
    for _, data in lines(tmp_path / "a.jsonl"):
        record = decode(data)
        own = by_id[record.report.id]
        assert from_record(record).claims == own.claims
        assert coded_of(read_line(data)) == own
        assert json.loads(data)["report"]["text"] == own.report.text
    ids = [e["id"] for _, data in lines(tmp_path / "a.jsonl") for e in json.loads(data)["events"]]
    assert sorted(ids) == sorted(e.id for e in made.events)


def test_without_private_names_there_are_no_texts(tmp_path: Path) -> None:
    named = [replace(c, people=("a digest of a name",)) for c in strikes()]
    export("native", bundle(named), tmp_path / "a.jsonl")
    for _, data in lines(tmp_path / "a.jsonl"):
        assert json.loads(data)["report"]["people"] == []
        assert not {"text", "body"} & json.loads(data)["report"].keys()
        assert coded_of(read_line(data)).report.text == ""


def test_the_order_of_what_is_given_does_not_matter(tmp_path: Path) -> None:
    made = odd_bundle()
    turned = Bundle(events=made.events[::-1], coded=made.coded[::-1], codebook=made.codebook)
    write(made, tmp_path / "a.jsonl", SHOWN)
    write(turned, tmp_path / "b.jsonl", SHOWN)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_an_event_without_its_reports_is_named(tmp_path: Path) -> None:
    whole = bundle(strikes())
    part = Bundle(events=whole.events, coded=whole.coded[:2], codebook=whole.codebook)
    written = write(part, tmp_path / "a.jsonl", SHOWN)
    assert written.rows == 2
    assert written.reasons == {"none of its reports is in the export": 1}


def test_a_line_that_is_none_is_told_with_its_place() -> None:
    with pytest.raises(ReadError, match=r"x\.jsonl, line 3"):
        read_line(b'{"report": {}}', "x.jsonl", 3)
