"""Chance, days and ids: the small tools all parts of the made-up records are drawn with.

Days are whole numbers, counted from 1970-01-01, so that a block of records is a few arrays.
Something that never happens happens on the day `NEVER`, later than any other: comparisons of
days then need no special case, and `happened` leaves it out of the record.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

NEVER = 10**6
WEDNESDAY = 2


def stream(seed: int, part: str, block: int = 0) -> np.random.Generator:
    """The chance of one part of the records; no part disturbs another's."""
    entropy = np.random.SeedSequence([seed, zlib.crc32(part.encode()), block])
    return np.random.Generator(np.random.PCG64(entropy))


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


def weekday(days: Ints) -> Ints:
    """0 for Monday to 6 for Sunday."""
    return np.asarray((days + 3) % 7, dtype=np.int64)


def working_day(days: Ints) -> Ints:
    """The day itself, or the Monday after a weekend."""
    until = np.select([weekday(days) == 5, weekday(days) == 6], [2, 1], 0)
    return np.asarray(days + until, dtype=np.int64)


def working_day_before(days: Ints) -> Ints:
    """The day itself, or the Friday before a weekend."""
    since = np.select([weekday(days) == 5, weekday(days) == 6], [1, 2], 0)
    return np.asarray(days - since, dtype=np.int64)


def yes(rng: np.random.Generator, share: float | Floats, size: int | tuple[int, ...]) -> Bools:
    """True with that share."""
    return np.asarray(rng.random(size) < share, dtype=np.bool_)


def pick(rng: np.random.Generator, weights: Sequence[float] | Floats, size: int) -> Ints:
    """Positions drawn with these weights."""
    shares = np.cumsum(weights)
    found = np.searchsorted(shares, rng.random(size) * shares[-1], side="right")
    return np.asarray(found, dtype=np.int64)


def after(rng: np.random.Generator, times: tuple[float, float], size: int) -> Ints:
    """Days until something, lognormal: median and spread of the logarithm."""
    median, spread = times
    drawn = np.exp(rng.normal(np.log(median), spread, size))
    return np.asarray(np.rint(drawn), dtype=np.int64)


def between(rng: np.random.Generator, first: int | Ints, last: int | Ints, size: int) -> Ints:
    """Days from first to last, both possible; first where last is before it."""
    span = np.maximum(np.asarray(last) - first, 0) + 1
    return np.asarray(first + np.floor(rng.random(size) * span), dtype=np.int64)


def on(days: Ints) -> pl.Series:
    """Days as dates; empty where never."""
    return (
        pl.Series(np.where(days >= NEVER, 0, days))
        .cast(pl.Int32)
        .cast(pl.Date)
        .set(pl.Series(days >= NEVER), None)
    )


def happened(days: Ints, today: int) -> pl.Series:
    """Days as dates; empty where they have not come yet."""
    return on(np.where(days > today, NEVER, days))


def ids(prefix: str, numbers: Ints, width: int) -> pl.Series:
    """Ids such as C-0042 from numbers that start at 1; empty for numbers under 1."""
    text = pl.Series(numbers).cast(pl.String).str.zfill(width)
    return (prefix + "-" + text).set(pl.Series(numbers < 1), None)


def coded(codes: Sequence[Any] | Mapping[str, Any], positions: Ints) -> pl.Series:
    """The codes at these positions; empty for positions under 0."""
    listed = pl.Series(list(codes))
    return listed.gather(np.maximum(positions, 0)).set(pl.Series(positions < 0), None)


def running_number(counts: Ints) -> Ints:
    """0, 1, 2 ... within each group, for groups of these sizes laid end to end."""
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    return np.arange(counts.sum(), dtype=np.int64) - starts
