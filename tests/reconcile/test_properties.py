"""What must hold whatever is reported."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reconcile import Links, reconcile, score, tell
from dateline.reconcile.facts import facts_of
from dateline.types import CodedReport
from making import SIDES, SPOTS, claim, report

DAYS = st.integers(1, 9).map(lambda d: f"2020-02-{d:02}")
NUMBERS = st.one_of(
    st.none(), st.integers(0, 40), st.tuples(st.integers(1, 40), st.none()), st.tuples(st.none(), st.integers(1, 40))
)
CLAIMS = st.builds(
    claim,
    st.sampled_from(
        ["air-strike", "shelling", "casualties", "attack", "advance", "capture", "repel", "demand", "displacement"]
    ),
    at=st.one_of(st.none(), st.sampled_from([*SPOTS, "Nowhere Farm"])),
    on=st.one_of(st.none(), DAYS),
    by=st.lists(st.sampled_from([*SIDES, "Karen Whitfield"]), max_size=2),
    to=st.lists(st.sampled_from([*SIDES, "Dennis Okafor"]), max_size=2),
    says=st.sampled_from(["", "", "the Observatory", "SANA", "police"]),
    killed=NUMBERS,
    modality=st.sampled_from(["asserted", "asserted", "asserted", "denied", "future", "uncertain"]),
    background=st.sampled_from([False, False, False, True]),
)


@st.composite
def coded(draw: st.DrawFn) -> list[CodedReport]:
    many = draw(st.lists(st.lists(CLAIMS, max_size=4), min_size=1, max_size=8))
    return [
        report(
            f"r{n}",
            *claims,
            outlet=draw(st.sampled_from(["One", "Two", "Three", ""])),
            published=draw(st.one_of(st.none(), DAYS)),
            title=draw(st.sampled_from(["", "Air strikes kill dozens in northern town", "Strikes kill ten in town"])),
        )
        for n, claims in enumerate(many)
    ]


@settings(max_examples=150, deadline=None)
@given(coded(), st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(reports: list[CodedReport], random: object) -> None:
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reconcile(shuffled) == reconcile(reports)


@settings(max_examples=150, deadline=None)
@given(coded())
def test_every_claim_is_in_exactly_one_event(reports: list[CodedReport]) -> None:
    events = reconcile(reports)
    assert sorted(c for e in events for c in e.claims) == sorted(c.id for r in reports for c in r.claims)
    assert len({e.id for e in events}) == len(events)


@settings(max_examples=150, deadline=None)
@given(coded())
def test_low_best_high(reports: list[CodedReport]) -> None:
    for event in reconcile(reports):
        for f in event.figures:
            assert f.low is not None
            assert f.best is not None
            assert f.high is not None
            assert f.low <= f.best <= f.high
            assert f.by_source


@settings(max_examples=150, deadline=None)
@given(coded())
def test_a_score_does_not_depend_on_which_comes_first(reports: list[CodedReport]) -> None:
    tellings = [t for r in reports for t in tell(facts_of(r))]
    for a in tellings[:4]:
        for b in tellings[4:8]:
            one, other = score(a, b), score(b, a)
            assert abs(one.total - other.total) < 1e-9
            assert abs(one.total - sum(f.weight for f in one.fields)) < 1e-9


@settings(max_examples=80, deadline=None)
@given(coded(), st.data())
def test_links_are_obeyed_and_taking_them_back_gives_what_was(reports: list[CodedReport], data: st.DataObject) -> None:
    ids = [c.id for r in reports for c in r.claims]
    if len(ids) < 2:
        return
    before = reconcile(reports)
    a, b = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
    home = {c: e.id for e in reconcile(reports, Links(must=(frozenset({a, b}),))) for c in e.claims}
    assert home[a] == home[b]
    home = {c: e.id for e in reconcile(reports, Links(cannot=((frozenset({a}), frozenset({b})),))) for c in e.claims}
    assert home[a] != home[b]
    assert reconcile(reports, Links()) == before
