"""The store's tables, one schema for SQLite and PostgreSQL.

What happened is kept for good in six tables, to which rows are only added: ``log``, ``raw``, ``reports``, ``codings``,
``events`` and ``answers``.  The others are made from them, so that questions are answered fast, and may be made anew.
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
    text,
)

metadata = MetaData()

# ------------------------------------------------------------------------------------------------ kept for good

log = Table(
    "log",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),  # UTC, ISO 8601
    Column("actor", String, nullable=False),  # who or what: a person, or the program and its version
    Column("action", String, nullable=False),  # add, correct, retract, code, event, end-event, and a reviewer's
    Column("subject", String, nullable=False),  # the id of what was acted on
    Column("why", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON: what exactly, with the digests of the bytes it is about
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)

ACTS = "action IN ('accept', 'reject', 'correct-claim', 'comment', 'merge', 'split', 'link', 'undo')"
"""A reviewer's acts in the log, as the index ``log_acts`` has them."""

Index("log_acts", log.c.seq, sqlite_where=text(ACTS), postgresql_where=text(ACTS))

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

answers = Table(  # what a coder said of a claim in a round of double coding; of several the last counts
    "answers",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("round", String, nullable=False),
    Column("claim", String, nullable=False),
    Column("coder", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("body", LargeBinary, nullable=False),  # JSON; the log has its digest only, so that coders stay blind
    Index("answers_round", "round", "coder"),
)

# --------------------------------------------------------------------------------------------- made from the above

current = Table(  # report → the coding that counts now; a report that was retracted has none
    "current",
    metadata,
    Column("report", String, primary_key=True),
    Column("coding", String, nullable=False),
    Column("published", String),
    Column("outlet", String, nullable=False),
    Column("base", String),  # the program's own coding, where a reviewer's acts lie on top of it
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
    Column("confidence", Float, nullable=False, server_default="1"),
    Column("people", Float, nullable=False, server_default="0"),  # killed and injured
    Column("own", Float, nullable=False, server_default="0"),  # weight for the review desk, by the claim alone
    Column("weight", Float, nullable=False, server_default="0"),  # the same with its event in view
    Column("reviewed", BigInteger),  # the log's entry of the verdict in force
    Index("claims_queue", "reviewed", "weight"),
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

verdicts = Table(  # a reviewer's acts on claims; those in force lie on top of the program's coding
    "verdicts",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("claim", String, nullable=False),
    Column("report", String, nullable=False),
    Column("verdict", String, nullable=False),  # accept, reject, correct
    Column("fields", Text, nullable=False),  # the new values, JSON
    Column("start", Integer, nullable=False),  # the sentence judged: where it began
    Column("words", Text, nullable=False),  # and what it said, JSON
    Column("fits", Integer, nullable=False),  # 0: the claim, or the words, are no longer there
    Column("undone", BigInteger),  # the log's entry that undid it
    Index("verdicts_claim", "claim"),
    Index("verdicts_report", "report"),
)

rounds = Table(  # rounds of double coding
    "rounds",
    metadata,
    Column("round", String, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("reports", Text, nullable=False),  # ids, JSON
    Column("claims", Text, nullable=False),
    Column("coders", Text, nullable=False),
)
