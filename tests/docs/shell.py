"""One shell for the commands of a page, one after another, so that what one sets the next one has."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from pathlib import Path
from time import monotonic


class Shell:
    """A bash without a terminal; commands are run where the last one left off."""

    def __init__(self, folder: Path, scratch: Path, environment: dict[str, str]) -> None:
        self._scratch = scratch
        self._bash = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "-s"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )

    def run(self, command: str, typed: str = "", seconds: float = 300) -> tuple[int, str]:
        """A command's status and what it printed; ``typed`` is its standard input."""
        (self._scratch / "command").write_text(command + "\n", "utf-8")
        (self._scratch / "typed").write_text(typed, "utf-8")
        q = self._scratch
        status = self._ask(f"source {q}/command <{q}/typed >{q}/printed 2>&1; echo $?", command, seconds)
        return int(status), (q / "printed").read_text("utf-8")

    def begin(self, command: str) -> int:
        """Begin a command that goes on until it is stopped (one program and its arguments); its process's number."""
        return int(self._ask(f"exec {command} </dev/null >{self._scratch}/printed 2>&1 & echo $!", command, 60))

    def printed(self) -> str:
        """What the command that is going on has printed so far."""
        return (self._scratch / "printed").read_text("utf-8")

    def stop(self, pid: int) -> int:
        """Stop a command that goes on; its status."""
        return int(self._ask(f"kill -TERM {pid}; wait {pid}; echo $?", "kill", 60))

    def close(self) -> None:
        """End the shell and whatever it has begun."""
        try:
            os.killpg(self._bash.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._bash.communicate()

    def _ask(self, line: str, command: str, seconds: float) -> str:
        """The line that the shell answers with."""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        self._bash.stdin.write(line.encode() + b"\n")
        self._bash.stdin.flush()
        until, answer = monotonic() + seconds, b""
        while not answer.endswith(b"\n"):
            ready, _, _ = select.select([self._bash.stdout], [], [], max(0, until - monotonic()))
            if not ready:
                raise TimeoutError(f"{command!r} took more than {seconds:g} s:\n{self.printed()}")
            part = os.read(self._bash.stdout.fileno(), 4096)
            if not part:
                raise RuntimeError(f"{command!r} ended the shell")
            answer += part
        return answer.decode().strip()
