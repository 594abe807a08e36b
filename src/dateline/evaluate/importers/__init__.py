"""Others' annotations as annotated reports: one file a tool, and one place that makes claims of what they mark."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.evaluate.gold import GoldReport
from dateline.evaluate.importers.marks import Marked

__all__ = ["FORMATS", "Imported", "read_annotations"]

FORMATS: Mapping[str, str] = {
    "brat": "dateline.evaluate.importers.brat:read",
    "label-studio": "dateline.evaluate.importers.label_studio:read",
    "prodigy": "dateline.evaluate.importers.prodigy:read",
    "doccano": "dateline.evaluate.importers.doccano:read",
}
"""Format → ``read(path, left_out) -> iterable of Marked``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Annotated reports, the slots that their annotation has, and how much was left out, by reason."""

    reports: tuple[GoldReport, ...]
    slots: tuple[str, ...]
    left_out: Mapping[str, int]


def read_annotations(format: str, path: Path, mapping: Sequence[str] = (), annotator: str = "") -> Imported:
    """The annotated reports of a file (of a folder, for brat).

    Args:
        format: "gold" (the project's own form), "brat", "label-studio", "prodigy" or "doccano".
        path: the file or folder.
        mapping: what labels of one's own stand for, as ``NAME=SLOT`` or ``NAME=TYPE``.
        annotator: whose annotations, where a file has those of several.

    Raises:
        ReadError: a file cannot be read or is not of that form; file and line or field are named.
        UsageError: a mapping has another form.
    """
    from dateline.evaluate.gold import load_gold
    from dateline.evaluate.scoring import SLOTS

    if format == "gold":
        return Imported(reports=load_gold(path), slots=SLOTS, left_out={})
    from dateline.evaluate.importers.assemble import assemble
    from dateline.evaluate.importers.labels import labels

    module, _, name = FORMATS[format].partition(":")
    read: Callable[[Path, dict[str, int]], Iterable[Marked]] = getattr(importlib.import_module(module), name)
    left_out: dict[str, int] = {}
    return assemble(list(read(path, left_out)), labels(mapping), left_out, annotator)
