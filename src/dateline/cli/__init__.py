"""The command line: one file a command, loaded when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from dateline.errors import DatelineError

COMMANDS = {
    "read": "dateline.cli.read:read",
    "code": "dateline.cli.code:code",
    "places": "dateline.cli.places:places",
    "schema": "dateline.cli.schema:schema",
    "codebook": "dateline.cli.codebook:app",
    "version": "dateline.cli.version:version",
}
"""Command → where it lives: a function with typer's annotations, or a typer application of sub-commands."""

_SHORT = {
    "read": "Read reports and print what they say.",
    "code": "Code a corpus into JSONL.",
    "places": "Every place that reports name, resolved.",
    "schema": "Print the JSON Schema of the output.",
    "codebook": "Check a codebook against its own examples.",
    "version": "Print the versions of program, codebook and model.",
}


class _Lazy(click.Group):
    """A group whose commands are imported only when they are needed, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        import typer

        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(importlib.import_module(module), attribute)
        if isinstance(found, typer.Typer):
            command = typer.main.get_command(found)
        else:
            alone = typer.Typer(add_completion=False)
            alone.command(name=name)(found)
            command = typer.main.get_command(alone)
        command.name = name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _SHORT[name]) for name in COMMANDS])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def app() -> None:
    """Reads reports of war and keeps their record: who did what to whom, where, when, how many, who says so."""


def main() -> None:
    """Run the command line.  Ends with 0 (all coded), 3 (some reports put aside) or 2 (usage or unreadable input)."""
    import typer

    try:
        app(standalone_mode=False)
    except DatelineError as e:
        _end(str(e))
    except (click.exceptions.Exit, typer.Exit) as e:  # typer may have a click of its own
        sys.exit(e.exit_code)
    except (click.ClickException, typer.TyperException) as e:
        if hasattr(e, "show"):
            e.show()
            sys.exit(2)
        _end(str(e))
    except (KeyboardInterrupt, click.Abort, typer.Abort):
        _end("stopped")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _end(message: str) -> None:
    print(f"dateline: {message}", file=sys.stderr)
    sys.exit(2)
