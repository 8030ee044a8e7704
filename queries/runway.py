"""Runway: when, as things go, all places will be taken.

Two hundred paths are simulated week by week. Open cases close as cases of their age have closed
before (Kaplan-Meier, with open cases counted as not yet closed); new cases arrive as in the
last half-year and close in the same way. What is said of the date is a range, never one day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries import words
from queries.simulation import (
    Integers,
    arrivals,
    lives,
    staying,
    still_active,
    with_more_closed,
)
from queries.statistics import log_survival
from queries.statistics.numbers import Floats

ASSUMES = (
    "Assumes that new cases go on arriving as in the last half-year, and that open cases close "
    "as cases of the same age have closed so far."
)

WEEKS_NEEDED = 8
CLOSURES_NEEDED = 20
SEED = 20240321


@dataclass(frozen=True)
class Projection:
    """Cases active from `as_at` on, and when they reach the capacity.

    `frame`: one row a week, the first at `as_at`: `on` (day), `median`, `lower`, `upper` (the
    middle 80% of paths); without rows where there is too little to go by, and `missing` says what.
    `not_before` is the first day of the week in which a tenth of the paths have filled all places,
    `by` the last day of the week in which nine tenths have; None where that lies beyond the
    horizon. `fills`: the share of paths that fill all places within the horizon, None where there
    is too little to go by. `allocated` and `closed` are cases a week: the average of the last
    half-year and the expected one of the horizon, with what was asked for on top.
    """

    frame: pl.DataFrame
    capacity: float | None
    weeks: int
    already_full: bool = False
    not_before: date | None = None
    by: date | None = None
    fills: float | None = None
    allocated: float | None = None
    closed: float | None = None
    missing: str | None = None


def project(
    open_ages: NDArray[np.integer],
    stays: pl.DataFrame,
    weekly_allocations: NDArray[np.integer],
    capacity: float | None,
    as_at: date,
    weeks: int = 26,
    paths: int = 200,
    seed: int = SEED,
    more_allocated: float = 0,
    more_closed: float = 0,
) -> Projection:
    """Simulate the number of active cases for `weeks` weeks after `as_at`.

    `open_ages`: days since allocation of each case open at `as_at`. `stays`: all cases so far,
    `days` (from allocation to closure, or to `as_at`) and `closed` (false for the open).
    `weekly_allocations`: cases allocated in each of the last 26 weeks, oldest first; fewer if
    the service is younger. `capacity`: places, the sum of target x hours. The last two arguments
    ask what a different pace would do, in cases a week; the same data and seed always give the
    same paths, and a slower pace never an earlier date.
    """
    ages = np.asarray(open_ages, dtype=np.int64)
    allocations = np.asarray(weekly_allocations, dtype=np.float64)
    stays = stays.select("days", "closed").drop_nulls()
    places = 0.0 if capacity is None else capacity
    missing = _missing(int(stays["closed"].sum()), len(allocations), places)
    already_full = places >= 1 and bool(_is_full(len(ages), places))
    if missing is not None:
        nothing = _frame([], np.empty((3, 0)))
        return Projection(nothing, capacity, weeks, already_full, missing=missing)

    active, closed = _simulate(
        *(column.tobytes() for column in (ages, stays["days"].cast(pl.Int64).to_numpy())),
        stays["closed"].to_numpy().tobytes(),
        allocations.tobytes(),
        weeks,
        paths,
        seed,
        more_allocated,
        more_closed,
    )
    on = [as_at + timedelta(weeks=week) for week in range(weeks + 1)]
    bands = np.quantile(active, [0.5, 0.1, 0.9], axis=0, method="inverted_cdf")
    # The share of paths that have been full at any time so far.
    filled = np.maximum.accumulate(_is_full(active, places), axis=1).mean(axis=0)
    first, last = _reached(filled, 0.1), _reached(filled, 0.9)
    return Projection(
        frame=_frame(on, bands),
        capacity=capacity,
        weeks=weeks,
        already_full=already_full,
        not_before=None if first is None else max(as_at, on[first] - timedelta(days=6)),
        by=None if last is None else on[last],
        fills=float(filled[-1]),
        allocated=max(0.0, float(allocations.mean()) + more_allocated),
        closed=closed,
    )


def what_ifs(
    open_ages: NDArray[np.integer],
    stays: pl.DataFrame,
    weekly_allocations: NDArray[np.integer],
    capacity: float | None,
    as_at: date,
) -> dict[str, Projection]:
    """The projection as things go and at three other paces, by their names."""
    paces = {
        "As now": (0, 0),
        "One fewer allocated a week": (-1, 0),
        "One more closed a week": (0, 1),
        "One more allocated a week": (1, 0),
    }
    return {
        name: project(
            open_ages,
            stays,
            weekly_allocations,
            capacity,
            as_at,
            more_allocated=allocated,
            more_closed=closed,
        )
        for name, (allocated, closed) in paces.items()
    }


def when_full(
    projection: Projection, limit: int = words.TITLE, day: Callable[[date], str] = words.day
) -> str:
    """When the places will be full, without a capital or full stop; shorter where that is asked."""
    if projection.already_full:
        return "already full"
    if projection.missing:
        return words.fit(projection.missing, "too early to say", limit=limit)
    within = words.counted(projection.weeks, "week")
    if projection.not_before is None:
        return f"not full within {within}"
    start = day(projection.not_before)
    if projection.by is None:
        whole = f"full not before {start}, and perhaps not within {within}"
    else:
        whole = f"full not before {start}, and by {day(projection.by)}"
    # Where many of the futures never fill, "not before" would sound as if they all did.
    short = f"may be full from {start}" if projection.by is None else f"not full before {start}"
    return words.fit(whole, short, limit=limit)


@lru_cache(maxsize=512)  # a page asks the same again on every run; by content, so never stale
def _simulate(
    ages_bytes: bytes,
    stays_bytes: bytes,
    closed_bytes: bytes,
    allocations_bytes: bytes,
    weeks: int,
    paths: int,
    seed: int,
    more_allocated: float,
    more_closed: float,
) -> tuple[Integers, float]:
    """Active cases, paths x weeks from now (week 0) on; and cases closed a week."""
    ages = np.frombuffer(ages_bytes, dtype=np.int64)
    stays = pl.Series(np.frombuffer(stays_bytes, dtype=np.int64))
    closed_yet = pl.Series(np.frombuffer(closed_bytes, dtype=np.bool_))
    allocations = np.frombuffer(allocations_bytes, dtype=np.float64)
    # One stream for each part, so that a change of pace leaves the others as they were.
    streams = np.random.default_rng(seed).spawn(5)
    horizon = int(ages.max(initial=0)) + 7 * (weeks + 2)
    # The estimate is uncertain by the number of closures it rests on: a rate for each path.
    closures = int(closed_yet.sum())
    rate = streams[4].gamma(closures, 1 / closures, size=(paths, 1))
    still_open = rate * log_survival(stays, closed_yet, horizon)
    stay = staying(ages, still_open, weeks, paths, streams[0])
    new = arrivals(allocations, still_open, weeks, paths, streams[1])
    left = (stay + still_active(new))[:, -1]
    closed = float(len(ages) + new.sum(axis=(1, 2)).mean() - left.mean()) / weeks
    if more_allocated > 0:
        new += lives(streams[2].poisson(more_allocated, (paths, weeks)), still_open, streams[2])
    elif more_allocated < 0:
        fewer = min(1.0, -more_allocated / max(allocations.mean(), 1e-9))
        new -= streams[3].binomial(new, fewer)
    active = stay + still_active(new)
    active = np.column_stack([np.full(paths, len(ages)), active])
    if more_closed:
        active = with_more_closed(active, stay, len(ages), more_closed)
    return active, closed + more_closed


def _missing(closures: int, weeks: int, places: float) -> str | None:
    # Not: places < 1, which is false of NaN.
    if not places >= 1:
        return "no places are recorded"
    if weeks < WEEKS_NEEDED:
        so_far, needed = words.counted(weeks, "week") + " of allocations", WEEKS_NEEDED
    elif closures < CLOSURES_NEEDED:
        so_far, needed = words.counted(closures, "closed case"), CLOSURES_NEEDED
    else:
        return None
    return f"too early to say: {so_far}, {words.number(needed)} are needed"


def _is_full(active: Integers | int, places: float) -> NDArray[np.bool_]:
    """No whole place is left; hours add up to fractions, and sums of them to 209.9999999."""
    return np.asarray(round(places, 6) - active < 1)


def _reached(share: Floats, of_paths: float) -> int | None:
    weeks = np.flatnonzero(share >= of_paths)
    return int(weeks[0]) if len(weeks) else None


def _frame(on: list[date], bands: NDArray[np.generic]) -> pl.DataFrame:
    median, lower, upper = bands
    return pl.DataFrame(
        {"on": on, "median": median, "lower": lower, "upper": upper},
        schema={"on": pl.Date, "median": pl.Int64, "lower": pl.Int64, "upper": pl.Int64},
    )
