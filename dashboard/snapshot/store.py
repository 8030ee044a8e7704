"""The current snapshot of a process: read once for each state of the database, shared by all.

The first is taken from its file, or read while everybody waits. Later ones are built aside, and
take its place when they are whole: until then the one before goes on serving. So it does, too,
while the database is away.
"""

import logging
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import DatabaseNotUsable, connect, database_url
from dashboard.snapshot.files import Files
from dashboard.snapshot.snapshot import LONDON, Snapshot, read_snapshot, state_of

log = logging.getLogger(__name__)

EVERY = 1.0  # seconds: no process asks the database more often whether it has moved

PATIENCE = 0.2  # seconds that a page waits for the answer, before it is made without it

AWAY = (DatabaseNotUsable, SQLAlchemyError)


def snapshot_of(engine: Engine) -> Snapshot:
    """The records as they are now, for one look: from a file that a server keeps, or read.

    Raises DatabaseNotUsable.
    """
    with suppress(*AWAY), engine.connect() as connection:
        if found := Files(engine.url).read(state_of(connection)):
            return found
    return read_snapshot(engine)


class Store:
    """Holds the last good snapshot. `folder`: where its files are kept, if not where usual.

    `away_since`: since when the database has not been readable; None while it is.
    """

    def __init__(self, url: str | None = None, folder: Path | None = None) -> None:
        self._url = url
        self._folder = folder
        self._engine: Engine | None = None
        self._snapshot: Snapshot | None = None
        self._state: str | None = None  # of the database, when it last answered; None: it does not
        self._asked_at = float("-inf")
        self._starting = threading.Lock()
        self._building = threading.Lock()
        self._follower: threading.Thread | None = None
        self._answered = threading.Event()
        self.away_since: datetime | None = None

    @property
    def held(self) -> Snapshot | None:
        """The snapshot that serves just now; None before the first. Asks the database nothing."""
        return self._snapshot

    def current(self) -> Snapshot:
        """The snapshot to show now. Where the database has moved on, a newer one is on its way.

        Raises DatabaseNotUsable where there is none at all.
        """
        if self._snapshot is None:
            return self.newest()
        with self._starting:
            at_work = self._follower is not None and self._follower.is_alive()
            if not at_work and monotonic() - self._asked_at >= EVERY:
                self._answered.clear()
                self._follower = threading.Thread(target=self._follow, daemon=True)
                self._follower.start()
        self._answered.wait(PATIENCE)
        return self._snapshot

    def newest(self) -> Snapshot:
        """The snapshot of the records as they are now, waited for: the first, or after a change.

        Raises DatabaseNotUsable where there is none at all.
        """
        self._ask()
        return self._build()

    def soon(self, seconds: float) -> Snapshot:
        """The same, waiting so long for a newer one that is on its way; nobody is kept by that."""
        self.current()
        if self._follower is not None:
            self._follower.join(seconds)
        return self.current()

    def _follow(self) -> None:
        self._ask()
        if self._is_due():
            self._build()

    def _ask(self) -> None:
        """Ask the database for its state."""
        try:
            with self._connected().connect() as connection:
                self._state = state_of(connection)
            if self._snapshot is not None and not self._is_behind():
                self.away_since = None
        except AWAY as problem:
            self._state = None
            self._is_away(problem)
        self._asked_at = monotonic()
        self._answered.set()

    def _is_behind(self) -> bool:
        return self._snapshot is None or self._state not in (None, self._snapshot.state)

    def _is_due(self) -> bool:
        """Whether there is something newer to read, or all of it should be read again."""
        held = self._snapshot
        return held is None or self._is_behind() or (self._state is not None and held.is_old)

    def _build(self) -> Snapshot:
        """Take the newest snapshot from its file or from the database, and swap it in whole."""
        with self._building:
            held = self._snapshot
            if held is not None and not self._is_due():
                return held
            try:
                files = Files(database_url(self._url), self._folder)
                with files.turn():
                    found = self._found(files)
                if held is not None:
                    found.tally(held)  # those who look at the one before go on meanwhile
                self._snapshot = found
            except AWAY as problem:
                self._is_away(problem)
                if held is not None:
                    return held
                if isinstance(problem, DatabaseNotUsable):
                    raise
                raise DatabaseNotUsable(
                    "The case database cannot be read just now. "
                    "Check that it runs and that DRIVE_DATABASE_URL names it; "
                    "then reload this page."
                ) from problem
            if self._state is not None:
                self.away_since = None
            return found

    def _found(self, files: Files) -> Snapshot:
        """While the database is away the newest file serves, if there is one."""
        held = self._snapshot
        again = held is not None and held.state == self._state  # nothing new, but it is old
        found = files.read(self._state)
        if found and not (again and found.is_old):
            return found
        before = None if again else held or files.read(None)
        found = read_snapshot(self._connected(), before)
        self._state = found.state
        return files.write(found) or found

    def _connected(self) -> Engine:
        if self._engine is None:
            self._engine = connect(database_url(self._url))
        return self._engine

    def _is_away(self, problem: Exception) -> None:
        if self.away_since is None:
            self.away_since = datetime.now(LONDON)
            log.warning("The case database cannot be read: %s", problem)
