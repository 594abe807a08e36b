"""Write the pages of docs/reference from the program itself, or check that they are up to date.

uv run python scripts/build_reference.py [--check]
"""

from __future__ import annotations

import argparse
import pathlib
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from reference import book, commands, names, records, routes

ROOT = pathlib.Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
TEXTS = pathlib.Path(__file__).parent / "reference" / "texts.yaml"
PAGES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "cli.md": commands.page,
    "schema.md": records.page,
    "codebook.md": book.page,
    "python.md": names.page,
    "http.md": routes.page,
}
MARK = "<!-- Written by scripts/build_reference.py; what is changed here by hand is lost. -->\n\n"


def texts() -> dict[str, Any]:
    """What the pages say beside what the program says of itself."""
    found: dict[str, Any] = yaml.safe_load(TEXTS.read_text("utf-8"))
    return found


def build(name: str) -> str:
    """A page's text."""
    return re.sub(r"\n{3,}", "\n\n", MARK + PAGES[name](texts())).rstrip() + "\n"


def stale() -> list[str]:
    """The pages that are not what would be written now, or that nothing writes."""
    there = {p.name: p.read_text("utf-8") for p in FOLDER.glob("*.md")}
    return sorted({*(name for name in PAGES if there.get(name) != build(name)), *(there.keys() - PAGES.keys())})


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true", help="write nothing; end with 1 if a page is stale")
    if ap.parse_args().check:
        for name in (found := stale()):
            print(f"docs/reference/{name} is stale", file=sys.stderr)
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (FOLDER / name).write_text(build(name), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
