"""Small corpora for the engines' tests."""

from __future__ import annotations

import json
from pathlib import Path

_PLACES = ("Idlib", "Khartoum", "Kharkiv", "Gao", "Mosul")


def rows(count: int) -> list[dict[str, str]]:
    """Reports that differ from one another."""
    return [
        {
            "id": f"r{n}",
            "text": f"Rebels shelled an army post near {_PLACES[n % 5]} on Monday, killing {n + 2} soldiers, a monitor said. "
            f"Residents fled the town. The army denied that it had lost its base.",
            "published": "2020-02-07",
        }
        for n in range(count)
    ]


def write(path: Path, records: list[dict[str, str]], *more: str) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records) + "".join(line + "\n" for line in more), "utf-8")
    return path


def ids(path: Path) -> list[str]:
    return [json.loads(line)["report"]["id"] for line in path.read_text("utf-8").splitlines()]


def done(output: Path) -> int:
    """How many shards of a run are finished."""
    parts = Path(f"{output}.parts")
    return len(list(parts.glob("*.done"))) if parts.is_dir() else 0
