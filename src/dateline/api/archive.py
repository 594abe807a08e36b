"""A store, opened: reports kept for good, and their events by filters."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dateline.api.results import Events, Reading
from dateline.codebook import load_codebook

if TYPE_CHECKING:
    from dateline.store import Added, Store, Verdict
    from dateline.store.query import Shown


class Archive:
    """A store that is open; made by :func:`dateline.open`.  ``store`` is the store itself, for what is not here."""

    def __init__(self, store: Store, codebook: Path | None = None) -> None:
        self.store = store
        self._codebook = load_codebook(codebook)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def add(self, readings: Iterable[Reading], why: str = "") -> Added:
        """Keep reports and what they say, and bring the events up to date.  The same report twice is one.

        >>> import dateline, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, dateline.open(f"{folder}/war.db") as archive:
        ...     archive.add(dateline.code(["Rebels shelled Binnish on 3 May 2020."])).new
        1

        Returns:
            How many were new, corrected (a known id with another text) and known.

        Raises:
            StoreError: the store cannot be written.
        """
        from dateline.store import Received

        received = (Received(coded=r.coded, raw=r.report.text.encode("utf-8", "surrogatepass")) for r in readings)
        return self.store.add(received, why=why)

    def events(
        self,
        *,
        place: str = "",
        country: str = "",
        box: tuple[float, float, float, float] | None = None,
        type: str = "",
        actor: str = "",
        source: str = "",
        status: str = "",
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Events:
        """The current events that pass, by time, with the reports that tell of them.

        >>> import dateline, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, dateline.open(f"{folder}/war.db") as archive:
        ...     _ = archive.add(dateline.code(["Rebels shelled Binnish on 3 May 2020.", "Talks were held in Geneva."]))
        ...     [event.type for event in archive.events(country="SYR", since="2020-05-01")]
        ['shelling']

        Args:
            place: a name or GeoNames id.
            country: ISO 3166-1 alpha-3.
            box: west, south, east, north in degrees.
            type: of the codebook.
            actor, source: part of a name.
            status: single-source, corroborated, contested, denied or planned.
            since, until: ISO dates that the event's time must touch.
            limit: at most so many.

        Raises:
            UsageError: a date or the box is none.
        """
        from dateline.store.bundling import bundle_of
        from dateline.store.query import Filters

        filters = Filters(
            place=place,
            country=country,
            box=box,
            type=type,
            actor=actor,
            source=source,
            status=status,
            since=since,
            until=until,
            limit=limit,
        )
        found = bundle_of(self.store, filters, self._codebook)
        return Events(found.events, tuple(Reading(c, self._codebook) for c in found.coded))

    def show(self, id: str) -> Shown:
        """An event, or the event that a claim is in, with all its versions and what became of it.

        >>> import dateline, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, dateline.open(f"{folder}/war.db") as archive:
        ...     _ = archive.add(dateline.code(["Rebels shelled Binnish on 3 May 2020."]))
        ...     archive.show(archive.events()[0].id).versions[0].quote
        'Rebels shelled Binnish on 3 May 2020.'

        Raises:
            StoreError: the id is of no current event or claim.
        """
        from dateline.store.query import show

        return show(self.store, id)

    def verify(self) -> Verdict:
        """Prove that the store is whole: its log, the bytes behind every digest, its events.

        >>> import dateline, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, dateline.open(f"{folder}/war.db") as archive:
        ...     archive.verify().faults
        ()
        """
        from dateline.store import verify

        return verify(self.store.engine)

    def __repr__(self) -> str:
        return f"Archive({self.store.path!r})"


def open(
    store: str | os.PathLike[str] | None = None,
    *,
    by: str | None = None,
    codebook: str | os.PathLike[str] | None = None,
) -> Archive:
    """Open a store, which is made where there is none.

    >>> import dateline, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, dateline.open(f"{folder}/war.db") as archive:
    ...     len(archive.events())
    0

    Args:
        store: a file's path or a ``postgresql://`` URL; the variable ``DATELINE_STORE`` or ``dateline.db`` if None.
        by: who changes it, for its log; your user name if None.
        codebook: what its events are exported by, where it is not the default one.

    Raises:
        StoreError: it cannot be opened, or is of a version that this program does not know.
    """
    from dateline.store import Store

    return Archive(
        Store(os.fspath(store) if store is not None else None, by), Path(codebook) if codebook is not None else None
    )
