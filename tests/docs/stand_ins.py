"""What the pages' examples need from elsewhere, and what stands for it in the tests.

Three lists, and nothing else is done otherwise than a page says: ``CHECKED`` are the commands that are looked at and not
run, ``RUNNING`` those that go on until they are stopped, ``STANDING`` the names in the pages of things that are not here.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.docs.pages import ROOT
from tests.llm.chat_server import said, serving
from tests.read.web import page as web_page
from tests.read.web import serve as web_serve

# ------------------------------------------------------------------------------------------- looked at, not run


def installs(command: str, folder: Path, site: Path) -> None:
    """``pip install .[extra]``: the project is there and has the extra; a plug-in's entry points are put on the path."""
    wanted = shlex.split(command)[2]
    folder, extra = folder / wanted.partition("[")[0], re.search(r"\[(\w+)\]", wanted)
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    assert not extra or extra[1] in project["optional-dependencies"]
    if project["name"] == "dateline":
        return
    told = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    groups = project["entry-points"].items()
    (told / "entry_points.txt").write_text(
        "".join(f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in names.items()) for group, names in groups)
    )
    for module in folder.glob("*.py"):
        shutil.copy(module, site)


def known(command: str, folder: Path, site: Path) -> None:
    """Nothing more: ``test_guides.py`` holds every call in a block against the program's commands and options."""
    assert command.startswith("dateline ")


def asks(command: str, folder: Path, site: Path) -> None:
    """``python SCRIPT``: the script is there, and can say what it takes."""
    script = shlex.split(command)[1]
    call = [sys.executable, script, "--help"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def there(command: str, folder: Path, site: Path) -> None:
    """``python SCRIPT``: the script is there, and is Python."""
    script = ROOT / shlex.split(command)[1]
    compile(script.read_text("utf-8"), str(script), "exec")


def makes(command: str, folder: Path, site: Path) -> None:
    """``make TARGET``: make knows how."""
    done = subprocess.run(["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@dataclass(frozen=True)
class Checked:
    """A command that is not run, why, and what is looked at instead."""

    command: str
    why: str
    look: Callable[[str, Path, Path], None]


CHECKED = [
    Checked(
        r"pip install '?\.[\w/]*(\[\w+\])?'?", "asks a registry for the packages that the program builds on", installs
    ),
    Checked(
        r"dateline code \"s3://.*",
        "asks an object store; tests/corpus_engine/test_s3.py does it where a server that speaks S3 is installed",
        known,
    ),
    Checked(
        r"\.venv/bin/python (scripts/fit_confidence|benchmarks/speed/conflict|benchmarks/accuracy/(errors|all))\.py.*",
        "measures for minutes, on sets that are not part of the project",
        asks,
    ),
    Checked(
        r"\.venv/bin/python scripts/(kinds_material|train_kinds)\.py.*",
        "trains for a quarter of an hour, with packages and sets that are not part of the project",
        there,
    ),
    Checked(r"make (demo|test|web|docs)", "sets up from registries, and `make test` is what runs these tests", makes),
]

# ------------------------------------------------------------------------------------------------- goes on and on


@dataclass(frozen=True)
class Running:
    """A command that goes on until it is stopped: what it prints when it is there, and what is done before it."""

    command: str
    ready: str
    before: str = "true"


RUNNING = [
    Running(r"dateline serve\b.*", r"http://127\.0\.0\.1:\d+"),
    Running(  # polled a moment ago; here the half hour has passed
        r"dateline watch (?!.*--once).*",
        r"\d+ new",
        before="""sed -i 's/"due": *[0-9.]*/"due": 0/g' feeds.txt.seen.json""",
    ),
    Running(r"\.venv/bin/zensical serve\b.*", r"http://"),
]

# ------------------------------------------------------------------------------------------------ not of this place

STORY = "Rebels shelled an army post near Gao on Monday, killing {} soldiers, a monitor said."


def _feed(host: str, *numbers: int) -> bytes:
    items = "".join(
        f"<item><title>Post shelled {n}</title><guid>urn:n:{n}</guid><link>{host}/page/{n}</link>"
        f"<description>{STORY.format(n)}</description></item>"
        for n in numbers
    )
    return f"<rss><channel><title>Sahel Wire</title>{items}</channel></rss>".encode()


@dataclass
class Standing:
    """The words of a page that stand for something elsewhere, and what stands for it here."""

    words: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    administrator: str = ""

    def here(self, text: str) -> str:
        """A block or a command with what is here in the place of what is elsewhere."""
        for written, stands in self.words.items():
            text = re.sub(written, lambda m, stands=stands: m.expand(stands), text)
        return text

    def typed(self, command: str) -> str:
        """What is typed at a command's questions."""
        return next((a for pattern, a in self.answers.items() if re.fullmatch(pattern, command)), "")


def _feeds(request: pytest.FixtureRequest, stack: ExitStack, standing: Standing) -> None:
    pages: dict[str, Any] = {}
    host, _ = stack.enter_context(web_serve(pages))
    for n in range(1, 30):
        told = f"<html><body><article><h1>Post shelled</h1><p>{STORY.format(n)}</p></article></body></html>"
        pages[f"/page/{n}"] = web_page(told.encode())
    pages["/world.xml"] = web_page(_feed(host, 2, 1), "application/rss+xml")
    came = count(3)
    pages["/feed"] = lambda h: web_page(_feed(host, next(came)), "application/rss+xml")(h)  # each time another item
    standing.words |= {
        r"https://(news|monitor)\.example\.org": host,
        r"/srv/dateline": f"{request.getfixturevalue('tmp_path')}/source",
        r"dateline watch (.*)": r"dateline watch --private \1",  # the server here has a private address
    }


def _model(stack: ExitStack, standing: Standing) -> None:
    claim = {"sentence": 0, "type": "shelling", "trigger": "shelled", "agents": ["Rebels"], "modality": "asserted"}
    served = stack.enter_context(serving(lambda _: said({"claims": [claim]})))
    standing.words |= {r"http://127\.0\.0\.1:8080/v1": served.url}


def _database(request: pytest.FixtureRequest, stack: ExitStack, standing: Standing) -> None:
    import psycopg

    server = request.getfixturevalue("postgres")

    def away() -> None:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute("DROP DATABASE IF EXISTS war WITH (FORCE)")
            admin.execute("DROP ROLE IF EXISTS dateline")

    away()
    stack.callback(away)
    standing.administrator = f"{server}/postgres"
    standing.words |= {r"db\.example\.org": urlsplit(server).netloc.rpartition("@")[2]}


def _spark(request: pytest.FixtureRequest, stack: ExitStack, standing: Standing) -> None:
    pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
    if shutil.which("java") is None:
        pytest.skip("no Java here: install Debian's openjdk-17-jre-headless")
    folder = request.getfixturevalue("tmp_path")
    standing.words |= {
        r"spark://driver:7077": "local[1]",
        r"/mnt/shared/crawl": "reports.jsonl",
        r"s3://bucket/claims/": f"{folder}/claims-of-cluster/",
    }


_PASSWORD = "a password of some length\n"
_NEEDS: dict[str, Callable[[pytest.FixtureRequest, ExitStack, Standing], None]] = {
    "docs/how-to/follow-feeds.md": _feeds,
    "docs/python.md": lambda _, stack, standing: _model(stack, standing),
    "docs/how-to/postgresql.md": _database,
    "docs/how-to/spark.md": _spark,
    "docs/scale.md": _spark,
}


def standing_for(page: str, request: pytest.FixtureRequest, free: Callable[[], int]) -> Iterator[Standing]:
    """What stands for the things elsewhere of a page, while it is read."""
    with ExitStack() as stack:
        standing = Standing()
        standing.words |= {
            r"dateline serve\b(.*)": rf"dateline serve --port {free()}\1",  # another may have the usual port
            r"zensical serve\b": f"zensical serve -a 127.0.0.1:{free()}",
        }
        standing.answers |= {r"dateline user add .*": _PASSWORD * 2}
        if page in _NEEDS:
            _NEEDS[page](request, stack, standing)
        yield standing


def tools(folder: Path, client: str) -> None:
    """The programs that the pages call, in a folder for PATH: the interpreter of these tests and this source's program."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dateline").write_text(client, "utf-8")
    for name in ("python", "python3"):
        (folder / name).write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', "utf-8")
    for name in ("zensical", "spark-submit"):
        if (program := Path(sys.executable).with_name(name)).exists():
            (folder / name).write_text(f'#!/bin/sh\nexec {program} "$@"\n', "utf-8")
    for program in folder.iterdir():
        program.chmod(0o755)


def environment(home: Path, tools: Path, site: Path, columns: int) -> dict[str, str]:
    """An environment with an empty home; only the places' index is shared, which takes a minute to build."""
    from dateline.gazetteer.index import cache_dir

    kept = {k: v for k, v in os.environ.items() if k in ("JAVA_HOME", "TMPDIR")}
    return kept | {
        "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "COLUMNS": str(columns),
        "DATELINE_CACHE": str(cache_dir()),
        "PYTHONPATH": f"{ROOT / 'src'}:{site}",
        "PYSPARK_PYTHON": sys.executable,
    }
