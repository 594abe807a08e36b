"""Run by alembic; the connection, within its transaction, is handed in by dateline.store.migrate."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
