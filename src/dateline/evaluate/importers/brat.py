"""brat standoff: ``NAME.txt`` and ``NAME.ann`` in a folder (https://brat.nlplab.org/standoff.html).

Read are text-bound marks (T, with gaps too), events (E), relations (R), attributes (A, and M of older files),
normalisations (N) and notes (#).  A note's ``name=value`` pairs are attributes of what it is on, so that a date, a
country or a number can be noted: ``#1 AnnotatorNotes T5 date_start=2020-02-03``.  Equivalences (*) tell of nothing here.
Offsets are code points of the text as it stands in the file, its line ends as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import ReadError
from dateline.evaluate.importers.marks import Link, Mark, Marked

_PAIR = re.compile(r"([A-Za-z_]\w*)=(\"[^\"]*\"|\S+)")
_REPORT = {"published", "title", "outlet"}


def read(path: Path, left_out: dict[str, int]) -> Iterator[Marked]:
    """The annotated texts of a folder (and the folders in it), or of one ``.ann`` file, in order of their names.

    Raises:
        ReadError: a file is missing or malformed, or a mark's words are not those at its offsets; the line is named.
    """
    if path.is_dir():
        files = sorted(path.rglob("*.ann"))
        if not files:
            raise ReadError("no .ann file in this folder", path=str(path))
    else:
        files = [path.with_suffix(".ann")]
    root = path if path.is_dir() else path.parent
    for file in files:
        text = _text(file.with_suffix(".txt"))
        lines = enumerate(_text(file).split("\n"), 1)
        whole = _File(str(file), text)
        for n, line in lines:
            if line.strip():
                whole.take(n, line.rstrip("\r"))
        yield whole.marked(file.relative_to(root).with_suffix("").as_posix())


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as e:
        raise ReadError(e.strerror or str(e), path=str(path)) from None
    except UnicodeDecodeError:
        raise ReadError("not UTF-8", path=str(path)) from None


@dataclass
class _File:
    path: str
    text: str
    spans: dict[str, tuple[int, str, tuple[tuple[int, int], ...]]] = field(default_factory=dict)
    events: dict[str, tuple[int, str, str, list[tuple[str, str]]]] = field(default_factory=dict)
    relations: list[tuple[int, str, str, str]] = field(default_factory=list)
    attributes: list[tuple[int, str, str, str]] = field(default_factory=list)  # line, of, name, value

    def take(self, n: int, line: str) -> None:
        """One line: its kind stands in its first letter."""
        name, tab, rest = line.partition("\t")
        kind = name[:1]
        if kind == "*":
            return
        if not tab or kind not in "TERAMN#":
            raise self.fail(n, "an id, a tab and an annotation are wanted (T, E, R, A, M, N, # or *)")
        {"T": self._span, "E": self._event, "R": self._relation, "A": self._attribute, "M": self._attribute}.get(
            kind, self._note
        )(n, name, rest)

    def fail(self, n: int, message: str) -> ReadError:
        return ReadError(message, path=self.path, line=n)

    def _span(self, n: int, name: str, rest: str) -> None:
        head, _, words = rest.partition("\t")
        label, _, offsets = head.partition(" ")
        pieces = []
        for piece in offsets.split(";"):
            numbers = piece.split()
            if len(numbers) != 2 or not all(x.isdigit() for x in numbers):
                raise self.fail(n, f"{offsets!r} are no offsets (START END, or START END;START END)")
            start, end = int(numbers[0]), int(numbers[1])
            if not start < end <= len(self.text):
                raise self.fail(n, f"{start} to {end} is no span of a text of {len(self.text)} characters")
            pieces.append((start, end))
        if name in self.spans:
            raise self.fail(n, f"the id {name} is given twice")
        found = " ".join(self.text[a:b] for a, b in pieces)
        if words and words.split() != found.split():
            raise self.fail(n, f"{words!r} is not what stands there ({found!r})")
        self.spans[name] = (n, label, tuple(pieces))

    def _event(self, n: int, name: str, rest: str) -> None:
        pairs = [p.partition(":") for p in rest.split()]
        if not pairs or not all(colon and of for _, colon, of in pairs):
            raise self.fail(n, "TYPE:TRIGGER and ROLE:ARGUMENT are wanted")
        (label, _, trigger), *arguments = pairs
        self.events[name] = (n, label, trigger, [(role, of) for role, _, of in arguments])

    def _relation(self, n: int, name: str, rest: str) -> None:
        parts = rest.split()
        ends = [p.partition(":")[2] for p in parts[1:]]
        if len(ends) != 2 or not all(ends):
            raise self.fail(n, "TYPE Arg1:ID Arg2:ID is wanted")
        self.relations.append((n, parts[0], ends[0], ends[1]))

    def _attribute(self, n: int, name: str, rest: str) -> None:
        parts = rest.split(" ", 2)
        if len(parts) < 2:
            raise self.fail(n, "NAME ID or NAME ID VALUE is wanted")
        self.attributes.append((n, parts[1], parts[0].lower(), parts[2].strip() if len(parts) > 2 else ""))

    def _note(self, n: int, name: str, rest: str) -> None:
        head, _, words = rest.partition("\t")
        parts = head.split()
        if len(parts) < 2:
            raise self.fail(n, "NAME ID and a text are wanted")
        for key, value in _PAIR.findall(words):
            self.attributes.append((n, parts[1], key.lower(), value.strip('"')))

    # --------------------------------------------------------------------------------------------------

    def marked(self, name: str) -> Marked:
        """The marks of all lines.  Two events of one trigger are two marks."""
        at: dict[str, dict[str, str]] = {}
        report: dict[str, str] = {}
        for n, of, key, value in self.attributes:
            if of not in self.spans and of not in self.events and not of.startswith("R"):
                raise self.fail(n, f"there is no {of}")
            at.setdefault(of, {})[key] = value
        for values in at.values():
            report |= {k: values[k] for k in _REPORT & values.keys()}
        marks, links = [], []
        triggers = {trigger for _, _, trigger, _ in self.events.values()}
        for span, (n, label, pieces) in self.spans.items():
            if span not in triggers:
                known = False if self.events else None
                marks.append(
                    Mark(id=span, label=label, pieces=pieces, attributes=at.get(span, {}), trigger=known, line=n)
                )
        for event, (n, label, trigger, arguments) in self.events.items():
            if trigger not in self.spans:
                raise self.fail(n, f"there is no {trigger}")
            values = {**at.get(trigger, {}), **at.get(event, {})}
            marks.append(
                Mark(id=event, label=label, pieces=self.spans[trigger][2], attributes=values, trigger=True, line=n)
            )
            links += [Link(trigger=event, argument=of, role=role, line=n) for role, of in arguments]
        links += [Link(trigger=a, argument=b, role=role, line=n) for n, role, a, b in self.relations]
        return Marked(
            id=name,
            text=self.text,
            marks=tuple(marks),
            links=tuple(links),
            path=self.path,
            published=report.get("published"),
            title=report.get("title", ""),
            outlet=report.get("outlet", ""),
        )
