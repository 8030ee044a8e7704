"""Funnel limits: how far an area may lie from the whole by chance, for its number of cases."""

import numpy as np
import polars as pl
from scipy.special import bdtr, bdtrik

from queries.statistics.numbers import Floats, Numbers, counts, tail


def funnel_limits(
    denominators: Numbers, centre: float | None, confidence: float = 0.95
) -> pl.DataFrame:
    """Exact binomial limits for proportions: columns `denominator`, `lower`, `upper`.

    Interpolated between counts as Spiegelhalter does. His formula gives the lower limit; the
    upper is the lower limit of the complement. So an area lies outside exactly when a result at
    least as far out has less than (1 - confidence) / 2 of chance; his own upper limit would also
    put 1 of 1 outside a funnel around 0.8. Null without a denominator or a centre.

    Sources: Spiegelhalter, Statistics in Medicine 2005, 24: 1185-1202, appendix A.1; on the
    chance of lying outside, Manktelow and Seaton, PLoS ONE 2012, 7(9): e45723.
    """
    side = tail(confidence)
    n = counts(denominators)
    if centre is not None and not 0 <= centre <= 1:
        raise ValueError(f"The centre of a funnel of proportions is 0 to 1, not {centre:g}.")
    if centre is None:
        lower = upper = np.full(n.shape, np.nan)
    else:
        lower, upper = _lower(n, centre, side), 1 - _lower(n, 1 - centre, side)
    return pl.DataFrame(
        {"denominator": n, "lower": lower, "upper": upper},
        schema=dict.fromkeys(("denominator", "lower", "upper"), pl.Float64),
        nan_to_null=True,
    )


def _lower(denominators: Floats, centre: float, side: float) -> Floats:
    known = denominators > 0
    limit = np.full(denominators.shape, np.nan)
    limit[known] = centre
    if centre in (0, 1):
        return limit
    n = np.rint(denominators[known]).astype(np.int64)
    # The smallest count with at least `side` of probability at or below it.
    count = np.ceil(bdtrik(side, n, centre))
    # SciPy gives up on centres within rounding of 0 or 1, where all counts are one.
    count = np.where(np.isnan(count), np.rint(n * centre), count)
    below = np.maximum(count - 1, 0)
    count = np.where(bdtr(below, n, centre) >= side, below, count)
    upto = bdtr(count, n, centre)
    before = np.where(count == 0, 0.0, bdtr(np.maximum(count - 1, 0), n, centre))
    limit[known] = np.maximum((count - (upto - side) / (upto - before)) / n, 0.0)
    return limit
