"""The command `release`; dashboard/cli.py gives it its name."""

import json
import sys
from typing import Annotated, Any

import typer
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database import DatabaseNotUsable, connect, database_url, unreachable
from dashboard.disclosure import Release
from dashboard.snapshot.releases import none_yet, read_release
from dashboard.snapshot.releasing import make_release
from dashboard.snapshot.snapshot import read_snapshot


def release(
    as_json: Annotated[bool, typer.Option("--json", help="JSON for other programs.")] = False,
) -> None:
    """Make the protected numbers of all periods that have closed since the last release."""
    try:
        engine = connect(database_url(writing=True))
        snapshot = read_snapshot(engine)
        made = make_release(engine, snapshot)
        last = made or read_release(engine)
    except (DatabaseNotUsable, SQLAlchemyError) as problem:
        words = unreachable(problem) if isinstance(problem, SQLAlchemyError) else problem
        sys.stderr.write(f"{words}\n")
        raise typer.Exit(2) from None
    if last is None:
        sys.stderr.write(f"{none_yet(snapshot)}\n")
        raise typer.Exit(2)
    document = summary(last, made=made is not None)
    text = json.dumps(document, indent=1) if as_json else "\n".join(_words(document))
    sys.stdout.write(f"{text}\n")


def summary(release: Release, *, made: bool) -> dict[str, Any]:
    """What a release holds: for those with true counts, since it says what was withheld."""
    states = dict(release.counts.group_by("state").len().iter_rows())
    return {
        "release": release.release_id,
        "made": made,
        "made_at": release.made_at.isoformat(timespec="seconds"),
        "through": release.through.isoformat(),
        "made_up": release.made_up,
        "rules": release.rules.as_json(),
        "counts": {name: states.get(name, 0) for name in ("shown", "hidden", "withheld")},
        "withheld": [
            {
                "measure": each.measure,
                "level": each.level,
                "area": each.area,
                "from": each.start.isoformat(),
                "to": each.end.isoformat(),
                "numbers": each.numbers,
                "why": each.why,
            }
            for each in release.withheld
        ],
    }


def _words(document: dict[str, Any]) -> list[str]:
    counts = document["counts"]
    number, through = document["release"], document["through"]
    done = "was made" if document["made"] else "is still the last; no period has closed since"
    return [
        f"Release {number}, through {through}, {done}.",
        f"{counts['shown']:,} counts shown, {counts['hidden']:,} hidden, "
        f"{counts['withheld']:,} withheld.",
        *(
            f"Withheld: {each['measure']}, {each['area'] or each['level']}, "
            f"{each['from']} to {each['to']} ({each['numbers']} numbers): {each['why']}."
            for each in document["withheld"]
        ),
    ]
