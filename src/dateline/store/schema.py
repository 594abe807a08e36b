"""The store's tables, one schema for SQLite and PostgreSQL.

What happened is kept for good in five tables, to which rows are only added: ``log``, ``raw``, ``reports``, ``codings``
and ``events``.  The others are made from them, so that questions are answered fast, and may be made anew.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

metadata = MetaData()

# ------------------------------------------------------------------------------------------------ kept for good

log = Table(
    "log",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),  # UTC, ISO 8601
    Column("actor", String, nullable=False),  # who or what: a person, or the program and its version
    Column("action", String, nullable=False),  # add, correct, retract, code, event, end-event, merge, split, undo
    Column("subject", String, nullable=False),  # the id of what was acted on
    Column("why", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON: what exactly, with the digests of the bytes it is about
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)

raw = Table(
    "raw",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("report", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sha256", String, nullable=False),  # of ``body``
    Column("raw", String, nullable=False),  # digest of the bytes as received
    Column("origin", String, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the report as read, JSON
    Column("seq", BigInteger, nullable=False),  # the log's entry
    PrimaryKeyConstraint("report", "revision"),
)

codings = Table(
    "codings",
    metadata,
    Column("coding", String, primary_key=True),  # digest of report, revision and body
    Column("report", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("codebook", String, nullable=False),
    Column("program", String, nullable=False),
    Column("sha256", String, nullable=False),  # of ``body``
    Column("body", LargeBinary, nullable=False),  # the record of the output contract, JSON
    Column("seq", BigInteger, nullable=False),
    Index("codings_report", "report"),
)

events = Table(
    "events",
    metadata,
    Column("event", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the event of the output contract, JSON
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("event", "revision"),
)

# --------------------------------------------------------------------------------------------- made from the above

current = Table(  # report → the coding that counts now; a report that was retracted has none
    "current",
    metadata,
    Column("report", String, primary_key=True),
    Column("coding", String, nullable=False),
    Column("published", String),
    Column("outlet", String, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("claim", String, primary_key=True),
    Column("report", String, nullable=False),
    Column("telling", String, nullable=False),
    Column("event", String),
    Column("type", String, nullable=False),
    Column("geonameid", BigInteger),
    Column("place", String, nullable=False),  # its name, folded
    Column("called", String, nullable=False),  # as the report calls it, folded
    Column("country", String, nullable=False),
    Column("first", String),
    Column("last", String),
    Index("claims_report", "report"),
    Index("claims_event", "event"),
    Index("claims_telling", "telling"),
    Index("claims_type", "type"),
    Index("claims_place", "place"),
    Index("claims_called", "called"),
    Index("claims_geonameid", "geonameid"),
)

tellings = Table(  # a report's account of a happening, packed: what it is compared by
    "tellings",
    metadata,
    Column("telling", String, primary_key=True),
    Column("report", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("tellings_report", "report"),
)

keys = Table(
    "keys",
    metadata,
    Column("code", BigInteger, nullable=False),
    Column("telling", String, nullable=False),
    Column("role", Integer, nullable=False),
    PrimaryKeyConstraint("code", "telling"),
    Index("keys_telling", "telling"),
    sqlite_with_rowid=False,
)

pairs = Table(
    "pairs",
    metadata,
    Column("a", String, nullable=False),
    Column("b", String, nullable=False),
    Column("total", Float, nullable=False),
    PrimaryKeyConstraint("a", "b"),
    Index("pairs_b", "b"),
    sqlite_with_rowid=False,
)

heads = Table(  # the events as they stand now
    "heads",
    metadata,
    Column("event", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("status", String, nullable=False),
    Column("place", String, nullable=False),
    Column("geonameid", BigInteger),
    Column("country", String, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("first", String),
    Column("last", String),
    Column("reported", String),
    Column("size", Integer, nullable=False),
    Index("heads_type", "type"),
    Index("heads_place", "place"),
    Index("heads_country", "country"),
    Index("heads_time", "first", "last"),
    Index("heads_box", "lat", "lon"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),  # must, cannot
    Column("one", Text, nullable=False),  # claim ids, JSON
    Column("other", Text, nullable=False),
    Column("undone", BigInteger),  # the log's entry that undid it
)
