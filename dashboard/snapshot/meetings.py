"""Meetings in the database: which release each was shown, so that it can be opened again as it was.

A meeting is kept on its own day; one opened ahead of it is only looked at.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Engine, func, insert, select, update

from dashboard.database.tables import Meeting, Release
from dashboard.snapshot.snapshot import LONDON


@dataclass(frozen=True)
class Shown:
    """What a meeting is shown: its release, and that of the meeting before it (None: no other).

    `kept`: the meeting is in the database; `newest` is the last release there is.
    """

    on: date
    release_id: int | None
    previous_id: int | None
    newest: int | None
    kept: bool

    @property
    def newer(self) -> bool:
        """Whether there are newer numbers than those that this meeting is shown."""
        return self.newest is not None and self.newest != self.release_id


def shown(engine: Engine, on: date) -> Shown:
    """The release of the meeting on a day.

    The one it was shown if it was held; for a day gone by without one the last release made by its
    end; else the newest.
    """
    midnight = datetime.combine(on, time.max, LONDON).astimezone(UTC)
    with engine.connect() as connection:
        newest = connection.scalar(select(func.max(Release.release_id)))
        own = connection.scalar(select(Meeting.release_id).where(Meeting.on == on))
        release = own or connection.scalar(
            select(func.max(Release.release_id)).where(Release.made_at <= midnight)
        )
        last = connection.scalar(
            select(Meeting.release_id).where(Meeting.on < on).order_by(Meeting.on.desc()).limit(1)
        )
        if last is None and release is not None:
            last = connection.scalar(
                select(func.max(Release.release_id)).where(Release.release_id < release)
            )
    return Shown(on, release, last, newest, own is not None)


def keep(engine: Engine, on: date, release_id: int) -> None:
    """Keep which release a meeting is shown; one that is kept already stays as it is."""
    with engine.begin() as connection:
        if connection.scalar(select(Meeting.on).where(Meeting.on == on)) is None:
            connection.execute(
                insert(Meeting).values(on=on, release_id=release_id, opened_at=datetime.now(UTC))
            )


def show_newer(engine: Engine, on: date, release_id: int) -> None:
    """Show a meeting a newer release from now on, because somebody asked for it."""
    with engine.begin() as connection:
        connection.execute(update(Meeting).where(Meeting.on == on).values(release_id=release_id))
