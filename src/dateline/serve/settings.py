"""How a server is set up."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Names that a browser on the same machine calls a server by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server allows.

    Args:
        open: whether everyone is let in as long as there are no accounts; only for a server on loopback.
        hosts: names that requests may call the server by (the Host header); empty for any.
        public_names: whether viewers see the names of private persons.
        public_places: whether viewers see exactly where shelters, camps and hospitals are.
        secure: whether cookies are sent over HTTPS only; for a server behind a proxy that speaks it.
        session_seconds: how long a log-in lasts.
        most_bytes: of a request's body.
        clock: seconds since 1970.
        static: the built pages.
    """

    open: bool = True
    hosts: tuple[str, ...] = LOOPBACK
    public_names: bool = False
    public_places: bool = False
    secure: bool = False
    session_seconds: float = 12 * 3600
    most_bytes: int = 1_000_000
    clock: Callable[[], float] = time.time
    static: Path = Path(__file__).parent / "static"
