"""Intervals for ratios of sums whose rows come in clusters: several rows of one person."""

import numpy as np
import polars as pl
from scipy.special import stdtrit

from queries.statistics.numbers import Interval, Numbers, floats, series, single, tail


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
    clusters, y, x = floats(n), floats(sum_y), floats(sum_x)
    yy, xy, xx = floats(sum_yy), floats(sum_xy), floats(sum_xx)
    clusters = np.where(clusters < 2, np.nan, clusters)
    x = np.where(x == 0, np.nan, x)
    ratio = y / x
    squares = yy - 2 * ratio * xy + ratio**2 * xx
    # Rounding leaves a little of either sign where all clusters agree.
    smallest = 1e-12 * (yy + ratio**2 * xx)
    squares = np.where(squares <= smallest, np.nan, squares)
    error = np.sqrt(clusters / (clusters - 1) * squares) / np.abs(x)
    half = stdtrit(clusters - 1, 1 - tail(confidence)) * error
    return series(ratio - half, ratio + half)


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
