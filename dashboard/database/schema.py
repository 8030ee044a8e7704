"""The state of the database's schema, and bringing it up to date."""

from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from dashboard.database.connection import DatabaseNotUsable

MIGRATIONS = Path(__file__).parent / "migrations"
_STAMPED = "alembic_version"  # Alembic's table of the one revision that the tables are of
_REVISION = text(f"SELECT version_num FROM {_STAMPED}")  # noqa: S608 - our own name


class SchemaState(Enum):
    """How the database's tables stand to this program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"
    FOREIGN = "foreign"


def schema_state(connection: Connection) -> SchemaState:
    """Whether the database is empty, behind, current, newer than the program, or another's."""
    found = inspect(connection)
    revision = connection.scalar(_REVISION) if found.has_table(_STAMPED) else None
    if revision is None:
        return SchemaState.FOREIGN if found.get_table_names() else SchemaState.EMPTY
    known = revisions()
    if revision == known[-1]:
        return SchemaState.CURRENT
    return SchemaState.BEHIND if revision in known else SchemaState.AHEAD


def revisions() -> list[str]:
    """The revisions there are, the first to the last: each file is named after its own."""
    return sorted(file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/[0-9]*_*.py"))


def migrate(engine: Engine) -> None:
    """Create the tables, or bring them up to date. Raises DatabaseNotUsable if they are newer."""
    with engine.begin() as connection:
        state = schema_state(connection)
        if state in (SchemaState.EMPTY, SchemaState.BEHIND):
            upgrade(connection)
        elif state is not SchemaState.CURRENT:
            raise DatabaseNotUsable(PROBLEMS[state])


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables to a revision, the newest unless told otherwise."""
    from alembic import command  # a third of a second, which nothing else needs
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def require_current(connection: Connection) -> None:
    """Raises DatabaseNotUsable, in words, unless the tables are those of this program."""
    state = schema_state(connection)
    if state is not SchemaState.CURRENT:
        raise DatabaseNotUsable(PROBLEMS[state])


PROBLEMS = {
    SchemaState.EMPTY: (
        "The database is empty. Load records with 'drive-dashboard import' "
        "or make some up with 'drive-dashboard demo'."
    ),
    SchemaState.BEHIND: (
        "The database was made by an older version of this program. "
        "Make a copy of it, then bring it up to date with 'drive-dashboard check --migrate'."
    ),
    SchemaState.AHEAD: (
        "The database was made by a newer version of this program. "
        "Install that version; this one will not touch it."
    ),
    SchemaState.FOREIGN: (
        "The database has tables, but not those of this program. "
        "Name another database in DRIVE_DATABASE_URL."
    ),
}
