"""The first schema: what is kept for good, and what is made from it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "log",
        sa.Column("seq", number, primary_key=True, autoincrement=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("at", "actor", "action", "subject", "why", "body", "previous", "hash")
        ),
    )
    op.create_index("log_subject", "log", ["subject"])
    op.create_table(
        "raw", sa.Column("sha256", sa.String, primary_key=True), sa.Column("data", sa.LargeBinary, nullable=False)
    )
    op.create_table(
        "reports",
        sa.Column("report", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("raw", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("report", "revision"),
    )
    op.create_table(
        "codings",
        sa.Column("coding", sa.String, primary_key=True),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("codebook", sa.String, nullable=False),
        sa.Column("program", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
    )
    op.create_index("codings_report", "codings", ["report"])
    op.create_table(
        "events",
        sa.Column("event", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("event", "revision"),
    )
    _made()
    _guard()


def _made() -> None:
    op.create_table(
        "current",
        sa.Column("report", sa.String, primary_key=True),
        sa.Column("coding", sa.String, nullable=False),
        sa.Column("published", sa.String),
        sa.Column("outlet", sa.String, nullable=False),
    )
    op.create_table(
        "claims",
        sa.Column("claim", sa.String, primary_key=True),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("telling", sa.String, nullable=False),
        sa.Column("event", sa.String),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("geonameid", sa.BigInteger),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("called", sa.String, nullable=False),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("first", sa.String),
        sa.Column("last", sa.String),
    )
    for column in ("report", "event", "telling", "type", "place", "called", "geonameid"):
        op.create_index(f"claims_{column}", "claims", [column])
    op.create_table(
        "tellings",
        sa.Column("telling", sa.String, primary_key=True),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("tellings_report", "tellings", ["report"])
    op.create_table(
        "keys",
        sa.Column("code", sa.BigInteger, nullable=False),
        sa.Column("telling", sa.String, nullable=False),
        sa.Column("role", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("code", "telling"),
        sqlite_with_rowid=False,
    )
    op.create_index("keys_telling", "keys", ["telling"])
    op.create_table(
        "pairs",
        sa.Column("a", sa.String, nullable=False),
        sa.Column("b", sa.String, nullable=False),
        sa.Column("total", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("a", "b"),
        sqlite_with_rowid=False,
    )
    op.create_index("pairs_b", "pairs", ["b"])
    op.create_table(
        "heads",
        sa.Column("event", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("geonameid", sa.BigInteger),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        sa.Column("first", sa.String),
        sa.Column("last", sa.String),
        sa.Column("reported", sa.String),
        sa.Column("size", sa.Integer, nullable=False),
    )
    op.create_index("heads_type", "heads", ["type"])
    op.create_index("heads_place", "heads", ["place"])
    op.create_index("heads_country", "heads", ["country"])
    op.create_index("heads_time", "heads", ["first", "last"])
    op.create_index("heads_box", "heads", ["lat", "lon"])
    op.create_table(
        "decisions",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("one", sa.Text, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.Column("undone", sa.BigInteger),
    )


def _guard() -> None:
    """The database itself refuses to change or take away what is kept for good."""
    kept = ("log", "raw", "reports", "codings", "events")
    if op.get_bind().dialect.name == "sqlite":
        for table in kept:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{table} is kept for good'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION dateline_kept() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is kept for good', TG_TABLE_NAME; END $$"
    )
    for table in kept:
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION dateline_kept()"
        )
