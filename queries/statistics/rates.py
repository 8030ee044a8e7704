"""Intervals for rates of events and for the ratio of two."""

import numpy as np
import polars as pl
from scipy.special import betaincinv, gammaincinv

from queries.statistics.numbers import (
    Floats,
    Interval,
    Numbers,
    counts,
    normal_deviate,
    series,
    single,
    tail,
)

EXACT_BELOW = 10


def poisson_bounds(
    count: Numbers, base: Numbers, per: float = 1, confidence: float = 0.95
) -> tuple[pl.Series, pl.Series]:
    """Interval of each rate, count / base * per: exact below 10 events, Byar's from 10 on.

    Null where the base is 0 or either is missing. Sources: exact, Garwood 1936 (the chi-square
    form of Ulm 1990); Byar's, Breslow and Day 1987, volume II; the choice between them, APHO
    Technical Briefing 3.
    """
    events, over = counts(count), counts(base)
    over = np.where(over == 0, np.nan, over)
    lower, upper = _byar(np.maximum(events, EXACT_BELOW), normal_deviate(confidence))
    side = tail(confidence)
    few = events < EXACT_BELOW
    lower[few] = np.where(events[few] == 0, 0.0, gammaincinv(events[few], side))
    upper[few] = gammaincinv(events[few] + 1, 1 - side)
    return series(lower / over * per, upper / over * per)


def _byar(events: Floats, z: float) -> tuple[Floats, Floats]:
    lower = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
    more = events + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return lower, upper


def poisson_rate(
    count: float | None, base: float | None, per: float = 1, confidence: float = 0.95
) -> Interval:
    """Interval of one rate, count / base * per; (None, None) without a denominator."""
    return single(poisson_bounds([count], [base], per, confidence))


def rate_ratio(
    count: float | None,
    base: float | None,
    other_count: float | None,
    other_base: float | None,
    confidence: float = 0.95,
) -> Interval:
    """Exact interval of (count / base) / (other_count / other_base), of separate events.

    The lower end is 0 without events in the first group; the upper is None, no limit, without
    events in the other. (None, None) without a base, or without any event. For before and after
    of the same people use `clustered_ratio`: repeated events of one person are not independent.

    Source: given the sum of both, the first count is binomial (Przyborowski and Wilenski 1940);
    limits of Clopper and Pearson 1934. R's `poisson.test` gives the same.
    """
    side = tail(confidence)
    first, second, time, other_time = counts([count, other_count, base, other_base]).tolist()
    # NaN compares false, so that anything missing ends here too.
    if not (first + second > 0 and time > 0 and other_time > 0):
        return None, None
    scale = other_time / time
    low = betaincinv(first, second + 1, side) if first else 0.0
    lower = low / (1 - low) * scale
    if not second:
        return float(lower), None
    high = betaincinv(first + 1, second, 1 - side)
    return float(lower), float(high / (1 - high) * scale)
