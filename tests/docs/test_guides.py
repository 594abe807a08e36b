"""The guides show only what is there: pages, links, commands with their options, figures that were measured."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from dateline.cli import COMMANDS, _load
from tests.docs.pages import DOCS, FILES, PAGES, ROOT, blocks, commands, name_of, prose

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
INLINE = re.compile(r"`(dateline\s[^`]+)`")
PLACEHOLDER = re.compile(r"…|\[|\{|<")


# ------------------------------------------------------------------------------------------------- pages and links


def nav(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        for value in entry.values():
            if isinstance(value, str):
                yield value
            else:
                yield from nav(value)


def test_every_page_is_in_the_nav_once() -> None:
    project = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]
    assert sorted(nav(project["nav"])) == PAGES


@cache
def anchors(path: Path) -> frozenset[str]:
    """What the headings of a page may be linked by, as the table of contents makes it."""
    headings = re.findall(r"^#{1,6} (.+)$", prose(path.read_text("utf-8")), re.M)
    plain = (re.sub(r"[^\w\s-]", "", h.replace("\\", "")).strip().lower() for h in headings)
    return frozenset(re.sub(r"[-\s]+", "-", h) for h in plain)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_link_inside_leads_somewhere(path: Path) -> None:
    lost = []
    for link in LINK.findall(prose(path.read_text("utf-8"))):
        if "://" in link or link.startswith("mailto:"):
            continue
        page, _, anchor = link.partition("#")
        target = (path.parent / page).resolve() if page else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert not lost


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("zensical")
    shutil.copytree(DOCS, tmp_path / "docs")
    shutil.copy(ROOT / "zensical.toml", tmp_path)
    call = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "build/docs/index.html").exists()


# -------------------------------------------------------------------------------------------------------- commands


def shown(path: Path) -> Iterator[str]:
    """Calls of the program in a page's blocks."""
    for block in blocks(path):
        found = [block.body] if block.language == "usage" else [c.text for c in commands(block.body)]
        for call in found:
            call = call.replace("\\\n", " ").strip()
            if call.startswith("dateline "):
                yield call


@cache
def command_of(name: str) -> Any:
    return typer.main.get_command(_load(name))


def words(call: str) -> list[str]:
    """The program's own words of a call, up to a pipe or a file that it is written to."""
    found = shlex.split(call, comments=True)[1:]
    ends = [n for n, w in enumerate(found) if w in ("|", ">", "&&", "||", "2>")]
    return found[: ends[0]] if ends else found


def faults(call: str, whole: bool) -> Iterator[str]:
    """What a call has that the program has not; ``whole`` says that nothing may be missing either."""
    rest = words(call)
    name = rest.pop(0)
    if name not in COMMANDS:
        yield f"no command {name}"
        return
    command = command_of(name)
    below = getattr(command, "commands", None)
    if below is not None:
        if not rest:
            if whole:
                yield f"{name} wants a sub-command"
            return
        if rest[0] not in below:
            yield f"no command {name} {rest[0]}"
            return
        command = below[rest.pop(0)]
    yield from _parameters(command, rest, whole)


def _parameters(command: Any, rest: list[str], whole: bool) -> Iterator[str]:
    options = {o: p for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")}
    given, places = set(), 0
    while rest:
        word, equals, value = rest.pop(0).partition("=")
        if not word.startswith("-") or word == "-":
            places += 1
            continue
        if word not in options:
            if word != "--help":
                yield f"no option {word}"
            continue
        option = options[word]
        given.add(option.name)
        if option.is_flag:
            continue
        if not equals and not rest:
            if whole:
                yield f"{word} wants a value"
            continue
        value = value if equals else rest.pop(0)
        choices = [c.value for c in type(option.default)] if isinstance(option.default, Enum) else []
        if choices and value not in choices:
            yield f"{word} takes no {value}"
    if whole:
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        yield from (f"{p.opts[0]} is missing" for p in options.values() if p.required and p.name not in given)
        if places < sum(p.required for p in arguments):
            yield "an argument is missing"
        if places > len(arguments) and all(p.nargs == 1 for p in arguments):
            yield "more arguments than it takes"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_commands_in_blocks_exist_and_are_whole(path: Path) -> None:
    wrong = {c: f for c in shown(path) if (f := list(faults(c, not PLACEHOLDER.search(c))))}
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_commands_in_sentences_exist(path: Path) -> None:
    calls = [" ".join(c.split()) for c in INLINE.findall(prose(path.read_text("utf-8")))]
    calls = [c for c in calls if c.split()[1][:1].islower() and not PLACEHOLDER.search(c)]
    wrong = {c: f for c in calls if (f := list(faults(c, whole=False)))}
    assert not wrong


def test_the_blocks_of_the_first_page_are_seen() -> None:
    assert len(list(shown(DOCS / "index.md"))) >= 12


@pytest.mark.parametrize(
    "call",
    [
        "dateline reed x.txt",
        "dateline read x.txt --publish 2020-01-01",
        "dateline read",
        "dateline code in.jsonl",
        "dateline read x.txt --format xml",
        "dateline codebook make x",
        "dateline show a b",
        "dateline events --limit",
    ],
)
def test_a_wrong_call_would_be_seen(call: str) -> None:
    assert list(faults(call, whole=True))


# ------------------------------------------------------------------------------------------------------------- figures


def test_the_method_page_has_no_figure_that_was_not_measured() -> None:
    number = re.compile(r"\d+\.\d+ ?%?")
    measured = {n.replace(" ", "") for n in number.findall((DOCS / "measurements.md").read_text("utf-8"))}
    method = {n.replace(" ", "") for n in number.findall((DOCS / "method.md").read_text("utf-8"))}
    assert method
    assert {n.rstrip("%") for n in method} <= {n.rstrip("%") for n in measured}
