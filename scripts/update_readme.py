"""Put the real output of the README's example into the README, or check that it stands there.

    uv run python scripts/update_readme.py [--check]
"""

from __future__ import annotations

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

README = pathlib.Path(__file__).parents[1] / "README.md"
_REPORT = re.compile(r"<!-- example: report -->\n```\n(.*?)```", re.DOTALL)
_OUTPUT = re.compile(r"(<!-- example: output -->\n```\n)(.*?)(```)", re.DOTALL)


def output(report: str) -> str:
    """What `dateline read report.txt` prints of a report, in 80 columns."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "report.txt"
        path.write_text(report, "utf-8")
        command = [sys.executable, "-m", "dateline", "read", path.name]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return "".join(line.rstrip() + "\n" for line in done.stdout.rstrip().splitlines())


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true")
    args = ap.parse_args()
    text = README.read_text("utf-8")
    report = _REPORT.search(text)
    assert report, "README.md has no example report"
    made = output(report[1])
    new = _OUTPUT.sub(lambda m: m[1] + made + m[3], text)
    if args.check:
        return 0 if new == text else 1
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
