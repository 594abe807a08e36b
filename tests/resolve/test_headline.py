"""Reports of which only the title tells anything."""

from __future__ import annotations

from dateline.read.text import make_report
from dateline.types import CodedReport


def coded(pipeline, text: str, title: str) -> CodedReport:
    (one,) = pipeline.code([make_report(text, id="a", title=title, published="2020-02-06", outlet="Tilden Post")])
    assert isinstance(one, CodedReport)
    return one


def test_a_title_is_coded_where_the_text_tells_of_nothing(pipeline):
    found = coded(pipeline, "Please sign in to read this article.", "Gunmen kill 12 in Kano market")
    (claim,) = found.claims
    assert (claim.figures[0].kind, claim.figures[0].low) == ("killed", 12)
    assert found.primary == claim.id
    assert found.report.text == "Please sign in to read this article."


def test_nothing_of_a_title_has_offsets(pipeline):
    (claim,) = coded(pipeline, "", "Gunmen kill 12 villagers in Kano on Tuesday, police say").claims
    spans = [claim.trigger, *claim.agents, *claim.targets, *claim.figures, *claim.sources, claim.place, claim.time]
    assert all(s.start is None and s.end is None for s in spans if s is not None)
    assert (claim.sentence.start, claim.sentence.end) == (0, 0)


def test_a_text_that_tells_something_is_not_added_to(pipeline):
    found = coded(pipeline, "Rebels shelled the town of Saraqib on Tuesday.", "Gunmen kill 12 in Kano market")
    assert {c.type for c in found.claims} == {"shelling"}


def test_a_title_of_nothing_gives_nothing(pipeline):
    assert coded(pipeline, "The orchestra played on Sunday.", "A new season of music").claims == ()


def test_a_long_text_that_tells_of_nothing_stands_for_itself(pipeline):
    assert coded(pipeline, "The orchestra played on Sunday. " * 100, "Gunmen kill 12 in Kano market").claims == ()


def test_a_short_text_of_something_else_gives_way_to_a_title_of_people_harmed(pipeline):
    other = "The orchestra played on Sunday. " * 20
    assert coded(pipeline, other, "Gunmen kill 12 in Kano market").claims
    assert coded(pipeline, other, "Fans storm Kano market for new album").claims == ()
