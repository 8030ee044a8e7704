"""Joining by time: what held on a day, and spells made of changes."""

from collections.abc import Sequence

import polars as pl

LONG_AGO = pl.date(1900, 1, 1)
_DAYS = 2**20  # more days than any calendar date here, so that key x days + day is unique


def _moment(key: str, day: str) -> pl.Expr:
    return pl.col(key).to_physical().cast(pl.Int64) * _DAYS + pl.col(day).to_physical().cast(
        pl.Int64
    )


def as_of(rows: pl.DataFrame, states: pl.DataFrame, *, by: str, day: str = "on") -> pl.DataFrame:
    """`rows` with the columns of the last of `states` at or before its day, for the same `by`.

    `states` have `by` and `on`. One join on a composite number is several times quicker than a
    join by groups. The order of `rows` becomes that of `by` and day; null keys find nothing.
    """
    taken = [column for column in states.columns if column not in (by, "on")]
    right = states.with_columns(_moment(by, "on").alias("_moment"), pl.col(by).alias("_by")).select(
        "_moment", "_by", *taken
    )
    joined = (
        rows.with_columns(_moment(by, day).alias("_moment"))
        .sort("_moment", nulls_last=True)
        .join_asof(
            right.drop_nulls("_moment").sort("_moment", maintain_order=True),
            on="_moment",
            strategy="backward",
        )
    )
    same = pl.col("_by") == pl.col(by)
    return joined.with_columns(pl.when(same).then(pl.col(taken))).drop("_moment", "_by")


def spells_of(
    lives: pl.DataFrame, changes: Sequence[pl.DataFrame], *, by: str = "case"
) -> pl.DataFrame:
    """Each life (`by`, `on`, `to`) cut at every change, with what held in each part.

    Each frame of `changes` has `by`, `on` and the columns that change on that day.
    """
    first = lives.select(by, "on")
    cuts = (
        pl.concat([change.select(by, "on") for change in changes])
        .join(lives.select(by, start="on", end="to"), on=by)
        .filter(
            pl.col("on") > pl.col("start"), pl.col("end").is_null() | (pl.col("on") < pl.col("end"))
        )
        .select(by, "on")
    )
    spells = pl.concat([first, cuts]).unique().sort(by, "on")
    for change in changes:
        spells = as_of(spells, change, by=by)
    following = pl.when(pl.col(by).shift(-1) == pl.col(by)).then(pl.col("on").shift(-1))
    return (
        spells.join(lives.select(by, end="to"), on=by, maintain_order="left")
        .with_columns(pl.coalesce(following, "end").alias("to"))
        .drop("end")
        .filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
    )


def crossed(spells: pl.DataFrame, others: pl.DataFrame, *, by: str) -> pl.DataFrame:
    """The parts of `spells` that fall into each of `others`, for the same `by`."""
    both = spells.join(others.rename({"on": "_on", "to": "_to"}), on=by)
    return (
        both.with_columns(
            pl.max_horizontal("on", "_on").alias("on"), pl.min_horizontal("to", "_to").alias("to")
        )
        .filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
        .drop("_on", "_to")
    )
