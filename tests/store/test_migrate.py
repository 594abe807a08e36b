"""A store of every earlier version opens, with what was in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept import events, many, received, whole
from sqlalchemy import inspect, text

from dateline.errors import StoreError
from dateline.store import Store, schema, verify
from dateline.store.engine import open_engine, writing
from dateline.store.migrate import upgrade, version, versions


@pytest.mark.parametrize("old", versions())
def test_from_every_earlier_version(place: str, old: str) -> None:
    engine = open_engine(place)
    upgrade(engine, old)
    assert version(engine) == old
    engine.dispose()
    with Store(place) as store:
        assert version(store.engine) == versions()[-1]
        store.add(received(*many(5)))
        assert events(store) == whole(many(5))
        assert verify(store.engine).faults == ()


@pytest.mark.filterwarnings("ignore:Did not recognize type")
def test_the_migrations_make_the_schema(store: Store) -> None:
    found = inspect(store.engine)
    for table in schema.metadata.sorted_tables:
        columns = {c["name"] for c in found.get_columns(table.name)}
        assert {c.name for c in table.columns} <= columns
        assert {i.name for i in table.indexes} <= {i["name"] for i in found.get_indexes(table.name)}


def test_a_newer_store_is_refused(place: str) -> None:
    Store(place).close()
    engine = open_engine(place)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="9999"):
        Store(place)


def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        Store(str(tmp_path))
    with pytest.raises(StoreError, match="does not exist"):
        Store(f"{tmp_path}/none/store.db")
    with pytest.raises(StoreError, match="postgresql"):
        Store("mysql://somewhere/store")
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, this is no database. " * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(str(path))
