"""Claims and events as frames of pandas or polars, which are imported only here, and only when they are asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from dateline.codebook import load_codebook
from dateline.errors import UsageError
from dateline.export.bundle import Bundle
from dateline.export.rows import CLAIM_COLUMNS, EVENT_COLUMNS, Kind, Row, claim_row, event_row

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars

    from dateline.api.results import Events

_PANDAS = {"text": "string", "whole": "Int64", "number": "Float64", "yes": "boolean", "texts": "object"}


def bundle_of(events: Events) -> Bundle:
    """What an export is given."""
    books = [r.codebook for r in events.readings]
    book = books[0] if books else load_codebook()
    return Bundle(events=events.events, coded=tuple(r.coded for r in events.readings), codebook=book)


def of_claims(events: Events) -> tuple[list[Row], Mapping[str, Kind]]:
    """A row a claim, in order of the reports, and the columns."""
    bundle = bundle_of(events)
    home = {c: e.id for e in events.events for c in e.claims}
    told = [bundle.claim(c.id) for r in events.readings for c in r.claims]
    return [claim_row(bundle, t, home.get(t.claim.id, "")) for t in told if t is not None], CLAIM_COLUMNS


def of_events(events: Events) -> tuple[list[Row], Mapping[str, Kind]]:
    """A row an event, and the columns."""
    bundle = bundle_of(events)
    return [event_row(bundle, e) for e in events.events], EVENT_COLUMNS


def to_pandas(rows: Sequence[Row], columns: Mapping[str, Kind]) -> pandas.DataFrame:
    """A pandas frame, its columns of pandas' own kinds in which nothing is an empty cell.

    Raises:
        UsageError: pandas is not installed.
    """
    pd = _library("pandas")
    return pd.DataFrame(
        {name: pd.Series([r[name] for r in rows], dtype=_PANDAS[kind]) for name, kind in columns.items()}
    )


def to_polars(rows: Sequence[Row], columns: Mapping[str, Kind]) -> polars.DataFrame:
    """A polars frame.

    Raises:
        UsageError: polars is not installed.
    """
    pl = _library("polars")
    kinds = {"text": pl.String, "whole": pl.Int64, "number": pl.Float64, "yes": pl.Boolean, "texts": pl.List(pl.String)}
    schema = {name: kinds[kind] for name, kind in columns.items()}
    found = pl.DataFrame({name: [r[name] for r in rows] for name in columns}, schema=schema, strict=False)
    return cast("polars.DataFrame", found)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(f"{name} is not installed; pip install {name}") from None
