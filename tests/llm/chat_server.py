"""A server on loopback that speaks chat completions and answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


class Served:
    """The server's URL and the questions that it was asked, each with its headers; ``let_go`` ends every wait."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[tuple[dict[str, Any], dict[str, str]]] = []
        self.let_go = threading.Event()

    def sentences(self, n: int = 0) -> list[dict[str, Any]]:
        """The sentences of a question."""
        found: list[dict[str, Any]] = json.loads(self.asked[n][0]["messages"][1]["content"])["sentences"]
        return found


def said(content: Any) -> tuple[int, bytes]:
    """An answer with a content: text, or anything as JSON."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return 200, json.dumps(
        {"id": "x", "choices": [{"index": 0, "message": {"role": "assistant", "content": text}}]}
    ).encode()


@contextmanager
def serving(answer: Answer, stalled: bool = False) -> Iterator[Served]:
    """A server; ``stalled`` answers nothing until it is let go."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.asked.append((body, dict(self.headers)))
            if stalled:
                served.let_go.wait(30)
                return
            status, data = answer({**body, "path": self.path})
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", data.decode())
                data = b""
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
