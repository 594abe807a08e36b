"""Label Studio's JSON export (https://labelstud.io/guide/export, the form "JSON"): a list of tasks.

Read are ``labels`` regions of the text, ``relation`` results between them, and what is told of a region by
``choices``, ``textarea``, ``number`` and ``rating`` results of its id, as attributes named by their control.
Offsets are code points; older versions counted UTF-16 code units, which is recognised where the region holds its
words (``text``), and otherwise cannot be.  Cancelled annotations and drafts are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.errors import ReadError
from dateline.evaluate.importers.lines import At, about, listed, object_of, span, text_of
from dateline.evaluate.importers.marks import Link, Mark, Marked

_VALUES = ("choices", "text", "number", "rating")


def read(path: Path, left_out: dict[str, int]) -> Iterator[Marked]:
    """The annotated texts, one for each annotation of a task.

    Raises:
        ReadError: the file is no such export, or a region lies outside its text; task and result are named, and
            the line where the JSON is broken.
    """
    at = At(str(path))
    try:
        tasks = json.loads(text_of(path))
    except json.JSONDecodeError as e:
        raise ReadError(f"no JSON: {e.msg}", path=str(path), line=e.lineno) from None
    for n, task in enumerate(listed(at, tasks)):
        here = at.into(f"task {task.get('id', n)}")
        if "annotations" not in task:
            raise here.fail("no annotations (the export JSON is wanted, not JSON-MIN)")
        data = object_of(task.get("data"))
        for k, annotation in enumerate(listed(here.into("annotations"), task["annotations"])):
            if annotation.get("was_cancelled"):
                left_out["cancelled annotations"] = left_out.get("cancelled annotations", 0) + 1
                continue
            yield _marked(here.into(f"annotations[{k}]"), n, task, data, annotation)


def _marked(at: At, n: int, task: Mapping[str, Any], data: Mapping[str, Any], annotation: Mapping[str, Any]) -> Marked:
    results = listed(at.into("result"), annotation.get("result"))
    told: dict[str, dict[str, str]] = {}
    text = ""
    marks: list[Mark] = []
    links: list[Link] = []
    regions: list[tuple[At, Mapping[str, Any]]] = []
    for k, result in enumerate(results):
        here, kind = at.into(f"result[{k}]"), result.get("type")
        if kind == "relation":
            labels = result.get("labels") or [""]
            ends = str(result.get("from_id")), str(result.get("to_id"))
            if result.get("direction") == "left":
                ends = ends[1], ends[0]
            links += [Link(trigger=ends[0], argument=ends[1], role=str(role)) for role in labels]
        elif kind == "labels":
            regions.append((here, result))
        elif answer := _value(result):
            told.setdefault(str(result.get("id")), {})[str(result.get("from_name")).lower()] = answer
    text = _text(at, data, regions)
    for here, result in regions:
        value = object_of(result.get("value"))
        if not isinstance(value.get("labels"), list) or not value["labels"]:
            raise here.fail("a value with labels is wanted")
        name = str(result.get("id"))
        marks.append(
            Mark(
                id=name,
                label=str(value["labels"][0]),
                pieces=(_offsets(here, text, value),),
                attributes=told.get(name, {}),
            )
        )
    heads = data, object_of(data.get("meta")), object_of(task.get("meta"))
    return Marked(
        id=str(data.get("id") or task.get("id", n)),
        text=text,
        marks=tuple(marks),
        links=tuple(links),
        path=f"{at.path}, {at.field}",
        annotator=_who(annotation),
        published=about("published", *heads) or None,
        title=about("title", *heads),
        outlet=about("outlet", *heads),
    )


def _text(at: At, data: Mapping[str, Any], regions: list[tuple[At, Mapping[str, Any]]]) -> str:
    """The task's text: the field "text", or the only one that is text."""
    texts = {k: v for k, v in data.items() if isinstance(v, str)}
    if "text" in texts:
        return texts["text"]
    long = [v for v in texts.values() if len(v) > max((_end(r) for _, r in regions), default=0) - 1 and " " in v]
    if len(long) != 1:
        raise at.fail("the task's data has no field text")
    return long[0]


def _end(result: Mapping[str, Any]) -> int:
    value = result.get("value")
    end = value.get("end") if isinstance(value, dict) else 0
    return end if isinstance(end, int) else 0


def _offsets(at: At, text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """A region's offsets in code points."""
    start, end, words = value.get("start"), value.get("end"), value.get("text")
    if not isinstance(words, str) or (isinstance(start, int) and isinstance(end, int) and text[start:end] == words):
        return span(at, text, start, end)
    wide = text.encode("utf-16-le")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(wide) // 2:
        head, inner = wide[: 2 * start], wide[2 * start : 2 * end]
        if inner.decode("utf-16-le", "replace") == words:
            first = len(head.decode("utf-16-le", "replace"))
            return first, first + len(words)
    raise at.fail(f"{words!r} is not what stands at {start} to {end}")


def _value(result: Mapping[str, Any]) -> str:
    """What a result tells of a region, as text; "" if it is of another kind."""
    value = object_of(result.get("value"))
    for name in _VALUES:
        found = value.get(name)
        if isinstance(found, list) and found:
            return str(found[0])
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
    return ""


def _who(annotation: Mapping[str, Any]) -> str:
    by = annotation.get("completed_by")
    if isinstance(by, dict):
        by = by.get("email") or by.get("id")
    return "" if by is None else str(by)
