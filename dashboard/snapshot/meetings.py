"""Meetings in the database: what each was shown, so that it can be opened again as it was.

A meeting is kept on its own day; one opened ahead of it is only looked at.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import polars as pl
from sqlalchemy import Engine, func, insert, select, update

from dashboard.database import writing
from dashboard.database.settings import WEEKDAYS, Settings
from dashboard.database.tables import Meeting, Release
from dashboard.disclosure import ReleasedView
from dashboard.snapshot.snapshot import LONDON

Own = Mapping[str, pl.DataFrame]  # what the service says about itself: `ReleasedView.own`


@dataclass(frozen=True)
class Agenda:
    """Which slides a meeting has, in order, and the decisions that it takes."""

    slides: tuple[str, ...]
    decisions: tuple[str, ...]

    @classmethod
    def of(cls, settings: Settings) -> "Agenda":
        return cls(settings.meeting_slides, settings.meeting_decisions)


@dataclass(frozen=True)
class Shown:
    """What a meeting is shown: its release, and that of the meeting before it (None: no other).

    `previous_on` is the day of that meeting, where it was held; `newest` the last release there is.
    Once it is `kept`, `agenda` and `own` are what it was shown beside the release; None for a
    meeting of before those were kept.
    """

    on: date
    release_id: int | None
    previous_id: int | None
    previous_on: date | None
    newest: int | None
    kept: bool = False
    agenda: Agenda | None = None
    own: Own | None = field(default=None, compare=False)

    @property
    def newer(self) -> bool:
        """Whether there are newer numbers than those that this meeting is shown."""
        return self.newest is not None and self.newest != self.release_id

    def settings(self, now: Settings) -> Settings:
        """The settings of now, with the agenda that the meeting was shown."""
        if self.agenda is None:
            return now
        slides, decisions = self.agenda.slides, self.agenda.decisions
        return replace(now, meeting_slides=slides, meeting_decisions=decisions)

    def view(self, now: ReleasedView) -> ReleasedView:
        """The view of a release, beside what the meeting was shown beside its own."""
        if self.own is None or now.release.release_id != self.release_id:
            return now
        return ReleasedView(now.release, self.own)


def next_meeting(settings: Settings, today: date) -> date:
    """The day of the meeting of this week, today or yet to come; else of the next."""
    weekday = WEEKDAYS.index(settings.meeting_weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def starts_at(settings: Settings) -> time:
    """The time of day at which meetings begin."""
    return time.fromisoformat(settings.meeting_time)


def shown(engine: Engine, on: date, at: time) -> Shown:
    """The release of the meeting on a day, held at a time.

    The one it was shown if it was held; for a meeting whose time has come without one the last
    release made by then, or by the end of that day; else the newest.
    """
    with engine.connect() as connection:
        newest = connection.scalar(select(func.max(Release.release_id)))
        own = connection.execute(
            select(Meeting.release_id, Meeting.slides, Meeting.decisions, Meeting.own).where(
                Meeting.on == on
            )
        ).one_or_none()
        release = own.release_id if own else None
        for until in (at, time.max):
            release = release or connection.scalar(
                select(func.max(Release.release_id)).where(
                    Release.made_at <= datetime.combine(on, until, LONDON).astimezone(UTC)
                )
            )
        last = connection.execute(
            select(Meeting.release_id, Meeting.on)
            .where(Meeting.on < on)
            .order_by(Meeting.on.desc())
            .limit(1)
        ).one_or_none()
        before = last.release_id if last else None
        if last is None and release is not None:
            before = connection.scalar(
                select(func.max(Release.release_id)).where(Release.release_id < release)
            )
    return Shown(
        on,
        release,
        before,
        last.on if last else None,
        newest,
        kept=own is not None,
        agenda=Agenda(tuple(own.slides), tuple(own.decisions)) if own and own.slides else None,
        own=_frames(own.own) if own and own.own else None,
    )


def keep(engine: Engine, on: date, release_id: int, agenda: Agenda, own: Own) -> None:
    """Keep what a meeting is shown; one that is kept already stays as it is."""
    with writing(engine) as connection:
        if connection.scalar(select(Meeting.on).where(Meeting.on == on)) is None:
            connection.execute(
                insert(Meeting).values(
                    on=on,
                    release_id=release_id,
                    slides=list(agenda.slides),
                    decisions=list(agenda.decisions),
                    own=_written(own),
                    opened_at=datetime.now(UTC),
                )
            )


def show_newer(engine: Engine, on: date, release_id: int, own: Own) -> None:
    """Show a meeting a newer release from now on, because somebody asked for it."""
    newer = update(Meeting).where(Meeting.on == on)
    with writing(engine) as connection:
        connection.execute(newer.values(release_id=release_id, own=_written(own)))


def _written(own: Own) -> dict[str, str]:
    """Frames in letters, each with its types."""
    found = {}
    for name, frame in own.items():
        frame.write_ipc(into := BytesIO(), compression="zstd")
        found[name] = b64encode(into.getvalue()).decode("ascii")
    return found


def _frames(written: Mapping[str, str]) -> Own:
    return {name: pl.read_ipc(BytesIO(b64decode(text))) for name, text in written.items()}
