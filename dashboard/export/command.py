"""The command `measures`; dashboard/cli.py gives it its name."""

import json
from datetime import datetime
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import Role, Viewer
from dashboard.access.viewer import as_seen
from dashboard.database import DatabaseNotUsable, connect, database_url, unreachable
from dashboard.disclosure import NoRelease, Release
from dashboard.export.measures import BY, measure_rows, measures_document, measures_table
from dashboard.export.released import NotOffered, place_of, released_rows
from dashboard.snapshot import Snapshot, read_snapshot
from dashboard.snapshot.areas import AreaNotKnown, areas_named
from dashboard.snapshot.releases import read_release
from dashboard.snapshot.releasing import none_yet
from dashboard.snapshot.snapshot import LONDON


def measures(
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    as_at: Annotated[
        datetime | None, typer.Option("--as-at", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(help="A district's code or name, or a county's key; may be repeated."),
    ] = None,
    by: Annotated[str | None, typer.Option(help=" | ".join(BY))] = None,
    role: Annotated[Role, typer.Option(help="Whose numbers.")] = Role.MANAGER,
    case_manager: Annotated[
        str | None, typer.Option(help="Whose cases, for the role case_manager.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for other programs.")] = False,
) -> None:
    """Print every measure, for a period, for some areas, in one of their dimensions."""
    if by is not None and by not in BY:
        raise _refusal(f"--by takes {', '.join(BY)}; not '{by}'.")
    if not (role.protected or role.sees_records):
        raise _refusal(f"The role {role.value} has no numbers of its own. Use another role.")
    if by == "case_manager" and not role.sees_workers:
        raise _refusal(f"The role {role.value} does not see numbers by case manager.")
    if role is Role.CASE_MANAGER and case_manager is None:
        raise _refusal("The role case_manager needs --case-manager, the id of the worker.")
    days = _Days(start, end, as_at)
    try:
        engine = connect(database_url())
        snapshot = read_snapshot(engine)
        areas = areas_named(area, snapshot.areas) if area else None
        viewer = as_seen(Viewer(role, None, case_manager), snapshot.settings.opcc_is_protected)
        if viewer.role.protected:
            release = read_release(engine)
            if release is None:
                raise none_yet(snapshot)
            document = _released(release, snapshot, areas, days, by)
            _say(document, by, as_json=as_json, promise=release.rules.promise)
            return
    except (DatabaseNotUsable, AreaNotKnown, NotOffered, NoRelease) as problem:
        raise _refusal(str(problem)) from None
    except SQLAlchemyError as problem:
        raise _refusal(str(unreachable(problem))) from None
    lens = snapshot.lens(viewer, areas, days.start, days.end, days.as_at)
    if lens.start > lens.end:
        raise _refusal(
            f"The period ends before it starts: from {lens.start.isoformat()} "
            f"to {lens.end.isoformat()}, as at {lens.as_at.isoformat()}."
        )
    rows = measure_rows(lens, by)
    _say(measures_document(lens, rows, made_up=snapshot.made_up), by, as_json=as_json)


def _released(
    release: Release,
    snapshot: Snapshot,
    areas: frozenset[str] | None,
    days: "_Days",
    by: str | None,
) -> dict[str, Any]:
    """The document of a protected role, from a release."""
    if days.as_at is not None:
        raise NotOffered("Protected numbers are as they were released: leave out --as-at.")
    place = place_of(areas, snapshot.areas)
    start, end, rows = released_rows(release, place, days.start, days.end, by, snapshot.areas)
    return {
        "as_at": release.through.isoformat(),
        "from": start.isoformat(),
        "to": end.isoformat(),
        "areas": sorted(areas or snapshot.areas["area"].cast(pl.String)),
        "made_up": release.made_up,
        "release": release.release_id,
        "rows": rows,
    }


def _say(document: dict[str, Any], by: str | None, *, as_json: bool, promise: str = "") -> None:
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    if document["made_up"]:
        typer.echo("Made-up data: these records are invented. No real person is described.")
    if document["release"] is not None:
        typer.echo(
            f"Protected numbers of release {document['release']}, {document['from']} to "
            f"{document['to']}: {promise}."
        )
    console = Console()
    # Where nobody looks at a terminal, lines are not broken to its width.
    console = console if console.is_terminal else Console(width=160)
    console.print(measures_table(document["rows"], by))


class _Days:
    """The days given, as dates; as-at not in the future."""

    def __init__(
        self, start: datetime | None, end: datetime | None, as_at: datetime | None
    ) -> None:
        self.start, self.end, self.as_at = (
            each.date() if each else None for each in (start, end, as_at)
        )
        today = datetime.now(LONDON).date()
        if self.as_at and self.as_at > today:
            raise _refusal(f"--as-at {self.as_at.isoformat()} lies in the future.")


def _refusal(words: str) -> typer.Exit:
    """Say what is wrong on standard error; the caller raises what this returns (exit 2)."""
    typer.echo(words, err=True)
    return typer.Exit(2)
