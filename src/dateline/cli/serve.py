"""``dateline serve``: the store's pages and API over HTTP."""

from __future__ import annotations

import ipaddress
from typing import Annotated

import typer

from dateline.cli.stores import StoreOption
from dateline.errors import UsageError


def serve(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on; others than loopback want an account.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="The port to listen on; 0 for any that is free.", min=0, max=65535)] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A name that browsers may call the server by, besides this machine's own; may be repeated."),
    ] = None,
    public_names: Annotated[bool, typer.Option(help="Show viewers the names of private persons.")] = False,
    public_places: Annotated[
        bool, typer.Option(help="Show viewers exactly where shelters, camps and hospitals are.")
    ] = False,
    behind_proxy: Annotated[
        bool,
        typer.Option(help="A proxy on this machine speaks HTTPS: cookies go over HTTPS only, its addresses count."),
    ] = False,
    hours: Annotated[float, typer.Option(help="How long a log-in lasts.", min=0.1, max=24 * 90)] = 12,
) -> None:
    """Serve the store.  On loopback everyone is let in while there are no accounts; elsewhere nobody is."""
    import uvicorn

    from dateline.serve.app import create_app
    from dateline.serve.settings import LOOPBACK, Settings
    from dateline.store import Store
    from dateline.store.accounts import any_accounts
    from dateline.store.engine import where

    path, local = where(store), _is_loopback(host)
    with Store(path) as opened:
        if not local and not any_accounts(opened):
            raise UsageError(
                f"{host} is open to others, and the store has no account: dateline user add NAME --role admin",
                field="--host",
            )
    names = tuple(n.lower() for n in name or ())
    settings = Settings(
        open=local,
        hosts=(*LOOPBACK, *names) if local or names else (),
        public_names=public_names,
        public_places=public_places,
        secure=behind_proxy,
        session_seconds=hours * 3600,
    )
    app = create_app(path, settings)
    server = uvicorn.Config(
        app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=behind_proxy
    )
    socket = server.bind_socket()
    socket.listen(server.backlog)  # from here on who comes waits
    shown = f"[{host}]" if ":" in host else host
    print(f"dateline: http://{shown}:{socket.getsockname()[1]}/ serves {_shown(path)}; Ctrl-C ends it", flush=True)
    uvicorn.Server(server).run(sockets=[socket])


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(store: str) -> str:
    """A store's name without the password that its URL may hold."""
    scheme, separator, rest = store.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if separator else store
