"""Put the real output of the README's examples into the README, or check that it stands there.

uv run python scripts/update_readme.py [--check]
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

README = pathlib.Path(__file__).parents[1] / "README.md"
_REPORT = re.compile(r"<!-- example: report -->\n```text title=\"report.txt\"\n(.*?)```", re.DOTALL)
_STORE = re.compile(r"(<!-- example: store -->\n```console\n)(.*?)(```)", re.DOTALL)
_OUTPUT = re.compile(r"(<!-- example: output -->\n```console\n\$ [^\n]*\n)(.*?)(```)", re.DOTALL)


def output(report: str) -> str:
    """What `dateline read report.txt` prints of a report, in 112 columns."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "report.txt"
        path.write_text(report, "utf-8")
        command = [sys.executable, "-m", "dateline", "read", path.name]
        env = {**os.environ, "COLUMNS": "112"}
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)
    return "".join(line.rstrip() + "\n" for line in done.stdout.rstrip().splitlines())


def session(block: str) -> str:
    """The commands of a block (lines that begin with "$ "), each followed by what it prints, in 112 columns."""
    shown = []
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "DATELINE_STORE": str(pathlib.Path(folder) / "dateline.db"), "COLUMNS": "112"}
        for line in (line for line in block.splitlines() if line.startswith("$ ")):
            words = [sys.executable, "-m", *shlex.split(line[2:])]
            done = subprocess.run(words, cwd=README.parent, env=env, capture_output=True, text=True, check=True)
            shown.append("\n".join([line, *(x.rstrip() for x in done.stdout.strip().splitlines())]) + "\n")
    return "\n".join(shown)


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true")
    args = ap.parse_args()
    text = README.read_text("utf-8")
    report = _REPORT.search(text)
    assert report, "README.md has no example report"
    made = output(report[1])
    new = _OUTPUT.sub(lambda m: m[1] + made + m[3], text)
    new = _STORE.sub(lambda m: m[1] + session(m[2]) + m[3], new)
    if args.check:
        return 0 if new == text else 1
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
