"""Counts as an outsider sees them: hidden, or rounded.

A protected count has the columns of `counts.CELL` and `shown` (null where hidden), `state`
("shown", "hidden", "withheld", "not_recorded") and `low`, `high`: what a shown number gives away.
"""

import polars as pl

from dashboard.disclosure.rules import Rules

State = pl.Enum(["shown", "hidden", "withheld", "not_recorded"])


def protected(counts: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Small counts hidden and the others rounded, each by itself."""
    count = pl.col("count")
    small = count.is_between(1, rules.hide_below - 1)
    return shown(
        counts.with_columns(
            pl.when(count.is_null())
            .then(pl.lit("not_recorded"))
            .when(small)
            .then(pl.lit("hidden"))
            .otherwise(pl.lit("shown"))
            .cast(State)
            .alias("state")
        ),
        rules,
    )


def shown(counts: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """The frame with `shown`, `low` and `high` as its `state` has it."""
    here = pl.col("state") == "shown"
    values = counts["count"].drop_nulls().unique().sort().to_list()
    seen = [rules.shown(each) for each in values]
    bounds = [rules.could_be(each) for each in seen]
    table = pl.DataFrame(
        {
            "count": values,
            "shown": seen,
            "low": [low for low, _ in bounds],
            "high": [high for _, high in bounds],
        },
        schema=dict.fromkeys(("count", "shown", "low", "high"), pl.Int64),
    )
    kept = counts.drop("shown", "low", "high", strict=False)
    return kept.join(table, on="count", how="left", maintain_order="left").with_columns(
        pl.when(here).then(pl.col(name)) for name in ("shown", "low", "high")
    )
