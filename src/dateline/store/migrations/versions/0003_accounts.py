"""Accounts, their sessions and API tokens; and what the server lists, counts and searches events and reports by."""

import sqlalchemy as sa
from alembic import op

from dateline.store.cards import refill

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("password", sa.String, nullable=False),
        sa.Column("created", sa.String, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("csrf", sa.String, nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
    )
    op.create_index("sessions_account", "sessions", ["account"])
    op.create_table(
        "tokens",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("created", sa.String, nullable=False),
    )
    op.create_index("tokens_sha256", "tokens", ["sha256"], unique=True)
    _cards()
    _papers()
    _search()
    refill(op.get_bind())


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _cards() -> None:
    op.create_table(
        "cards",
        sa.Column("number", _number(), primary_key=True),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("radius", sa.Float),
        sa.Column("precision", sa.Integer),
        sa.Column("guarded", sa.Integer, nullable=False),
        sa.Column("told", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("actors", "voices", "reports", "ledger", "words", "names")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("cards_event", "cards", ["event"], unique=True)
    op.create_index("cards_seq", "cards", ["seq"])


def _papers() -> None:
    op.create_table(
        "papers",
        sa.Column("number", _number(), primary_key=True),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("published", sa.String, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("words", "names")),
        sqlite_autoincrement=True,
    )
    op.create_index("papers_report", "papers", ["report"], unique=True)
    op.create_index("papers_published", "papers", ["published", "report"])
    op.create_index("papers_outlet", "papers", ["outlet", "published"])


def _search() -> None:
    """Full text: FTS5 kept in step by triggers on SQLite, generated tsvector columns with GIN on PostgreSQL."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("cards", "papers"):
        if sqlite:
            _fts(table)
            continue
        for column in ("words", "names"):
            op.execute(
                f"ALTER TABLE {table} ADD COLUMN found_{column} tsvector"
                f" GENERATED ALWAYS AS (to_tsvector('english', {column})) STORED"
            )
            op.execute(f"CREATE INDEX {table}_found_{column} ON {table} USING gin (found_{column})")


def _fts(table: str) -> None:
    op.execute(
        f"CREATE VIRTUAL TABLE {table}_found USING fts5(words, names, content='{table}', content_rowid='number',"
        " tokenize='porter unicode61 remove_diacritics 2', detail=column, columnsize=0)"
    )
    new = f"INSERT INTO {table}_found(rowid, words, names) VALUES (new.number, new.words, new.names)"
    old = (
        f"INSERT INTO {table}_found({table}_found, rowid, words, names)"
        " VALUES ('delete', old.number, old.words, old.names)"
    )
    op.execute(f"CREATE TRIGGER {table}_in AFTER INSERT ON {table} BEGIN {new}; END")
    op.execute(f"CREATE TRIGGER {table}_out AFTER DELETE ON {table} BEGIN {old}; END")
    op.execute(f"CREATE TRIGGER {table}_new AFTER UPDATE OF words, names ON {table} BEGIN {old}; {new}; END")
