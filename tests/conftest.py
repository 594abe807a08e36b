"""Fixtures shared by the whole suite."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, or whichever the driver has; one for the whole suite, as its driver can run only once."""
    api = pytest.importorskip("playwright.sync_api", reason="the browser's driver (playwright) is not installed")
    with api.sync_playwright() as driver:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or driver.chromium.executable_path
        if not Path(path).exists():
            pytest.skip("no Chromium here: install Debian's package chromium")
        browser = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        )
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say plainly which tests were left out, and why."""
    left: dict[str, dict[str, int]] = {}
    for report in terminalreporter.stats.get("skipped", []):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        files = left.setdefault(why.removeprefix("Skipped: "), {})
        file = report.nodeid.partition("::")[0]
        files[file] = files.get(file, 0) + 1
    for why, files in sorted(left.items()):
        terminalreporter.write_line(f"Left out, for {why}")
        for file, n in sorted(files.items()):
            terminalreporter.write_line(f"  {file}: {n} test{'s' if n > 1 else ''}")
