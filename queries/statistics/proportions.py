"""Intervals for proportions and for the difference of two."""

import numpy as np
import polars as pl

from queries.statistics.differences import difference_of
from queries.statistics.numbers import Interval, Numbers, counts, evaluated, normal_deviate, single


def wilson_bounds(
    count: Numbers, n: Numbers, confidence: float = 0.95
) -> tuple[pl.Series, pl.Series]:
    """Wilson score interval of each count / n; null where n is 0 or either is missing.

    Source: E. B. Wilson 1927; method 3 of Newcombe, Statistics in Medicine 1998, 17: 857-872;
    the method of APHO Technical Briefing 3 for proportions.
    """
    x, total = counts(count), counts(n)
    if np.any(x > total):
        raise ValueError("A count cannot be more than the number it is counted out of.")
    return evaluated(wilson_expressions(pl.col("x"), pl.col("total"), confidence), x=x, total=total)


def wilson_expressions(
    count: pl.Expr, n: pl.Expr, confidence: float = 0.95
) -> tuple[pl.Expr, pl.Expr]:
    """The same for columns of a lazy frame: lower and upper end, null without a denominator."""
    z = normal_deviate(confidence)
    total = pl.when(n > 0).then(n.cast(pl.Float64))
    share = count / total
    middle = share + z**2 / (2 * total)
    half = z * (share * (1 - share) / total + z**2 / (4 * total**2)).sqrt()
    scale = 1 + z**2 / total
    # Exact at the ends, where rounding would leave a lower limit of 1e-18.
    lower = pl.when(share == 0).then(0.0).otherwise((middle - half) / scale)
    upper = pl.when(share == 1).then(1.0).otherwise((middle + half) / scale)
    return lower, upper


def wilson(count: float | None, n: float | None, confidence: float = 0.95) -> Interval:
    """Wilson score interval of one proportion; (None, None) without a denominator."""
    return single(wilson_bounds([count], [n], confidence))


def proportion_difference(
    count: float | None,
    n: float | None,
    other_count: float | None,
    other_n: float | None,
    confidence: float = 0.95,
) -> Interval:
    """Interval of count / n less other_count / other_n, of two separate groups.

    Source: method 10 of Newcombe, Statistics in Medicine 1998, 17: 873-890.
    """
    if count is None or not n or other_count is None or not other_n:
        return None, None
    share, other = count / n, other_count / other_n
    lower, upper = wilson_bounds([count, other_count], [n, other_n], confidence)
    return difference_of(share, (lower[0], upper[0]), other, (lower[1], upper[1]))
