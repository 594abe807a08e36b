"""The review desk: verdicts on claims, the queue's weights, and rounds of double coding."""

import json

import sqlalchemy as sa
from alembic import op

from dateline.store.weighing import own_weight, weights

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ACTS = "action IN ('accept', 'reject', 'correct-claim', 'comment', 'merge', 'split', 'link', 'undo')"


def upgrade() -> None:
    _verdicts()
    _rounds()
    op.create_index("log_acts", "log", ["seq"], sqlite_where=sa.text(_ACTS), postgresql_where=sa.text(_ACTS))
    op.add_column("current", sa.Column("base", sa.String))
    op.add_column("claims", sa.Column("confidence", sa.Float, nullable=False, server_default="1"))
    for column in ("people", "own", "weight"):
        op.add_column("claims", sa.Column(column, sa.Float, nullable=False, server_default="0"))
    op.add_column("claims", sa.Column("reviewed", sa.BigInteger))
    op.create_index("claims_queue", "claims", ["reviewed", "weight"])
    _weigh()


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("seq", _number(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("claim", "report", "verdict")),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("fits", sa.Integer, nullable=False),
        sa.Column("undone", sa.BigInteger),
    )
    op.create_index("verdicts_claim", "verdicts", ["claim"])
    op.create_index("verdicts_report", "verdicts", ["report"])


def _rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("round", sa.String, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reports", "claims", "coders")),
    )
    op.create_table(
        "answers",
        sa.Column("seq", _number(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("round", "claim", "coder", "sha256")),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("answers_round", "answers", ["round", "coder"])
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER answers_no_{deed.lower()} BEFORE {deed} ON answers"
                " BEGIN SELECT RAISE(ABORT, 'answers is kept for good'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER answers_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON answers"
        " FOR EACH STATEMENT EXECUTE FUNCTION dateline_kept()"
    )


def _weigh() -> None:
    """Weigh the claims that are there."""
    bind = op.get_bind()
    bodies = "SELECT body FROM codings JOIN current ON codings.coding = current.coding WHERE current.report = :report"
    change = sa.text("UPDATE claims SET confidence = :sure, people = :people, own = :own WHERE claim = :claim")
    for (report,) in bind.execute(sa.text("SELECT report FROM current ORDER BY report")).all():
        body = bind.execute(sa.text(bodies), {"report": report}).scalar_one()
        rows = [_row(c) for c in json.loads(bytes(body))["claims"]]
        if rows:
            bind.execute(change, rows)
    contested = "SELECT event FROM heads WHERE status = 'contested'"
    bind.execute(sa.text("UPDATE claims SET weight = own"))
    bind.execute(
        sa.text(f"UPDATE claims SET weight = own + :more WHERE event IN ({contested})"), {"more": weights().contested}
    )


def _row(claim: dict) -> dict[str, object]:  # type: ignore[type-arg]
    most: dict[str, float] = {}
    for f in claim["figures"]:
        if f["kind"] in ("killed", "injured"):
            told = f["high"] if f["high"] is not None else f["low"] or 0
            most[f["kind"]] = max(most.get(f["kind"], 0.0), float(told))
    sure, people = float(claim["confidence"]), sum(most.values())
    return {"claim": claim["id"], "sure": sure, "people": people, "own": own_weight(sure, people)}
