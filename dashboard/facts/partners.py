"""What partners do: actions they were asked for, MARAC, police incidents."""

import polars as pl

from dashboard.database.code_lists import ACTION_KIND, INCIDENT_CATEGORY, SECTOR
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records
from dashboard.facts.time import as_of, by_day, crossed


def actions(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Each action asked of a partner, on the day it was raised."""
    agencies = records["agencies"].select(
        "agency", records.label("sector", SECTOR), agency_name="name"
    )
    rows = (
        records["partner_actions"]
        .join(agencies, on="agency")
        .with_columns(records.group("kind", ACTION_KIND).alias("group"))
        .select(
            "case",
            "action",
            "agency",
            "agency_name",
            "sector",
            records.label("kind", ACTION_KIND),
            "group",
            "due_on",
            "completed_on",
            on="raised_on",
        )
    )
    return by_day(belonging.of_case(rows), "case")


def actions_due(raised: pl.DataFrame, belonging: Belonging) -> pl.DataFrame:
    """A row an action on the day it was due, in time if completed by then."""
    rows = (
        raised.filter(pl.col("due_on").is_not_null())
        .drop("area", "county", "case_manager")
        .with_columns(
            raised_on=pl.col("on"),
            on=pl.col("due_on"),
            on_time=(pl.col("completed_on") <= pl.col("due_on")).fill_null(value=False),
        )
        .drop("due_on")
    )
    return by_day(belonging.of_case(rows), "case")


def actions_overdue(raised: pl.DataFrame, caseload: pl.DataFrame) -> pl.DataFrame:
    """From the day after an action was due until it is completed, or the case is closed."""
    rows = (
        raised.filter(pl.col("due_on").is_not_null())
        .drop("area", "county", "case_manager")
        .rename({"on": "raised_on"})
        .with_columns(on=pl.col("due_on") + pl.duration(days=1), to=pl.col("completed_on"))
        .drop("completed_on")
        .filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
    )
    whose = caseload.select("case", "on", "to", "area", "county", "case_manager")
    return by_day(crossed(rows, whose, by="case"), "case")


def marac_referrals(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Each MARAC referral of a service user, on the day it was referred, and if it is a `repeat`.

    `case`: the person's latest by then.
    """
    rows = with_repeats(records).with_columns(pl.col("referred_on").alias("on"))
    return _of_person(rows, records, belonging)


def with_repeats(records: Records) -> pl.DataFrame:
    """Each MARAC referral of anybody, comparison people too.

    `repeat`: the same pair (victim-survivor, person) was last referred within the set time (12
    months) before; null where the victim-survivor is not named.
    """
    previous = pl.col("referred_on").shift(1).over("person", "victim_survivor")
    within = f"{records.settings.marac_repeat_months}mo"
    named = pl.col("victim_survivor").is_not_null()
    return (
        records["marac_referrals"]
        .sort("referred_on", "marac")
        .with_columns(
            repeat=pl.when(named).then(
                (previous.dt.offset_by(within) >= pl.col("referred_on")).fill_null(value=False)
            )
        )
    )


def marac(referred: pl.DataFrame) -> pl.DataFrame:
    """A row a MARAC hearing, on the day it was heard."""
    return (
        referred.filter(pl.col("heard_on").is_not_null())
        .rename({"on": "referred_on"})
        .with_columns(on=pl.col("heard_on"))
        .sort("on", "marac")
    )


def incidents(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Each police incident of a service user."""
    rows = records["police_incidents"].select(
        "person",
        "is_crime",
        records.label("category", INCIDENT_CATEGORY),
        pl.lit(None, records.area_type).alias("area"),
        on="occurred_on",
    )
    return _of_person(rows, records, belonging)


def _of_person(rows: pl.DataFrame, records: Records, belonging: Belonging) -> pl.DataFrame:
    """Rows of service users (comparison people left out), with the case they fall to.

    That is the person's latest case allocated by then; before the first, the first. The row's
    own area holds where it gives one.
    """
    held = (
        records["cases"]
        .join(records["referrals"].select("referral", "service_user"), on="referral")
        .sort("allocated_on", "case")
        .select("service_user", "case", on="allocated_on")
    )
    of_users = (
        rows.with_columns(
            pl.col("person").cast(records.enum("service_users", "service_user"), strict=False)
        )
        .drop_nulls("person")
        .rename({"person": "service_user", "area": "own_area"})
    )
    first = held.group_by("service_user", maintain_order=True).agg(
        pl.col("case").first().alias("first_case")
    )
    placed = (
        as_of(of_users, held.unique(["service_user", "on"], keep="last"), by="service_user")
        .join(first, on="service_user", how="left")
        .with_columns(pl.coalesce("case", "first_case").alias("case"))
        .drop("first_case", *(["referred_on"] if "referred_on" in of_users.columns else []))
    )
    located = belonging.of_case(placed)
    return belonging.in_area(
        located.with_columns(
            pl.when(pl.col("own_area").is_not_null())
            .then("own_area")
            .otherwise("area")
            .alias("area")
        ).drop("own_area", "county")
    ).sort("on", "service_user")
