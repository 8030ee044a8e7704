"""Intervals for ratios of sums whose rows come in clusters: several rows of one person."""

from functools import cache

import numpy as np
import polars as pl
from scipy.special import stdtrit

from queries.statistics.numbers import Interval, Numbers, evaluated, floats, single, tail

MOST_FREEDOM = 10_000  # from here on t is the normal deviate to four places


def clustered_ratio_bounds(
    n: Numbers,
    sum_y: Numbers,
    sum_x: Numbers,
    sum_yy: Numbers,
    sum_xy: Numbers,
    sum_xx: Numbers,
    confidence: float = 0.95,
) -> tuple[pl.Series, pl.Series]:
    """Interval of each sum_y / sum_x by linearisation, from sums over n clusters.

    With y and x the totals of one cluster (a person), the arguments are the number of clusters
    and the sums of y, x, y*y, x*y and x*x over them. Student's t with n - 1 degrees of freedom.
    Null where sum_x is 0, where there are fewer than two clusters, and where all clusters have
    the same ratio: they then say nothing about how far it varies. The ends are not cut at what
    a measure can reach (a reduction of 1): the measure knows, this does not.

    Source: Cochran, Sampling Techniques, 3rd edition 1977, sections 2.11 and 6.3; the ultimate
    cluster form of Woodruff 1971.
    """
    sums = {"n": n, "y": sum_y, "x": sum_x, "yy": sum_yy, "xy": sum_xy, "xx": sum_xx}
    clusters, y, x, yy, xy, xx = map(pl.col, sums)
    ends = clustered_ratio_expressions(clusters, y, x, yy, xy, xx, confidence)
    return evaluated(ends, **{name: floats(numbers) for name, numbers in sums.items()})


def clustered_ratio_expressions(
    n: pl.Expr,
    sum_y: pl.Expr,
    sum_x: pl.Expr,
    sum_yy: pl.Expr,
    sum_xy: pl.Expr,
    sum_xx: pl.Expr,
    confidence: float = 0.95,
) -> tuple[pl.Expr, pl.Expr]:
    """The same for columns of a lazy frame: lower and upper end, null where there is none."""
    clusters = pl.when(n >= 2).then(n.cast(pl.Float64))
    x = pl.when(sum_x != 0).then(sum_x.cast(pl.Float64))
    ratio = sum_y / x
    squares = sum_yy - 2 * ratio * sum_xy + ratio**2 * sum_xx
    # Rounding leaves a little of either sign where all clusters agree.
    smallest = 1e-12 * (sum_yy + ratio**2 * sum_xx)
    spread = pl.when(squares > smallest).then(squares)
    error = (clusters / (clusters - 1) * spread).sqrt() / x.abs()
    freedom = (clusters - 1).clip(1, MOST_FREEDOM).cast(pl.UInt32)
    half = pl.lit(_student(confidence)).gather(freedom - 1) * error
    return ratio - half, ratio + half


@cache
def _student(confidence: float) -> pl.Series:
    """Student's t for 1, 2, ... degrees of freedom; the last stands for all beyond."""
    return pl.Series(stdtrit(np.arange(1, MOST_FREEDOM + 1), 1 - tail(confidence)))


def clustered_ratio(
    n: int,
    sum_y: float | None,
    sum_x: float | None,
    sum_yy: float | None,
    sum_xy: float | None,
    sum_xx: float | None,
    confidence: float = 0.95,
) -> Interval:
    """Interval of one ratio from its cluster sums; (None, None) where there is none."""
    return single(
        clustered_ratio_bounds([n], [sum_y], [sum_x], [sum_yy], [sum_xy], [sum_xx], confidence)
    )
