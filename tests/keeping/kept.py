"""What stands in the database after a change."""

from sqlalchemy import Engine, select

from dashboard.database.tables import AuditEntry, Change


def rows(engine: Engine, model, *columns: str) -> list[tuple]:
    """The rows of a table, of these columns, in order."""
    table = model.__table__
    with engine.connect() as connection:
        return sorted(
            tuple(row) for row in connection.execute(select(*(table.c[name] for name in columns)))
        )


def told(engine: Engine) -> list[tuple]:
    """What the trail says of changes: who, role, details."""
    with engine.connect() as connection:
        entries = select(AuditEntry.who, AuditEntry.role, AuditEntry.details)
        return [tuple(row) for row in connection.execute(entries.order_by(AuditEntry.entry_id))]


def changed(engine: Engine) -> list[tuple]:
    with engine.connect() as connection:
        chosen = select(Change.what, Change.before, Change.after).order_by(Change.change_id)
        return [tuple(row) for row in connection.execute(chosen)]
