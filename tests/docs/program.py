"""The program, loaded once and forked for each call: a page of twenty commands then takes seconds, not a minute.

``python program.py SOCKET`` waits at the socket.  ``client()`` is the text of a program to put on PATH as ``dateline``: it
hands its arguments, folder, environment and standard streams over, and ends as the call ended.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path

_CLIENT = """#!{python} -SE
import json, os, signal, socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect({path!r})
told = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]) + "\\n"
socket.send_fds(s, [told.encode()], [0, 1, 2])
with s.makefile() as answers:
    pid = int(answers.readline())
    signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGINT))
    sys.exit(int(answers.readline() or 70))
"""


def client(path: Path) -> str:
    """What stands in the file ``dateline``."""
    return _CLIENT.format(python=sys.executable, path=str(path))


def _load() -> None:
    """What every call needs and none changes: the code and the parser's model."""
    from dateline.cli import COMMANDS
    from dateline.cli import _load as load_command
    from dateline.codebook.loader import load_codebook
    from dateline.parse import Parser
    from dateline.types import Report

    for name in COMMANDS:
        load_command(name)
    load_codebook()
    list(Parser().parse([Report(id="first", text="Rebels shelled a town.")]))


def _call(connection: socket.socket, told: bytes, streams: list[int]) -> None:
    """One call, in a process of its own."""
    from dateline.cli import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    connection.sendall(b"%d\n" % os.getpid())
    for n, fd in enumerate(streams):
        os.dup2(fd, n)
    arguments, folder, environment = json.loads(told)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = [p for p in environment.get("PYTHONPATH", "").split(os.pathsep) if p and p not in sys.path]
    status: object = 0
    try:
        main(arguments)
    except SystemExit as e:
        status = e.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    connection.sendall(b"%d\n" % (status if isinstance(status, int) else 1))


def serve(path: str) -> None:
    """Wait for calls until killed."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen()
    _load()
    print("ready", flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection, _ = listening.accept()
        told, streams, _, _ = socket.recv_fds(connection, 1 << 20, 3)
        if os.fork() == 0:
            try:
                _call(connection, told, streams)
            finally:
                os._exit(0)
        for fd in streams:
            os.close(fd)
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1])
