"""Every block of code in the pages is run, page by page and in order, in an empty folder with an empty home.

The folder holds the source, as a reader's does who has followed the first page.  A block called after a file
(``title="report.txt"``) is written there; what a page shows below a command is what the command prints.  ``stand_ins.py``
lists the few commands that are looked at and not run, and what stands for servers that are elsewhere.
"""

from __future__ import annotations

import ast
import contextlib
import csv
import doctest
import inspect
import io
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

import dateline
from tests.docs import program
from tests.docs.pages import FILES, ROOT, Block, Command, blocks, commands, indented, name_of, shows
from tests.docs.shell import Shell
from tests.docs.stand_ins import CHECKED, RUNNING, Standing, environment, standing_for, tools
from tests.store.conftest import postgres

__all__ = ["postgres"]

REFERENCE = "docs/reference/python.md"
"""The page whose Python blocks say how a name is called, and whose examples are sessions."""

COLUMNS = {"README.md": 112}
ENDS_WITH_3 = {"docs/how-to/from-other-coders.md": ["dateline add stories.urls"]}
"""Commands of which the page says that they end with 3."""


def free() -> int:
    """A port that nobody has."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The program's text for PATH; what it calls is loaded once for all pages."""
    path = tmp_path_factory.mktemp("program") / "calls"
    env = environment(path.parent, path.parent, path.parent, 80)
    call = [sys.executable, program.__file__, str(path)]
    server = subprocess.Popen(call, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    yield program.client(path)
    server.kill()
    server.communicate()


class Page:
    """A page as it is followed: a folder, a shell, and the names that its Python blocks have made."""

    def __init__(self, name: str, folder: Path, site: Path, shell: Shell, standing: Standing) -> None:
        self.name, self.folder, self.site, self.shell, self.standing = name, folder, site, shell, standing
        self.names: dict[str, Any] = {"__name__": "page"}

    def follow(self, block: Block) -> None:
        """Do what a block says.

        Raises:
            AssertionError: it does not do what the page says, or nothing can be done with it.
        """
        signature = self.name == REFERENCE and block.language == "python"
        run = self._signature if signature else getattr(self, f"_{block.language}", None)
        if block.title:
            self._file(block)
        elif run is None:
            raise AssertionError(f"nothing can be done with a block of {block.language or 'no language'}")
        else:
            run(block)

    def _file(self, block: Block) -> None:
        _READERS.get(Path(block.title).suffix, str)(block.body)
        path = self._here() / block.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.standing.here(block.body), "utf-8")

    def _here(self) -> Path:
        """The folder that the page is in now."""
        return Path(self.shell.run("pwd")[1].strip())

    def _console(self, block: Block) -> None:
        said = list(commands(block.body))
        assert said, "no command"
        for command in said:
            self._command(command)

    def _command(self, command: Command) -> None:
        bare = re.sub(r"  #.*", "", command.text).strip()
        if checked := next((c for c in CHECKED if re.fullmatch(c.command, bare)), None):
            checked.look(bare, self._here(), self.site)
            return
        text = self.standing.here(command.text)
        if running := next((r for r in RUNNING if re.fullmatch(r.command, bare)), None):
            self.shell.run(running.before)
            self._going_on(text, running.ready)
            return
        status, printed = self.shell.run(text, self.standing.typed(command.text))
        wanted = 3 if command.text in ENDS_WITH_3.get(self.name, []) else 0
        assert status == wanted, f"{text}\nends with {status}:\n{printed}"
        assert shows(command.shown, printed), f"{text}\nprints\n{printed}\nand not\n" + "\n".join(command.shown)

    def _going_on(self, text: str, ready: str) -> None:
        """A command that goes on: it comes up, answers if it is a server, and ends when it is stopped."""
        pid, until = self.shell.begin(text), monotonic() + 180
        while not re.search(ready, self.shell.printed()):
            assert monotonic() < until, f"{text}\nis not ready:\n{self.shell.printed()}"
            sleep(0.05)
        if "serve" in text:
            url = re.search(r"http://[\w.:]+", self.shell.printed())
            assert url
            self._answers(url[0], until)
        self.shell.stop(pid)

    def _answers(self, url: str, until: float) -> None:
        """A server that was begun gives its first page."""
        while True:
            try:
                with urlopen(url, timeout=30) as answer:
                    assert answer.status == 200
                    return
            except URLError as e:
                if monotonic() > until:
                    raise AssertionError(f"{url} does not answer: {e}\n{self.shell.printed()}") from e
                sleep(0.05)

    def _crontab(self, block: Block) -> None:
        minute, hour, day, month, weekday, command = block.body.split(None, 5)
        assert all(re.fullmatch(r"[\d*/,-]+", f) for f in (minute, hour, day, month, weekday))
        self._command(Command(command.strip(), ()))

    def _python(self, block: Block) -> None:
        out = io.StringIO()
        with contextlib.chdir(self._here()), contextlib.redirect_stdout(out):
            exec(compile(self.standing.here(block.body), self.name, "exec"), self.names)
        shown = re.findall(r"^\s*print\(.*\)  # (.*)$", block.body, re.M)
        assert all(s in out.getvalue() for s in shown), f"prints\n{out.getvalue()}\nand not {shown}"

    def _pycon(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(block.body, {}, self.name, self.name, block.line)
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        out: list[str] = []
        with contextlib.chdir(self._here()):
            runner.run(test, out=out.append)
        assert test.examples
        assert not runner.failures, "".join(out)

    def _sql(self, block: Block) -> None:
        import psycopg

        with psycopg.connect(self.standing.administrator, autocommit=True) as admin:
            for statement in block.body.strip().split(";\n"):
                admin.execute(statement)  # type: ignore[call-overload]

    def _signature(self, block: Block) -> None:
        """A name of the reference, as it is called."""
        form = re.match(r"[\w.]+", block.body)
        assert form
        owner, _, name = form[0].rpartition(".")
        value: Any = getattr(getattr(dateline, owner.capitalize(), dateline), name)
        told = ast.parse("def f" + block.body[form.end() :].rstrip() + ": ...").body[0]
        assert isinstance(told, ast.FunctionDef)
        wanted = [p for p in inspect.signature(value).parameters if p != "self"]
        assert [a.arg for a in (*told.args.args, *told.args.kwonlyargs)] == wanted

    def _usage(self, block: Block) -> None:
        """How a command is called: it is there, and its help has the same arguments."""
        call = block.body.split()
        words = [w for w in call[1:] if w.islower() and w.isalpha()]
        status, printed = self.shell.run(f"dateline {' '.join(words)} --help")
        assert status == 0
        assert f"Usage: dateline {' '.join(words)}" in printed


_READERS = {
    ".json": json.loads,
    ".yaml": yaml.safe_load,
    ".csv": lambda t: list(csv.reader(t.splitlines(), strict=True)),
}


@pytest.fixture
def page(request: pytest.FixtureRequest, client: str, tmp_path: Path) -> Iterator[Page]:
    """A folder with the source in it, an empty home, and a shell there."""
    path: Path = request.param
    folder, home, site, scratch = (tmp_path / n for n in ("source", "home", "site", "scratch"))
    for new in (folder, home, site, scratch):
        new.mkdir()
    for entry in ROOT.iterdir():
        if entry.name == "docs":
            shutil.copytree(entry, folder / "docs")  # the pages' builder takes no folder elsewhere
        elif not entry.name.startswith(".") and entry.name not in ("build", "dist", "out"):
            (folder / entry.name).symlink_to(entry)
    tools(tmp_path / "tools", client)
    if ".venv/bin/" in path.read_text("utf-8"):
        tools(folder / ".venv/bin", client)
    env = environment(home, tmp_path / "tools", site, COLUMNS.get(name_of(path), 80))
    shell = Shell(folder, scratch, env)
    try:
        for standing in standing_for(name_of(path), request, free):
            yield Page(name_of(path), folder, site, shell, standing)
    finally:
        shell.close()


@pytest.mark.parametrize("page", [p for p in FILES if blocks(p)], ids=name_of, indirect=True)
def test_a_page_can_be_followed(page: Page) -> None:
    for block in blocks(ROOT / page.name):
        try:
            page.follow(block)
        except Exception as e:
            raise AssertionError(f"{page.name}, line {block.line}: {e}") from e


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_block_hides_in_blanks(path: Path) -> None:
    assert indented(path) == []
