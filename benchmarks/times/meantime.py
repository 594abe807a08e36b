"""Score the normalisation of dates on MEANTIME's TIMEX3 annotations (English, CAT XML).

Usage: python benchmarks/times/meantime.py FOLDER [--errors]

FOLDER holds the unpacked `intra-doc_annotation` files.  Only DATE values that are a day, week, month, season, quarter
or year are asked for.  A value is right where our interval is the same; one that ends at the report's date (so that
"this year" goes no further than the report) is right too, and so is one that is part of the value ("late 2006").
"""

from __future__ import annotations

import argparse
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from dateline.extract.times import find_times
from dateline.extract.timing import words as cal
from dateline.parse import Parser
from dateline.types import Report

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("folder", type=Path)
    args.add_argument("--errors", action="store_true")
    opts = args.parse_args()
    counts: Counter[str] = Counter()
    parser = Parser(ner=False)
    for path in sorted(opts.folder.rglob("*.xml")):
        text, spans, dct, gold = read(path)
        if dct is None:
            continue
        ((_, sentences),) = parser.parse([Report(id=path.stem, text=text)])
        found = [
            (s.starts[t.mention.first], s.ends[t.mention.last], t)
            for s, times in zip(sentences, find_times(sentences, text, dct), strict=True)
            for t in times
        ]
        for tokens, value in gold:
            wanted = interval(value)
            if wanted is None or not tokens:
                continue
            start, end = spans[tokens[0]][0], spans[tokens[-1]][1]
            hits = [t for a, b, t in found if a < end and start < b]
            verdict = judge(wanted, [(t.earliest, t.latest) for t in hits], dct)
            counts[verdict] += 1
            if opts.errors and verdict not in {"same", "clipped", "part"}:
                said = [(t.earliest, t.latest, t.role) for t in hits]
                around = text[max(0, start - 50) : end + 40]
                print(f"{verdict}: {text[start:end]!r} in …{around!r} {value} {said} DCT {dct}")
    total = sum(counts.values())
    good = counts["same"] + counts["clipped"] + counts["part"]
    print(dict(counts), f"found {total - counts['missed']}/{total}, right {good}/{total - counts['missed']}")


def judge(wanted: tuple[date, date], said: list[tuple[str | None, str | None]], dct: str) -> str:
    if not said:
        return "missed"
    ends = [(a or b, b or a) for a, b in said]
    known = [(date.fromisoformat(a[:10]), date.fromisoformat(b[:10])) for a, b in ends if a and b]
    if wanted in known:
        return "same"
    day = date.fromisoformat(dct)
    if any((a, b) in {(wanted[0], day), (day, wanted[1])} for a, b in known):
        return "clipped"
    if any(wanted[0] <= a and b <= wanted[1] for a, b in known):
        return "part"
    return "wrong"


def read(path: Path) -> tuple[str, dict[str, tuple[int, int]], str | None, list[tuple[list[str], str]]]:
    """The text, the span of each token, the document's date and the (tokens, value) of its DATEs."""
    root = ET.parse(path).getroot()
    text, spans, last = "", {}, "0"
    for t in root.iter("token"):
        sentence = t.get("sentence", "0")
        text += "" if not text else "\n\n" if sentence != last else " "
        last = sentence
        word = t.text or ""
        spans[t.get("t_id", "")] = (len(text), len(text) + len(word))
        text += word
    dct, gold = None, []
    for x in root.iter("TIMEX3"):
        tokens = [a.get("t_id", "") for a in x.iter("token_anchor")]
        if x.get("functionInDocument") == "CREATION_TIME":
            dct = x.get("value") if re.fullmatch(r"\d{4}-\d\d-\d\d", x.get("value", "")) else None
        elif x.get("type") == "DATE":
            gold.append((tokens, x.get("value", "")))
    return text, spans, dct, gold


def interval(value: str) -> tuple[date, date] | None:
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        d = cal.day(int(m[1]), int(m[2]), int(m[3]))
        return (d, d) if d else None
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(m[1]), max(1, int(m[2])), 1)
        return (monday + timedelta(5 if m[3] else 0), monday + timedelta(6))
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return cal.of_month(int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return cal.of_season(*SEASONS[m[2]], int(m[1]))
    if m := re.fullmatch(r"(\d{4})-Q(\d)", value):
        return cal.of_month(int(m[1]), int(m[2]) * 3 - 2)[0], cal.of_month(int(m[1]), int(m[2]) * 3)[1]
    if m := re.fullmatch(r"(\d{4})", value):
        return cal.of_year(int(m[1]))
    return None


if __name__ == "__main__":
    main()
