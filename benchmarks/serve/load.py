"""How fast the server answers many at once: python benchmarks/serve/load.py [CLAIMS] [CLIENTS] [SECONDS] [THINK].

Fills a store with made-up claims (default 20000; the same ones always), or takes the one that $LOAD_STORE names; starts
``dateline serve`` in a process of its own, and lets clients (default 20) ask questions by chance for some seconds
(default 20), each waiting THINK seconds (default 0) between answer and question.  Tells, per route, how many answers
there were and the median, the 95th and the 99th percentile of their times.
"""

from __future__ import annotations

import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent.parent / "reconcile"))

_WORDS = ("strike", "town", "dozens", "army", "city", "killed", "fighting", "talks", "front", "monitor", "shelling")
_TYPES = ("air-strike", "shelling", "armed-clash", "bombing", "capture", "advance", "arrest", "protest", "displacement")
Ask = Callable[[random.Random], str]


def _window(chance: random.Random) -> dict[str, object]:
    """A window of the map somewhere in the made-up country, from all of it to a few towns."""
    zoom = chance.randrange(3, 10)
    wide = min(20.0, 360 / 2**zoom * 4)
    west, south = chance.uniform(10, 30 - wide * 0.5), chance.uniform(10, 30 - wide * 0.5)
    return {"box": f"{west:.3f},{south:.3f},{west + wide:.3f},{min(89.0, south + wide):.3f}", "zoom": zoom}


def _filters(chance: random.Random) -> dict[str, object]:
    some: dict[str, object] = {}
    if chance.random() < 0.4:
        some["type"] = chance.choice(_TYPES)
    if chance.random() < 0.2:
        some["status"] = chance.choice(("contested", "corroborated", "single-source"))
    if chance.random() < 0.2:
        some["source"] = chance.choice(("monitor", "ministry", "outlet 7"))
    return some


def _asks(path: str, *parts: Callable[[random.Random], dict[str, object]]) -> Ask:
    def ask(chance: random.Random) -> str:
        query: dict[str, object] = {}
        for part in parts:
            query |= part(chance)
        return f"{path}?{urlencode(query)}"

    return ask


def _search(chance: random.Random) -> dict[str, object]:
    return {
        "q": " ".join(
            [*chance.sample(_WORDS, chance.randrange(1, 3)), f"{chance.randrange(2000)}"][: chance.randrange(1, 4)]
        )
    }


ROUTES: dict[str, Ask] = {
    "map window": _asks("/api/map", _window, _filters),
    "event list": _asks("/api/events", _filters, lambda c: {"sort": c.choice(("time", "-time", "queue"))}),
    "text search": _asks("/api/events", _search, lambda c: {"sort": "-time"}),
    "facets": _asks("/api/facets", _filters),
    "histogram": _asks("/api/histogram", _filters, lambda c: {"by": c.choice(("week", "month"))}),
    "reports": _asks("/api/reports", _search),
    "places": _asks("/api/places", lambda c: {"q": f"town {c.randrange(200)}"}),
}


def main() -> None:
    claims, clients, seconds, think = (
        kind(sys.argv[n]) if len(sys.argv) > n else default
        for n, (kind, default) in enumerate(((int, 20_000), (int, 20), (float, 20.0), (float, 0.0)), 1)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = os.environ.get("LOAD_STORE") or str(Path(folder) / "store.db")
        if not Path(path).exists():
            _fill(path, int(claims))
        port = _free()
        command = [sys.executable, "-m", "dateline", "serve", "--store", path, "--port", str(port)]
        started = time.perf_counter()
        with subprocess.Popen(command) as server:
            try:
                _first(port, server)
                print(f"first answer {time.perf_counter() - started:.1f} s after the start")
                before, resting = _worked(server.pid), _memory(server.pid)
                took = _ask_all(port, int(clients), seconds, think)
                worked, memory = _worked(server.pid) - before, _memory(server.pid)
            finally:
                server.terminate()
    _tell(took, seconds)
    print(f"{worked / sum(map(len, took.values())) * 1000:.1f} ms of the server's processor an answer")
    print(f"{memory:.0f} MB of memory, {resting:.0f} MB before the first question")


def _worked(pid: int) -> float:
    """Seconds of processor that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """MB of memory that a process takes (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def _fill(path: str, claims: int) -> None:
    from synthetic import reports

    from dateline.store import Received, Store

    started = time.perf_counter()
    with Store(path, by="benchmark") as store:
        store.add((Received(coded=c, raw=c.report.id.encode()) for c in reports(claims)), batch=200)
        count = store.count()
    size = Path(path).stat().st_size / 1e6
    print(f"{count} in {time.perf_counter() - started:.0f} s, {size:.0f} MB")


def _free() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _first(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until it answers, with the columns filled."""
    while server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
            connection.request("GET", "/api/facets")
            connection.getresponse().read()
            return
        except ConnectionError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def _ask_all(port: int, clients: int, seconds: float, think: float) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {name: [] for name in ROUTES}
    until = time.perf_counter() + seconds

    def client(n: int) -> None:
        chance = random.Random(n)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        while time.perf_counter() < until:
            name = chance.choice(tuple(ROUTES))
            url = ROUTES[name](chance)
            begun = time.perf_counter()
            connection.request("GET", url, headers={"Accept-Encoding": "gzip"})  # as browsers do
            answer = connection.getresponse()
            body = answer.read()
            took[name].append(time.perf_counter() - begun)
            if answer.status != 200:
                raise SystemExit(f"{url}: {answer.status} {body[:200]!r}")
            time.sleep(think)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return took


def _tell(took: dict[str, list[float]], seconds: float) -> None:
    print(f"{'route':<12} {'answers':>8} {'median':>9} {'p95':>9} {'p99':>9}   (ms)")
    for name, times in took.items():
        times.sort()
        at = [times[min(len(times) - 1, int(len(times) * q))] * 1000 if times else 0.0 for q in (0.5, 0.95, 0.99)]
        print(f"{name:<12} {len(times):>8} " + " ".join(f"{x:9.1f}" for x in at))
    print(f"{sum(map(len, took.values())) / seconds:.0f} answers a second")


if __name__ == "__main__":
    main()
