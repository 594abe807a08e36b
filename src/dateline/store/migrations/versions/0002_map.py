"""Events on the map: on PostgreSQL with PostGIS a point with an index of its own beside latitude and longitude."""

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        return
    if not bind.execute(text("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")).first():
        return  # without PostGIS the index of latitude and longitude answers
    installed = bind.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")).first()
    allowed = bind.execute(text("SELECT has_database_privilege(current_database(), 'CREATE')")).scalar()
    trusted = bind.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar()
    if not installed and not (allowed and trusted):
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute(
        "ALTER TABLE heads ADD COLUMN point geometry(Point, 4326)"
        " GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED"
    )
    op.execute("CREATE INDEX heads_point ON heads USING gist (point)")
