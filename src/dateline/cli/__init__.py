"""The command line: one file a command, loaded when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import typer

from dateline.errors import DatelineError

COMMANDS = {
    "read": "dateline.cli.read:read",
    "code": "dateline.cli.code:code",
    "watch": "dateline.cli.watch:watch",
    "places": "dateline.cli.places:places",
    "schema": "dateline.cli.schema:schema",
    "codebook": "dateline.cli.codebook:app",
    "evaluate": "dateline.cli.evaluate:evaluate",
    "agreement": "dateline.cli.agreement:agreement",
    "reconcile": "dateline.cli.reconcile:reconcile",
    "add": "dateline.cli.add:add",
    "import": "dateline.cli.import_:import_",
    "retract": "dateline.cli.add:retract",
    "events": "dateline.cli.events:events",
    "show": "dateline.cli.show:show",
    "explain": "dateline.cli.explain:explain",
    "control": "dateline.cli.control:control",
    "figures": "dateline.cli.figures:figures",
    "deadlines": "dateline.cli.deadlines:deadlines",
    "truces": "dateline.cli.deadlines:truces",
    "sources": "dateline.cli.sources:sources",
    "merge": "dateline.cli.merge:merge",
    "split": "dateline.cli.merge:split",
    "undo": "dateline.cli.merge:undo",
    "verify": "dateline.cli.verify:verify",
    "rebuild": "dateline.cli.rebuild:rebuild",
    "recode": "dateline.cli.recode:recode",
    "diff": "dateline.cli.diff:diff",
    "export": "dateline.cli.export:export",
    "serve": "dateline.cli.serve:serve",
    "user": "dateline.cli.user:app",
    "gazetteer": "dateline.cli.gazetteer:app",
    "version": "dateline.cli.version:version",
}
"""Command → where it lives: a function with typer's annotations, or a typer application of sub-commands."""

_SHORT = {
    "read": "Read reports and print what they say.",
    "code": "Code a corpus into JSONL or Parquet.",
    "watch": "Follow feeds and code what is new.",
    "places": "Every place that reports name, resolved.",
    "schema": "Print the JSON Schema of the output.",
    "codebook": "Codebooks: begin one, check it, compare two.",
    "evaluate": "Hold a coding against annotated reports.",
    "agreement": "How far two annotations of the same reports agree.",
    "reconcile": "Coded claims into events.",
    "add": "Read reports into the store.",
    "import": "Put coded reports (JSONL) into the store.",
    "retract": "Take a report back; its trace stays.",
    "events": "The events of the store.",
    "show": "One event or claim, every version side by side.",
    "explain": "Why each field of a claim was filled.",
    "control": "Who holds a place, by whose word.",
    "figures": "Casualties and displacement by source.",
    "deadlines": "Ultimatums and announced plans.",
    "truces": "Truces: agreed, violated, collapsed.",
    "sources": "Who reports first, and how often each is contradicted.",
    "merge": "Join events that are one.",
    "split": "Part what is not one event.",
    "undo": "Undo a reviewer's act.",
    "verify": "Prove that the store is whole.",
    "rebuild": "Make events and lists anew from the record.",
    "recode": "Code the stored reports anew; the old coding stays.",
    "diff": "What two codings differ in.",
    "export": "Events as a file: ACLED, GED, GDELT, GeoJSON, HXL and more.",
    "serve": "The store's pages and API over HTTP.",
    "user": "Accounts of the server: add, list, remove.",
    "gazetteer": "Places of your own: add, list, remove, search.",
    "version": "Print the versions of program, codebook and model.",
}


_WRONG_USE: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")
"""What typer raises where options or arguments make no sense; its home has moved between typer's versions."""


def main(args: list[str] | None = None) -> None:
    """Run the command line.  Ends with 0 (all coded), 3 (some reports put aside) or 2 (usage or unreadable input)."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads only get in each other's way here
    args = sys.argv[1:] if args is None else args
    if not args or args[0] in {"-h", "--help"}:
        print(_help())
        return
    name, *rest = args
    if name not in COMMANDS:
        _end(f"No such command {name!r}; there are {', '.join(COMMANDS)}")
    try:
        status = _load(name)(rest, prog_name=f"dateline {name}", standalone_mode=False)
    except DatelineError as e:
        _end(str(e))
    except _WRONG_USE as e:
        _end(_plain(e, name))
    except KeyboardInterrupt:
        _end("stopped")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    if isinstance(status, int) and status:
        sys.exit(status)


def _plain(error: Exception, name: str) -> str:
    """What typer says of a wrong use, in one line."""
    said: str = getattr(error, "format_message", error.__str__)().strip().replace("Value error, ", "")
    if not said or said.startswith("Usage"):
        said = "a sub-command is missing"
    return f"{said[:1].lower()}{said[1:].rstrip('.')} (dateline {name} --help says more)"


def _load(name: str) -> typer.Typer:
    module, _, attribute = COMMANDS[name].partition(":")
    found = getattr(importlib.import_module(module), attribute)
    if isinstance(found, typer.Typer):
        return found
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name=name)(found)
    return alone


def _help() -> str:
    width = max(map(len, COMMANDS))
    rows = [f"  {name:<{width}}  {_SHORT[name]}" for name in COMMANDS]
    return "\n".join(
        [
            "Usage: dateline COMMAND [OPTIONS]...",
            "",
            "Reads reports of war and keeps their record: who did what to whom, where, when, how many, who says so.",
            "",
            "Commands:",
            *rows,
            "",
            "dateline COMMAND --help says more.",
        ]
    )


def _end(message: str) -> NoReturn:
    print(f"dateline: {message}", file=sys.stderr)
    sys.exit(2)
