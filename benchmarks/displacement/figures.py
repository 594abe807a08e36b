"""How often the figure of a displacement excerpt is read exactly.

    python benchmarks/displacement/figures.py LABELLED.xlsx [--program] [--half 0|1] [--errors]
        [--input OUT.jsonl] [--coded CODED.jsonl]

LABELLED.xlsx: a sheet with the columns Excerpt, Displacement figure, Reporting term, Reporting unit (the labelled rows
of the Internal Displacement Monitoring Centre), or excerpt, Quantity, Term, Unit.

The rule that picks the figure.  A row asks for what its term names: displaced people ("Displaced", "Forced to Flee",
"Homeless", "In Relief Camp", "Sheltered"), evacuated ones ("Evacuated", "Relocated"), or housing ("Destroyed Housing",
"Partially Destroyed Housing", "Uninhabitable Housing").  Of the excerpt's figures of that kind, those that count the
row's unit are kept (people, or households with houses and families); where there is none, those of the other kinds of
displacement.  Housing destroyed is told from housing damaged where an excerpt has both.  What only may happen, and
parts of a total, are no figures of their own.  Several that are left in one sentence are places of one event and are
added; a figure that repeats another does not count twice, and a later sentence's figures are left out.  Where no
figure is of displacement, people who only "arrived" or "left" are taken.  An interval is right if either end is the
label.

With --program the excerpts go the whole way and the figures are those of their claims; with --coded they are taken
from the program's output for the rows that --input wrote.  Without either they are taken from the roles of the counts
in each sentence, whatever the events.  --half takes the rows with an even (0) or odd (1) number only.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import to_builtins

from dateline.extract.counted import class_of
from dateline.extract.figure_kinds import role_of
from dateline.extract.quantities import find_quantities
from dateline.parse import Parser
from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report

_SHEET = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_NAMES = {"excerpt": "Excerpt", "Quantity": "Displacement figure", "Term": "Reporting term", "Unit": "Reporting unit"}
_HOUSING = ("Destroyed Housing", "Partially Destroyed Housing", "Uninhabitable Housing")
_MOVED = ("Evacuated", "Relocated")
_MAY = ("may", "might", "could", "would", "will", "should")
_HOUSEHOLDS = re.compile(r"famil|household|house|home|dwelling|building", re.I)


@dataclass(frozen=True)
class Row:
    id: int
    excerpt: str
    figure: float
    term: str
    unit: str
    english: bool


@dataclass(frozen=True)
class Told:
    kind: str
    low: float | None
    high: float | None
    of: str
    sentence: int = 0
    word: str = ""  # base form of the word that says what happened to those counted


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("labelled", type=pathlib.Path)
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--program", action="store_true", help="score the claims of the whole program")
    ap.add_argument("--half", type=int, choices=(0, 1), help="only rows with an even or an odd number")
    ap.add_argument("--input", type=pathlib.Path, help="write the excerpts here, a report a row")
    ap.add_argument("--coded", type=pathlib.Path, help="score the claims of this file")
    args = ap.parse_args()
    rows = [r for r in read(args.labelled) if args.half is None or r.id % 2 == args.half]
    if args.input:
        lines = (json.dumps({"id": str(r.id), "text": r.excerpt}, ensure_ascii=False) for r in rows)
        args.input.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return
    if args.program:
        told = from_program(rows)
    else:
        told = from_claims(args.coded) if args.coded else from_roles(rows)
    disputed = notes(args.labelled.name.split(".")[0])
    right: dict[str, list[bool]] = {"all": [], "English": [], "English, labels audited": []}
    for row in rows:
        value = pick(row, told.get(row.id, []))
        ok = value is not None and row.figure in value
        right["all"].append(ok)
        if row.english:
            right["English"].append(ok)
            if row.id not in disputed:
                right["English, labels audited"].append(ok)
        if args.errors and not ok:
            print(
                row.id, row.figure, row.term, row.unit, "|", value, told.get(row.id), "|", " ".join(row.excerpt.split())
            )
    for name, oks in right.items():
        print(f"{name}: {sum(oks)}/{len(oks)} = {sum(oks) / (len(oks) or 1):.3f}")


def pick(row: Row, told: list[Told]) -> tuple[float, ...] | None:
    """The values that count as the row's figure."""
    wanted = "destroyed" if row.term in _HOUSING else "evacuated" if row.term in _MOVED else "displaced"
    for kinds in ((wanted,), ("displaced", "evacuated", "returned"), ("forces",)):
        found = [t for t in told if t.kind in kinds]
        if row.term in _HOUSING and len(found) > 1:
            found = [t for t in found if (t.word == "damage") == row.term.startswith("Part")] or found
        unit = [t for t in found if bool(_HOUSEHOLDS.search(t.of)) == (row.unit == "Households")] or found
        if unit:
            distinct = list({(t.low, t.high): t for t in unit if t.sentence == unit[0].sentence}.values())
            if len(distinct) == 1:
                return tuple(v for v in (distinct[0].low, distinct[0].high) if v is not None)
            return (sum(t.low or t.high or 0 for t in distinct),)
    return None


def from_roles(rows: list[Row]) -> dict[int, list[Told]]:
    parser = Parser(ner=False)
    out: dict[int, list[Told]] = {}
    for report, sentences in parser.parse(Report(id=str(r.id), text=r.excerpt) for r in rows):
        found = out.setdefault(int(report.id), [])
        for s in sentences:
            quantities = find_quantities(s, report.text)
            for k, q in enumerate(quantities):
                role = role_of(s, quantities, k)
                if any((q.low, q.high) == (p.low, p.high) for earlier in quantities[:k] for p in earlier.includes):
                    continue
                if role and not any(s.lower[c] in _MAY for c in s.children[role.governor]):
                    of = q.of if q.of and class_of(s, q.mention.head) != "" else q.unit
                    found.append(Told(_moved(role.kinds), q.low, q.high, of, s.index, s.lemmas[role.governor]))
    return out


def _moved(kinds: tuple[str, ...]) -> str:
    """Of the kinds that a word can give, the one of displacement."""
    return next((k for k in kinds if k in {"displaced", "evacuated", "destroyed", "returned"}), kinds[0])


def from_program(rows: list[Row]) -> dict[int, list[Told]]:
    coded = Pipeline().code(Report(id=str(r.id), text=r.excerpt) for r in rows)
    return {int(c.report.id): of_claims(to_builtins(c)["claims"]) for c in coded if isinstance(c, CodedReport)}


def from_claims(path: pathlib.Path) -> dict[int, list[Told]]:
    out: dict[int, list[Told]] = {}
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        out[int(record["report"]["id"])] = of_claims(record["claims"])
    return out


def of_claims(claims: list[dict[str, Any]]) -> list[Told]:
    """The figures of claims of what was so."""
    figures = ((c, f) for c in claims for f in c["figures"] if c["modality"] != "future")
    return [
        Told(f["kind"], f["low"], f["high"], f["of"], c["sentence"]["start"], _word(c["trigger"]["text"]))
        for c, f in figures
    ]


def _word(trigger: str) -> str:
    return "damage" if trigger.lower().startswith("damag") else trigger.lower()


def read(path: pathlib.Path) -> Iterator[Row]:
    """The labelled rows; ``id`` is the sheet's row number."""
    with zipfile.ZipFile(path) as z:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{{{_SHEET['m']}}}t"))
            for item in ET.fromstring(z.read("xl/sharedStrings.xml")).findall("m:si", _SHEET)
        ]
        sheet = ET.fromstring(z.read("xl/worksheets/sheet1.xml"))
    names: dict[str, str] = {}
    for element in sheet.iter(f"{{{_SHEET['m']}}}row"):
        cells = {}
        for c in element.findall("m:c", _SHEET):
            v = c.find("m:v", _SHEET)
            if v is not None and v.text is not None:
                column = re.match("[A-Z]+", c.get("r", "A"))
                assert column
                cells[column.group()] = strings[int(v.text)] if c.get("t") == "s" else v.text
        if not names:
            names = {value: column for column, value in cells.items()}
            continue
        get = {_NAMES.get(name, name): cells.get(column, "") for name, column in names.items()}
        figure = get["Displacement figure"].replace(",", "")
        if get["Excerpt"] and figure:
            yield Row(
                id=int(element.get("r", "0")),
                excerpt=get["Excerpt"],
                figure=float(figure),
                term=get["Reporting term"],
                unit=get["Reporting unit"],
                english=_english(get["Excerpt"]),
            )


def _english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    foreign = {
        "de",
        "la",
        "el",
        "los",
        "las",
        "en",
        "dans",
        "les",
        "et",
        "que",
        "da",
        "je",
        "se",
        "di",
        "familias",
        "evacuados",
        "par",
    }
    ours = {
        "the",
        "of",
        "and",
        "in",
        "were",
        "been",
        "have",
        "people",
        "by",
        "to",
        "homes",
        "houses",
        "displaced",
        "evacuated",
        "destroyed",
    }
    return sum(w in foreign for w in words) <= sum(w in ours for w in words) and "individu" not in words


def notes(sheet: str) -> set[int]:
    """Rows of a sheet whose label is not what the excerpt says, from ``audit.tsv`` beside this file."""
    lines = pathlib.Path(__file__).with_name("audit.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {int(row) for name, row, _ in rows[1:] if name == sheet}


if __name__ == "__main__":
    main()
