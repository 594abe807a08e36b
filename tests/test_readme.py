"""The README's example shows what the program prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_example_is_real() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts/update_readme.py", "--check"], check=False)
    assert done.returncode == 0, "run scripts/update_readme.py"
