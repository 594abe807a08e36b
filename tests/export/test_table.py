"""Tables for the terminal: what stands in them, and that nothing of a report is taken for markup."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from dateline.export import words
from dateline.export.table import print_events, print_report
from dateline.pipeline import Pipeline
from dateline.reconcile import reconcile
from dateline.types import CodedReport, Report, Source, SourceKind


def console() -> Console:
    return Console(file=io.StringIO(), width=80, highlight=False)


def printed(c: Console) -> str:
    assert isinstance(c.file, io.StringIO)
    return c.file.getvalue()


@pytest.fixture(scope="module")
def coded() -> list[CodedReport]:
    texts = (
        "An air strike on the market of Harim killed at least 12 people on Wednesday, a monitor said.",
        "An air strike on the market of Harim killed 40 people on Wednesday, the governor said.",
    )
    reports = [
        Report(id=str(n), text=t, published="2020-02-07", title=f"[red]{n}[/red] 死者", outlet="Example Wire")
        for n, t in enumerate(texts)
    ]
    return [c for c in Pipeline().code(reports) if isinstance(c, CodedReport)]


def test_a_report(coded: list[CodedReport]) -> None:
    out = console()
    print_report(coded[0], out)
    text = printed(out)
    assert "[red]0[/red]" in text
    for word in ("air-strike", "killed at least 12", "Harim", "2020-02-05", "monitor"):
        assert word in text, word
    assert max(map(len, text.splitlines())) <= 80


def test_where_accounts_meet(coded: list[CodedReport]) -> None:
    out = console()
    print_events(coded, reconcile(coded), out)
    text = " ".join(printed(out).split())
    assert "12+" in text
    assert "40" in text
    assert max(map(len, printed(out).splitlines())) <= 80


def test_nothing_is_said_of_events_where_none_is_shared(coded: list[CodedReport]) -> None:
    out = console()
    print_events(coded[:1], reconcile(coded[:1]), out)
    assert printed(out) == ""


def said(name: str, kind: SourceKind) -> Source:
    return Source(text=name, start=0, end=1, name=name, kind=kind, verb="said", stance="reports")


@pytest.mark.parametrize(
    ("sources", "wanted"),
    [
        ((said("rescuers", "witness"), said("Example Radio", "media")), "rescuers, via Example Radio"),
        ((said("the agency", "state-media"), said("the channel", "media")), "the agency, the channel"),
        ((said("two officials", "official"), said("a monitor", "monitor")), "two officials, a monitor"),
        ((), ""),
    ],
)
def test_by_whose_word(sources: tuple[Source, ...], wanted: str) -> None:
    assert words.source(sources) == wanted


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [(12, 12, "12"), (10, None, "10+"), (None, 150, "to 150"), (8, 12, "8–12"), (None, None, "?")],
)
def test_numbers_in_short(low: float | None, high: float | None, wanted: str) -> None:
    assert words.between(low, high) == wanted
