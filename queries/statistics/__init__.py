"""Statistics of the field: control charts, intervals, funnels, stays; each has its source.

The scalar functions and those for whole columns (`..._bounds`) share one formula. What cannot
be known is None or null, never 0.
"""

from queries.statistics.control_chart import Limits, control_limits, xmr
from queries.statistics.differences import difference_of
from queries.statistics.funnel import funnel_limits
from queries.statistics.proportions import (
    proportion_difference,
    wilson,
    wilson_bounds,
    wilson_expressions,
)
from queries.statistics.rates import poisson_bounds, poisson_rate, rate_ratio
from queries.statistics.ratios import (
    clustered_ratio,
    clustered_ratio_bounds,
    clustered_ratio_expressions,
)
from queries.statistics.survival import log_survival

__all__ = [
    "Limits",
    "clustered_ratio",
    "clustered_ratio_bounds",
    "clustered_ratio_expressions",
    "control_limits",
    "difference_of",
    "funnel_limits",
    "log_survival",
    "poisson_bounds",
    "poisson_rate",
    "proportion_difference",
    "rate_ratio",
    "wilson",
    "wilson_bounds",
    "wilson_expressions",
    "xmr",
]
