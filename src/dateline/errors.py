"""Every error that Dateline raises on purpose, as one tree.

::

    DatelineError                what a caller catches to catch them all
    ├── UsageError               an option or argument makes no sense            cli, corpus
    ├── InputError               something handed in cannot be used
    │   ├── ReadError            a file or stream cannot be read at all          read, corpus
    │   └── RejectedReport       one report cannot be coded; the others can      read, pipeline
    ├── OutputError              a result cannot be written                      export, corpus, cli
    ├── CodebookError            a codebook's or actor list's file is wrong      codebook
    ├── GazetteerError           the gazetteer is missing, damaged or malformed  gazetteer, resolve
    ├── ModelError               the language model is missing                   parse
    └── StoreError               the store cannot be opened or changed           store

The message of each says what is wrong and, where it can, what to do.  The command line prints it as it is
and ends with status 2; a :class:`RejectedReport` becomes a :class:`dateline.types.Reject` instead, and the
run ends with status 3.  Anything else that escapes is a bug.
"""

from __future__ import annotations


class DatelineError(Exception):
    """The root.  ``str(error)`` is one plain line: where, then what."""

    def __init__(self, message: str = "", *, path: str = "", line: int | None = None, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.field = field

    def __str__(self) -> str:
        places = [self.path] if self.path else []
        if self.line is not None:
            places.append(f"line {self.line}")
        if self.field:
            places.append(self.field)
        return f"{', '.join(places)}: {self.message}" if places else self.message


class UsageError(DatelineError):
    """An option or argument makes no sense.  Raised by the command line and by ``corpus``."""


class InputError(DatelineError):
    """Something handed in cannot be used."""


class ReadError(InputError):
    """A file or stream cannot be read at all: missing, not permitted, of a kind not known, damaged."""


class RejectedReport(InputError):
    """One report cannot be coded, the others can.

    Args:
        reason: a short fixed word that a script can count ("empty", "binary", "encoding", "too-large",
            "language", "malformed", "no-text", "failed").
        detail: what exactly is wrong, for a person.
    """

    def __init__(self, reason: str = "", detail: str = "", *, path: str = "", line: int | None = None) -> None:
        super().__init__(detail or reason, path=path, line=line)
        self.args = (reason, detail)
        self.reason = reason
        self.detail = detail


class OutputError(DatelineError):
    """A result cannot be written: no such folder, not permitted, disk full."""


class CodebookError(DatelineError):
    """A file of the codebook or of the actor list is wrong; ``path``, ``line`` and ``field`` say where."""


class GazetteerError(DatelineError):
    """The gazetteer's files or its index cannot be read or written, or an imported file is malformed."""


class ModelError(DatelineError):
    """The English language model is not installed or does not load."""


class StoreError(DatelineError):
    """The store cannot be opened, or is of a version that this program does not know."""
