"""The pathway of the referrals received in a period: how far they came, and how long it took."""

import polars as pl

from queries import words
from queries.view import View

# Each stage with the day on which a referral reached it, and the facts that tell of it.
STAGES = {
    "Referred": ("on", "referrals"),
    "Screened": ("screened_on", "referrals"),
    "Decided at panel": ("first_decided_on", "decisions"),
    "Accepted": ("accepted_on", "decisions"),
    "Allocated": ("allocated_on", "allocations"),
    "Plan agreed": ("plan_agreed_on", "allocations"),
    "Closed": ("closed_on", "allocations"),
}


def pathway(view: View) -> pl.LazyFrame:
    """A row a stage, in order; without the stages that the service never recorded.

    `stage`, `referrals` (that reached it, or a later one), `before` (that reached the stage
    before), `share` (of the stage before), `median_days`, `slow_days` (nine tenths took no
    longer), both since the stage before, over the referrals with both days recorded.
    """
    received = view.numbers("referrals").filter(pl.col("on").is_between(view.start, view.end))
    stages = {stage: day for stage, (day, facts) in STAGES.items() if view.recorded(facts)}
    days = list(stages.values())
    rows = []
    for index, (stage, column) in enumerate(stages.items()):
        reached = pl.any_horizontal(pl.col(day).is_not_null() for day in days[index:])
        earlier = days[max(index - 1, 0)]
        taken = (pl.col(column) - pl.col(earlier)).dt.total_days()
        rows.append(
            received.select(
                stage=pl.lit(stage),
                referrals=reached.sum().cast(pl.Int64),
                median_days=(pl.lit(None) if index == 0 else taken.median()).cast(pl.Float64),
                slow_days=(pl.lit(None) if index == 0 else taken.quantile(0.9, "higher")).cast(
                    pl.Float64
                ),
            )
        )
    return pl.concat(rows).with_columns(
        before=pl.col("referrals").shift(1).fill_null(pl.col("referrals")),
        share=pl.when(pl.col("referrals").shift(1) > 0).then(
            pl.col("referrals") / pl.col("referrals").shift(1)
        ),
    )


def where_most_stop(rows: pl.DataFrame) -> str:
    """At which stage the most referrals stopped so far."""
    lost = rows.filter(pl.col("stage") != "Closed").with_columns(
        lost=pl.col("before") - pl.col("referrals")
    )
    worst = lost.sort("lost", descending=True, maintain_order=True).row(0, named=True)
    if not worst["lost"]:
        return "Every referral has come as far as it can so far"
    share = words.share(worst["share"], int(worst["before"]))
    said = {
        "Screened": f"Screening is where most referrals stop: {share} are screened",
        "Decided at panel": f"Most referrals stop before the panel: {share} are decided",
        "Accepted": f"The panel is where most referrals stop: {share} are accepted",
        "Allocated": f"Allocation is where most referrals stop: {share} are allocated",
        "Plan agreed": f"Most referrals wait for a plan: {share} have one",
    }
    return said[worst["stage"]]
