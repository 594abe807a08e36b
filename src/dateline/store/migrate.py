"""Bringing a store to this program's version of the schema, with alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from dateline.errors import StoreError
from dateline.store.engine import writing

SCRIPTS = Path(__file__).parent / "migrations"


def config() -> Config:
    found = Config()
    found.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return found


def versions() -> list[str]:
    """The schema's versions, oldest first."""
    return [s.revision for s in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


def version(engine: Engine) -> str | None:
    """The version of a store's schema; None where there is none yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Create the tables, or bring them to a version, all in one transaction.  Two processes may do it at once.

    Raises:
        StoreError: the store is of a version that this program does not know.
    """
    known = versions()
    if to == "head" and version(engine) == known[-1]:
        return
    with writing(engine) as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        if at is not None and at not in known:
            raise StoreError(
                f"is of version {at}, which this program does not know; the newest it knows is {known[-1]}"
            )
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, to)
