"""Run by Alembic with the connection that `dashboard.database.schema` hands over."""

from alembic import context

from dashboard.database.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
