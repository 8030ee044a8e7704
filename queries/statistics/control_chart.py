"""XmR charts (individual values and moving ranges) as NHS England's Making Data Count draws them.

Sources: Wheeler, Understanding Variation, 2nd edition 2000; NHS England, Making Data Count;
the published behaviour of NHSRplotthedots. A missing value is a gap, not a point: no moving
range is taken over it, and the rules read on from the point before it to the point after it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.statistics.numbers import Floats, Numbers, floats

Better = Literal["higher", "lower", "neutral"]

LIMIT = 2.66  # 3 / 1.128: moving ranges to three standard deviations
SCREEN = 3.267  # upper limit of a moving range, as a multiple of their average
RUN = 7
TRIAL_BELOW = 12
# Rounding must not make a tie a rise: what differs by less than this is the same.
SAME = 1e-12


@dataclass(frozen=True)
class Limits:
    """What the limits of a chart are and what they rest on.

    `points` made them; of `moving_ranges`, `screened_out` were left out of the average. `trial`
    limits rest on fewer than 12 points. The limits are None without a moving range, the mean
    without a point.
    """

    points: int
    moving_ranges: int
    screened_out: int
    trial: bool
    mean: float | None
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None


def control_limits(values: Numbers, screen: bool = True) -> Limits:
    """Mean +/- 2.66 x the average moving range, with near-limits at two thirds of the way.

    With `screen`, moving ranges of 3.267 x their average or more are left out, once; not where
    only ranges of zero would remain, which would draw both limits on the mean.
    """
    series = floats(values)
    points = series[~np.isnan(series)]
    ranges = np.abs(np.diff(series))
    ranges = ranges[~np.isnan(ranges)]
    trial = len(points) < TRIAL_BELOW
    if not len(points):
        return Limits(0, 0, 0, trial, None)
    mean = float(points.mean())
    if not len(ranges):
        return Limits(len(points), 0, 0, trial, mean)
    same = _tolerance(points)
    kept = ranges
    if screen:
        within = ranges[ranges < SCREEN * ranges.mean() - same]
        if len(within) and within.max() > same:
            kept = within
    width = LIMIT * float(kept.mean())
    return Limits(
        points=len(points),
        moving_ranges=len(ranges),
        screened_out=len(ranges) - len(kept),
        trial=trial,
        mean=mean,
        lower=mean - width,
        upper=mean + width,
        near_lower=mean - 2 / 3 * width,
        near_upper=mean + 2 / 3 * width,
    )


def xmr(
    values: Numbers,
    better: Better = "higher",
    screen: bool = True,
    known_within: Numbers | None = None,
) -> pl.DataFrame:
    """One row for each value, with the limits, the rule it meets and what kind of variation it is.

    Columns `value, mean, lower, upper, near_lower, near_upper`; `rule`, the first that applies of
    `outside` a limit, `trend` (7 strictly rising or falling), `two_in_three` (2 of 3 between a
    near-limit and its limit, all three on one side of the mean), `shift` (7 on one side of the
    mean), else null; `variation`: `common`, `improvement`, `concern`, or `neutral` where no
    direction is better. All seven or more points of a run are marked; of three, those beyond the
    near-limit. A trend's direction is its slope, and a turning point belongs to the later trend.
    Gaps keep their row, with value, rule and variation null. `known_within`: how far each value may
    be from what it was before rounding; a rule holds only where rounding cannot have made it.
    """
    if better not in ("higher", "lower", "neutral"):
        raise ValueError(f"better is 'higher', 'lower' or 'neutral', not {better!r}.")
    series = floats(values)
    is_point = ~np.isnan(series)
    limits = control_limits(series, screen)
    rule = np.full(len(series), None, dtype=object)
    variation = np.full(len(series), None, dtype=object)
    within = np.zeros(len(series)) if known_within is None else floats(known_within)
    rule[is_point], direction = _rules(series[is_point], limits, within[is_point])
    variation[is_point] = [
        _variation(name, towards, better)
        for name, towards in zip(rule[is_point], direction, strict=True)
    ]
    return pl.DataFrame({"value": pl.Series(series, nan_to_null=True)}).with_columns(
        *(
            pl.lit(getattr(limits, name), pl.Float64).alias(name)
            for name in ("mean", "lower", "upper", "near_lower", "near_upper")
        ),
        pl.Series("rule", rule.tolist(), pl.String),
        pl.Series("variation", variation.tolist(), pl.String),
    )


def _rules(
    points: Floats, limits: Limits, within: Floats
) -> tuple[list[str | None], NDArray[np.float64]]:
    """The rule of each point, and whether it speaks of higher (1) or lower (-1) values."""
    if limits.mean is None:
        return [], points
    same = np.maximum(_tolerance(points), within)
    side = _sign(points - limits.mean, same)
    distance = np.abs(points - limits.mean)
    # Without a moving range no point can be outside.
    reach = np.inf if limits.upper is None else limits.upper - limits.mean
    outside = distance > reach + same
    near = ~outside & (distance > 2 / 3 * reach + same)

    trend = np.zeros(len(points))
    steps = _sign(np.diff(points), same[1:] + same[:-1])
    for first in _windows(steps, RUN - 1, lambda window: abs(window.sum()) == RUN - 1):
        trend[first : first + RUN] = steps[first]
    two_in_three = np.zeros(len(points), dtype=bool)
    for first in _windows(side, 3, lambda window: abs(window.sum()) == 3):
        if near[first : first + 3].sum() >= 2:
            two_in_three[first : first + 3] |= near[first : first + 3]
    shift = np.zeros(len(points), dtype=bool)
    for first in _windows(side, RUN, lambda window: abs(window.sum()) == RUN):
        shift[first : first + RUN] = True

    names = np.select(
        [outside, trend != 0, two_in_three, shift],
        ["outside", "trend", "two_in_three", "shift"],
        default="",
    )
    direction = np.where(~outside & (trend != 0), trend, side)
    return [name or None for name in names.tolist()], direction


def _variation(rule: str | None, direction: float, better: Better) -> str:
    if rule is None:
        return "common"
    if better == "neutral":
        return "neutral"
    return "improvement" if (direction > 0) == (better == "higher") else "concern"


def _windows(signs: Floats, length: int, holds: Callable[[Floats], bool]) -> list[int]:
    """Where windows of this length begin for which the condition holds, first to last."""
    return [i for i in range(len(signs) - length + 1) if holds(signs[i : i + length])]


def _sign(differences: Floats, same: float | Floats) -> Floats:
    return np.where(np.abs(differences) <= same, 0.0, np.sign(differences))


def _tolerance(points: Floats) -> float:
    return SAME * max(1.0, float(np.abs(points).max()))
