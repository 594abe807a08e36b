"""What a model is asked: the task, and a report's sentences as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import get_args

from dateline.codebook.lexicon import lexicon
from dateline.codebook.loader import Codebook
from dateline.types import FigureKind, Sentence

_MOST = 8000  # characters of one question's sentences


def system(codebook: Codebook) -> str:
    """The task, with the codebook's types and their definitions."""
    types = "\n".join(f"- {t.type}: {' '.join(t.definition.split())}" for t in codebook.types.values())
    return str(lexicon("llm")["system"]).format(types=types, kinds=", ".join(get_args(FigureKind)))


def questions(sentences: Sequence[Sentence], text: str, most: int = _MOST) -> Iterator[str]:
    """The report in parts, each a JSON list of numbered sentences; no sentence is cut.

    As JSON no words of a report can end the list and stand beside it.
    """
    part: list[dict[str, object]] = []
    size = 0
    for s in sentences:
        words = text[s.start : s.end]
        if not words.strip():
            continue
        if part and size + len(words) > most:
            yield json.dumps({"sentences": part}, ensure_ascii=False)
            part, size = [], 0
        part.append({"sentence": s.index, "text": words})
        size += len(words)
    if part:
        yield json.dumps({"sentences": part}, ensure_ascii=False)
