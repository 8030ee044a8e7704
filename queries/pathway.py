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
TIMES = ("median_days", "slow_days")  # the numbers of days from the stage before


def pathway(view: View) -> pl.LazyFrame:
    """A row a stage, in order; without the stages that the service never recorded.

    `stage`, `referrals` (that reached it, or a later one), `before` (that reached the stage
    before), `share` (of the stage before), `median_days`, `slow_days` (nine tenths took no
    longer), both since the stage before, over the `timed` referrals, with both days recorded.
    """
    received, stages = _received(view), _recorded(view)
    days = list(stages.values())
    rows = []
    for index, (stage, column) in enumerate(stages.items()):
        earlier = days[max(index - 1, 0)]
        taken = (pl.col(column) - pl.col(earlier)).dt.total_days()
        rows.append(
            received.select(
                stage=pl.lit(stage),
                referrals=_reached(days[index:]).sum().cast(pl.Int64),
                timed=taken.count().cast(pl.Int64),
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


def stage_rows(view: View, stage: str, part: str | None) -> pl.LazyFrame:
    """The referrals behind a stage's bar, or one of its numbers.

    `before`, and `share`: those that came to the stage before it. `median_days`, `slow_days`:
    those with both days recorded, as `from_on`, `to_on` and the `days` between.
    """
    stages = _recorded(view)
    index, days = list(stages).index(stage), list(stages.values())
    if part in TIMES:
        first, last = pl.col(days[max(index - 1, 0)]), pl.col(days[index])
        rows = _received(view).filter(first.is_not_null(), last.is_not_null())
        return rows.with_columns(from_on=first, to_on=last, days=(last - first).dt.total_days())
    reached = max(index - (part in ("before", "share")), 0)
    return _received(view).filter(_reached(days[reached:]))


def facts_of(part: str | None) -> str:
    """The facts that the rows of a number are listed as."""
    return "referral_steps" if part in TIMES else "referrals"


def where_most_stop(rows: pl.DataFrame) -> str:
    """At which stage the most referrals stopped so far."""
    lost = rows.filter(pl.col("stage") != "Closed").with_columns(
        lost=pl.col("before") - pl.col("referrals")
    )
    worst = lost.sort("lost", descending=True, maintain_order=True).row(0, named=True)
    if not worst["lost"]:
        return "Every referral has come as far as it can so far"
    if worst["lost"] == 1:
        return {
            "Screened": "One referral has not been screened",
            "Decided at panel": "One referral has not been decided on",
            "Accepted": "One referral decided on was not accepted",
            "Allocated": "One accepted referral has not been allocated",
            "Plan agreed": "One allocated referral has no plan yet",
        }[worst["stage"]]
    came = words.share_is(int(worst["referrals"]), int(worst["before"]))
    said = {
        "Screened": f"Screening is where most referrals stop: {came} screened",
        "Decided at panel": f"Most referrals stop before the panel: {came} decided",
        "Accepted": f"The panel is where most referrals stop: {came} accepted",
        "Allocated": f"Allocation is where most referrals stop: {came} allocated",
        "Plan agreed": f"Most referrals wait for a plan: {came} agreed",
    }
    full = said[worst["stage"]]
    return words.fit(full, full.replace("most referrals", "most"), limit=words.WIDE)


def _received(view: View) -> pl.LazyFrame:
    return view.numbers("referrals").filter(pl.col("on").is_between(view.start, view.end))


def _recorded(view: View) -> dict[str, str]:
    """The stages that the service records, each with its day."""
    stages = {stage: day for stage, (day, facts) in STAGES.items() if view.recorded(facts)}
    screens = view.numbers("referrals").select(pl.col("screened_on").is_not_null().any())
    if not screens.collect().item():
        del stages["Screened"]
    return stages


def _reached(days: list[str]) -> pl.Expr:
    """Whether a referral came to the first of these days, or to a later one."""
    return pl.any_horizontal(pl.col(day).is_not_null() for day in days)
