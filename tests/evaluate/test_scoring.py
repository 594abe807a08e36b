"""Claims are paired within their sentence and type, and every slot is counted once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import ReadError
from dateline.evaluate.gold import GoldActor, GoldClaim, GoldFigure, GoldReport, GoldSource, load_gold
from dateline.evaluate.scoring import Counts, alike, score
from dateline.types import Actor, Claim, CodedReport, Codes, Extent, Figure, Report, Source, Span, When

TEXT = "Rebels shelled the camp on Monday, killing nine guards, a medic said. They shelled it again."
SENTENCES = ((0, 69), (70, 92))


GOLD = GoldClaim(
    sent=0,
    trigger="shelled",
    type="shelling",
    agents=(),
    targets=(),
    place=None,
    date_start=None,
    date_end=None,
    modality="asserted",
    sources=(),
    figures=(),
    background=False,
)
CODED = Claim(
    id="c",
    report_id="r",
    type="shelling",
    codes=Codes(plover=None, cameo=None, acled=None, ucdp=None),
    trigger=Span(text="shelled", start=7, end=14),
    sentence=Extent(start=0, end=69),
    agents=(),
    targets=(),
    place=None,
    time=None,
    modality="asserted",
    sources=(),
    figures=(),
    background=False,
    evidence=(),
    quoted=False,
    confidence=1.0,
)


def gold(**changes: Any) -> GoldClaim:
    return replace(GOLD, **changes)


def claim(start: int = 7, **changes: Any) -> Claim:
    return replace(CODED, trigger=Span(text="shelled", start=start, end=start + 7), **changes)


def slots(annotated: list[GoldClaim], coded: list[Claim]) -> dict[str, tuple[int, int, int]]:
    report = GoldReport(id="r", text=TEXT, sentences=SENTENCES, claims=tuple(annotated))
    scores = score([report], [CodedReport(report=Report(id="r", text=TEXT), claims=tuple(coded))])
    return {k: (c.right, c.missed, c.spurious) for k, c in scores.slots.items() if c != Counts()}


def actor(text: str, country: str = "", sector: str = "UNK", group: str = "") -> Actor:
    return Actor(
        text=text, start=0, end=len(text), name=text, country=country, sector=sector, group=group, actor_id=None
    )  # type: ignore[arg-type]


def when(first: str, last: str) -> When:
    return When(text="Monday", start=27, end=33, earliest=first, latest=last, precision=1)


def killed(low: float | None, high: float | None) -> Figure:
    return Figure(text="nine", start=43, end=47, kind="killed", low=low, high=high, of="guards")


def test_the_same_claim_is_right_and_another_sentence_or_type_is_not() -> None:
    assert slots([gold()], [claim()]) == {"type": (1, 0, 0), "modality": (1, 0, 0)}
    assert slots([gold()], [claim(75)]) == {"type": (0, 1, 1), "modality": (0, 1, 1)}
    assert slots([gold()], [claim(type="air-strike")]) == {"type": (0, 1, 1), "modality": (0, 1, 1)}
    assert slots([gold()], []) == {"type": (0, 1, 0), "modality": (0, 1, 0)}


def test_a_report_that_was_not_coded_misses_all() -> None:
    report = GoldReport(id="r", text=TEXT, sentences=SENTENCES, claims=(gold(), gold(sent=1)))
    scores = score([report], [])
    assert scores.total == Counts(0, 4, 0)
    assert scores.types == {"shelling": Counts(0, 2, 0)}
    assert (scores.total.precision, scores.total.recall, scores.total.f1) == (0.0, 0.0, 0.0)


def test_of_two_the_better_is_paired() -> None:
    denied = claim(7, modality="denied")
    assert slots([gold(modality="denied")], [claim(8), denied])["modality"] == (1, 0, 1)


@pytest.mark.parametrize(
    ("g", "c", "right"),
    [
        (GoldActor(text="the rebels", country="SYR", sector="REB", group=""), actor("rebels"), 1),
        (GoldActor(text="they", country="SYR", sector="REB", group=""), actor("them", "SYR", "REB"), 1),
        (GoldActor(text="they", country="SYR", sector="REB", group=""), actor("them", "TUR", "MIL"), 0),
        (GoldActor(text="its men", country="", sector="REB", group="HTS"), actor("fighters", group="HTS"), 1),
        (GoldActor(text="", country="", sector="UNK", group=""), actor("somebody"), 0),
    ],
)
def test_actors(g: GoldActor, c: Actor, right: int) -> None:
    assert slots([gold(agents=(g,))], [claim(agents=(c,))])["agent"] == (right, 1 - right, 1 - right)


@pytest.mark.parametrize(
    ("first", "last", "found", "counts"),
    [
        ("2020-02-03", "2020-02-03", when("2020-02-03", "2020-02-03"), (1, 0, 0)),
        ("2020-02-03", None, when("2020-02-03T18:00:00", "2020-02-03T20:00:00"), (1, 0, 0)),
        ("2020-02-03", "2020-02-03", when("2020-02-03", "2020-02-04"), (0, 1, 1)),
        ("2020-02-03", "2020-02-03", None, (0, 1, 0)),
        (None, None, when("2020-02-03", "2020-02-03"), (0, 0, 1)),
        ("?", "2020-02-29", when("2020-02-03", "2020-02-03"), None),
    ],
)
def test_dates(first: str | None, last: str | None, found: When | None, counts: tuple[int, int, int] | None) -> None:
    assert slots([gold(date_start=first, date_end=last)], [claim(time=found)]).get("date") == counts


@pytest.mark.parametrize(("low", "high", "right"), [(9, 9, 1), (9, None, 0), (None, 9, 0), (9.1, 9.1, 1), (10, 10, 0)])
def test_figures(low: float | None, high: float | None, right: int) -> None:
    g = GoldFigure(kind="killed", low=9, high=9, text="nine guards")
    assert slots([gold(figures=(g,))], [claim(figures=(killed(low, high),))])["figure"] == (right, 1 - right, 1 - right)


def test_each_filling_answers_one() -> None:
    medic = Source(text="medic", start=58, end=63, name="medic", kind="witness", verb="said", stance="reports")
    twice = (GoldSource(text="a medic"), GoldSource(text="medic"))
    assert slots([gold(sources=twice)], [claim(sources=(medic,))])["source"] == (1, 1, 0)


def test_alike() -> None:
    assert alike("the Northern Monitor", "Northern Monitor's head")
    assert not alike("the", "the")
    assert not alike("army units", "rebel fighters")


def test_a_file_that_is_no_annotation_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text('[{"id": "a", "text": "b", "sentences": [[0, 1]], "claims": [{"sent": "x"}]}]')
    with pytest.raises(ReadError, match=r"gold\.json.*sent|sent"):
        load_gold(path)
    with pytest.raises(ReadError):
        load_gold(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"sent": 0', '"sent": "x"', 3, "sent"),
        ('"sent": 0', '"sent": 4', 3, "there is no sentence 4"),
        ('"type": "shelling",', "", 3, "type"),
        ('"modality": "asserted"', '"modality": "sure"', 4, "modality"),
        ('"figures": []', '"figures": [}', 5, "malformed"),
    ],
)
def test_the_line_is_named(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    text = (
        '[{"id": "a", "text": "Rebels shelled it.",\n"sentences": [[0, 18]],\n"claims": [{"sent": 0, "type": "shelling", '
        '"trigger": "shelled",\n"modality": "asserted", "agents": [], "targets": [], "place": null, "date_start": null, '
        '"date_end": null,\n"sources": [], "figures": [], "background": false}]}]'
    )
    path = tmp_path / "gold.json"
    path.write_text(text, "utf-8")
    assert len(load_gold(path)) == 1
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ReadError, match=words) as caught:
        load_gold(path)
    assert caught.value.line == line
