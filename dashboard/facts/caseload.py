"""Active cases as spells, the ends of cases, and the places there are for them."""

import polars as pl

from dashboard.database.code_lists import CLOSURE_REASON, ENGAGEMENT
from dashboard.facts.belonging import Belonging
from dashboard.facts.records import Records
from dashboard.facts.time import as_of, by_day, spells_of

DIRECT = ENGAGEMENT.label("direct")
PLANNED = CLOSURE_REASON.label("planned_completion")
DECEASED = CLOSURE_REASON.label("deceased")


def engagements(records: Records, belonging: Belonging) -> pl.DataFrame:
    """From this day a case is worked directly, or by disruption only."""
    label = records.label("engagement", ENGAGEMENT)
    rows = records["engagement"].select(
        "case", pl.col("from_on").alias("on"), label, (label == DIRECT).alias("direct")
    )
    return by_day(belonging.of_case(rows), "case")


def lives(records: Records) -> pl.DataFrame:
    """Each case from allocation until closure, with its service user."""
    return (
        records["cases"]
        .join(records["referrals"].select("referral", "service_user"), on="referral")
        .select("case", "service_user", "planned_end_on", on="allocated_on", to="closed_on")
    )


def caseload(
    records: Records, belonging: Belonging, changed: pl.DataFrame, engaged: pl.DataFrame
) -> pl.DataFrame:
    """Active cases, cut at each change of area, case manager, engagement, risk and score."""
    cases = lives(records)
    spells = spells_of(
        cases.filter(pl.col("to").is_null() | (pl.col("to") > pl.col("on"))),
        [
            belonging.areas,
            belonging.managers,
            engaged.select("case", "on", "engagement", "direct"),
            changed,
        ],
    )
    return by_day(
        belonging.in_area(
            spells.join(
                cases.select("case", "service_user", "planned_end_on", allocated_on="on"), on="case"
            )
        ),
        "case",
    )


def closures(records: Records, belonging: Belonging) -> pl.DataFrame:
    """A row a closed case on its day. `days_open`: from allocation to closure."""
    reason = records.label("closure_reason", CLOSURE_REASON)
    rows = (
        records["cases"]
        .filter(pl.col("closed_on").is_not_null())
        .join(records["referrals"].select("referral", "service_user"), on="referral")
        .select(
            "case",
            "service_user",
            pl.col("closed_on").alias("on"),
            "allocated_on",
            reason.alias("reason"),
            (reason == PLANNED).alias("planned"),
            (reason == DECEASED).fill_null(value=False).alias("deceased"),
            (pl.col("closed_on") - pl.col("allocated_on")).dt.total_days().alias("days_open"),
        )
    )
    return by_day(belonging.of_case(rows), "case")


def places(records: Records, belonging: Belonging) -> pl.DataFrame:
    """What each case manager's hours allow: own target (target at full time x hours), by district.

    A worker's places are shared equally over the districts covered on that day, `of_districts`.
    """
    default = records.settings.caseload_target
    hours = (
        records["case_manager_hours"]
        .join(records["case_managers"].select("case_manager", "left_on"), on="case_manager")
        .select(
            "case_manager",
            "fte",
            on="from_on",
            to=pl.min_horizontal("to_on", "left_on"),
            own_target=pl.col("fte") * pl.col("caseload_target").fill_null(default),
        )
        .filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
        .with_row_index("post")
    )
    covers = hours.select("post", "case_manager", "on", "to").join(
        records["case_manager_areas"], on="case_manager", how="left"
    )
    days = pl.concat(
        [covers.select("post", "case_manager", on=pl.col(each)) for each in ("from_on", "to_on")]
    ).drop_nulls("on")
    parts = spells_of(
        hours.select("post", "on", "to"), [days.select("post", "on").unique()], by="post"
    )
    covered = (
        parts.rename({"on": "_on", "to": "_to"})
        .join(covers.drop("on", "to"), on="post", how="left")
        .with_columns(
            here=pl.col("from_on").is_not_null()
            & (pl.col("from_on") <= pl.col("_on"))
            & (pl.col("to_on").is_null() | (pl.col("to_on") > pl.col("_on")))
        )
        .with_columns(districts=pl.col("here").sum().over("post", "_on"))
        .filter(pl.col("here") | (pl.col("districts") == 0))
        .with_columns(area=pl.when("here").then("area"))
        .unique(["post", "_on", "area"])
        .select("post", "area", "districts", on="_on", to="_to")
    )
    rows = (
        covered.join(hours.drop("on", "to"), on="post")
        .with_columns(of_districts=pl.max_horizontal(pl.col("districts"), 1).cast(pl.Int16))
        .with_columns(places=pl.col("own_target") / pl.col("of_districts"))
    )
    return belonging.in_area(rows).drop("post", "districts").sort("on", "case_manager", "area")


def assignments(records: Records, belonging: Belonging) -> pl.DataFrame:
    """Who held a case from when."""
    rows = (
        records["assignments"]
        .select("case", "case_manager", pl.col("from_on").alias("on"), pl.col("to_on").alias("to"))
        .join(records["case_managers"].select("case_manager", "name"), on="case_manager")
    )
    return by_day(belonging.in_area(as_of(rows, belonging.areas, by="case")), "case")
