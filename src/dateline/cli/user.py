"""``dateline user``: the accounts of a store's server."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.stores import Format, StoreOption, print_lines, print_table
from dateline.errors import UsageError

app = typer.Typer(
    help="Accounts of the server: viewer, reviewer or admin.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_NameArgument = Annotated[str, typer.Argument(help="The account's name.")]


@app.command()
def add(
    name: _NameArgument,
    role: Annotated[str, typer.Option(help="viewer, reviewer or admin.")] = "viewer",
    store: StoreOption = None,
) -> None:
    """Add an account, or give an old one a new role and password.  The password is asked for, or read from a pipe."""
    from dateline.store import Store
    from dateline.store.accounts import LEAST, add_account

    with Store(store) as opened:
        made = add_account(opened, name, role, _password(LEAST))
    print(f"dateline: {made.name} is {made.role}", file=sys.stderr)


@app.command("list")
def list_(
    store: StoreOption = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.table,
) -> None:
    """The accounts."""
    from dateline.store import Store
    from dateline.store.accounts import list_accounts

    with Store(store) as opened:
        found = list_accounts(opened)
    if format is Format.jsonl:
        print_lines(found)
    else:
        rows = ((a.name, a.role, a.created) for a in found)
        print_table(("name", "role", "since"), rows, f"{len(found)} accounts")


@app.command()
def remove(name: _NameArgument, store: StoreOption = None) -> None:
    """Remove an account with its sessions and tokens."""
    from dateline.store import Store
    from dateline.store.accounts import remove_account

    with Store(store) as opened:
        remove_account(opened, name)
    print(f"dateline: {name} is removed", file=sys.stderr)


def _password(least: int) -> str:
    """From the terminal, typed twice; or the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = typer.prompt(f"Password ({least} characters at least)", hide_input=True, confirmation_prompt=True)
        return typed
    line = sys.stdin.readline()
    if not line:
        raise UsageError("a password on standard input is wanted", field="password")
    return line.rstrip("\r\n")
