"""The record that can be trusted years later: reports, codings and events, in SQLite or PostgreSQL."""

from dateline.store.keep import Added, Received, Store
from dateline.store.verify import Fault, Verdict, verify

__all__ = ["Added", "Fault", "Received", "Store", "Verdict", "verify"]
