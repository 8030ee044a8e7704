"""The interval of a measure, from the sums of a group of its rows.

Expressions all the way: a Python function inside a lazy frame would run on a Polars worker, wait
there for the interpreter, and two sessions could wait for each other for ever.
"""

import polars as pl

from queries.measure import Interval
from queries.statistics import clustered_ratio_expressions, wilson_expressions


def bounds(interval: Interval | None) -> tuple[pl.Expr, pl.Expr]:
    """Lower and upper 95% bound, from `n` and `d` (and the cluster sums for a ratio)."""
    n, d = pl.col("n"), pl.col("d")
    match interval:
        case None:
            return pl.lit(None, pl.Float64), pl.lit(None, pl.Float64)
        case "wilson":
            return wilson_expressions(n, d)
        case "ratio":
            nn, nd, dd = pl.col("nn"), pl.col("nd"), pl.col("dd")
            return clustered_ratio_expressions(pl.col("clusters"), n, d, nn, nd, dd)
