"""What every answer carries, and what no request gets past: hosts that are not ours, bodies that are too big."""

from __future__ import annotations

import logging
from urllib.parse import parse_qsl

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.serve.settings import Settings

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
    "object-src 'none'; frame-ancestors 'none'; base-uri 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_log = logging.getLogger("dateline.serve")


class Guard:
    """The outermost layer, in plain ASGI."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        refused = self._refused(scope)
        if refused:
            status, why = refused
            closing = {"Connection": "close"} if status == 413 else {}
            await JSONResponse({"detail": why}, status, headers=closing)(scope, receive, answer)
            return
        try:
            await self._app(scope, self._counted(receive), answer)
        except Exception:
            _log.exception("%s %s", scope["method"], scope["path"])
            if begun:
                raise
            await JSONResponse({"detail": "the server failed; its log says how"}, 500)(scope, receive, answer)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        hosts = self._settings.hosts
        if hosts and _name(headers.get("host", "")) not in hosts:
            return 400, "the server is not known by this name (Host)"
        if b"%00" in scope.get("raw_path", b"") or "\0" in scope["path"]:
            return 404, "no such page"
        for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True):
            if "\0" in name or "\0" in value:
                return 422, f"{name[:40]!r}: a NUL character"
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return 400, "Content-Length is no number"
        if int(length[:20]) > self._settings.most_bytes:
            return 413, f"at most {self._settings.most_bytes} bytes are taken"
        return None

    def _counted(self, receive: Receive) -> Receive:
        """For bodies that do not say how long they are."""
        read = 0

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._settings.most_bytes:
                raise HTTPException(
                    413, f"at most {self._settings.most_bytes} bytes are taken", {"Connection": "close"}
                )
            return message

        return counting


def _name(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()
