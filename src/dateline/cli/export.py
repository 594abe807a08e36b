"""``dateline export``: the store's events by filters, as a file in one of the field's formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import CodebookOption
from dateline.cli.stores import (
    ActorOption,
    BoxOption,
    CountryOption,
    PlaceOption,
    SinceOption,
    SourceOption,
    StatusOption,
    StoreOption,
    TypeOption,
    UntilOption,
)


def export(
    format: Annotated[str, typer.Argument(help="native, csv, parquet, geojson, acled, ged… (a wrong one lists them).")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    store: StoreOption = None,
    place: PlaceOption = "",
    country: CountryOption = "",
    box: BoxOption = "",
    type: TypeOption = "",
    actor: ActorOption = "",
    source: SourceOption = "",
    status: StatusOption = "",
    since: SinceOption = None,
    until: UntilOption = None,
    limit: Annotated[int | None, typer.Option(help="At most so many events.", min=1)] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Show the names of private persons, and all else that is withheld.")
    ] = False,
    exact_places: Annotated[
        bool | None,
        typer.Option(
            "--exact-places/--coarse-places",
            help="Show exactly where hospitals, shelters and camps are, or not; as open as the names if not given.",
        ),
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Write events to a file, and say what the format had no place for."""
    from dateline.codebook import load_codebook
    from dateline.export.bundle import Options, load
    from dateline.export.bundle import export as write
    from dateline.store import Store
    from dateline.store.bundling import bundle_of
    from dateline.store.query import Filters, read_box

    load(format)  # a wrong format is told before the store is read
    filters = Filters(
        place=place,
        country=country,
        box=read_box(box, "--box"),
        type=type,
        actor=actor,
        source=source,
        status=status,
        since=since,
        until=until,
        limit=limit,
    )
    with Store(store) as opened:
        bundle = bundle_of(opened, filters, load_codebook(codebook))
    written = write(format, bundle, output, Options(private=private, places=exact_places))
    print(f"{output}: {written.rows} rows from {len(bundle.events)} events", file=sys.stderr)
    if written.dropped:
        print(f"dropped: {len(written.dropped)}", file=sys.stderr)
    for reason, n in written.reasons.items():
        print(f"  {n:>6}  {reason}", file=sys.stderr)
