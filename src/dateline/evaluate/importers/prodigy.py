"""Prodigy's JSONL (https://prodi.gy/docs/api-interfaces): one task a line, as ``db-out`` writes it.

Read are ``spans`` and ``relations`` of accepted tasks.  A relation's ends are spans (``head_span``, ``child_span``),
or tokens (``head``, ``child``, counted from 0), which stand for the span that they are in or, without one, for
themselves.  Whatever else a span holds (``modality``, ``country``…) is an attribute of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.evaluate.importers.lines import At, about, json_lines, listed, object_of, plain, report_text, span
from dateline.evaluate.importers.marks import Link, Mark, Marked

_KNOWN = frozenset({"start", "end", "label", "text", "token_start", "token_end", "type", "source", "input_hash", "id"})


def read(path: Path, left_out: dict[str, int]) -> Iterator[Marked]:
    """The annotated texts.

    Raises:
        ReadError: a line is no task, or a span or token lies outside its text; file, line and field are named.
    """
    for at, task in json_lines(path):
        if task.get("answer", "accept") != "accept":
            left_out["tasks not accepted"] = left_out.get("tasks not accepted", 0) + 1
            continue
        yield _marked(at, task)


def _marked(at: At, task: Mapping[str, Any]) -> Marked:
    text = report_text(at, task)
    meta = object_of(task.get("meta"))
    marks: dict[tuple[int, int, str], Mark] = {}
    for n, raw in enumerate(listed(at.into("spans"), task.get("spans"))):
        _add(at.into(f"spans[{n}]"), text, raw, marks)
    links = []
    for n, raw in enumerate(listed(at.into("relations"), task.get("relations"))):
        here = at.into(f"relations[{n}]")
        head, child = (_end(here, text, task, raw, side, marks) for side in ("head", "child"))
        links.append(Link(trigger=head, argument=child, role=str(raw.get("label") or ""), line=at.line))
    name = task.get("id") or meta.get("id") or task.get("_input_hash") or at.line
    told = meta, task
    return Marked(
        id=str(name),
        text=text,
        marks=tuple(marks.values()),
        links=tuple(links),
        path=at.path,
        line=at.line,
        annotator=str(task.get("_annotator_id") or task.get("_session_id") or ""),
        published=about("published", *told) or None,
        title=about("title", *told),
        outlet=about("outlet", *told),
    )


def _add(at: At, text: str, raw: Mapping[str, Any], marks: dict[tuple[int, int, str], Mark]) -> str:
    start, end = span(at, text, raw.get("start"), raw.get("end"))
    label = raw.get("label")
    if not isinstance(label, str) or not label:
        raise at.fail("a label is wanted")
    words = raw.get("text")
    if isinstance(words, str) and words != text[start:end]:
        raise at.fail(f"{words!r} is not what stands at {start} to {end}")
    key = (start, end, label)
    name = f"{start}-{end}-{label}"
    if key not in marks:
        marks[key] = Mark(id=name, label=label, pieces=((start, end),), attributes=plain(raw, _KNOWN), line=at.line)
    return name


def _end(
    at: At,
    text: str,
    task: Mapping[str, Any],
    raw: Mapping[str, Any],
    side: str,
    marks: dict[tuple[int, int, str], Mark],
) -> str:
    """The mark at an end of a relation."""
    whole = raw.get(f"{side}_span")
    if isinstance(whole, dict) and whole.get("label"):
        return _add(at.into(f"{side}_span"), text, whole, marks)
    tokens, n = listed(at.into("tokens"), task.get("tokens")), raw.get(side)
    if not isinstance(n, int) or not 0 <= n < len(tokens):
        raise at.into(side).fail(f"there is no token {n!r}")
    start, end = span(at.into(side), text, tokens[n].get("start"), tokens[n].get("end"))
    return _holding(start, end, list(marks.values())) or _token(start, end, marks, at)


def _holding(start: int, end: int, marks: Sequence[Mark]) -> str:
    """The shortest span that a token is in."""
    over = [m for m in marks if m.pieces[0][0] <= start and end <= m.pieces[0][1]]
    return min(over, key=lambda m: m.pieces[0][1] - m.pieces[0][0]).id if over else ""


def _token(start: int, end: int, marks: dict[tuple[int, int, str], Mark], at: At) -> str:
    """A token that no span is of, as a mark that is no trigger."""
    mark = Mark(id=f"{start}-{end}-", label="", pieces=((start, end),), trigger=False, line=at.line)
    marks[(start, end, "")] = mark
    return mark.id
