"""What several commands share."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dateline.errors import UsageError
from dateline.read import Options
from dateline.types import Reject

if TYPE_CHECKING:
    from dateline.llm import Client
    from dateline.llm import Extractor as LlmExtractor

T = TypeVar("T")


class ExtractorName(StrEnum):
    rules = "rules"
    llm = "llm"


PathsArgument = Annotated[
    list[str], typer.Argument(help="Text, HTML, JSON or JSONL files, folders, or - for standard input.")
]
PublishedOption = Annotated[str | None, typer.Option(help="The reports' date (YYYY-MM-DD); overrides what they say.")]
FieldOption = Annotated[list[str] | None, typer.Option(help="NAME=COLUMN: where a record keeps a field.")]
CodebookOption = Annotated[Path | None, typer.Option(help="A codebook of your own: a file or a folder.")]

NoModelOption = Annotated[
    bool, typer.Option("--no-model", help="Code by the codebook's rules alone, without the trained model of kinds.")
]
ExtractorOption = Annotated[
    ExtractorName, typer.Option(help="What finds the claims: the codebook's rules, or a model.")
]
LlmUrlOption = Annotated[
    str, typer.Option("--llm-url", help="Where a language model answers (OpenAI's chat completions): http://…/v1.")
]
LlmModelOption = Annotated[str, typer.Option("--llm-model", help="The language model's name there.")]


def client(name: ExtractorName, url: str, model: str) -> Client | None:
    """The language model that is asked for; None for the rules.

    Raises:
        UsageError: a language model without a URL or a name, or one of these without a language model.
    """
    if name is ExtractorName.rules:
        if url or model:
            raise UsageError("a language model is asked only with --extractor llm", field="--llm-url")
        return None
    if not url.startswith(("http://", "https://")):
        raise UsageError("where the language model answers is wanted (http://…/v1)", field="--llm-url")
    if not model:
        raise UsageError("the language model's name is wanted", field="--llm-model")
    from dateline.llm import Client

    return Client(url, model)


def extractor(name: ExtractorName, url: str, model: str) -> LlmExtractor | None:
    """The extractor that is asked for, as :func:`client`; None for the rules."""
    asked = client(name, url, model)
    if asked is None:
        return None
    from dateline.llm import Extractor

    return Extractor(asked)


def tell_refused(refused: Mapping[str, int]) -> None:
    """Say on standard error what was refused of a language model's answers."""
    for why, count in sorted(refused.items()):
        print(f"dateline: refused of the language model's answers: {count} × {why}", file=sys.stderr)


def options(published: str | None, fields: Sequence[str]) -> Options:
    """Reading options of ``--published`` and ``--field NAME=COLUMN``.

    Raises:
        UsageError: a date or a mapping makes no sense.
    """
    mapping = {}
    for pair in fields:
        name, equals, column = pair.partition("=")
        if not equals or not column:
            raise UsageError(f"{pair!r} is no mapping (NAME=COLUMN)", field="--field")
        mapping[name] = column
    return Options(published=published, fields=mapping)


def tell(reject: Reject) -> None:
    """Say on standard error that a report was put aside, and why."""
    detail = f": {reject.detail}" if reject.detail and reject.detail != reject.reason else ""
    print(f"dateline: put aside {reject.id} ({reject.reason}{detail})", file=sys.stderr)


def aside(items: Iterable[T | Reject], rejects: list[Reject]) -> Iterator[T]:
    """The items without the rejects, which are told and kept in ``rejects``."""
    for item in items:
        if isinstance(item, Reject):
            tell(item)
            rejects.append(item)
        else:
            yield item
