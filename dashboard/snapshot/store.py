"""The current snapshot of a process: read once for each version, shared, replaced when it moves.

An import that changed no record does not move the version, but is itself shown: so the snapshot
is also read again when an import was made since.
"""

import logging
import threading
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import connect, database_url, marks
from dashboard.database.connection import DatabaseNotUsable
from dashboard.database.tables import Import
from dashboard.snapshot.snapshot import LONDON, Snapshot, read_snapshot

log = logging.getLogger(__name__)

State = tuple[int, int | None]  # the version of the records, and the number of the last import


class Store:
    """Holds the last good snapshot; if the database is away, that one goes on serving."""

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._snapshot: Snapshot | None = None
        self._read_at: State | None = None
        self._reading = threading.Lock()
        self.away_since: datetime | None = None

    def current(self) -> Snapshot:
        """The newest snapshot to be had. Raises DatabaseNotUsable where there is none at all."""
        try:
            state = self._state()
        except (DatabaseNotUsable, SQLAlchemyError) as problem:
            return self._last_good(problem)
        with self._reading:
            if self._snapshot is None or self._read_at != state:
                try:
                    self._snapshot = read_snapshot(self._connected())
                    self._read_at = state
                except (DatabaseNotUsable, SQLAlchemyError) as problem:
                    return self._last_good(problem)
        self.away_since = None
        return self._snapshot

    def _connected(self) -> Engine:
        if self._engine is None:
            self._engine = connect(database_url(self._url))
        return self._engine

    def _state(self) -> State:
        with self._connected().connect() as connection:
            last = connection.scalar(select(func.max(Import.import_id)))
            return marks.version(connection), last

    def _last_good(self, problem: Exception) -> Snapshot:
        if self.away_since is None:
            self.away_since = datetime.now(LONDON)
            log.warning("The case database cannot be read: %s", problem)
        if self._snapshot is None:
            if isinstance(problem, DatabaseNotUsable):
                raise problem
            raise DatabaseNotUsable(
                "The case database cannot be read just now. "
                "Check that it runs and that DRIVE_DATABASE_URL names it; then reload this page."
            ) from problem
        return self._snapshot
