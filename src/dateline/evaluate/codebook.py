"""A codebook held against its own examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.pipeline import Pipeline
from dateline.types import CodedReport, Report


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that is not coded as its type, or a counterexample that is.

    ``found`` are the types of the claims that were coded, in order of the text.
    """

    type: str
    sentence: str
    wanted: bool
    found: tuple[str, ...]

    def __str__(self) -> str:
        got = ", ".join(self.found) or "nothing"
        return f"{self.type}: {'is not coded so' if self.wanted else 'must not be coded so'} ({got}): {self.sentence}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many sentences were tried, and what failed."""

    label: str
    tried: int
    failures: tuple[Failure, ...]


def check(path: Path | None = None) -> Verdict:
    """Code every example and counterexample of a codebook (the default one if no path is given).

    Raises:
        CodebookError: the codebook cannot be read or is not as it should be.
    """
    pipeline = Pipeline(codebook=path, kinds=False)
    cases = list(_cases(pipeline))
    reports = [Report(id=str(n), text=sentence) for n, (_, sentence, _) in enumerate(cases)]
    failures = []
    for (kind, sentence, wanted), coded in zip(cases, pipeline.code(reports), strict=True):
        found = tuple(c.type for c in coded.claims) if isinstance(coded, CodedReport) else ()
        if (kind in found) is not wanted:
            failures.append(Failure(kind, sentence, wanted, found))
    return Verdict(pipeline.codebook.label, len(cases), tuple(failures))


def _cases(pipeline: Pipeline) -> Iterator[tuple[str, str, bool]]:
    for spec in pipeline.codebook.types.values():
        yield from ((spec.type, sentence, True) for sentence in spec.examples)
        yield from ((spec.type, sentence, False) for sentence in spec.counterexamples)
