"""The current snapshot of a process: read once for each version, shared, replaced when it moves."""

import logging
import threading
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import connect, database_url, marks
from dashboard.database.connection import DatabaseNotUsable
from dashboard.snapshot.snapshot import LONDON, Snapshot, read_snapshot

log = logging.getLogger(__name__)


class Store:
    """Holds the last good snapshot; if the database is away, that one goes on serving."""

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._snapshot: Snapshot | None = None
        self._reading = threading.Lock()
        self.away_since: datetime | None = None

    def current(self) -> Snapshot:
        """The newest snapshot to be had. Raises DatabaseNotUsable where there is none at all."""
        try:
            version = self._version()
        except (DatabaseNotUsable, SQLAlchemyError) as problem:
            return self._last_good(problem)
        with self._reading:
            if self._snapshot is None or self._snapshot.version != version:
                try:
                    self._snapshot = read_snapshot(self._connected())
                except (DatabaseNotUsable, SQLAlchemyError) as problem:
                    return self._last_good(problem)
        self.away_since = None
        return self._snapshot

    def _connected(self) -> Engine:
        if self._engine is None:
            self._engine = connect(database_url(self._url))
        return self._engine

    def _version(self) -> int:
        with self._connected().connect() as connection:
            return marks.version(connection)

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
