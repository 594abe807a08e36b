"""Gather what the model of kinds is trained on: labelled words, with what the rules find in them.

    uv run python scripts/kinds_material.py OUT.jsonl --own scripts/kinds/*.tsv [--data DATA] [--gold GOLD.json...]

``--own`` takes tables of labelled sentences (ACLED, PLOVER, text); ``--data`` a folder with the sets case2021_task2 and
plover_gsr; ``--gold`` annotated reports, whose sentences without a claim tell of nothing.  Every row says which set it is from.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from dateline.evaluate.gold import load_gold
from dateline.pipeline import Pipeline
from dateline.resolve.kinds import features
from dateline.types import CodedReport, Report

Row = dict[str, object]
_ACLED = {
    "ABDUCT_DISSAP": "Abduction/forced disappearance",
    "AGREEMENT": "Agreement",
    "AIR_STRIKE": "Air/drone strike",
    "ARMED_CLASH": "Armed clash",
    "ARREST": "Arrests",
    "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "ATTACK": "Attack",
    "CHANGE_TO_GROUP_ACT": "Change to group/activity",
    "CHEM_WEAP": "Chemical weapon",
    "DISR_WEAP": "Disrupted weapons use",
    "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "GOV_REGAINS_TERIT": "Government regains territory",
    "GRENADE": "Grenade",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "MOB_VIOL": "Mob violence",
    "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory",
    "OTHER": "",
    "PEACE_PROTEST": "Peaceful protest",
    "PROPERTY_DISTRUCT": "Looting/property destruction",
    "PROTEST_WITH_INTER": "Protest with intervention",
    "REM_EXPLOS": "Remote explosive/landmine/IED",
    "SEX_VIOL": "Sexual violence",
    "SUIC_BOMB": "Suicide bomb",
    "VIOL_DEMONSTR": "Violent demonstration",
}
_PLOVER_NOW = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT", "INVESTIGATE": "ACCUSE"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--own", type=Path, nargs="*", default=[])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    rows = [r for path in args.own for r in own(path)]
    if args.data:
        rows += [*case2021(args.data / "case2021_task2"), *plover_gsr(args.data / "plover_gsr")]
    rows += [r for path in args.gold for r in untold(path)]
    with args.out.open("w", encoding="utf-8") as f:
        for row in coded(rows):
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{len(rows)} rows")


def own(path: Path) -> Iterator[Row]:
    """Labelled sentences of one's own; "-" is a label that is not known."""
    with path.open(encoding="utf-8", newline="") as f:
        for acled, plover, text in csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {
                "set": "own",
                "text": text,
                "acled": None if acled == "-" else _ACLED[acled],
                "plover": None if plover == "-" else plover.replace("NONE", ""),
            }


def case2021(folder: Path) -> Iterator[Row]:
    for r in _records(folder):
        yield {"set": "case2021", "text": r["text"], "acled": _ACLED.get(r["type"], ""), "plover": None}


def plover_gsr(folder: Path) -> Iterator[Row]:
    for r in _records(folder):
        yield {"set": "plover_gsr", "text": r["text"], "acled": None, "plover": _PLOVER_NOW.get(r["event"], r["event"])}


def untold(path: Path) -> Iterator[Row]:
    """Sentences of annotated reports that tell of nothing."""
    for g in load_gold(path):
        told = {c.sent for c in g.claims}
        for n, (start, end) in enumerate(g.sentences):
            if n not in told and end - start > 40:
                yield {"set": "untold", "text": g.text[start:end], "acled": "", "plover": ""}


def coded(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with what the rules find in each."""
    rows = list(rows)
    reports = (Report(id=str(n), text=str(r["text"])) for n, r in enumerate(rows))
    for row, c in zip(rows, Pipeline(kinds=False).code(reports), strict=True):
        assert isinstance(c, CodedReport)
        main = next((k for k in c.claims if k.id == c.primary), None)
        yield row | {"features": features(c.claims, main)}


def _records(folder: Path) -> Iterator[dict[str, str]]:
    with gzip.open(folder / "records.jsonl.gz", "rt", encoding="utf-8") as f:
        yield from map(json.loads, f)


if __name__ == "__main__":
    main()
