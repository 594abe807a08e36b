"""The built pages; where they are not built, a page that says how."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

_BARE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Dateline</title>
<h1>Dateline</h1><p>The server runs, but its pages are not built.  In the folder <code>web</code> of the source:</p>
<pre>npm ci
npm run build</pre><p>The data is there: <a href="/api/events">/api/events</a>,
<a href="/api/openapi.json">/api/openapi.json</a>.</p></html>"""

for _kind, _end in (("text/javascript", ".js"), ("text/javascript", ".mjs"), ("application/x-protobuf", ".pbf")):
    mimetypes.add_type(_kind, _end)  # whatever the machine's own table says


class Pages:
    """Files of a folder by path; every other path that a browser may stand on is the one page of the application."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = StaticFiles(directory=folder, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._answer(scope))(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        path = scope["path"]
        if path == "/api" or path.startswith("/api/"):
            return JSONResponse({"detail": "no such page"}, 404)
        if scope["method"] not in ("GET", "HEAD"):
            return JSONResponse({"detail": "Method Not Allowed"}, 405, {"Allow": "GET, HEAD"})
        found = await self._file(path, scope)
        if found is None:
            found = self._index()
        lasting = (
            path.startswith("/assets/") and found.status_code == 200 and "text/html" not in (found.media_type or "")
        )
        found.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return found

    async def _file(self, path: str, scope: Scope) -> Response | None:
        name = path.lstrip("/")
        if not name:
            return None
        try:
            return await self._files.get_response(name, {**scope, "path": path, "root_path": ""})
        except HTTPException as e:
            if name.startswith("assets/"):
                return JSONResponse({"detail": "no such file"}, e.status_code)
            return None
        except (OSError, ValueError):
            return None

    def _index(self) -> Response:
        index = self._folder / "index.html"
        return FileResponse(index) if index.is_file() else HTMLResponse(_BARE)
