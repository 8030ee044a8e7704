"""Caseloads week by week, on many paths at once: those who stay and those who come.

Open cases of one week's age, and the new cases of one week, are drawn together: the work grows
with the ages that occur, not with the number of cases. `still_open` is always the logarithm of
the share open after each day since allocation, a row for each path.
"""

import numpy as np
from numpy.typing import NDArray

from queries.statistics.numbers import Floats

# The pace of arrivals wanders by about this share a week.
DRIFT = 0.03

Integers = NDArray[np.int64]


def staying(
    ages: Integers, still_open: Floats, weeks: int, paths: int, rng: np.random.Generator
) -> Integers:
    """Of the cases open now, how many still are at the end of each week: paths x weeks."""
    week_of_age, cases = np.unique(ages // 7, return_counts=True)
    staying = np.full((paths, weeks), len(ages))
    for age, count in zip(week_of_age, cases, strict=True):
        # A week of ages is taken at its middle day.
        at = still_open[:, 7 * age + 3 :: 7][:, : weeks + 1]
        closing = rng.multinomial(count, _chances(at - at[:, :1]))
        staying -= closing[:, :-1].cumsum(axis=1)
    return staying


def arrivals(
    allocations: Floats, still_open: Floats, weeks: int, paths: int, rng: np.random.Generator
) -> Integers:
    """New cases: how many come in each week and how long they stay, as in `lives`.

    A negative binomial around a mean that is itself uncertain and drifts.
    """
    mean = (allocations.sum() + 0.5) / len(allocations)
    variance = max(float(allocations.var(ddof=1)), mean)
    # Of an average of weeks that drifted, and of where the drift has come to.
    uncertainty = variance / len(allocations) + (DRIFT * mean) ** 2 * len(allocations) / 3
    about = rng.gamma(mean**2 / uncertainty, uncertainty / mean, size=(paths, 1))
    drift = rng.normal(-(DRIFT**2) / 2, DRIFT, size=(paths, weeks)).cumsum(axis=1)
    pace = about * np.exp(drift)
    if variance > mean:
        shape = mean**2 / (variance - mean)
        pace = rng.gamma(shape, pace / shape)
    return lives(rng.poisson(pace), still_open, rng)


def lives(arrivals: Integers, still_open: Floats, rng: np.random.Generator) -> Integers:
    """Cases by path, week of arrival and whole weeks' ends they see: paths x weeks x weeks + 1."""
    weeks = arrivals.shape[1]
    # They come in the middle of their week on average.
    seen = still_open[:, 3::7][:, :weeks]
    chance = _chances(np.column_stack([np.zeros(len(seen)), seen]))
    return rng.multinomial(arrivals, chance[:, None, :])


def _chances(still_open: Floats) -> Floats:
    """The chance of closing in each interval, and last of staying beyond all."""
    share = np.exp(still_open)
    chance: Floats = np.concatenate([-np.diff(share), share[:, -1:]], axis=1)
    return chance


def still_active(lives: Integers) -> Integers:
    """New cases active at the end of each week: those that see it, of all weeks until then."""
    weeks = lives.shape[1]
    active = np.zeros(lives.shape[:2], dtype=np.int64)
    for week in range(weeks):
        # Of that week's cases, how many see at least 1, 2, ... ends of weeks.
        seeing = lives[:, week, :0:-1].cumsum(axis=1)[:, ::-1]
        active[:, week:] += seeing[:, : weeks - week]
    return active


def with_more_closed(
    active: Integers, staying: Integers, at_start: int, more_closed: float
) -> Integers:
    """Less those closed early who would still be open, taken to stay as today's cases do."""
    expected = np.concatenate([[at_start], staying.mean(axis=0)])
    expected = np.maximum(expected, 1e-9)
    gone = more_closed * expected * np.concatenate([[0], (1 / expected)[1:].cumsum()])
    fewer: Integers = np.maximum(np.rint(active - gone), 0).astype(np.int64)
    return fewer
