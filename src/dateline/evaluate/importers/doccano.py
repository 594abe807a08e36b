"""doccano's JSONL export of sequence labelling, with relations (``entities``, ``relations``) or without (``label``).

Offsets are code points, as doccano counts unless a project was told to count grapheme clusters; such a project's
offsets are off after every cluster of several code points, and the export does not say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.evaluate.importers.lines import At, about, json_lines, listed, object_of, plain, report_text, span
from dateline.evaluate.importers.marks import Link, Mark, Marked

_KNOWN = frozenset({"id", "label", "start_offset", "end_offset"})


def read(path: Path, left_out: dict[str, int]) -> Iterator[Marked]:
    """The annotated texts.

    Raises:
        ReadError: a line is no such record, or a span lies outside its text; file, line and field are named.
    """
    for at, record in json_lines(path):
        yield _marked(at, record)


def _marked(at: At, record: Mapping[str, Any]) -> Marked:
    text = report_text(at, record)
    if "entities" in record:
        entities = listed(at.into("entities"), record["entities"])
        marks = [_entity(at.into(f"entities[{n}]"), text, raw) for n, raw in enumerate(entities)]
    elif "label" in record or "labels" in record:
        marks = _labels(at.into("label"), text, record.get("label", record.get("labels")))
    else:
        raise at.fail("neither entities nor label (the export of a sequence labelling project is wanted)")
    links = [
        Link(trigger=str(r.get("from_id")), argument=str(r.get("to_id")), role=str(r.get("type") or ""), line=at.line)
        for r in listed(at.into("relations"), record.get("relations"))
    ]
    told = record, object_of(record.get("meta"))
    return Marked(
        id=str(record.get("id", at.line)),
        text=text,
        marks=tuple(marks),
        links=tuple(links),
        path=at.path,
        line=at.line,
        published=about("published", *told) or None,
        title=about("title", *told),
        outlet=about("outlet", *told),
    )


def _entity(at: At, text: str, raw: Mapping[str, Any]) -> Mark:
    piece = span(at, text, raw.get("start_offset"), raw.get("end_offset"))
    if not isinstance(raw.get("label"), str):
        raise at.into("label").fail("a label is wanted")
    return Mark(id=str(raw.get("id")), label=raw["label"], pieces=(piece,), attributes=plain(raw, _KNOWN), line=at.line)


def _labels(at: At, text: str, value: Any) -> list[Mark]:
    if not isinstance(value, list):
        raise at.fail("a list of [start, end, label] is wanted")
    marks = []
    for n, item in enumerate(value):
        if not isinstance(item, list) or len(item) != 3 or not isinstance(item[2], str):
            raise At(at.path, at.line, f"label[{n}]").fail("[start, end, label] is wanted")
        piece = span(At(at.path, at.line, f"label[{n}]"), text, item[0], item[1])
        marks.append(Mark(id=str(n), label=item[2], pieces=(piece,), line=at.line))
    return marks
