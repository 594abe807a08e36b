"""What reading, coding and reconciling give: the domain's own types, with ways to look at them and to take them away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, overload

from dateline.api import frames
from dateline.codebook import Codebook
from dateline.types import Claim, CodedReport, Event, Reject, Report

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars


@dataclass(frozen=True)
class Reading:
    """One report and what it says.

    ``coded`` is the coded report as the other parts of the program take it; ``codebook`` what it was coded with.

    >>> import dateline
    >>> reading = dateline.read("Army units entered Harim on Monday, a monitor said.", published="2020-02-07")
    >>> [(claim.type, claim.place.text, claim.time.earliest) for claim in reading]
    [('advance', 'Harim', '2020-02-03')]
    >>> reading
    Reading(1 claim: advance)
    """

    coded: CodedReport
    codebook: Codebook

    @property
    def report(self) -> Report:
        """The report, its text as given."""
        return self.coded.report

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims in order of the text."""
        return self.coded.claims

    @property
    def primary(self) -> Claim | None:
        """The claim that the report is mainly about."""
        return next((c for c in self.claims if c.id == self.coded.primary), None)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __bool__(self) -> bool:
        return True

    def to_json(self) -> str:
        """The record as one line of JSON, as ``dateline code`` writes it.

        >>> import dateline, json
        >>> json.loads(dateline.read("Rebels shelled Binnish.").to_json())["claims"][0]["type"]
        'shelling'
        """
        from dateline.record import encode

        return encode(self.coded).decode()

    def to_pandas(self) -> pandas.DataFrame:
        """The claims as a pandas frame, one row each; columns as in the tables that are exported.

        Raises:
            UsageError: pandas is not installed.
        """
        return Readings((self,)).to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The claims as a polars frame; as :meth:`to_pandas`."""
        return Readings((self,)).to_polars()

    def _repr_html_(self) -> str:
        return Readings((self,))._repr_html_()

    def __repr__(self) -> str:
        types = ", ".join(dict.fromkeys(c.type for c in self.claims))
        return f"Reading({_many(len(self), 'claim')}{': ' + types if types else ''})"


@dataclass(frozen=True)
class Readings(Sequence[Reading]):
    """Several reports as read, in order; ``rejects`` are those that were put aside, each with its reason.

    >>> import dateline
    >>> readings = dateline.code(["Rebels shelled Binnish on Monday.", "Police arrested 40 people in Homs."])
    >>> len(readings), [claim.type for claim in readings.claims]
    (2, ['shelling', 'arrest'])
    """

    readings: tuple[Reading, ...]
    rejects: tuple[Reject, ...] = ()

    @overload
    def __getitem__(self, n: int) -> Reading: ...
    @overload
    def __getitem__(self, n: slice) -> Readings: ...
    def __getitem__(self, n: int | slice) -> Reading | Readings:
        return self.readings[n] if isinstance(n, int) else Readings(self.readings[n])

    def __len__(self) -> int:
        return len(self.readings)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all reports."""
        return tuple(c for r in self.readings for c in r.claims)

    @cached_property
    def events(self) -> Events:
        """What the reports tell of together, as :func:`dateline.reconcile` finds it."""
        from dateline.reconcile import reconcile

        return Events(tuple(reconcile([r.coded for r in self.readings])), self.readings)

    def to_pandas(self) -> pandas.DataFrame:
        """The claims as a pandas frame, one row each, with the event that each is in.

        >>> import dateline
        >>> frame = dateline.code(["Rebels shelled Binnish, killing six people."]).to_pandas()
        >>> frame.loc[0, "place_told"], int(frame.loc[0, "killed_low"])
        ('Binnish', 6)

        Raises:
            UsageError: pandas is not installed.
        """
        return frames.to_pandas(*frames.of_claims(self.events))

    def to_polars(self) -> polars.DataFrame:
        """The claims as a polars frame; as :meth:`to_pandas`.

        >>> import dateline
        >>> dateline.code(["Rebels shelled Binnish."]).to_polars()["type"].to_list()
        ['shelling']
        """
        return frames.to_polars(*frames.of_claims(self.events))

    def _repr_html_(self) -> str:
        from dateline.export.html import page

        return _framed(page([r.coded for r in self.readings], self.events.events))

    def __repr__(self) -> str:
        aside = f", {len(self.rejects)} put aside" if self.rejects else ""
        return f"Readings({_many(len(self), 'report')}, {_many(len(self.claims), 'claim')}{aside})"


@dataclass(frozen=True)
class Events(Sequence[Event]):
    """Events, with the readings whose claims they gather (none where only the events are known).

    >>> import dateline
    >>> reports = ["Rebels shelled Binnish on 3 May 2020.", "The army denied that Binnish was shelled on 3 May 2020."]
    >>> events = dateline.reconcile(dateline.code(reports))
    >>> sorted((event.type, event.status) for event in events)
    [('deny', 'single-source'), ('shelling', 'contested')]
    """

    events: tuple[Event, ...]
    readings: tuple[Reading, ...] = ()

    @overload
    def __getitem__(self, n: int) -> Event: ...
    @overload
    def __getitem__(self, n: slice) -> Events: ...
    def __getitem__(self, n: int | slice) -> Event | Events:
        return self.events[n] if isinstance(n, int) else Events(self.events[n], self.readings)

    def __len__(self) -> int:
        return len(self.events)

    def claims(self, event: Event) -> tuple[Claim, ...]:
        """The claims of an event, in order of their reports."""
        wanted = set(event.claims)
        return tuple(c for r in self.readings for c in r.claims if c.id in wanted)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame, one row an event; columns as in the tables that are exported.

        >>> import dateline
        >>> events = dateline.reconcile(dateline.code(["Rebels shelled Binnish, killing six people."]))
        >>> events.to_pandas()[["type", "killed_best"]].values.tolist()
        [['shelling', 6.0]]

        Raises:
            UsageError: pandas is not installed.
        """
        return frames.to_pandas(*frames.of_events(self))

    def to_polars(self) -> polars.DataFrame:
        """A polars frame; as :meth:`to_pandas`."""
        return frames.to_polars(*frames.of_events(self))

    def _repr_html_(self) -> str:
        columns = ("type", "status", "earliest", "latest", "place_told", "agents", "targets", "claim_count")
        head = "".join(f"<th>{escape(c)}</th>" for c in columns)
        rows = ("".join(f"<td>{escape(_cell(row[c]))}</td>" for c in columns) for row in frames.of_events(self)[0])
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __repr__(self) -> str:
        return f"Events({_many(len(self), 'event')})"


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _cell(value: Any) -> str:
    return "" if value is None else ", ".join(value) if isinstance(value, list) else str(value)


def _framed(page: str) -> str:
    """A whole page shown inside another: cut off from it, and from every network by its own policy."""
    style = "width:100%;height:32em;border:1px solid #ccc"
    return f'<iframe sandbox="allow-scripts" style="{style}" srcdoc="{escape(page)}"></iframe>'
