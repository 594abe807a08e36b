"""A web server on this machine that behaves as badly as it is told to."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answerer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serve(pages: dict[str, Answerer]) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Serve pages by path; gives the server's URL and the requests that came, with their headers."""
    came: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            came.append((self.path, dict(self.headers.items())))
            self.close_connection = True
            try:
                pages.get(self.path, status(404))(self)
            except (BrokenPipeError, ConnectionResetError):
                pass

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", came
    finally:
        server.shutdown()
        server.server_close()


def page(body: bytes, kind: str = "text/html", **headers: str) -> Answerer:
    def answer(h: BaseHTTPRequestHandler) -> None:
        h.send_response(200)
        h.send_header("Content-Type", kind)
        h.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            h.send_header(name.replace("_", "-"), value)
        h.end_headers()
        h.wfile.write(body)

    return answer


def packed(body: bytes) -> Answerer:
    return page(gzip.compress(body), Content_Encoding="gzip")


def status(code: int, **headers: str) -> Answerer:
    def answer(h: BaseHTTPRequestHandler) -> None:
        h.send_response(code)
        for name, value in headers.items():
            h.send_header(name.replace("_", "-"), value)
        h.send_header("Content-Length", "0")
        h.end_headers()

    return answer


def cut_off(body: bytes, promised: int) -> Answerer:
    def answer(h: BaseHTTPRequestHandler) -> None:
        h.send_response(200)
        h.send_header("Content-Type", "text/html")
        h.send_header("Content-Length", str(promised))
        h.end_headers()
        h.wfile.write(body)

    return answer


def endless(release: threading.Event) -> Answerer:
    """Sends one byte and then nothing until released."""

    def answer(h: BaseHTTPRequestHandler) -> None:
        h.send_response(200)
        h.send_header("Content-Type", "text/html")
        h.end_headers()
        h.wfile.write(b"<")
        h.wfile.flush()
        release.wait(30)

    return answer
