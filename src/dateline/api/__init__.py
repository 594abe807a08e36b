"""The Python interface: the functions that ``dateline`` gives, and what they return."""

from dateline.api.archive import Archive, open
from dateline.api.functions import code, export, read, reconcile
from dateline.api.results import Events, Reading, Readings

__all__ = ["Archive", "Events", "Reading", "Readings", "code", "export", "open", "read", "reconcile"]
