"""The interval of a difference, from the intervals of its two sides."""

import math

from queries.statistics.numbers import Interval


def difference_of(
    estimate: float | None, interval: Interval, other: float | None, other_interval: Interval
) -> Interval:
    """Interval of estimate less other, of two separate groups, at the confidence of theirs.

    (None, None) where either is missing, or an end of its interval that is needed.

    Source: the method of variance estimates recovery, Zou and Donner, Statistics in Medicine
    2008, 27: 1693-1702; for two proportions it is method 10 of Newcombe 1998.
    """
    (lower, upper), (other_lower, other_upper) = interval, other_interval
    if estimate is None or lower is None or upper is None:
        return None, None
    if other is None or other_lower is None or other_upper is None:
        return None, None
    difference = estimate - other
    return (
        difference - math.hypot(estimate - lower, other_upper - other),
        difference + math.hypot(upper - estimate, other - other_lower),
    )
