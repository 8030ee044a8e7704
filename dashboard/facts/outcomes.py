"""Before and after: pairs of assessments, the IDVA's rating at exit, police follow-up.

A pair counts on the day its second half exists, a follow-up on the day its time is over.
Comparison people are never in these rows.
"""

import polars as pl

from dashboard.database.code_lists import ABUSE_TYPE, IDVA_CHANGE, SEVERITY, STAGE
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records
from dashboard.facts.time import by_day

INTAKE, EXIT = STAGE.label("intake"), STAGE.label("exit")
NO_ABUSE = SEVERITY.label("none")
NOT_KNOWN = IDVA_CHANGE.label("not_known")
RATINGS = pl.Enum([code.label for code in IDVA_CHANGE.codes if code.label != NOT_KNOWN])
MODERATELY_REDUCED = IDVA_CHANGE.label("moderately_reduced")


def abuse(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Each assessment of one type of abuse."""
    rows = records["abuse_assessments"].select(
        "case",
        pl.col("assessed_on").alias("on"),
        records.label("stage", STAGE),
        records.label("abuse_type", ABUSE_TYPE),
        records.label("severity", SEVERITY),
    )
    return by_day(belonging.of_case(rows), "case")


def severity_pairs(belonging: Belonging, assessed: pl.DataFrame) -> pl.DataFrame:
    """A row a case and type of abuse assessed at intake and at exit, on the day both exist.

    `at_intake`, `at_exit`: the worst severity towards any of the case's victim-survivors. The
    first day of intake assessment and the last of exit count.
    """
    worst = assessed.drop_nulls("severity").group_by("case", "abuse_type", "stage")
    found = worst.agg(pl.col("severity").max(), first=pl.col("on").min(), last=pl.col("on").max())
    at_intake = found.filter(pl.col("stage") == INTAKE)
    at_exit = found.filter(pl.col("stage") == EXIT)
    pairs = (
        at_intake.select("case", "abuse_type", "first", at_intake="severity")
        .join(
            at_exit.select("case", "abuse_type", "last", at_exit="severity"),
            on=["case", "abuse_type"],
        )
        .with_columns(on=pl.max_horizontal("first", "last"))
        .drop("first", "last")
    )
    return belonging.of_case(pairs).sort("on", "case", "abuse_type")


def abuse_pairs(records: Records, belonging: Belonging, pairs: pl.DataFrame) -> pl.DataFrame:
    """A row a case and day; for each type 1 or 0, used at intake and at exit, null if not known.

    A type is used if it is above none towards any of the case's victim-survivors.
    """
    wide = pairs.group_by("case", "on").agg(
        (pl.col(f"at_{stage}") != NO_ABUSE)
        .cast(pl.Int8)
        .filter(pl.col("abuse_type") == code.label)
        .first()
        .alias(f"{code.code}_{stage}")
        for code in ABUSE_TYPE.codes
        for stage in ("intake", "exit")
    )
    return by_day(belonging.of_case(wide.join(_service_users(records), on="case")), "case")


def exit_ratings(records: Records, belonging: Belonging, assessed: pl.DataFrame) -> pl.DataFrame:
    """A row a closed case with an IDVA rating at exit, on the later of the two days.

    `change`: the least favourable rating of its victim-survivors, each of whom has the least
    favourable of their last day; `reduced`: it is moderately or significantly reduced.
    """
    ratings = (
        assessed.filter(pl.col("stage") == EXIT, pl.col("change") != NOT_KNOWN)
        .sort("on", "change")
        .group_by("case", "victim_survivor", maintain_order=True)
        .last()
        .group_by("case")
        .agg(pl.col("change").max(), rated_on=pl.col("on").max())
    )
    closed = records["cases"].filter(pl.col("closed_on").is_not_null())
    rows = ratings.join(closed.select("case", "closed_on"), on="case").select(
        "case",
        pl.max_horizontal("closed_on", "rated_on").alias("on"),
        (pl.col("change") <= MODERATELY_REDUCED).alias("reduced"),
        pl.col("change").cast(RATINGS),
    )
    return by_day(belonging.of_case(rows.join(_service_users(records), on="case")), "case")


def followups(records: Records, belonging: Belonging, closed: pl.DataFrame) -> pl.DataFrame:
    """A row a closed case whose police follow-up is complete, on the day it is.

    `before`, `after`: criminal domestic abuse incidents in the days before allocation and after
    closure, as many days each (a setting, six months); `incidents_...`: all of them. Those who
    died are left out.
    """
    days = pl.duration(days=records.settings.follow_up_days)
    people = closed.filter(~pl.col("deceased")).select(
        "case", "service_user", "allocated_on", closed_on="on"
    )
    found = (
        records["police_incidents"]
        .select(
            pl.col("person").cast(pl.String),
            "occurred_on",
            pl.col("is_crime").fill_null(value=False),
        )
        .join(people.with_columns(person=pl.col("service_user").cast(pl.String)), on="person")
        .with_columns(
            earlier=pl.col("occurred_on").is_between(
                pl.col("allocated_on") - days, pl.col("allocated_on"), closed="left"
            ),
            later=pl.col("occurred_on").is_between(
                pl.col("closed_on"), pl.col("closed_on") + days, closed="left"
            ),
        )
        .group_by("case")
        .agg(
            before=(pl.col("earlier") & pl.col("is_crime")).sum(),
            after=(pl.col("later") & pl.col("is_crime")).sum(),
            incidents_before=pl.col("earlier").sum(),
            incidents_after=pl.col("later").sum(),
        )
    )
    counts = ("before", "after", "incidents_before", "incidents_after")
    rows = people.join(found, on="case", how="left").select(
        "case",
        "service_user",
        (pl.col("closed_on") + days).alias("on"),
        *(pl.col(each).fill_null(0).cast(pl.Int32) for each in counts),
    )
    return by_day(belonging.of_case(rows), "case")


def _service_users(records: Records) -> pl.DataFrame:
    return (
        records["cases"]
        .join(records["referrals"].select("referral", "service_user"), on="referral")
        .select("case", "service_user")
    )
