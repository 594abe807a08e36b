"""Where in a codebook's files a field stands: what an error is to say besides the field's name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from dateline.codebook.lexicon import compose_yaml
from dateline.errors import CodebookError

_NAMES = ("type", "name")  # what an entry of a list goes by in a field's path: types.walkout, generic.violence


def located(error: CodebookError, files: Sequence[Path]) -> CodebookError:
    """The error with the file and the line of its field, the nearest there is; as it was where none is found.

    Args:
        error: its ``field`` is a path as the loader writes it ("types.walkout.patterns[0].frame.on").
        files: the codebook's files, in the order in which they are joined.
    """
    if error.line is not None or not error.field:
        return error
    found = _find(error.field, files)
    if found is None:
        return error
    file, line = found
    return CodebookError(error.message, path=str(file), line=line, field=error.field)


def _find(field: str, files: Sequence[Path]) -> tuple[Path, int] | None:
    """The file and line that go furthest along a field's path."""
    best: tuple[int, Path, int] | None = None
    passed = 0  # entries of the same list in the files before
    for file in files:
        root = compose_yaml(file)
        if not isinstance(root, yaml.MappingNode):
            continue
        left, line = _walk(root, field, passed)
        if line and (best is None or left < best[0]):
            best = (left, file, line)
        passed += _entries(root, field)
    return best[1:] if best else None


def _entries(root: yaml.MappingNode, field: str) -> int:
    """How many entries a file adds to the list that a path begins with."""
    return next((len(v.value) for k, v in root.value if isinstance(v, yaml.SequenceNode) and _rest(field, k.value)), 0)


def _walk(root: yaml.Node, field: str, passed: int) -> tuple[int, int]:
    """How many letters of the path are left where it leads nowhere, and the line there (0 if nowhere at all)."""
    node, rest, line, top = root, field, 0, True
    while rest:
        step = _into_mapping(node, rest) if isinstance(node, yaml.MappingNode) else None
        if isinstance(node, yaml.SequenceNode):
            step = _into_list(node, rest, passed if top else 0)
            top = False
        if step is None:
            break
        node, rest, line = step
    return len(rest), line


def _into_mapping(node: yaml.MappingNode, rest: str) -> tuple[yaml.Node, str, int] | None:
    for key, value in sorted(node.value, key=lambda kv: -len(str(kv[0].value))):
        tail = _rest(rest, str(key.value))
        if tail is not None:
            return value, tail, key.start_mark.line + 1
    return None


def _into_list(node: yaml.SequenceNode, rest: str, passed: int) -> tuple[yaml.Node, str, int] | None:
    if rest.startswith("["):
        number, _, tail = rest[1:].partition("]")
        n = int(number) - passed if number.isdigit() else -1
        if 0 <= n < len(node.value):
            return node.value[n], tail.removeprefix("."), node.value[n].start_mark.line + 1
        return None
    for item in node.value:
        for key, value in item.value if isinstance(item, yaml.MappingNode) else ():
            after = _rest(rest, str(value.value)) if key.value in _NAMES else None
            if after is not None:
                return item, after, item.start_mark.line + 1
    return None


def _rest(path: str, key: str) -> str | None:
    """What is left of a path after a key that it begins with; None if it does not."""
    if not path.startswith(key):
        return None
    tail = path[len(key) :]
    if tail.startswith("."):
        return tail[1:]
    return tail if not tail or tail.startswith("[") else None
