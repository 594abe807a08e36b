"""Private persons' names: found as what they are, withheld everywhere they stand, and public ones left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet
import pytest
from made import told

import making
from dateline.codebook import load_codebook
from dateline.export.bundle import Bundle, Options, Written, export, formats
from dateline.export.redact import is_private_actor, is_private_source, withheld
from dateline.reconcile import reconcile
from dateline.types import Actor, Sector, Source, SourceKind

TEXT = (
    "The army shelled the home of Samir Haddad in Saraqeb on Wednesday. "
    "Haddad's neighbour Fatima al-Omar told the agency SANA that she saw Mohammed Ali Zein fall near Khan Sheikhoun. "
    "President Bashar al-Assad and Recep Tayyip Erdogan said nothing."
)


def who(text: str, sector: Sector = "UNK", group: str = "", id: str | None = None) -> Actor:
    start = max(0, TEXT.find(text))
    return Actor(
        text=text, start=start, end=start + len(text), name=text, country="SYR", sector=sector, group=group, actor_id=id
    )


def by(text: str, kind: SourceKind) -> Source:
    return Source(text=text, start=0, end=1, name=text, kind=kind, verb="told", stance="reports")


@pytest.mark.parametrize(
    "actor",
    [
        who("Ahmad al-Saleh"), who("resident Mohammed Hasan", "CVL"), who("Saleh"), who("Umm Ahmad, 45", "CVL"), who("Al-Rashid"),
        who("family of Fatima al-Omar", "CVL"), who("doctor Omar Khalil", "NGO"), who("Samira's brother", "CVL"),
    ],
)  # fmt: skip
def test_names_of_private_persons(actor: Actor) -> None:
    assert is_private_actor(actor)


@pytest.mark.parametrize(
    "actor",
    [
        who("Idlib residents", "CVL"), who("people of Idlib", "CVL"), who("Two civilians", "CVL"), who("Residents", "CVL"),
        who("the attackers"), who("Syrian Relief Team", "NGO"), who("Christians", "CVL"), who("President Ahmad Example", "GOV"),
        who("a 12-year-old girl", "CVL"), who("Casualties", "CVL"), who("Around 600 civilians", "CVL"), who("Example-based group"), who("Ahmad Example", "UNK", id="ahmad-example"), who("Ahmad", "REB", group="HTS"),
    ],
)  # fmt: skip
def test_what_is_no_private_name(actor: Actor) -> None:
    assert not is_private_actor(actor)


def test_sources() -> None:
    assert is_private_source(by("Fatima al-Omar", "witness"))
    assert is_private_source(by("resident Omar Zein", "resident"))
    assert is_private_source(by("activist Omar Zein", "ngo"))
    assert not is_private_source(by("residents", "resident"))
    assert not is_private_source(by("Syrian Observatory for Human Rights", "monitor"))
    assert not is_private_source(by("Omar Zein", "official"))
    assert not is_private_source(by("Witnesses", "witness"))
    assert not is_private_source(by("NNAS", "unknown"))
    assert not is_private_source(by("channel Al-Example", "unknown"))


def sample() -> Bundle:
    first = told("shelling", to=[], sources=(by("Fatima al-Omar", "witness"),), killed=2)
    first = replace(first, targets=(who("Samir Haddad", "CVL"),))
    second = told("shelling", to=[], killed=3, says="SANA")
    second = replace(second, targets=(who("Samir Haddad", "CVL"),))
    coded = making.report("r1", first, outlet="Wire", text=TEXT, title="Home of Samir Haddad hit")
    coded = replace(
        coded, claims=tuple(replace(c, sentence=replace(c.sentence, start=0, end=len(TEXT))) for c in coded.claims)
    )
    other = making.report("r2", second, outlet="Other", text="The army struck Samir Haddad on Wednesday, said SANA.")
    return Bundle(events=tuple(reconcile([coded, other])), coded=(coded, other), codebook=load_codebook())


def seen(format: str, folder: Path, private: bool) -> str:
    path = folder / "out"
    export(format, sample(), path, Options(private=private))
    if "parquet" in format:
        return str(pyarrow.parquet.read_table(path).to_pylist())
    return path.read_text("utf-8")


@pytest.mark.parametrize("format", sorted(formats()))
def test_no_format_lets_a_private_name_out(format: str, tmp_path: Path) -> None:
    shown = seen(format, tmp_path, private=False)
    for name in ("Samir", "Haddad", "Fatima", "al-Omar", "SAMIR", "HADDAD"):
        assert name not in shown


@pytest.mark.parametrize("format", ["acled", "csv", "ged", "native", "parquet", "plover", "polecat"])
def test_names_are_there_for_who_asks(format: str, tmp_path: Path) -> None:
    assert "Samir Haddad" in seen(format, tmp_path, private=True)


def test_what_a_format_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    got: list[Bundle] = []

    def spy(given: Bundle, path: Path, options: Options) -> Written:
        got.append(given)
        return Written(rows=0)

    b = sample()
    monkeypatch.setattr("dateline.export.plover.write", spy)
    export("plover", b, tmp_path / "out")
    assert all(c.report.text == "" for c in got[0].coded)
    assert got[0].coded[0].report.title == f"Home of {withheld()} hit"
    quote = got[0].quote(got[0].coded[0].claims[0].id)
    for name in ("Samir", "Haddad", "Fatima", "Omar", "Mohammed", "Zein"):
        assert name not in quote
    assert "Khan Sheikhoun" in quote, "a place is no person"
    assert "Bashar al-Assad" in quote
    assert "Recep Tayyip Erdogan" in quote
    (event,) = got[0].events
    assert {a.name for a in event.targets} == {withheld()}
    assert {s.source for f in event.figures for s in f.by_source} == {withheld(), "SANA"}
    assert (got[0].coded[0].claims[0].targets[0].start, b.coded[0].claims[0].targets[0].start) == (29, 29)
