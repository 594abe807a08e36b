"""The server as one application: routes, their guards and how errors are told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from dateline.errors import DatelineError, StoreError
from dateline.serve import admin, changes, events, ledgers, map, reports, review, session
from dateline.serve.headers import Guard
from dateline.serve.pages import Pages
from dateline.serve.settings import Settings
from dateline.serve.state import State
from dateline.serve.wire import NotModified
from dateline.store import Store
from dateline.store.columns import Board
from dateline.store.engine import reading
from dateline.store.keep import program

_AS_IT_COMES = Settings()
_log = logging.getLogger("dateline.serve")
_THREADS = 12  # requests that are answered at once; fewer than a store's connections


def create_app(store: str, settings: Settings = _AS_IT_COMES) -> FastAPI:
    """The server of a store.

    Args:
        store: a file's path or a ``postgresql://`` URL.
        settings: what it allows.

    Raises:
        StoreError: the store cannot be opened.
    """
    opened = Store(store, by=program())
    state = State(opened, settings, Board(opened))

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        ready = asyncio.create_task(run_in_threadpool(_make_ready, state))
        yield
        await ready
        state.board.close()
        opened.close()

    app = FastAPI(
        title="Dateline",
        version=program().rpartition(" ")[2],
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=running,
        redirect_slashes=False,
    )
    app.state.dateline = state
    for part in (session, events, map, ledgers, reports, changes, review, admin):
        app.include_router(part.router)
    app.router.default = Pages(settings.static)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DatelineError, _failed)
    app.add_exception_handler(NotModified, _not_modified)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, settings=settings)
    return app


def _make_ready(state: State) -> None:
    """Read what lists and maps are answered from before someone asks."""
    try:
        now = state.board.now()
        _ = now.spots, now.near, now.queue_key
        with reading(state.store.engine) as c:
            state.shelf.order(c)
    except StoreError as e:
        _log.error("%s", e)  # whoever asks is told


def _invalid(_: Request, e: Exception) -> Response:
    """Which parameter makes no sense, in one line."""
    assert isinstance(e, RequestValidationError)
    first: dict[str, Any] = e.errors()[0]
    where = ".".join(str(x) for x in first["loc"][1:]) or str(first["loc"][0])
    said = str(first["msg"]).replace("Value error, ", "")
    return JSONResponse({"detail": f"{where[:100]}: {said}".encode("utf-8", "replace").decode()}, 422)


def _failed(request: Request, e: Exception) -> Response:
    """What the program itself refuses; a store's path is not told."""
    assert isinstance(e, DatelineError)
    if isinstance(e, StoreError):
        status = 503 if e.__cause__ is not None else 409
        if status == 503:
            _log.error("%s %s: %s", request.method, request.url.path, e)
        said = "the store cannot be read or written now" if status == 503 else e.message
    else:
        status, said = 422, f"{e.field.lstrip('-')}: {e.message}" if e.field else e.message
    return JSONResponse({"detail": said.encode("utf-8", "replace").decode()}, status)


def _not_modified(_: Request, e: Exception) -> Response:
    assert isinstance(e, NotModified)
    return Response(status_code=304, headers={"ETag": e.tag})
