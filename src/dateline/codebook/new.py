"""A codebook to start from: a small one that works, with every part explained beside it."""

from __future__ import annotations

import re
from pathlib import Path

from dateline.codebook.lexicon import DATA
from dateline.errors import CodebookError

TEMPLATE = DATA / "new"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


def write_new(name: str, parent: Path) -> Path:
    """Write the folder ``parent/name`` with a commented codebook of that name, and give its path.

    Raises:
        CodebookError: the name is not of small letters, digits and hyphens, the folder is there already, or it
            cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise CodebookError(f"{name!r} is no name for a codebook: small letters, digits and hyphens", field="NAME")
    folder = parent / name
    try:
        folder.mkdir()
        for file in sorted(TEMPLATE.glob("*.yaml")):
            (folder / file.name).write_text(file.read_text("utf-8").replace("NAME", name), "utf-8")
    except FileExistsError:
        raise CodebookError("is there already", path=str(folder)) from None
    except OSError as e:
        raise CodebookError(e.strerror or str(e), path=str(folder)) from None
    return folder
