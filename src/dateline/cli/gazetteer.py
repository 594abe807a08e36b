"""``dateline gazetteer``: places of one's own, beside the built-in ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dateline.gazetteer import Gazetteer, adding

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Add, list, remove and search files of places.",
)


@app.command("add")
def add(
    path: Annotated[Path, typer.Argument(help="A GeoNames country dump, a Who's On First folder, CSV or GeoJSON.")],
    name: Annotated[str, typer.Option(help="What to call it; by default the file's name.")] = "",
    country: Annotated[str, typer.Option(help="Country (ISO 3166-1) of places for which the file names none.")] = "",
) -> None:
    """Add a file's places, whole or not at all.

    A CSV needs the columns name, lat and lon; it may have names ("|" between), country, admin1, kind,
    population, radius_km, geonameid and code.
    """
    got = adding.add(path, name, country)
    typer.echo(f"{got.name}: {got.places:,} places in {', '.join(got.countries) or 'no country'}")


@app.command("list")
def list_() -> None:
    """List the files of places that were added."""
    found = adding.added()
    if not found:
        typer.echo("Nothing was added; the built-in gazetteer is in use.")
        return
    table = Table("name", "places", "countries", "from")
    for a in found:
        table.add_row(a.name, f"{a.places:,}", " ".join(a.countries), a.origin)
    Console().print(table)


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="The name that `list` shows.")]) -> None:
    """Remove a file of places that was added."""
    adding.remove(name)
    typer.echo(f"{name} was removed.")


@app.command("search")
def search(
    name: Annotated[str, typer.Argument(help="A place's name, in any spelling.")],
    country: Annotated[str, typer.Option(help="Only places of this country (ISO 3166-1 alpha-3).")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 10,
    format: Annotated[str, typer.Option(help="table or json.")] = "table",
) -> None:
    """Search for a place by name, likeliest first."""
    gazetteer = Gazetteer.open()
    found = gazetteer.search(name, country.upper(), limit)
    if format == "json":
        rows = [
            {
                "geonameid": e.id if e.id > 0 else None, "name": e.name, "country": e.country,
                "admin1": gazetteer.admin1_name(e.country, e.admin1), "feature": e.feature, "lat": round(e.lat, 4),
                "lon": round(e.lon, 4), "population": e.population,
            }
            for e in found
        ]  # fmt: skip
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("name", "country", "admin1", "feature", "lat", "lon", "population", "GeoNames")
    for e in found:
        area = gazetteer.admin1_name(e.country, e.admin1)
        ident = str(e.id) if e.id > 0 else ""
        table.add_row(e.name, e.country, area, e.feature, f"{e.lat:.4f}", f"{e.lon:.4f}", f"{e.population:,}", ident)
    Console().print(table)
