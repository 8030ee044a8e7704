"""Joining by time: what held on a day, and spells made of changes."""

from collections.abc import Sequence

import numpy as np
import polars as pl

LONG_AGO = pl.date(1900, 1, 1)
_DAYS = 2**20  # more days than any calendar date here, so that key x days + day is unique


def moment(key: str, day: str) -> pl.Expr:
    """Key and day as one number, which sorts by key and then by day."""
    return pl.col(key).to_physical().cast(pl.Int64) * _DAYS + pl.col(day).to_physical().cast(
        pl.Int64
    )


def as_of(rows: pl.DataFrame, states: pl.DataFrame, *, by: str, day: str = "on") -> pl.DataFrame:
    """`rows` with the columns of the last of `states` at or before its day, for the same `by`.

    `states` have `by` and `on`. One join on a composite number is several times quicker than a
    join by groups. The order of `rows` becomes that of `by` and day; null keys find nothing.
    """
    taken = [column for column in states.columns if column not in (by, "on")]
    right = states.with_columns(moment(by, "on").alias("_moment"), pl.col(by).alias("_by")).select(
        "_moment", "_by", *taken
    )
    joined = _in_order(rows.with_columns(moment(by, day).alias("_moment"))).join_asof(
        _in_order(right.drop_nulls("_moment")), on="_moment", strategy="backward"
    )
    same = pl.col("_by") == pl.col(by)
    return joined.with_columns(pl.when(same).then(pl.col(taken))).drop("_moment", "_by")


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Sorted by `_moment`, nulls last; what is so already, as most rows are, is left as it is."""
    if rows["_moment"].null_count() or not rows["_moment"].is_sorted():
        return rows.sort("_moment", nulls_last=True, maintain_order=True)
    return rows.with_columns(pl.col("_moment").set_sorted())


def by_day(rows: pl.DataFrame, *then: str) -> pl.DataFrame:
    """`rows` sorted by `on`, then by the columns named.

    Where they stand in order of the first of these already, days alone are sorted: as small
    numbers, which takes one pass for each of their two bytes.
    """
    first = rows[then[0]].to_physical()
    days = rows["on"].to_physical()
    if len(then) > 1 or days.null_count() or first.null_count() or not first.is_sorted():
        return rows.sort("on", *then)
    if not rows.height:
        return rows
    least = days.min()
    if days.max() - least >= 2**16:  # type: ignore[operator]
        return rows.sort("on", *then)
    small = (days - least).cast(pl.UInt16).to_numpy()
    return _gathered(rows, np.argsort(small, kind="stable")).with_columns(pl.col("on").set_sorted())


def in_order_of(rows: pl.DataFrame, day: str, then: str) -> pl.DataFrame:
    """`rows` sorted by a day and a key, quickly where most of them are so already."""
    if rows[then].dtype == pl.String:
        return rows.sort(day, then)
    known = pl.col(then).to_physical().cast(pl.Int64).fill_null(2**31)
    order = rows.select(pl.col(day).to_physical().cast(pl.Int64) * 2**32 + known).to_series()
    at = np.argsort(order.to_numpy(), kind="stable")
    return _gathered(rows, at).with_columns(pl.col(day).set_sorted())


def spells_of(
    lives: pl.DataFrame, changes: Sequence[pl.DataFrame], *, by: str = "case"
) -> pl.DataFrame:
    """Each life (`by`, `on`, `to`) cut at every change, with what held in each part.

    Each frame of `changes` has `by`, `on` and the columns that change on that day.
    """
    first = lives.select(by, "on")
    cuts = (
        looked_up(
            pl.concat([change.select(by, "on") for change in changes]),
            lives.select(by, start="on", end="to"),
            by,
        )
        .filter(
            pl.col("on") > pl.col("start"), pl.col("end").is_null() | (pl.col("on") < pl.col("end"))
        )
        .select(by, "on")
    )
    spells = last_of_each(pl.concat([first, cuts]).with_columns(_moment=moment(by, "on")))
    for change in changes:
        spells = as_of(spells, change, by=by)
    following = pl.when(pl.col(by).shift(-1) == pl.col(by)).then(pl.col("on").shift(-1))
    return (
        looked_up(spells, lives.select(by, end="to"), by)
        .with_columns(pl.coalesce(following, "end").alias("to"))
        .drop("end")
        .filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
    )


def last_of_each(rows: pl.DataFrame, rank: pl.Expr | None = None) -> pl.DataFrame:
    """One row for each `_moment`, in order of it: the one of highest `rank` (0 to 3)."""
    if rank is not None:
        rows = rows.with_columns(_moment=pl.col("_moment") * 4 + rank.cast(pl.Int64))
    rows = _in_order(rows)
    if rank is not None:
        rows = rows.with_columns(pl.col("_moment") // 4)
    last = pl.col("_moment").ne_missing(pl.col("_moment").shift(-1))
    return rows.filter(last).drop("_moment")


def looked_up(rows: pl.DataFrame, table: pl.DataFrame, by: str) -> pl.DataFrame:
    """`rows` with the columns of the one row of `table` with the same `by`; null without one.

    By position instead of by hashing: keys are small whole numbers.
    """
    codes = table[by].to_physical()
    most = pl.concat([codes, rows[by].to_physical()]).max()
    place = np.full((most if isinstance(most, int) else 0) + 1, -1, np.int64)
    place[codes.to_numpy()] = np.arange(len(codes))
    at = pl.Series(place).gather(rows[by].to_physical().cast(pl.UInt32))
    found = pl.when(at >= 0).then(at)
    return rows.with_columns(
        table[column].gather(rows.select(found).to_series())
        for column in table.columns
        if column != by
    )


def crossed(spells: pl.DataFrame, others: pl.DataFrame, *, by: str) -> pl.DataFrame:
    """The parts of `spells` that fall into each of `others`, for the same `by`.

    Of one `by`, `others` do not overlap. The order is that of `spells`.
    """
    others = _in_order(others.drop_nulls(by).with_columns(_moment=moment(by, "on")))
    spells = spells.drop_nulls(by)
    begins = others["_moment"].to_numpy()
    starts = spells.select(moment(by, "on")).to_series().to_numpy()
    ends = spells.select(
        moment(by, "to").fill_null(pl.col(by).to_physical().cast(pl.Int64) * _DAYS + _DAYS // 2)
    )
    # Those that may be met: from the one that holds at the start to the last before the end.
    first = np.maximum(np.searchsorted(begins, starts, "right") - 1, 0)
    last = np.searchsorted(begins, ends.to_series().to_numpy(), "left")
    many = np.maximum(last - first, 0)
    total = int(many.sum())
    of_spell = np.repeat(np.arange(len(many)), many)
    of_other = np.arange(total) - np.repeat(np.cumsum(many) - many - first, many)
    met = others.drop("_moment").rename({"on": "_on", "to": "_to", by: "_by"})
    both = pl.concat([_gathered(spells, of_spell), _gathered(met, of_other)], how="horizontal")
    return (
        both.filter(pl.col("_by") == pl.col(by))
        .with_columns(
            pl.max_horizontal("on", "_on").alias("on"), pl.min_horizontal("to", "_to").alias("to")
        )
        .filter(pl.col("to").is_null() | (pl.col("on") < pl.col("to")))
        .drop("_on", "_to", "_by")
    )


def _gathered(rows: pl.DataFrame, at: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.DataFrame:
    return rows.select(pl.all().gather(pl.Series(at.astype(np.uint32))))
