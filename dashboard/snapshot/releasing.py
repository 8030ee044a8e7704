"""Making releases as periods close, aside, while the last one goes on serving."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import Role, Viewer
from dashboard.database import DatabaseNotUsable, connect, database_url
from dashboard.disclosure import Release
from dashboard.disclosure.corrections import corrections
from dashboard.disclosure.making import make
from dashboard.disclosure.release import Made
from dashboard.snapshot.releases import launch, read_made, rules_of, write_release
from dashboard.snapshot.snapshot import LONDON, Snapshot

log = logging.getLogger(__name__)

OFTEN = 600.0  # seconds between two looks whether a period has closed


def make_release(engine: Engine, snapshot: Snapshot, now: datetime | None = None) -> Release | None:
    """Make and store the release of all periods closed by now, frozen ones as they were.

    None where nothing new is closed, or another process was first. Takes up to half a minute.
    """
    with engine.connect() as connection:
        before = read_made(connection)
    made = made_from(snapshot, before, now or datetime.now(UTC))
    if made is None:
        return None
    return write_release(engine, made, after=before.release.release_id if before else None)


def keep_releasing(current: Callable[[], Snapshot], stop: threading.Event) -> None:
    """Make releases for as long as the server runs; for a thread of its own."""
    while True:
        try:
            made = make_release(connect(database_url(writing=True)), current())
        except (DatabaseNotUsable, SQLAlchemyError) as problem:
            log.warning("No release could be made: %s", problem)
        else:
            if made is not None:
                log.info("Release made", extra={"release": made.release_id})
        if stop.wait(OFTEN):
            return


def made_from(snapshot: Snapshot, before: Made | None, now: datetime) -> Made | None:
    """The release of the snapshot’s records, not stored."""
    if snapshot.is_empty:
        return None
    everything = snapshot.lens(Viewer(Role.MANAGER, None))
    return make(
        everything,
        launch(snapshot),
        now.astimezone(LONDON),
        rules_of(snapshot.settings),
        made_up=snapshot.made_up,
        before=before,
    )


def corrected_since(engine: Engine, snapshot: Snapshot) -> pl.DataFrame:
    """What late records changed in released periods; see `dashboard.disclosure.corrections`.

    Beside its columns the `area_name`: a district’s, a county’s or the whole’s.
    """
    with engine.connect() as connection:
        made = read_made(connection)
    if made is None:
        return pl.DataFrame()
    changed = corrections(made, snapshot.lens(Viewer(Role.MANAGER, None)))
    areas = snapshot.areas.select(pl.col("area", "name", "county", "county_name").cast(pl.String))
    names = {
        "": snapshot.settings.whole_name,
        "unknown": "Not known",
        **dict(areas.select("area", "name").iter_rows()),
        **{
            key: f"{name}, county"
            for key, name in areas.select("county", "county_name").iter_rows()
        },
    }
    return changed.with_columns(
        area_name=pl.col("area").replace_strict(names, default=pl.col("area"))
    )
