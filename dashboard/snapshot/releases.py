"""Releases in the database: read back exactly as they were made, with or without true counts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, Engine, func, insert, select

from dashboard.database import writing
from dashboard.database.settings import Settings
from dashboard.database.tables import Release as Stored
from dashboard.disclosure import NoRelease, Release, Rules
from dashboard.disclosure.counts import AVERAGES, CELL
from dashboard.disclosure.counts import SCHEMA as COUNTED
from dashboard.disclosure.cuts import first_release
from dashboard.disclosure.protection import State
from dashboard.disclosure.release import Made, Withheld
from dashboard.snapshot.snapshot import LONDON, Snapshot

_PROTECTED = {
    **{name: COUNTED[name] for name in CELL},
    "state": State,
    **dict.fromkeys(("shown", "low", "high"), pl.Int64),
}
_AVERAGES = {**AVERAGES, "average": pl.Float64}


def rules_of(settings: Settings) -> Rules:
    """The thresholds as the service has set them."""
    return Rules(
        settings.hide_below,
        settings.round_to,
        settings.least_denominator,
        settings.release_days,
    )


def launch(snapshot: Snapshot) -> date:
    """The day the service went live, as it has set it."""
    return date.fromisoformat(snapshot.settings.launched_on)


def none_yet(snapshot: Snapshot) -> NoRelease:
    """What stands where nothing is released: when the first release comes."""
    day = first_release(launch(snapshot), snapshot.settings.release_days)
    said = f"{day.day} {day:%B %Y}"
    if snapshot.first is None:
        return NoRelease(
            "There is nothing to release yet: no records are loaded. "
            "A data steward loads them on the Data page."
        )
    if day <= datetime.now(LONDON).date():
        return NoRelease(
            "No protected numbers have been released yet, and the first have been due since "
            f"{said}. A dashboard that has just started makes them within some minutes; if none "
            f"come, ask {snapshot.settings.whom_to_ask}."
        )
    return NoRelease(
        f"No protected numbers have been released yet. The first release is made on {said}, when "
        f"the first month has been closed for {snapshot.settings.release_days} days and records "
        "reach its end."
    )


def read_release(engine: Engine, release_id: int | None = None) -> Release | None:
    """The release of that number, or the last one; None where there is none."""
    with engine.connect() as connection:
        row = _row(connection, release_id)
    return None if row is None else _release(row)


def read_made(connection: Connection) -> Made | None:
    """The last release with its true counts, for making the next and telling corrections."""
    row = _row(connection, None)
    if row is None:
        return None
    return Made(_release(row), _frame(row["counted"]["counts"], COUNTED))


def newest(engine: Engine) -> int | None:
    """The number of the last release."""
    with engine.connect() as connection:
        return connection.scalar(select(func.max(Stored.release_id)))


def write_release(engine: Engine, made: Made, after: int | None) -> Release | None:
    """Store a release; the copy returned has its number.

    None where it does not follow the one numbered `after`: then another was stored meanwhile.
    """
    release = made.release
    with writing(engine) as connection:
        if connection.scalar(select(func.max(Stored.release_id))) != after:
            return None
        number = connection.scalar(
            insert(Stored)
            .values(
                made_at=release.made_at.astimezone(UTC),
                through=release.through,
                rules={**release.rules.as_json(), "made_up": release.made_up},
                cuts={"counts": _columns(release.counts), "averages": _columns(release.averages)},
                withheld=[
                    {**vars(each), "start": each.start.isoformat(), "end": each.end.isoformat()}
                    for each in release.withheld
                ],
                counted={"counts": _columns(made.counted)},
            )
            .returning(Stored.release_id)
        )
    return replace(release, release_id=number)


def _row(connection: Connection, release_id: int | None) -> dict[str, Any] | None:
    wanted = select(func.max(Stored.release_id)).scalar_subquery()
    found = connection.execute(
        select(Stored.__table__).where(
            Stored.release_id == (wanted if release_id is None else release_id)
        )
    ).one_or_none()
    return None if found is None else dict(found._mapping)


def _release(row: dict[str, Any]) -> Release:
    made_at: datetime = row["made_at"]
    rules = dict(row["rules"])
    made_up = rules.pop("made_up")
    return Release(
        row["release_id"],
        made_at.replace(tzinfo=UTC) if made_at.tzinfo is None else made_at.astimezone(UTC),
        row["through"],
        Rules(**rules),
        made_up,
        _frame(row["cuts"]["counts"], _PROTECTED),
        _frame(row["cuts"]["averages"], _AVERAGES),
        tuple(
            Withheld(
                **{
                    **each,
                    "start": date.fromisoformat(each["start"]),
                    "end": date.fromisoformat(each["end"]),
                }
            )
            for each in row["withheld"]
        ),
    )


def _columns(frame: pl.DataFrame) -> dict[str, list[Any]]:
    """A frame as JSON, by column; of words and days, each once and then by its place."""
    found: dict[str, list[Any]] = {}
    for name, kind in frame.schema.items():
        column = frame[name].dt.to_string() if kind == pl.Date else frame[name]
        if kind.is_numeric():
            found[name] = column.to_list()
            continue
        each = column.cast(pl.String).unique(maintain_order=True).drop_nulls()
        place = column.cast(pl.Enum(each)).to_physical().to_list()
        found[name] = [each.to_list(), place]
    return found


def _frame(columns: dict[str, list[Any]], schema: Any) -> pl.DataFrame:
    found = []
    for name, kind in schema.items():
        if pl.Series([], dtype=kind).dtype.is_numeric():
            found.append(pl.Series(name, columns[name], kind))
            continue
        words, place = columns[name]
        text = pl.Series(words, dtype=pl.String).gather(pl.Series(place, dtype=pl.UInt32))
        found.append((text.str.to_date() if kind == pl.Date else text.cast(kind)).alias(name))
    return pl.DataFrame(found)
