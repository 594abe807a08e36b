"""Fixtures shared by the whole suite."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.parse import Parser
from dateline.pipeline import Pipeline
from dateline.types import Report, Sentence


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[str], list[Sentence]]:
    """Text → parsed sentences, as the pipeline gives them to the stages."""

    def run(text: str) -> list[Sentence]:
        ((_, sentences),) = parser.parse([Report(id="t", text=text)])
        return sentences

    return run


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The whole way of a report, with the default codebook."""
    return Pipeline()
