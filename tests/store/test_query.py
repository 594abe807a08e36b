"""Questions to the store."""

from __future__ import annotations

import pytest
from kept import received

from dateline.errors import StoreError, UsageError
from dateline.store import Store
from dateline.store.differ import codings, diff
from dateline.store.query import Filters, find_claims, find_events, show
from making import claim, figure, report


@pytest.fixture
def filled(store: Store) -> Store:
    store.add(
        received(
            report("a", claim(killed=12, says="the Observatory"), outlet="One"),
            report("b", claim(killed=14, by=["Russia"]), outlet="Two"),
            report(
                "c", claim("protest", at="Raqqa", on=None, by=["civilians"]), published="2020-03-01", outlet="Three"
            ),
            report("d", claim("shelling", at="Mosul", on="2020-02-01/2020-02-03", by=["ISIS"]), published="2020-02-05"),
        )
    )
    return store


@pytest.mark.parametrize(
    ("filters", "reports"),
    [
        (Filters(), "abcd"),
        (Filters(place="saraqeb"), "ab"),
        (Filters(place="1"), "ab"),
        (Filters(country="IRQ"), "d"),
        (Filters(box=(36, 35, 37, 36)), "ab"),
        (Filters(box=(40, 30, 38, 40)), "abd"),
        (Filters(type="protest"), "c"),
        (Filters(actor="isis"), "d"),
        (Filters(actor="Russ"), "ab"),
        (Filters(source="observatory"), "ab"),
        (Filters(source="three"), "c"),
        (Filters(status="single-source"), "cd"),
        (Filters(since="2020-02-04"), "abc"),
        (Filters(until="2020-02-03"), "d"),
        (Filters(since="2020-02-02", until="2020-02-02"), "d"),
        (Filters(limit=1), "d"),
        (Filters(place="Nowhere"), ""),
    ],
)
def test_filters(filled: Store, filters: Filters, reports: str) -> None:
    found = {c[0] for e in find_events(filled, filters) for c in e.claims}
    assert "".join(sorted(found)) == reports


@pytest.mark.parametrize("wrong", [{"since": "yesterday"}, {"until": "2020-13-01"}, {"box": (0, 50, 10, 40)}])
def test_wrong_filters_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Filters(**wrong)  # type: ignore[arg-type]


def test_show_has_every_version_with_its_words(filled: Store) -> None:
    shown = show(filled, "a.0")
    assert [(v.told.claim.id, v.told.voice, v.quote) for v in shown.versions] == [
        ("a.0", "the Observatory", "Words 000."),
        ("b.0", "Two", "Words 000."),
    ]
    assert shown.scores[0].joins
    assert show(filled, shown.event.id) == shown
    with pytest.raises(StoreError, match="no event or claim x"):
        show(filled, "x")


def test_claims_by_place_and_type(filled: Store) -> None:
    assert [t.claim.id for t in find_claims(filled, place="Saraqeb")] == ["a.0", "b.0"]
    assert [t.claim.id for t in find_claims(filled, types=["shelling", "protest"])] == ["c.0", "d.0"]
    assert all(t.event for t in find_claims(filled))


def test_recoding_keeps_the_old_and_shows_the_difference(filled: Store) -> None:
    new = report(
        "a", claim(killed=13, says="the Observatory"), claim("advance", figures=[figure("forces", 9, 9)]), outlet="One"
    )
    same = report("b", claim(killed=14, by=["Russia"]), outlet="Two")
    assert filled.recode([new, same]) == 1
    old, now = codings(filled, "a")
    changes = list(diff(old.coded, now.coded))
    assert [(c.what, c.fields) for c in changes] == [("changed", ("figures",)), ("added", ())]
    (kept,) = [f for f in show(filled, "a.0").event.figures if f.kind == "killed"]
    assert {s.low for s in kept.by_source} == {13, 14}
    assert len(codings(filled, "b")) == 1
    with pytest.raises(StoreError, match="no report z"):
        filled.recode([report("z", claim())])
