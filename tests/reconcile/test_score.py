"""Each field's evidence is there to be read."""

from __future__ import annotations

import pytest

from dateline.reconcile import score, tell
from dateline.reconcile.block import keys, meet, pairs
from dateline.reconcile.evidence import between, level, places
from dateline.reconcile.facts import facts_of
from dateline.reconcile.rules import rules, step
from dateline.reconcile.telling import Telling
from dateline.types import CodedReport
from making import claim, place, report


def one(coded: CodedReport) -> Telling:
    (telling,) = tell(facts_of(coded))
    return telling


def test_a_score_says_why() -> None:
    found = score(one(report("a", claim(killed=16))), one(report("b", claim(killed=16))))
    why = {e.field: (e.weight > 0, e.why) for e in found.fields}
    assert why["type"] == (True, "air-strike")
    assert why["place"] == (True, "both Saraqeb")
    assert why["time"] == (True, "2020-02-05")
    assert why["figures"] == (True, "killed 16")
    assert found.joins
    assert found.total == pytest.approx(sum(e.weight for e in found.fields))


def test_opposed_roles_speak_against() -> None:
    a = one(report("a", claim("armed-clash", by=["army"], to=["rebels"])))
    b = one(report("b", claim("armed-clash", by=["rebels"], to=["army"])))
    assert any(e.field == "actors" and e.why == "the other way round" for e in score(a, b).fields)


def test_levels_and_distances() -> None:
    assert [level(place(n)) for n in ("Saraqeb", "Idlib", "Syria")] == ["site", "area", "country"]
    apart = between(place("Saraqeb"), place("Raqqa"))
    assert apart == pytest.approx(199, abs=3)
    r = rules()
    assert places(place("Saraqeb"), place("Idlib"), r).weight > 0
    assert places(place("Saraqeb"), place("Raqqa"), r).weight < -1
    assert places(place("Saraqeb"), place("Mosul"), r).weight == r.other_country
    assert places(place("Nowhere Farm"), place("Nowhere farm"), r).weight == r.same_name


def test_steps_end_with_the_last() -> None:
    assert step(((1.0, 0.5), (3.0, -1.0)), 0.5) == 0.5
    assert step(((1.0, 0.5), (3.0, -1.0)), 2.0) == -1.0
    assert step(((1.0, 0.5), (3.0, -1.0)), 99.0) == -1.0


def test_blocks_hold_what_may_be_one_and_nothing_far() -> None:
    a, b = one(report("a", claim())), one(report("b", claim("shelling", on="2020-02-06")))
    far, later = one(report("c", claim(at="Raqqa"))), one(report("d", claim(on="2020-03-20")))
    assert meet(keys(a), keys(b))
    assert not meet(keys(a), keys(far))
    assert not meet(keys(a), keys(later))
    assert list(pairs([a, b, far, later])) == [(0, 1)]


def test_towns_meet_their_province_there_and_not_one_another() -> None:
    town, other = one(report("a", claim())), one(report("b", claim(at="Aleppo")))
    province = one(report("c", claim(at="Idlib")))
    assert meet(keys(town), keys(province))
    assert not meet(keys(town), keys(other))


def test_claims_of_one_report_are_not_compared_twice() -> None:
    a = report("a", claim(), claim(at="Binnish"))
    assert list(pairs(tell(facts_of(a)))) == []
