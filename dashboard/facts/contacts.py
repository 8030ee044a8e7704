"""Contacts and reviews: when one was due, whether it was in time, and who has gone quiet.

A contact is due a set number of days, by the risk of the case, after the last kept one (or
after allocation). One kept contact makes one due day; it counts on that day, if the case is
still active then, and was in time if the next was kept on or before it.
"""

import polars as pl

from dashboard.database.code_lists import CONTACT_KIND, CONTACT_OUTCOME
from dashboard.database.settings import Settings
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records
from dashboard.facts.time import as_of, by_day, crossed, last_of_each, looked_up, moment

KEPT = CONTACT_OUTCOME.label("kept")


def contacts(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Each contact, kept or not."""
    outcome = records.label("outcome", CONTACT_OUTCOME)
    rows = records["contacts"].select(
        "case",
        pl.col("occurred_on").alias("on"),
        records.label("kind", CONTACT_KIND),
        outcome,
        (outcome == KEPT).fill_null(value=False).alias("kept"),
    )
    return by_day(belonging.of_case(rows), "case")


def clock(
    made: pl.DataFrame, cases: pl.DataFrame, changed: pl.DataFrame, settings: Settings
) -> pl.DataFrame:
    """For each start of the clock (allocation, kept contact): `due_on`, and `next_on` if kept."""
    kept = made.filter(pl.col("kept")).select("case", "on")
    starts = pl.concat([cases.select("case", "on"), kept])
    within = looked_up(
        last_of_each(starts.with_columns(_moment=moment("case", "on"))),
        cases.select("case", start="on", end="to"),
        "case",
    ).filter(
        pl.col("on") >= pl.col("start"),
        pl.col("end").is_null() | (pl.col("on") <= pl.col("end")),
    )
    levels = changed.select("case", "on", "risk_level", "high_risk")
    days = pl.Series(
        [settings.contact_days_standard, settings.contact_days_medium, settings.contact_days_high]
    )
    # A case without an assessment is treated as high-risk until it has one.
    wait = pl.col("risk_level").to_physical().fill_null(2).replace_strict(range(3), days)
    return (
        as_of(within, levels, by="case")
        .with_columns(
            due_on=pl.col("on") + pl.duration(days=wait),
            next_on=pl.when(pl.col("case").shift(-1) == pl.col("case")).then(
                pl.col("on").shift(-1)
            ),
        )
        .rename({"on": "last_kept_on", "end": "closed_on"})
        .drop("start")
    )


def contacts_due(clocked: pl.DataFrame, belonging: Belonging) -> pl.DataFrame:
    """A row a contact that was due while the case was active, on the day it was due."""
    rows = clocked.filter(
        pl.col("closed_on").is_null() | (pl.col("due_on") < pl.col("closed_on"))
    ).select(
        "case",
        pl.col("due_on").alias("on"),
        (pl.col("next_on") <= pl.col("due_on")).fill_null(value=False).alias("on_time"),
        "high_risk",
    )
    return by_day(belonging.of_case(rows), "case")


def quiet(clocked: pl.DataFrame, caseload: pl.DataFrame) -> pl.DataFrame:
    """Cases gone quiet: from the day after a contact was due until one is kept, or closure."""
    rows = clocked.select(
        "case",
        "last_kept_on",
        "due_on",
        on=pl.col("due_on") + pl.duration(days=1),
        to=pl.min_horizontal("next_on", "closed_on"),
    ).filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
    return _within(rows, caseload)


def reviews(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Each review, on the day it was due."""
    rows = records["reviews"].select("case", "review", "due_on", "held_on", on="due_on")
    return by_day(belonging.of_case(rows), "case")


def reviews_due(held: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """A row a review that was due while the case was active, in time if held by that day."""
    return (
        held.join(cases.select("case", start="on", end="to"), on="case")
        .filter(
            pl.col("on") >= pl.col("start"),
            pl.col("end").is_null() | (pl.col("on") < pl.col("end")),
        )
        .with_columns(on_time=(pl.col("held_on") <= pl.col("due_on")).fill_null(value=False))
        .drop("start", "end", "held_on", "due_on")
        .sort("on", "case")
    )


def reviews_overdue(held: pl.DataFrame, caseload: pl.DataFrame) -> pl.DataFrame:
    """From the day after a review was due until it is held, or the case is closed."""
    rows = held.select(
        "case", "review", "due_on", on=pl.col("due_on") + pl.duration(days=1), to="held_on"
    ).filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
    return _within(rows, caseload)


def _within(rows: pl.DataFrame, caseload: pl.DataFrame) -> pl.DataFrame:
    # Cut to the time the case was active, and at each change of whose it is.
    whose = caseload.select("case", "on", "to", "area", "county", "case_manager")
    return by_day(crossed(rows, whose, by="case"), "case")
