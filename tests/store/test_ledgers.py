"""The ledgers, from claims of opposed sides."""

from __future__ import annotations

from dateline.reconcile import reconcile
from dateline.store.ledgers import Told, control, deadlines, figures, sources, truces
from dateline.types import CodedReport
from making import claim, figure, report, when


def told(*reports: CodedReport) -> list[Told]:
    home = {c: e.id for e in reconcile(reports) for c in e.claims}
    return [Told(c, r.report, home[c.id]) for r in reports for c in r.claims]


def test_to_enter_is_not_to_hold() -> None:
    found = control(told(report("a", claim("advance", says="SANA"))))
    assert found.periods == ()
    assert [(s.says, s.who) for s in found.statements] == [("enters", "SYR")]


def test_a_capture_is_by_someone_s_word_until_the_next() -> None:
    found = control(
        told(
            report("a", claim("capture", by=["rebels"], on="2020-01-01"), outlet="One", published="2020-01-02"),
            report("b", claim("capture", by=["army"], says="SANA"), outlet="Two"),
        )
    )
    assert [(p.since, p.until, p.holder, p.voices) for p in found.periods] == [
        ("2020-01-01", "2020-02-05", "SYR rebels", ("One",)),
        ("2020-02-05", None, "SYR", ("SANA",)),
    ]
    assert not any(p.contested for p in found.periods)


def test_opposed_words_make_a_dispute() -> None:
    found = control(
        told(
            report("a", claim("capture", by=["army"], says="SANA"), outlet="One"),
            report("b", claim("capture", by=["army"], says="the Observatory", stance="denies"), outlet="Two"),
            report("c", claim("repel", by=["rebels"], on="2020-02-06"), outlet="Three", published="2020-02-07"),
        )
    )
    (period,) = found.periods
    assert period.contested
    assert period.others == ("the Observatory: not holds SYR", "Three: kept SYR rebels")


def test_who_withdraws_holds_no_more() -> None:
    found = control(
        told(
            report("a", claim("capture", by=["ISIS"], on="2020-01-01"), published="2020-01-02"),
            report("b", claim("withdraw", by=["ISIS"])),
        )
    )
    assert [(p.holder, p.until) for p in found.periods] == [("ISIS", "2020-02-05")]


def test_plans_do_not_hold_places() -> None:
    assert control(told(report("a", claim("capture", modality="future")))).statements == ()


def test_figures_are_listed_with_what_they_sum_up() -> None:
    total = claim(
        "displacement", at="Idlib", on="2019-12-01/2020-02-05", by=[], figures=[figure("displaced", 500000, None)]
    )
    found = figures(told(report("a", claim(killed=12, says="rescuers")), report("b", total)), None)
    assert [(n.kind, n.low, n.high, n.span, n.voice) for n in found] == [
        ("killed", 12, 12, "happening", "rescuers"),
        ("displaced", 500000, None, "period", "report b"),
    ]
    assert [n.kind for n in figures(told(report("b", total)), "killed")] == []


def ultimatum(**more: object) -> CodedReport:
    demand = claim(
        "withdraw", by=["army"], to=[], at="Saraqeb", on="2020-02-29", modality="future", words="to withdraw", **more
    )
    return report("u", demand, published="2020-02-06")


def test_deadlines_are_open_met_late_or_missed() -> None:
    def state(*more: CodedReport, today: str) -> str:
        (found,) = deadlines(told(ultimatum(), *more), today)
        assert (found.due, found.who) == ("2020-02-29", "SYR")
        return found.state

    done = report("d", claim("withdraw", by=["army"], on="2020-02-20"), published="2020-02-21")
    late = report("l", claim("withdraw", by=["army"], on="2020-03-05"), published="2020-03-06")
    other = report("o", claim("withdraw", by=["rebels"], on="2020-02-20"), published="2020-02-21")
    assert state(today="2020-02-10") == "open"
    assert state(today="2020-03-01") == "missed"
    assert state(other, today="2020-03-01") == "missed"
    assert state(late, today="2020-03-10") == "late"
    assert state(done, late, today="2020-03-10") == "met"


def test_what_is_dated_before_the_report_is_no_deadline() -> None:
    past = report("p", claim("withdraw", on="2020-02-01", modality="future"))
    assert deadlines(told(past), "2020-03-01") == []


def test_truces_are_agreed_violated_and_collapse() -> None:
    def at(day: str, type: str, words: str, **more: object) -> CodedReport:
        return report(words + day, claim(type, at="Syria", on=day, words=words, **more), published=day)  # type: ignore[arg-type]

    found = truces(
        told(
            at("2020-01-12", "agree", "ceasefire", by=["Russia", "Turkey"]),
            at("2020-01-14", "violate", "breached", by=["army"], says="rebels"),
            at("2020-02-01", "violate", "collapsed", by=[]),
            at("2020-03-05", "agree", "truce", by=["Russia", "Turkey"]),
            at("2020-03-06", "agree", "deal", by=["Russia", "Turkey"]),
        )
    )
    assert [(t.since, t.state, t.parties) for t in found] == [
        ("2020-01-12", "collapsed", ("RUS", "TUR")),
        ("2020-03-05", "agreed", ("RUS", "TUR")),
    ]
    assert [(s.what, s.voice) for s in found[0].steps][1] == ("violated", "rebels")


def test_sources_are_counted_and_not_scored() -> None:
    reports = (
        report("a", claim(killed=12), outlet="One", published="2020-02-05"),
        report("b", claim(killed=30), outlet="Two", published="2020-02-06"),
        report("c", claim("protest", at="Raqqa"), outlet="Two", published="2020-02-06"),
    )
    found = {v.name: v for v in sources(told(*reports), {e.id: e for e in reconcile(reports)})}
    assert (found["One"].claims, found["One"].first, found["One"].contradicted, found["One"].shared) == (1, 1, 1, 1)
    assert (found["Two"].claims, found["Two"].first, found["Two"].events, found["Two"].shared) == (2, 0, 2, 1)


def test_times_that_are_open_do_not_trip_a_ledger() -> None:
    from dataclasses import replace

    open_ = claim(killed=3, on=None, time=replace(when("2020-02-05"), earliest=None))
    rows = told(report("a", open_), report("b", claim(killed=3, on=None, at=None), published=None))
    assert len(figures(rows)) == 2
    assert control(rows).periods == ()
    assert deadlines(rows, "2020-03-01") == []
