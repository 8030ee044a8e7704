"""The interval of a measure, from the sums of a group of its rows."""

import polars as pl

from queries.measures import Interval
from queries.statistics import clustered_ratio_bounds, wilson_bounds

_BOTH = pl.Struct({"lower": pl.Float64, "upper": pl.Float64})


def bounds(interval: Interval | None) -> tuple[pl.Expr, pl.Expr]:
    """Lower and upper 95% bound, from `n` and `d` (and the cluster sums for a ratio)."""
    if interval is None:
        return pl.lit(None, pl.Float64), pl.lit(None, pl.Float64)
    columns, work = _METHODS[interval]
    both = pl.struct(columns).map_batches(work, return_dtype=_BOTH)
    return both.struct.field("lower"), both.struct.field("upper")


def _wilson(sums: pl.Series) -> pl.Series:
    each = sums.struct.unnest()
    return _pair(wilson_bounds(each["n"], each["d"]))


def _ratio(sums: pl.Series) -> pl.Series:
    each = sums.struct.unnest()
    n, y, x, yy, xy, xx = (each[name] for name in _RATIO)
    return _pair(clustered_ratio_bounds(n, y, x, yy, xy, xx))


def _pair(both: tuple[pl.Series, pl.Series]) -> pl.Series:
    return pl.DataFrame(list(both)).to_struct("bounds")


_RATIO = ["clusters", "n", "d", "nn", "nd", "dd"]
_METHODS = {"wilson": (["n", "d"], _wilson), "ratio": (_RATIO, _ratio)}
