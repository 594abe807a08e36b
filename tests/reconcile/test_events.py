"""Claims → events, by hand-made reports of opposed outlets."""

from __future__ import annotations

import pytest

from dateline.reconcile import Links, reconcile
from dateline.types import CodedReport, Event
from making import claim, report


def joined(*reports: CodedReport, links: Links | None = None) -> set[frozenset[str]]:
    return {frozenset(e.claims) for e in reconcile(reports, links)}


def event_with(events: list[Event], id: str) -> Event:
    return next(e for e in events if id in e.claims)


def test_two_outlets_on_one_strike_are_one_event() -> None:
    a = report("a", claim(killed=12), outlet="One")
    b = report("b", claim(by=["regime"], killed=14), outlet="Two", published="2020-02-07")
    (event,) = reconcile([a, b])
    assert event.claims == ("a.0", "b.0")
    assert event.status == "corroborated"
    assert (event.first_reported, event.last_reported) == ("2020-02-06", "2020-02-07")


@pytest.mark.parametrize(
    "other",
    [
        claim(at="Raqqa"),
        claim(on="2020-02-20"),
        claim("protest"),
        claim("aid"),
        claim(at="Mosul"),
        claim(by=["ISIS"], to=["army"], killed=300),
    ],
    ids=["far away", "two weeks later", "a protest", "aid", "another country", "another side, victims and toll"],
)
def test_what_differs_in_place_day_type_or_sides_is_not_joined(other: object) -> None:
    first = claim(by=["army"], to=["ISIS"], killed=3)
    assert len(joined(report("a", first), report("b", other))) == 2  # type: ignore[arg-type]


def test_near_is_not_enough() -> None:
    a = report("a", claim("air-strike", on=None), published="2020-02-06")
    b = report("b", claim("displacement", on=None, by=[], to=["civilians"]), published="2020-02-06")
    assert len(joined(a, b)) == 2


def test_entry_and_capture_join_as_one_happening_and_stay_two_claims() -> None:
    a = report("a", claim("advance", says="SANA"), outlet="One")
    b = report("b", claim("capture", says="the army"), outlet="Two")
    (event,) = reconcile([a, b])
    assert event.claims == ("a.0", "b.0")


def test_a_report_s_own_two_tolls_of_two_strikes_stay_apart() -> None:
    a = report("a", claim(killed=12), claim(at="Binnish", killed=5))
    assert len(joined(a)) == 2


def test_a_report_s_retelling_without_place_or_day_goes_on_about_what_was_told() -> None:
    a = report("a", claim(killed=12), claim(at=None, on=None, by=[], words="the raid"))
    assert joined(a) == {frozenset({"a.0", "a.1"})}


def test_persons_named_in_both_join_reports_that_tell_no_day() -> None:
    a = report("a", claim("attack", by=[], to=["Karen Whitfield"], on=None, at="Aleppo"), published="2020-02-06")
    b = report("b", claim("attack", by=[], to=["Karen Whitfield"], on=None, at=None), published="2020-02-09")
    c = report("c", claim("attack", by=[], to=["Dennis Okafor"], on=None, at=None), published="2020-02-09")
    assert joined(a, b, c) == {frozenset({"a.0", "b.0"}), frozenset({"c.0"})}


def test_a_spokesman_is_no_reason_to_join() -> None:
    a = report(
        "a", claim("attack", by=[], on=None, at=None, says="Karen Whitfield"), claim("arrest", to=["Karen Whitfield"])
    )
    b = report("b", claim("attack", by=[], on=None, at=None, says="Karen Whitfield"), published="2020-02-07")
    assert frozenset({"a.0", "b.0"}) not in joined(a, b)


def test_background_without_a_day_stays_alone() -> None:
    a = report("a", claim(on=None, background=True))
    b = report("b", claim(on=None, background=True))
    assert len(joined(a, b)) == 2


def test_denied_by_one_is_contested() -> None:
    a = report("a", claim(killed=12), outlet="One")
    b = report("b", claim(says="the ministry", stance="denies"), outlet="Two")
    (event,) = reconcile([a, b])
    assert event.status == "contested"
    assert {v.value for d in event.disagreements if d.field == "happened" for v in d.values} == {"yes", "no"}


def test_denied_by_all_and_planned_by_all() -> None:
    (event,) = reconcile([report("a", claim(modality="denied"))])
    assert event.status == "denied"
    (event,) = reconcile([report("a", claim(modality="future"))])
    assert event.status == "planned"


def test_opposed_doers_are_contested() -> None:
    a = report("a", claim(by=["army"], to=["civilians"], killed=20), outlet="One")
    b = report("b", claim(by=["coalition"], to=["civilians"], killed=20), outlet="Two")
    (event,) = reconcile([a, b])
    assert event.status == "contested"
    (differ,) = [d for d in event.disagreements if d.field == "agents"]
    assert {v.value for v in differ.values} == {"SYR", "US-led coalition"}
    assert {c for v in differ.values for c in v.claims} == {"a.0", "b.0"}


def test_an_outlet_that_quotes_another_is_not_independent() -> None:
    a = report("a", claim(killed=12, says="the Observatory"), outlet="One")
    b = report("b", claim(killed=12, says="Observatory"), outlet="Two")
    (event,) = reconcile([a, b])
    assert event.status == "single-source"


def test_copies_count_as_one_source() -> None:
    told = [
        claim(killed=12),
        claim("advance", words="pushed"),
        claim("aid", words="sent"),
        claim("protest", words="march"),
    ]
    a = report("a", *told, outlet="One", published="2020-02-06")
    b = report("b", *told, outlet="Two", published="2020-02-07")
    assert {e.status for e in reconcile([a, b])} == {"single-source"}
    assert all(len(e.claims) == 2 for e in reconcile([a, b]))


def test_a_report_that_comes_twice_counts_once() -> None:
    a, b = report("a", claim(killed=12)), report("b", claim(killed=12))
    assert reconcile([a, b, a]) == reconcile([a, b])


def test_must_and_cannot_link_are_obeyed() -> None:
    a, b = report("a", claim(killed=12)), report("b", claim(killed=12))
    far = report("c", claim(at="Raqqa"))
    assert len(joined(a, b)) == 1
    assert len(joined(a, b, links=Links(cannot=((frozenset({"a.0"}), frozenset({"b.0"})),)))) == 2
    assert len(joined(a, far)) == 2
    assert len(joined(a, far, links=Links(must=(frozenset({"a.0", "c.0"}),)))) == 1


def test_cannot_link_divides_one_report_s_account() -> None:
    a = report("a", claim(killed=12), claim(killed=12))
    assert len(joined(a)) == 1
    assert len(joined(a, links=Links(cannot=((frozenset({"a.0"}), frozenset({"a.1"})),)))) == 2


def test_ids_stay_when_a_later_report_joins() -> None:
    a, b = report("a", claim()), report("b", claim(), published="2020-02-08")
    (before,) = reconcile([a])
    (after,) = reconcile([a, b])
    assert before.id == after.id
    assert before != after


def test_a_report_cannot_tell_of_the_day_after_it() -> None:
    a = report("a", claim(on=None, killed=12), published="2020-02-04")
    b = report("b", claim(on="2020-02-06", killed=12), published="2020-02-07")
    assert len(joined(a, b)) == 2


def test_children_of_one_age_are_told_apart_from_another() -> None:
    def shot(id: str, who: str, title: str = "") -> CodedReport:
        return report(
            id, claim("attack", by=[], to=[who], at=None, on="2020-02-05"), title=title, published="2020-02-05"
        )

    a, b = shot("a", "a 4-year-old boy"), shot("b", "4-year-old son", title="Boy, 4, shot at home")
    c = shot("c", "a 9-year-old girl")
    assert joined(a, b, c) == {frozenset({"a.0", "b.0"}), frozenset({"c.0"})}


def test_a_town_that_only_the_title_names() -> None:
    a = report("a", claim("attack", by=[], at="Saraqeb", on="2020-02-05"), title="Shots fired in town")
    b = report("b", claim("attack", by=[], at=None, on="2020-02-05"), title="Saraqeb shooting leaves market empty")
    c = report("c", claim("attack", by=[], at=None, on="2020-02-05"), title="Gunfire heard near border")
    assert joined(a, b, c) == {frozenset({"a.0", "b.0"}), frozenset({"c.0"})}


def test_talks_are_not_joined_by_the_scene_of_their_reports() -> None:
    def talks(id: str) -> CodedReport:
        return report(id, claim("consult", by=["Russia"], at=None, on=None), claim("protest", by=[], at="Saraqeb"))

    assert frozenset({"a.0", "b.0"}) not in joined(talks("a"), talks("b"))


def test_of_two_versions_of_a_report_the_order_does_not_matter() -> None:
    old = report("a", claim(killed=12), published="2020-02-06")
    new = report("a", claim(killed=14), claim("protest"), published="2020-02-07")
    assert reconcile([old, new]) == reconcile([new, old]) == reconcile([new])


def test_one_source_that_denies_the_holding_and_tells_the_entry_gainsays_who_tells_all() -> None:
    a = report("a", claim("capture", says="state television"), outlet="One")
    b = report(
        "b", claim("advance", says="the Observatory"), claim("capture", says="the Observatory", modality="denied")
    )
    (event,) = reconcile([a, b])
    assert event.status == "contested"
    (alone,) = reconcile([b])
    assert alone.status == "single-source"


def test_a_long_report_is_told_in_time_that_grows_with_it() -> None:
    long = report("a", *(claim(at=["Saraqeb", "Raqqa"][n % 2], on=f"2020-02-{1 + n % 5:02}") for n in range(300)))
    assert len(joined(long)) == 10
