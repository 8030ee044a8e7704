"""The state of the database's schema, and bringing it up to date."""

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from dashboard.database.connection import DatabaseNotUsable

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaState(Enum):
    """How the database's tables stand to this program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"
    FOREIGN = "foreign"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def schema_state(connection: Connection) -> SchemaState:
    """Whether the database is empty, behind, current, newer than the program, or another's."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        tables = inspect(connection).get_table_names()
        return SchemaState.FOREIGN if tables else SchemaState.EMPTY
    script = ScriptDirectory.from_config(_config())
    if revision == script.get_current_head():
        return SchemaState.CURRENT
    known = {known.revision for known in script.walk_revisions()}
    return SchemaState.BEHIND if revision in known else SchemaState.AHEAD


def migrate(engine: Engine) -> None:
    """Create the tables, or bring them up to date. Raises DatabaseNotUsable if they are newer."""
    with engine.begin() as connection:
        state = schema_state(connection)
        if state in (SchemaState.EMPTY, SchemaState.BEHIND):
            command.upgrade(_config(connection), "head")
        elif state is not SchemaState.CURRENT:
            raise DatabaseNotUsable(PROBLEMS[state])


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
