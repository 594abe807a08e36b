"""Where a watch keeps what it codes: a JSONL file or a store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from dateline.errors import OutputError
from dateline.record import encode
from dateline.types import CodedReport, Report


class Keeper(Protocol):
    """Where coded reports go."""

    def has(self, id: str) -> bool:
        """Whether a report is there."""

    def same(self, report: Report) -> bool:
        """Whether a report is there with this very text."""

    def keep(self, coded: Sequence[CodedReport]) -> None:
        """Keep reports; the same again changes nothing, another text of a known id takes the old one's place.

        Raises:
            DatelineError: they cannot be kept.
        """


class JsonlKeeper:
    """Appends to a JSONL file; a line that a crash cut off is taken away first, a corrected report's line replaced.

    Raises:
        OutputError: the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts: dict[str, str] = {}  # id → digest of the text
        try:
            if path.exists():
                self._mend()
        except OSError as e:
            raise OutputError(e.strerror or str(e), path=str(path)) from None

    def _mend(self) -> None:
        whole = 0
        with self._path.open("r+b") as f:
            for line in f:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                report = json.loads(line)["report"]
                self._texts[str(report["id"])] = str(report["sha256"])
            f.truncate(whole)

    def has(self, id: str) -> bool:
        return id in self._texts

    def same(self, report: Report) -> bool:
        return self._texts.get(report.id) == report.sha256

    def keep(self, coded: Sequence[CodedReport]) -> None:
        lines = {c.report.id: encode(c) + b"\n" for c in coded if not self.same(c.report)}
        try:
            if any(map(self.has, lines)):
                self._replace(lines)
            with self._path.open("ab") as f:
                f.writelines(line for id, line in lines.items() if not self.has(id))
        except OSError as e:
            raise OutputError(e.strerror or str(e), path=str(self._path)) from None
        self._texts.update((c.report.id, c.report.sha256) for c in coded)

    def _replace(self, lines: Mapping[str, bytes]) -> None:
        """The whole file anew, with other lines for some ids."""
        part = self._path.with_name(self._path.name + ".part")
        with self._path.open("rb") as old, part.open("wb") as new:
            new.writelines(lines.get(str(json.loads(line)["report"]["id"]), line) for line in old)
        part.replace(self._path)


class StoreKeeper:
    """Adds to a store, which brings its events up to date."""

    def __init__(self, store: str | None) -> None:
        from dateline.store import Store

        self._store = Store(store)

    def has(self, id: str) -> bool:
        return self._store.origin(id) is not None

    def same(self, report: Report) -> bool:
        return self._store.has(report)

    def keep(self, coded: Sequence[CodedReport]) -> None:
        from dateline.store import Received

        received = [
            Received(coded=c, raw=c.report.text.encode("utf-8", "surrogatepass"), origin=c.report.url) for c in coded
        ]
        self._store.add(received, why="watch")

    def close(self) -> None:
        self._store.close()
