"""How long the first page takes a newcomer: its commands, one by one, in a new clone with an empty home.

Usage: python benchmarks/docs/first_page.py [PAGE] [--pages]

PAGE is docs/index.md if not given.  On PATH are this Python as python3, and what /usr/bin has (git, make; Node.js for
--pages, which builds the pages of the browser first, as the first page says one may).  Packages come from the registry
that pip and npm are set to; nothing of this machine's caches is used.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.docs.pages import blocks, commands  # noqa: E402
from tests.docs.shell import Shell  # noqa: E402


def served(shell: Shell, command: str) -> None:
    """Begin the server, wait until it gives its first page, and stop it."""
    pid = shell.begin(command)
    while not (url := re.search(r"http://[\w.:]+", shell.printed())):
        sleep(0.05)
    while True:
        try:
            urlopen(url[0], timeout=30).close()
            break
        except URLError:
            sleep(0.05)
    shell.stop(pid)


def follow(page: Path, shell: Shell, source: Path, pages: bool) -> float:
    """Do what a page says, and print what each step took; all of it in seconds."""
    whole = 0.0
    for block in blocks(page):
        if block.title:
            (source / block.title).write_text(block.body, "utf-8")
            continue
        steps = [c.text for c in commands(block.body)]
        if pages and "pip install ." in steps:
            steps.insert(0, "make web")
        for step in steps:
            begun = monotonic()
            if step.startswith("dateline serve"):
                served(shell, step)
            else:
                status, printed = shell.run(step, seconds=1800)
                if status:
                    raise SystemExit(f"{step} ends with {status}:\n{printed}")
            took = monotonic() - begun
            whole += took
            print(f"{took:7.1f} s  {step}", flush=True)
    return whole


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("page", nargs="?", type=Path, default=ROOT / "docs/index.md")
    ap.add_argument("--pages", action="store_true", help="build the browser's pages first")
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for name in ("home", "bin", "scratch"):
            (base / name).mkdir()
        python = Path(sys.executable).resolve()
        (base / "bin/python3").write_text(f'#!/bin/sh\nexec {python} "$@"\n', "utf-8")
        (base / "bin/python3").chmod(0o755)
        subprocess.run(["git", "clone", "-q", str(ROOT), str(base / "source")], check=True)
        env = {"HOME": str(base / "home"), "PATH": f"{base}/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        shell = Shell(base / "source", base / "scratch", env)
        try:
            print(f"{follow(args.page, shell, base / 'source', args.pages):7.1f} s  in all")
        finally:
            shell.close()


if __name__ == "__main__":
    main()
