"""``dateline evaluate``: a coding held against annotations."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import CodebookOption, ExtractorName, ExtractorOption, LlmModelOption, LlmUrlOption, aside
from dateline.cli.options import extractor as extractor_of
from dateline.types import CodedReport

if TYPE_CHECKING:
    from dateline.evaluate.importers import Imported
    from dateline.evaluate.measures import Evaluation, Measure, Rate
    from dateline.llm import Extractor


class Print(StrEnum):
    table = "table"
    json = "json"


class Form(StrEnum):
    gold = "gold"
    brat = "brat"
    label_studio = "label-studio"
    prodigy = "prodigy"
    doccano = "doccano"


FormOption = Annotated[Form, typer.Option("--format", help="The annotations' form.")]
MapOption = Annotated[
    list[str] | None, typer.Option("--map", help="NAME=SLOT: what a label or role of your own stands for.")
]
AnnotatorOption = Annotated[
    str, typer.Option("--annotator", help="Whose annotations, where a file has those of several.")
]
PrintOption = Annotated[Print, typer.Option("--print", help="How to print.")]


def evaluate(
    gold: Annotated[Path, typer.Argument(help="The annotated reports.")],
    coded: Annotated[
        Path | None, typer.Argument(help="The coding (JSONL); without it the annotated texts are coded now.")
    ] = None,
    format: FormOption = Form.gold,
    mapping: MapOption = None,
    annotator: AnnotatorOption = "",
    codebook: CodebookOption = None,
    extractor: ExtractorOption = ExtractorName.rules,
    llm_url: LlmUrlOption = "",
    llm_model: LlmModelOption = "",
    seed: Annotated[int, typer.Option(min=0, help="Seed of the bootstrap.")] = 0,
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap samples of the reports; 0 for no intervals.")] = 1000,
    show: PrintOption = Print.table,
) -> None:
    """Precision, recall and F1 by slot and by type, and how well calibrated the confidence is.

    Intervals are 95 % bootstrap intervals over reports.
    """
    from dateline.evaluate.coded import read_coded
    from dateline.evaluate.measures import evaluate as measured

    model = extractor_of(extractor, llm_url, llm_model)
    found = imported(gold, format, mapping, annotator)
    codings = read_coded(coded) if coded else _code(found, codebook, model)
    result = measured(found.reports, codings, slots=found.slots, seed=seed, resamples=resamples)
    if show is Print.json:
        import msgspec

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n")
    else:
        _print(result)
    if result.not_coded:
        sys.stderr.write(f"dateline: {len(result.not_coded)} annotated reports are not in the coding\n")
        raise typer.Exit(3)


def imported(path: Path, form: Form, mapping: list[str] | None, annotator: str) -> Imported:
    """The annotated reports of a file or folder; what could not be placed is told on standard error."""
    from dateline.evaluate.importers import read_annotations

    found = read_annotations(form.value, path, mapping or (), annotator)
    for name, count in found.left_out.items():
        sys.stderr.write(f"dateline: {path}: {count} {name}\n")
    return found


def _code(found: Imported, codebook: Path | None, model: Extractor | None) -> list[CodedReport]:
    """The annotated texts, coded; what is put aside is told, and counts as not coded."""
    from dateline.pipeline import Pipeline

    reports = (g.report() for g in found.reports)
    return list(aside(Pipeline(codebook, extractor=model).code(reports), []))


def _print(result: Evaluation) -> None:
    from dateline.cli.stores import print_table

    about = f"{result.reports} reports, {result.annotated} claims annotated, {result.coded} coded"
    columns = ("", "precision", "recall", "F1", "right", "missed", "made up")
    print_table(columns, [_row(m) for m in (*result.slots, result.whole)], about)
    sys.stdout.write("\nclaims found, by type\n")
    print_table(columns, [_row(m, plain=True) for m in result.types])
    c = result.calibration
    bins = [(f"{b.low:.1f}-{b.high:.1f}", b.claims, f"{b.confidence:.3f}", f"{b.right:.3f}") for b in c.bins]
    sys.stdout.write(f"\ncalibration error {_told(c.ece)}\n")
    print_table(("confidence", "claims", "mean", "right"), bins)
    if result.unscored:
        sys.stdout.write(f"\nnot annotated, not scored: {', '.join(result.unscored)}\n")
    if result.resamples:
        sys.stdout.write(f"\n95 % intervals from {result.resamples} samples of the reports, seed {result.seed}\n")


def _row(m: Measure, plain: bool = False) -> tuple[object, ...]:
    rates = (_told(r, plain) for r in (m.precision, m.recall, m.f1))
    return m.name, *rates, m.right, m.missed, m.spurious


def _told(r: Rate, plain: bool = False) -> str:
    if r.value is None:
        return "-"
    return f"{r.value:.3f}" if plain or r.low is None else f"{r.value:.3f} ({r.low:.3f}-{r.high:.3f})"
