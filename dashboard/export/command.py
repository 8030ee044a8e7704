"""The command `measures`; dashboard/cli.py gives it its name."""

import json
from datetime import datetime
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console

from dashboard.access import Role
from dashboard.disclosure import NoRelease, Release
from dashboard.export.measures import BY, measure_rows, measures_document, measures_table
from dashboard.export.released import place_of, released_rows
from dashboard.export.taking import PROBLEMS, Asked, NotTaken, Taker, day, refuse, taker, tell
from dashboard.snapshot.areas import areas_named


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
    asked = Asked(role, tuple(area or ()), day(start), day(end), day(as_at), case_manager)
    promise = ""
    try:
        if by is not None and by not in BY:
            raise NotTaken(f"--by takes {', '.join(BY)}; not '{by}'.")
        if by == "case_manager" and not role.sees_workers:
            raise NotTaken(f"The role {role.value} does not see numbers by case manager.")
        taking = taker(asked, of_none=True)
        if taking.protected:
            release = taking.release()
            document, promise = _released(release, taking, asked, by), release.rules.promise
        else:
            lens = taking.lens(asked)
            made_up = taking.snapshot.made_up
            document = measures_document(lens, measure_rows(lens, by), made_up=made_up)
        tell(taking, {"measures": by or "whole", **asked.said()}, len(document["rows"]))
    except (*PROBLEMS, NoRelease) as problem:
        refuse(problem)
    _say(document, by, as_json=as_json, promise=promise)


def _released(release: Release, taking: Taker, asked: Asked, by: str | None) -> dict[str, Any]:
    """The document of a protected role, from a release."""
    if asked.as_at is not None:
        raise NotTaken("Protected numbers are as they were released: leave out --as-at.")
    areas = taking.snapshot.areas
    chosen = areas_named(asked.areas, areas) if asked.areas else None
    place = place_of(chosen, areas)
    start, end, rows = released_rows(release, place, asked.start, asked.end, by, areas)
    return {
        "as_at": release.through.isoformat(),
        "from": start.isoformat(),
        "to": end.isoformat(),
        "areas": sorted(chosen or areas["area"].cast(pl.String)),
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
