"""Verdicts on claims: they take effect, stand in the log, and can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from examples import claim, coded, span, standing, whole
from kept import received

from dateline.cli.show import show as shown
from dateline.cli.stores import Format
from dateline.errors import StoreError, UsageError
from dateline.gazetteer import Gazetteer
from dateline.pipeline import Pipeline
from dateline.reconcile import reconcile
from dateline.store import Store
from dateline.store.differ import codings, diff
from dateline.store.fields import values
from dateline.store.query import show
from dateline.store.review import acts, judge, orphans, reviewed
from dateline.store.review import standing as claim_of
from dateline.store.wording import read_closely
from dateline.types import Claim, CodedReport, Report

CONVOY, LAWYERS = "saraqeb-convoy", "mellit-lawyers"


@pytest.fixture
def desk(store: Store) -> Store:
    store.add(received(*coded()))
    return store


@pytest.fixture
def fast(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "store.db"), by="ada") as opened:
        opened.add(received(*coded()))
        yield opened


@pytest.fixture
def entered() -> Claim:
    return claim(CONVOY, "entered")


def test_a_correction_by_spans_takes_effect_and_keeps_the_id(desk: Store, entered: Claim) -> None:
    before = standing(desk)
    fields = {"type": "shelling", "agents": [span(CONVOY, "Turkish artillery")], "targets": []}
    done = judge(desk, entered.id, "correct", fields, "the guns are meant")
    assert done.claim.id == entered.id
    assert (done.claim.type, [a.text for a in done.claim.agents]) == ("shelling", ["Turkish artillery"])
    assert done.claim.agents[0].country == "TUR"
    assert done.claim.codes.acled is not None
    assert done.claim.codes.acled.sub_event_type == "Shelling/artillery/missile attack"
    assert replace(done.claim, type=entered.type, agents=entered.agents, codes=entered.codes) == entered
    found = show(desk, entered.id)
    assert found.event.id == done.event
    assert done.claim in [v.told.claim for v in found.versions]
    assert whole(desk)
    (entry,) = acts(desk, entered.id)
    body = json.loads(entry.body)
    assert (entry.seq, entry.action, entry.actor, entry.why) == (
        done.seq,
        "correct-claim",
        "tester",
        "the guns are meant",
    )
    assert body["fields"]["type"] == {"old": "advance", "new": "shelling"}
    assert body["fields"]["agents"]["old"][0]["text"] == entered.agents[0].text
    assert body["codes"]["old"]["plover"]["event"] == "COERCE"
    desk.undo(done.seq, "mistaken")
    assert standing(desk) == before
    assert claim_of(desk, entered.id).claim == entered
    assert whole(desk)


def test_a_rejected_claim_leaves_its_event_and_stays_in_the_record(desk: Store) -> None:
    strike = claim(LAWYERS, "air strike")
    before = standing(desk)
    done = judge(desk, strike.id, "reject", why="told of another day")
    assert (done.claim, done.event) == (strike, None)
    assert not any(strike.id in e.claims for e in standing(desk)[1])
    at = claim_of(desk, strike.id)
    assert at.rejected
    assert (at.claim, at.machine) == (strike, strike)
    rest = [replace(c, claims=tuple(x for x in c.claims if x.id != strike.id)) for c in before[0]]
    assert [c.claims for c in standing(desk)[0]] == [c.claims for c in rest]
    assert standing(desk)[1] == reconcile(standing(desk)[0])
    assert whole(desk)
    judge(desk, strike.id, "accept", why="no, it is right")
    assert standing(desk) == before
    assert whole(desk)


def test_the_last_verdict_counts_and_corrections_add_up(fast: Store, entered: Claim) -> None:
    first = judge(fast, entered.id, "correct", {"modality": "uncertain", "background": True})
    second = judge(fast, entered.id, "correct", {"modality": "denied"})
    assert (second.claim.modality, second.claim.background) == ("denied", True)
    assert reviewed(fast, [entered.id])[entered.id].seq == second.seq
    fast.undo(first.seq, "")
    now = claim_of(fast, entered.id).claim
    assert (now.modality, now.background) == ("denied", False)
    fast.undo(second.seq, "")
    assert claim_of(fast, entered.id).claim == entered
    assert reviewed(fast, [entered.id]) == {}
    with pytest.raises(StoreError, match="not in force"):
        fast.undo(second.seq, "")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "fields"),
        ({"colour": 1}, "colour"),
        ({"type": "picnic"}, "type"),
        ({"type": None}, "type"),
        ({"modality": "maybe"}, "modality"),
        ({"background": "yes"}, "background"),
        ({"place": {"start": 5, "end": 5}}, "place"),
        ({"place": {"start": -1, "end": 5}}, "place"),
        ({"place": {"start": 0, "end": 10**6}}, "place"),
        ({"place": {"start": True, "end": 5}}, "place"),
        ({"place": {"start": 0, "end": 5, "colour": 1}}, "place"),
        ({"place": {"start": 0, "end": 5, "text": "other"}}, "place"),
        ({"place": {**{"start": 171, "end": 178}, "geonameid": 1}}, "place"),
        ({"trigger": None}, "trigger"),
        ({"trigger": {"start": 0, "end": 400}}, "trigger"),
        ({"agents": 7}, "agents"),
        ({"agents": [{"start": 0, "end": 9, "actor_id": "nobody-knows"}]}, "agents"),
        ({"time": {"start": 0, "end": 9}}, "time"),
        ({"time": {"start": 0, "end": 9, "earliest": "2020-02-30"}}, "time"),
        ({"time": {"earliest": "2020-W01-1"}}, "time"),
        ({"time": {"earliest": "2020-02-03", "latest": "2020-02-01"}}, "time"),
        ({"figures": [{"start": 0, "end": 9}]}, "figures"),
        ({"figures": [{"start": 0, "end": 9, "kind": "killed"}]}, "figures"),
        ({"figures": [{"start": 0, "end": 9, "kind": "killed", "low": 9, "high": 3}]}, "figures"),
        ({"figures": [{"start": 0, "end": 9, "kind": "killed", "low": -1}]}, "figures"),
        ({"sources": [{"start": 0, "end": 9, "stance": "shouts"}]}, "sources"),
        ({"sources": [{"start": 0, "end": 9, "verb": "s\0id"}]}, "sources"),
        ({"sources": [{"start": 0, "end": 9, "verb": "s\ud800id"}]}, "sources"),
        ({"modality": "asserted"}, "fields"),
    ],
)
def test_what_makes_no_sense_is_refused_and_named(fast: Store, entered: Claim, fields: Any, field: str) -> None:
    before = standing(fast)
    with pytest.raises(UsageError) as e:
        judge(fast, entered.id, "correct", fields)
    assert e.value.field == field
    assert standing(fast) == before
    assert acts(fast) == []


def test_what_spans_stand_for(fast: Store) -> None:
    strike = claim(LAWYERS, "air strike")
    fields = {
        "place": span(LAWYERS, "Mellit"),
        "time": span(LAWYERS, "Sunday"),
        "sources": [{**span(LAWYERS, "The Emergency Jurists"), "stance": "accuses"}],
        "figures": [{**span(LAWYERS, "at least eight barrel bombs"), "kind": "strikes"}],
        "trigger": span(LAWYERS, "blamed"),
    }
    now = judge(fast, strike.id, "correct", fields).claim
    assert now.place is not None
    assert (now.place.text, now.place.country) == ("Mellit", "SDN")
    assert now.time is not None
    assert (now.time.text, now.time.earliest, now.time.latest, now.time.precision) == (
        "Sunday",
        "2024-10-06",
        "2024-10-06",
        1,
    )
    assert [(s.text, s.stance) for s in now.sources] == [("The Emergency Jurists", "accuses")]
    assert [(f.kind, f.low, f.high) for f in now.figures] == [("strikes", 8, None)]
    (report,) = [c.report for c in coded() if c.report.id == LAWYERS]
    assert report.text[now.sentence.start : now.sentence.end].startswith("The Emergency Jurists")
    assert whole(fast)


def test_values_beside_spans(fast: Store) -> None:
    strike = claim(LAWYERS, "air strike")
    known = Gazetteer.open().search("Nyala")[0].id
    fields = {
        "time": {"start": None, "end": None, "earliest": "2024-10-01", "latest": "2024-10-04T14:30"},
        "agents": [{**span(LAWYERS, "army"), "actor_id": "islamic-state"}],
        "figures": [{**span(LAWYERS, "60 people"), "kind": "killed", "low": 60, "high": 62, "of": "traders"}],
        "place": {**span(LAWYERS, "Mellit"), "geonameid": known, "name": "Nyala"},
    }
    now = judge(fast, strike.id, "correct", fields).claim
    assert now.time is not None
    assert (now.time.text, now.time.start, now.time.precision) == ("", None, 2)
    assert (now.agents[0].text, now.agents[0].group) == ("army", "ISIS")
    assert (now.figures[0].low, now.figures[0].high, now.figures[0].of) == (60, 62, "traders")
    assert now.place is not None
    assert (now.place.text, now.place.name, now.place.geonameid) == ("Mellit", "Nyala", known)


def test_the_program_s_own_spans_are_read_as_it_read_them() -> None:
    """What a reviewer points at gets the identity that coding gave the same words."""
    for c in coded():
        wording = read_closely(c.report)
        for x in c.claims:
            if x.id != c.primary:  # on whose codes the trained model has a say
                assert wording.codes(x) == x.codes
            bare = replace(x, agents=(), targets=(), time=None, figures=())
            given = {
                "agents": [{"start": a.start, "end": a.end} for a in x.agents],
                "targets": [{"start": a.start, "end": a.end} for a in x.targets],
                "figures": [{"start": f.start, "end": f.end, "kind": f.kind} for f in x.figures],
                "time": {"start": x.time.start, "end": x.time.end} if x.time and x.time.start is not None else None,
            }
            read = values(given, bare, [], wording)
            assert (read["agents"], read["targets"], read["figures"]) == (x.agents, x.targets, x.figures)
            assert read["time"] == (x.time if given["time"] else None)


# ------------------------------------------------------------------------------------------ coding anew


def test_a_new_coding_keeps_corrections_on_top_and_lists_orphans(desk: Store, entered: Claim) -> None:
    other = claim(CONVOY, "fired")
    judge(desk, entered.id, "correct", {"modality": "denied"}, "they did not")
    gone = judge(desk, other.id, "reject")
    (report,) = [c for c in coded() if c.report.id == CONVOY]
    surer = replace(report, claims=tuple(replace(c, confidence=0.31) for c in report.claims if c.id != other.id))
    assert desk.recode([surer]) == 1
    assert desk.recode([surer]) == 0
    now = claim_of(desk, entered.id)
    assert (now.claim.modality, now.claim.confidence, now.machine.modality) == ("denied", 0.31, "asserted")
    assert [a.seq for a in orphans(desk)] == [gone.seq]
    with pytest.raises(StoreError, match="no claim"):
        claim_of(desk, other.id)
    assert whole(desk)
    assert desk.recode([report]) == 1
    assert orphans(desk) == []
    assert claim_of(desk, other.id).rejected
    old, new = codings(desk, CONVOY)
    assert {f for c in diff(old.coded, new.coded) for f in c.fields} == {"confidence"}
    for act in acts(desk)[::-1]:
        desk.undo(act.seq, "")
    assert next(c for c in desk.coded() if c.report.id == CONVOY).claims == report.claims
    assert whole(desk)


def test_a_verdict_on_words_that_were_changed_no_longer_holds(fast: Store, entered: Claim) -> None:
    (report,) = [c for c in coded() if c.report.id == CONVOY]
    judge(fast, entered.id, "reject")
    later = replace(report, report=replace(report.report, text=report.report.text + "\n\nThis report was updated."))
    fast.add(received(later))
    assert claim_of(fast, entered.id).rejected
    other = replace(report, report=replace(report.report, text=report.report.text.replace("nightfall", "the night")))
    fast.add(received(other))
    assert not claim_of(fast, entered.id).rejected
    assert len(orphans(fast)) == 1
    assert whole(fast)


def test_a_retracted_report_keeps_its_verdicts_for_when_it_comes_back(fast: Store, entered: Claim) -> None:
    (report,) = [c for c in coded() if c.report.id == CONVOY]
    first = judge(fast, entered.id, "reject").seq
    second = judge(fast, claim(CONVOY, "fired").id, "reject").seq
    fast.retract(CONVOY, "withdrawn")
    with pytest.raises(StoreError, match="no claim"):
        judge(fast, entered.id, "accept")
    fast.undo(second, "")
    assert whole(fast)
    fast.add(received(report))
    assert claim_of(fast, entered.id).rejected
    assert not claim_of(fast, claim(CONVOY, "fired").id).rejected
    fast.undo(first, "")
    assert next(c for c in fast.coded() if c.report.id == CONVOY).claims == report.claims


def test_show_says_what_reviewers_did(fast: Store, entered: Claim, capsys: pytest.CaptureFixture[str]) -> None:
    judge(fast, entered.id, "correct", {"modality": "denied"}, "they turned back")
    shown(entered.id, store=fast.path, format=Format.table)
    out = " ".join(capsys.readouterr().out.split())
    assert "correct-claim by ada: they turned back" in out
    shown(entered.id, store=fast.path, format=Format.jsonl)
    found = json.loads(capsys.readouterr().out)
    assert found["reviewed"][entered.id]["verdict"] == "correct"
    assert [a["action"] for a in found["acts"]] == ["correct-claim"]
    gone = judge(fast, entered.id, "reject").seq
    with pytest.raises(StoreError, match=f"was rejected: entry {gone} of the log"):
        shown(entered.id, store=fast.path)


def test_a_claim_of_the_title_can_be_corrected_too(fast: Store) -> None:
    title = "Russian air strikes kill 12 civilians in Saraqeb"
    told = Report(id="cut", text="Subscribe to read on.", title=title, published="2020-02-06", outlet="One")
    (item,) = Pipeline().code([told])
    assert isinstance(item, CodedReport)
    fast.add(received(item))
    old = item.claims[0]
    assert old.trigger.start is None
    done = judge(fast, old.id, "correct", {"type": "shelling", "time": {"earliest": "2020-02-05"}})
    assert done.claim.codes.acled is not None
    assert done.claim.codes.acled.sub_event_type == "Shelling/artillery/missile attack"
    assert whole(fast)
    other = replace(item, report=replace(told, title="Another title"), claims=item.claims)
    fast.add(received(other))
    assert claim_of(fast, old.id).claim == old
    assert [a.seq for a in orphans(fast)] == [done.seq]
    fast.add(received(item))
    assert claim_of(fast, old.id).claim == done.claim
    assert whole(fast)
