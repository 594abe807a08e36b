"""The page of the command line, from typer's own description of the commands."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import PurePath
from types import NoneType
from typing import Any, get_args, get_type_hints

import typer

from dateline.cli import _SHORT, COMMANDS, _load
from reference.markdown import code, paragraphs, prose, table

INTRODUCTION = """\
`dateline COMMAND --help` says the same. Every command ends with 0 where all went well, and with 2 where an option makes no
sense or an input cannot be read; one line on standard error then says what and where. Other codes stand with their commands.

The store is a file (SQLite) or a `postgresql://` URL: the option `--store`, else the variable `DATELINE_STORE`, else
`dateline.db` in the working folder.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its whole name ("codebook check"), groups too, in the order of the program's help."""
    for name in COMMANDS:
        top = typer.main.get_command(_load(name))
        yield name, top
        for sub, command in getattr(top, "commands", {}).items():
            yield f"{name} {sub}", command


def parameters(command: Any) -> list[Any]:
    """A command's arguments and options without ``--help``; a group has none."""
    return [] if hasattr(command, "commands") else [p for p in command.params if p.name != "help"]


def page(texts: Mapping[str, Any]) -> str:
    """The page.

    Raises:
        ValueError: the exit codes in ``texts`` are not those of the program.
    """
    lines = ["# Commands", "", INTRODUCTION]
    top = [(f"[{name}](#dateline-{name})", prose(_SHORT[name])) for name in COMMANDS]
    lines += table(("command", "what it does"), top)
    left = dict(texts["exits"])
    for name, command in commands():
        lines += _command(name, command, left.pop(name, {}))
    if left:
        raise ValueError(f"exit codes of no command: {', '.join(left)}")
    return "\n".join(lines)


def _command(name: str, command: Any, exits: Mapping[int, str]) -> list[str]:
    lines = [f"{'###' if ' ' in name else '##'} dateline {name}", "", *paragraphs(command.help)]
    if hasattr(command, "commands"):
        return lines
    function = inspect.unwrap(command.callback)
    if (found := exit_codes(function)) != set(exits):
        raise ValueError(f"dateline {name} ends with {sorted(found)}, and told are {sorted(exits)}")
    lines += ["```usage", _usage(name, command), "```", ""]
    types = get_type_hints(function)
    arguments = [p for p in parameters(command) if p.param_type_name == "argument"]
    options = [p for p in parameters(command) if p.param_type_name == "option"]
    lines += table(("argument", "what"), [(code(_metavar(p)), _what(p)) for p in arguments])
    rows = [(_names(p), _form(types[p.name], p), _default(p), _what(p)) for p in options]
    lines += table(("option", "value", "default", "what"), rows)
    if exits:
        lines += [f"Ends with {n}: {text[:1].lower()}{text[1:]}" for n, text in exits.items()] + [""]
    return lines


# ------------------------------------------------------------------------------------- arguments and options


def _usage(name: str, command: Any) -> str:
    needed = [p for p in parameters(command) if p.param_type_name == "argument" or p.required]
    words = [
        _metavar(p) if p.param_type_name == "argument" else f"{max(p.opts, key=len)} {p.name.upper()}" for p in needed
    ]
    optional = any(p.param_type_name == "option" and not p.required for p in parameters(command))
    return " ".join(["dateline", name, *words, *(["[OPTIONS]"] if optional else [])])


def _metavar(parameter: Any) -> str:
    name = parameter.name.upper() + ("..." if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _names(parameter: Any) -> str:
    names = ", ".join(code(n) for n in sorted(parameter.opts, key=len))
    return names + "".join(f" / {code(n)}" for n in parameter.secondary_opts)


def _what(parameter: Any) -> str:
    return prose(parameter.help or "")


def _form(type: Any, parameter: Any) -> str:
    """The value's form in a word or two."""
    kinds = [t for t in get_args(type) or (type,) if t is not NoneType]
    kind = (get_args(kinds[0]) or kinds)[0]
    if kind is bool:
        return ""
    if issubclass(kind, Enum):
        form = ", ".join(code(member.value) for member in kind)
    else:
        form = {str: "text", int: "whole number", float: "number"}.get(kind, "path") + _range(parameter)
    return f"{form}; may be repeated" if parameter.multiple else form


def _range(parameter: Any) -> str:
    low, high = parameter.min, parameter.max
    if low is None:
        return "" if high is None else f", {high} at most"
    return f", {low} at least" if high is None else f", {low} to {high}"


def _default(parameter: Any) -> str:
    value = parameter.default
    if parameter.required:
        return "must be given"
    if value is None or value == "" or value is False or value == PurePath():
        return "the working folder" if value == PurePath() else ""
    return code(value.value if isinstance(value, Enum) else value)


# -------------------------------------------------------------------------------------------------- exit codes


def exit_codes(function: Any) -> set[int]:
    """The codes that a command's function, or what it calls in its own module, ends with by ``typer.Exit``."""
    tree = ast.parse(inspect.getsource(sys.modules[function.__module__]))
    bodies = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    found: set[int] = set()
    waiting, seen = [function.__name__], set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in bodies:
            continue
        seen.add(name)
        calls = [n for n in ast.walk(bodies[name]) if isinstance(n, ast.Call)]
        waiting += [c.func.id for c in calls if isinstance(c.func, ast.Name)]
        found |= {int(ast.literal_eval(c.args[0])) for c in calls if ast.unparse(c.func) == "typer.Exit"}
    return found
