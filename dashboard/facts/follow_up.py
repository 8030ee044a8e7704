"""What police and MARAC record before, during and after a case, of service users and of others.

A follow-up compares as many days after closure as have passed with as many before allocation,
up to a set length. So that it can be read on any day, an event is dated by the day on which both
windows have grown to take it in: one k days before allocation, or on the k-th day after closure,
counts from k days after closure on.

Comparison people have the day of `index_on` for allocation and of `end_on` for closure. They
belong to an area and to no case manager, and their rows are facts of their own.

What happened before a case belongs to the area and worker it began with, what happened after it
to those it closed with.
"""

import polars as pl

from dashboard.facts.belonging import Belonging
from dashboard.facts.partners import with_repeats
from dashboard.facts.records import Records

BEFORE, DURING, AFTER = "Before", "During", "After"
PHASES = pl.Enum([BEFORE, DURING, AFTER])


def of_service_users(
    records: Records, belonging: Belonging, cases: pl.DataFrame, closed: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """`followup_incidents`, `followup_hearings` and `hearings_by_phase` of cases.

    After a death there is no follow-up.
    """
    died = closed.filter(pl.col("deceased")).select("case")
    lives = cases.select("case", "service_user", from_on="on", until_on="to").with_columns(
        person=pl.col("service_user").cast(pl.String)
    )
    found = _all(records, lives, lives.join(died, on="case", how="anti"))
    return {
        name: belonging.of_case(rows.drop("person"), day="placed_on")
        .drop("placed_on")
        .sort("on", "case")
        for name, rows in found.items()
    }


def of_comparison_people(records: Records, belonging: Belonging) -> dict[str, pl.DataFrame]:
    """`comparison_people` on their first day, and their events as those of service users."""
    people = records["comparison_people"].select(
        "person",
        "area",
        from_on="index_on",
        until_on="end_on",
        case_manager=pl.lit(None, records.enum("case_managers", "case_manager")),
    )
    found = {
        "people": people.rename({"from_on": "on", "until_on": "end_on"}),
        **_all(records, people, people),
    }
    return {
        f"comparison_{name}": belonging.in_area(rows)
        .drop("placed_on", strict=False)
        .sort("on", "person")
        for name, rows in found.items()
    }


def _all(records: Records, lives: pl.DataFrame, followed: pl.DataFrame) -> dict[str, pl.DataFrame]:
    incidents = records["police_incidents"].select(
        "person", "occurred_on", pl.col("is_crime").fill_null(value=False)
    )
    hearings = (
        with_repeats(records)
        .drop_nulls("heard_on")
        .select("person", "repeat", occurred_on="heard_on")
    )
    settings = records.settings
    return {
        "followup_incidents": _followed(followed, incidents, settings.follow_up_days),
        "followup_hearings": _followed(followed, hearings, settings.marac_follow_up_days),
        "hearings_by_phase": _by_phase(lives, followed, hearings, settings.marac_follow_up_days),
    }


def _followed(people: pl.DataFrame, events: pl.DataFrame, days: int) -> pl.DataFrame:
    """A row an event within `days` before or after; `before` and `after` are 1 or 0."""
    earlier = (pl.col("from_on") - pl.col("occurred_on")).dt.total_days()
    later = (pl.col("occurred_on") - pl.col("until_on")).dt.total_days() + 1
    is_before, is_after = earlier.is_between(1, days), later.is_between(1, days)
    reach = pl.when(is_before).then(earlier).otherwise(later)
    return (
        people.drop_nulls("until_on")
        .join(events, on="person")
        .filter(is_before | is_after)
        .with_columns(
            on=pl.col("until_on") + pl.duration(days=reach),
            placed_on="until_on",
            before=is_before.cast(pl.Int8),
            after=is_after.cast(pl.Int8),
        )
        .drop("from_on", "until_on")
    )


def _by_phase(
    lives: pl.DataFrame, followed: pl.DataFrame, hearings: pl.DataFrame, days: int
) -> pl.DataFrame:
    """A row a hearing within `days` before a case, during it, or within `days` after it.

    One before counts on the day the case began, the others on their own.
    """
    heard, begun, ended = pl.col("occurred_on"), pl.col("from_on"), pl.col("until_on")
    window = pl.duration(days=days)
    phases = {
        BEFORE: (lives, begun, begun, heard.is_between(begun - window, begun, closed="left")),
        DURING: (lives, heard, heard, (heard >= begun) & (ended.is_null() | (heard < ended))),
        AFTER: (followed, heard, ended, heard.is_between(ended, ended + window, closed="left")),
    }
    rows = [
        people.join(hearings, on="person")
        .filter(within)
        .with_columns(phase=pl.lit(phase, PHASES), on=on, placed_on=placed)
        .drop("from_on", "until_on")
        for phase, (people, on, placed, within) in phases.items()
    ]
    return pl.concat(rows)
