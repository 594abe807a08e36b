"""Figures of an event: each source's own, and low ≤ best ≤ high."""

from __future__ import annotations

from dateline.reconcile import reconcile
from dateline.types import CodedReport, EventFigure
from making import claim, figure, report


def killed(*reports: CodedReport) -> EventFigure:
    (event,) = reconcile(reports)
    return next(f for f in event.figures if f.kind == "killed")


def test_three_sources_stay_visible() -> None:
    found = killed(
        report("a", claim(killed=10, says="the ministry"), outlet="One"),
        report("b", claim(killed=14, says="the Observatory"), outlet="Two"),
        report("c", claim(killed=(16, None), says="rescuers"), outlet="Three", published="2020-02-07"),
    )
    assert [(s.source, s.low, s.high, s.date, s.claim) for s in found.by_source] == [
        ("the ministry", 10, 10, "2020-02-06", "a.0"),
        ("the Observatory", 14, 14, "2020-02-06", "b.0"),
        ("rescuers", 16, None, "2020-02-07", "c.0"),
    ]
    assert (found.low, found.best, found.high) == (10, 16, 16)


def test_the_number_of_most_sources_is_best() -> None:
    found = killed(
        report("a", claim(killed=10), outlet="One"),
        report("b", claim(killed=10), outlet="Two"),
        report("c", claim(killed=12), outlet="Three", published="2020-02-08"),
    )
    assert (found.low, found.best, found.high) == (10, 10, 12)


def test_a_source_s_latest_word_counts_and_its_first_stays() -> None:
    found = killed(
        report("a", claim(killed=10, says="police"), outlet="One", published="2020-02-05"),
        report("b", claim(killed=13, says="police"), outlet="One", published="2020-02-07"),
    )
    assert (found.low, found.best, found.high) == (13, 13, 13)
    assert [s.low for s in found.by_source] == [10, 13]


def test_parts_of_a_total_are_not_added() -> None:
    found = killed(report("a", claim(killed=12), claim("casualties", by=[], at=None, on=None, killed=12)))
    assert found.best == 12


def test_a_total_since_the_beginning_is_another_event_than_today_s_dead() -> None:
    a = report("a", claim(killed=12))
    b = report("b", claim("casualties", at="Syria", by=[], on="2011-03-01/2020-02-06", killed=(300000, None)))
    assert len(reconcile([a, b])) == 2


def test_an_upper_bound_alone() -> None:
    found = killed(report("a", claim(killed=(None, 20))))
    assert (found.low, found.best, found.high) == (20, 20, 20)
    assert found.by_source[0].low is None


def test_kinds_stand_side_by_side() -> None:
    (event,) = reconcile([report("a", claim(killed=3, figures=[figure("injured", 20, 20)]))])
    assert [(f.kind, f.best) for f in event.figures] == [("injured", 20), ("killed", 3)]


def test_one_person_told_of_is_no_count_where_others_count() -> None:
    from dataclasses import replace

    def of(words: str, n: float) -> object:
        return replace(figure("killed", n, n), text=words)

    found = killed(
        report("a", claim(figures=[of("her son", 1)]), outlet="One"),  # type: ignore[list-item]
        report("b", claim(figures=[of("five people", 5)]), outlet="Two"),  # type: ignore[list-item]
    )
    assert (found.low, found.best, found.high) == (5, 5, 5)
    found = killed(report("a", claim(figures=[of("her son", 1)])))  # type: ignore[list-item]
    assert found.best == 1


def test_a_report_that_gives_several_counts_for_its_largest() -> None:
    found = killed(
        report("a", claim(killed=9, says="police"), claim(killed=9, says="rescuers"), outlet="One"),
        report("b", claim(killed=(5, None), says="a doctor"), claim(killed=9, says="the army"), outlet="Two"),
    )
    assert (found.low, found.best, found.high) == (5, 9, 9)
