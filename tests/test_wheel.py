"""The wheel: whoever installs it has the built pages, and needs no Node.js."""

from __future__ import annotations

import importlib.util
import os
import re
import selectors
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src" / "dateline" / "serve" / "static"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an installed wheel of this tree puts on the path."""
    if not (STATIC / "index.html").is_file():
        pytest.skip("the pages are not built: in web/ run `npm ci` and `npm run build`")
    out = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if importlib.util.find_spec("hatchling"):
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    elif uv:
        command = [uv, "build", "--wheel", "--python", sys.executable, "--out-dir", str(out), str(ROOT)]
    else:
        pytest.skip("no builder of wheels here: install hatchling or uv")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode and "hatchling" in done.stderr and ("network" in done.stderr or "fetch" in done.stderr.lower()):
        pytest.skip("the builder of wheels (hatchling) is not installed and cannot be fetched")
    assert done.returncode == 0, done.stderr
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as z:
        z.extractall(out / "site")
    return out / "site"


def test_the_wheel_carries_the_pages_just_as_they_were_built(unpacked: Path) -> None:
    built = {f.relative_to(STATIC): f.read_bytes() for f in STATIC.rglob("*") if f.is_file()}
    static = unpacked / "dateline" / "serve" / "static"
    carried = {f.relative_to(static): f.read_bytes() for f in static.rglob("*") if f.is_file()}
    assert carried == built
    assert any(f.suffix == ".js" for f in carried)
    assert not list(unpacked.rglob("node_modules"))


def test_the_wheel_serves_its_pages_without_node(unpacked: Path, tmp_path: Path) -> None:
    env = {"PYTHONPATH": str(unpacked), "PATH": str(tmp_path), "PYTHONUNBUFFERED": "1", "HOME": str(tmp_path)}
    code = "import sys, dateline; sys.argv[0] = 'dateline'; from dateline.cli import main; print(dateline.__file__); main()"
    command = [sys.executable, "-c", code, "serve", "--store", str(tmp_path / "new.db"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=env) as server:
        try:
            assert server.stdout is not None
            lines = [_line(server.stdout), _line(server.stdout)]
            assert lines[0].startswith(str(unpacked))
            found = re.search(r"http://\S+/", lines[1])
            assert found, lines
            with httpx.Client(transport=httpx.HTTPTransport(retries=10), base_url=found[0]) as client:
                page = client.get("/")
                assert page.status_code == 200
                files = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text)
                assert files
                for file in files:
                    got = client.get(file)
                    assert (got.status_code, "text/html" in got.headers["Content-Type"]) == (200, False)
        finally:
            server.terminate()


def _line(stream: object) -> str:
    with selectors.DefaultSelector() as waiting:
        waiting.register(stream, selectors.EVENT_READ)  # type: ignore[arg-type]
        assert waiting.select(120), "it says nothing"
    return str(stream.readline())  # type: ignore[attr-defined]
