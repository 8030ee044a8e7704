"""Who takes what from the command line: the viewer, areas and days, and refusals in words."""

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import Role, Viewer
from dashboard.access.trail import TrailNotWritten, What, at_the_command_line, note
from dashboard.access.viewer import as_seen
from dashboard.database import DatabaseNotUsable, connect, database_url, unreachable
from dashboard.disclosure import Release
from dashboard.export.about import About
from dashboard.snapshot import Lens, Snapshot, snapshot_of
from dashboard.snapshot.areas import AreaNotKnown, areas_named
from dashboard.snapshot.releases import launch, none_yet, read_release
from dashboard.snapshot.snapshot import LONDON
from queries import words


class NotTaken(Exception):
    """What was asked for cannot be had; the message says why and what can."""


@dataclass(frozen=True)
class Asked:
    """What was asked for: days as given, areas as named."""

    role: Role
    areas: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    as_at: date | None = None
    case_manager: str | None = None

    def said(self) -> dict[str, object]:
        """The filters, for the trail."""
        days = {"from": self.start, "to": self.end, "as_at": self.as_at}
        said: dict[str, object] = {name: on.isoformat() for name, on in days.items() if on}
        return said | ({"area": list(self.areas)} if self.areas else {})


@dataclass(frozen=True)
class Taker:
    """Somebody at the command line, and what they may take from."""

    engine: Engine
    snapshot: Snapshot
    viewer: Viewer

    @property
    def protected(self) -> bool:
        return self.viewer.role.protected

    def lens(self, asked: Asked) -> Lens:
        """The records asked for, for a role with true counts."""
        districts = areas_named(asked.areas, self.snapshot.areas) if asked.areas else None
        lens = self.snapshot.lens(self.viewer, districts, asked.start, asked.end, asked.as_at)
        if asked.start and asked.start > lens.as_at:
            raise NotTaken(
                f"--from {asked.start.isoformat()} is later than the records are looked at, "
                f"{lens.as_at.isoformat()}."
            )
        if lens.start > lens.end:
            raise NotTaken(
                f"The period ends before it starts: from {lens.start.isoformat()} "
                f"to {lens.end.isoformat()}, as at {lens.as_at.isoformat()}."
            )
        self.require_started(lens.end)
        return lens

    def require_started(self, end: date) -> None:
        """NotTaken where a period was over before the service began: that is no row of zeros."""
        first = self.snapshot.first
        if first and end < first:
            raise NotTaken(
                f"The service had not started by {words.day(end)}: its first record is of "
                f"{words.day(first)}."
            )

    def release(self) -> Release:
        """The last release, for a protected role."""
        found = read_release(self.engine)
        if found is None:
            raise none_yet(self.snapshot)
        return found

    def about(self, title: str, areas: str, *, release: Release | None = None) -> About:
        return About(
            self.snapshot.settings.service_name,
            title,
            areas,
            self.viewer.name,
            self.viewer.role.label,
            datetime.now(LONDON),
            self.snapshot.made_up,
            protected=protection(release) if release else "",
            records_to=release.through if release else self.snapshot.latest,
            launched=launch(self.snapshot) if release else None,
        )

    def areas_in_words(self, asked: Asked) -> str:
        if not asked.areas:
            return f"All {self.snapshot.settings.whole_name}"
        named = dict(self.snapshot.areas.select("county", "county_name").iter_rows())
        named |= dict(self.snapshot.areas.select("area", "name").iter_rows())
        return words.listed([str(named.get(area, area)) for area in asked.areas])


def protection(release: Release) -> str:
    """How the numbers of a release are protected, for covers and slides."""
    rules = release.rules
    # What was released before the thresholds were changed stays rounded as it was.
    to = "" if rules.once_hidden_below else f" to the nearest {rules.round_to}"
    return (
        f"Protected numbers: {rules.promise}, the others are rounded{to}. "
        f"Release {release.release_id}, through {words.day(release.through)}."
    )


def taker(asked: Asked, *, of_none: bool = False) -> Taker:
    """The taker; raises what `refuse` puts in words. `of_none`: also where nothing is recorded."""
    role = asked.role
    if not (role.protected or role.sees_records):
        raise NotTaken(f"The role {role.value} has no numbers of its own. Use another role.")
    if role is Role.CASE_MANAGER and asked.case_manager is None:
        raise NotTaken("The role case_manager needs --case-manager, the id of the worker.")
    if asked.as_at and asked.as_at > datetime.now(LONDON).date():
        raise NotTaken(f"--as-at {asked.as_at.isoformat()} lies in the future.")
    engine = connect(database_url())
    snapshot = snapshot_of(engine)
    if snapshot.is_empty and not of_none:
        raise NotTaken(
            "No records have been loaded yet: load them with 'drive-dashboard import', or make "
            "some with 'drive-dashboard demo'."
        )
    viewer = Viewer(role, None, asked.case_manager, at_the_command_line())
    return Taker(engine, snapshot, as_seen(viewer, snapshot.settings.opcc_is_protected))


def tell(taking: Taker, said: dict[str, object], rows: int | None = None) -> None:
    """Tell the trail what is taken; TrailNotWritten stops it."""
    engine = connect(database_url(writing=True))
    note(engine, taking.viewer.name, taking.viewer.role, What.DOWNLOAD, said, rows)


def leave(taking: Taker, content: bytes, out: Path, said: dict[str, object]) -> None:
    """Write the file, after the trail has been told."""
    tell(taking, {**said, "file": out.name})
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = out.with_name(f".{out.name}.part")
        beside.write_bytes(content)
        beside.replace(out)
    except OSError as problem:
        why = problem.strerror or "the disk refused"
        raise NotTaken(f"{out} cannot be written: {why}. Choose another file.") from None
    sys.stdout.write(f"{out} is written.\n")


# What the commands put in words, exit 2, in place of a traceback.
PROBLEMS = (NotTaken, AreaNotKnown, DatabaseNotUsable, TrailNotWritten, SQLAlchemyError)


def refuse(problem: Exception) -> NoReturn:
    """Say what is wrong on standard error; nothing was written."""
    said = unreachable(problem) if isinstance(problem, SQLAlchemyError) else problem
    sys.stderr.write(f"{said}\n")
    raise typer.Exit(2) from None


def day(given: datetime | None) -> date | None:
    return given.date() if given else None
