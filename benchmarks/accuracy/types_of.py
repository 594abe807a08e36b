"""Sets that score the type of what a text is about: CASE 2021 task 2 (ACLED), PLOVER's records, PETRARCH's sentences."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from measuring import Matrix, Score, Tally, Tools, f1, records, share, text

from dateline.codebook.lexicon import read_yaml
from dateline.types import Claim, CodedReport

LABELS = read_yaml(Path(__file__).with_name("labels.yaml"))


def primary(coded: CodedReport | None) -> Claim | None:
    """The claim that a report is mainly about."""
    return next((c for c in coded.claims if c.id == coded.primary), None) if coded else None


def case2021(folder: Path, tools: Tools) -> Iterator[Score]:
    """ACLED's sub-event type of a snippet, by its primary claim; what has none is OTHER."""
    ours: dict[str, str] = LABELS["case2021"]
    kept = set(ours.values()) | {"OTHER"}
    rows = tools.some([r for r in records(folder / "records.jsonl.gz") if r["type"] in kept])
    coded = tools.code((text(n, r["text"]) for n, r in enumerate(rows)), kinds=False)
    names = sorted(kept)
    whole, by_type, right = Tally("snippets"), Tally("snippets"), Tally("snippets")
    for n, r in enumerate(rows):
        c = primary(coded.get(str(n)))
        acled = c.codes.acled if c else None
        given, wanted = ours.get(acled.sub_event_type, "OTHER") if acled else "OTHER", r["type"]
        whole.add(n, _confusion(names, wanted, given))
        right.add(n, (given == wanted, 1))
        for name in {given, wanted}:
            by_type.only(n, (given == wanted, given == name != wanted, wanted == name != given), f"type: {name}")
    yield from whole.scores("weighted F1", lambda sums: weighted_f1(sums, len(names)))
    yield from right.scores("accuracy", share)
    yield from by_type.scores("F1", f1)


def _confusion(names: list[str], wanted: str, given: str) -> list[float]:
    """For each name: right, given, wanted."""
    return [*(float(wanted == given == n) for n in names), *(float(given == n) for n in names),
            *(float(wanted == n) for n in names)]  # fmt: skip


def weighted_f1(sums: Matrix, n: int) -> Matrix:
    """The mean of the labels' F1, each weighted by how often it is wanted."""
    right, given, wanted = sums[:, :n], sums[:, n : 2 * n], sums[:, 2 * n :]
    each = 2 * right / np.maximum(given + wanted, 1)
    return np.asarray((each * wanted).sum(axis=1) / np.maximum(wanted.sum(axis=1), 1))


def plover(folder: Path, tools: Tools) -> Iterator[Score]:
    """PLOVER's event of a sentence, by its primary claim and by any of its claims."""
    renamed: dict[str, str] = LABELS["plover"]
    rows = tools.some(records(folder / "records.jsonl.gz"))
    coded = tools.code((text(n, r["text"], published="2000-01-01") for n, r in enumerate(rows)), kinds=False)
    one, anyone = Tally("sentences"), Tally("sentences")
    for n, r in enumerate(rows):
        wanted, found = renamed.get(r["event"], r["event"]), coded.get(str(n))
        c = primary(found)
        one.add(n, (bool(c) and _event(c) == wanted, 1), f"type: {wanted}")
        anyone.add(n, (any(_event(k) == wanted for k in (found.claims if found else ())), 1))
    yield from one.scores("accuracy", share)
    yield from anyone.scores("accuracy, any claim", share)


def _event(c: Claim | None) -> str:
    return c.codes.plover.event if c and c.codes.plover else ""


def petrarch(folder: Path, tools: Tools) -> Iterator[Score]:
    """CAMEO's root of the events coded for PETRARCH's own test sentences, by any claim of each."""
    rows = list(tools.some([r for name in LABELS["petrarch"] for r in _sentences(folder / name)]))
    coded = tools.code(text(r["id"], r["text"], published=r["date"]) for r in rows)
    found, empty = Tally("sentences"), Tally("sentences")
    for r in rows:
        ours = {c.codes.cameo[:2] for c in (coded[r["id"]].claims if r["id"] in coded else ()) if c.codes.cameo}
        if r["roots"]:
            found.add(r["id"], (len(ours & r["roots"]), len(r["roots"])), f"file: {r['file']}")
        elif r["file"] == "PETR.UnitTest.records.xml":
            empty.add(r["id"], (not ours, 1))
    yield from found.scores("CAMEO roots found", share)
    yield from empty.scores("sentences without an event left without one", share)


def _sentences(path: Path) -> Iterator[dict[str, Any]]:
    """The sentences of a validation file that holds texts: id, date, text, roots of the events coded."""
    for n, s in enumerate(ET.parse(path).getroot().iter("Sentence")):
        words = " ".join((s.findtext("Text") or "").split())
        day = s.get("date", "")
        codes = [e.get("eventcode", "") for e in s.iter("EventCoding")]
        if words:
            yield {
                "id": f"{path.stem} {n}", "text": words, "date": f"{day[:4]}-{day[4:6]}-{day[6:8]}", "file": path.name,
                "roots": {c[:2] for c in codes if c[:2].isdigit()},
            }  # fmt: skip
