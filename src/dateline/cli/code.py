"""``dateline code``: a corpus into JSONL or Parquet."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.options import (
    CodebookOption,
    ExtractorName,
    ExtractorOption,
    FieldOption,
    LlmModelOption,
    LlmUrlOption,
    NoModelOption,
    PublishedOption,
    client,
    options,
    tell_refused,
)


class Engine(StrEnum):
    local = "local"
    spark = "spark"


def code(
    input: Annotated[
        list[str], typer.Argument(help="Files, folders, by path or URI (s3://, gs://, hdfs://); - is standard input.")
    ],
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", help="The file to write (.jsonl or .parquet), or a folder/ of parts; a path or URI."
        ),
    ],
    published: PublishedOption = None,
    field: FieldOption = None,
    codebook: CodebookOption = None,
    engine: Annotated[Engine, typer.Option(help="What the work is done with.")] = Engine.local,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes; one a core without it.")] = None,
    publications: Annotated[
        bool, typer.Option("--publications", help="Keep one of near-identical reports; list the others beside it.")
    ] = False,
    events: Annotated[
        bool, typer.Option("--events", help="Give each report the events that its own claims come to, as read does.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an earlier run ended.")] = False,
    extractor: ExtractorOption = ExtractorName.rules,
    llm_url: LlmUrlOption = "",
    llm_model: LlmModelOption = "",
    no_model: NoModelOption = False,
) -> None:
    """Code a corpus, one line a report; what is put aside goes to OUTPUT.rejects.jsonl.

    The second report of an id becomes id~2, the third id~3, in one file as in a folder of parts.

    Files may be text, HTML, JSON, JSONL, Parquet, WARC, feeds or lists of URLs (.urls), packed (.gz, .zst) or not.
    """
    from dateline.corpus import code_corpus
    from dateline.corpus.progress import meter

    summary = code_corpus(
        input,
        output,
        engine=engine.value,
        jobs=jobs,
        resume=resume,
        codebook=codebook,
        options=options(published, field or []),
        publications=publications,
        events=events,
        model=client(extractor, llm_url, llm_model),
        kinds=not no_model,
        meter=meter,
    )
    print(f"dateline: {summary}", file=sys.stderr)
    if summary.claims:
        print(f"dateline: {summary.by_type()}", file=sys.stderr)
    tell_refused(summary.refused)
    if summary.rejects:
        raise typer.Exit(3)
