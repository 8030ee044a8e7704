"""Simulated services: a history to project from and what then happened."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

AS_AT = date(2026, 10, 31)
WEEKS = 26


@dataclass(frozen=True)
class Service:
    open_ages: np.ndarray
    stays: pl.DataFrame
    weekly_allocations: np.ndarray
    active: np.ndarray  # at the end of week 0 (now), 1, ... 26


def service(
    seed: int,
    a_week: float = 3.0,
    history: int = 104,
    wandering: float = 0.03,
    uneven: bool = False,
) -> Service:
    """A service of so many weeks with about `a_week` allocations, open for 275 days on average.

    The pace wanders by `wandering` a week; `uneven` weeks vary more than Poisson.
    """
    rng = np.random.default_rng(seed)
    steps = rng.normal(-(wandering**2) / 2, wandering, history + WEEKS)
    pace = a_week * np.exp(steps.cumsum())
    arrivals = rng.poisson(rng.gamma(4, pace / 4) if uneven else pace)
    allocated = np.repeat(np.arange(len(arrivals)) * 7, arrivals)
    allocated += rng.integers(0, 7, len(allocated))
    length = rng.gamma(2.5, 110, len(allocated)).astype(int)
    now = history * 7 - 1
    known = allocated <= now
    age, length_known = now - allocated[known], length[known]
    closed = length_known <= age
    days = now + 7 * np.arange(WEEKS + 1)[:, None]
    return Service(
        open_ages=age[~closed],
        stays=pl.DataFrame({"days": np.minimum(age, length_known), "closed": closed}),
        weekly_allocations=arrivals[max(0, history - 26) : history],
        active=((allocated <= days) & (allocated + length > days)).sum(axis=1),
    )
