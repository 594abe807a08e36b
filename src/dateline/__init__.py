"""Reads reports of war and keeps their record: who did what to whom, where, when, how many, who says so, how sure.

::

    import dateline

    reading = dateline.read("Army units entered Harim on Monday, a monitor said.", published="2020-02-07")
    readings = dateline.code(["first.txt", "second.html"])      # many reports
    events = dateline.reconcile(readings)                       # what they tell of together
    dateline.export("geojson", events, "events.geojson")
    with dateline.open("war.db") as archive:                    # kept for good
        archive.add(readings)
        archive.events(country="SYR").to_pandas()

The names in ``__all__`` are the public ones.  They are loaded when they are first used, so that importing the package
costs next to nothing.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.api import Archive, Events, Reading, Readings, code, export, open, read, reconcile
    from dateline.errors import DatelineError
    from dateline.types import Actor, Claim, CodedReport, Event, Figure, Place, Report, Source, When

__all__ = [
    "Actor",
    "Archive",
    "Claim",
    "CodedReport",
    "DatelineError",
    "Event",
    "Events",
    "Figure",
    "Place",
    "Reading",
    "Readings",
    "Report",
    "Source",
    "When",
    "code",
    "export",
    "open",
    "read",
    "reconcile",
]

_TYPES = frozenset({"Actor", "Claim", "CodedReport", "Event", "Figure", "Place", "Report", "Source", "When"})
_ALSO_FOLDERS = frozenset({"read", "reconcile", "export"})


def __getattr__(name: str) -> Any:
    if name in _ALSO_FOLDERS:
        return importlib.import_module(f"dateline.{name}")
    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("dateline")
    if name not in __all__:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    home = "types" if name in _TYPES else "errors" if name == "DatelineError" else "api"
    return getattr(importlib.import_module(f"dateline.{home}"), name)


def __dir__() -> list[str]:
    return sorted({*__all__, "__version__", *globals()})


class _Folder(ModuleType):
    """A folder of the package that is called like the public function of its name, and calls it."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return self.__wrapped__(*args, **options)

    @property
    def __wrapped__(self) -> Any:
        return getattr(importlib.import_module("dateline.api"), self.__name__.rpartition(".")[2])


class _Package(ModuleType):
    """This module; it makes the folders callable as they are imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _ALSO_FOLDERS and type(value) is ModuleType:
            value.__class__ = _Folder
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
