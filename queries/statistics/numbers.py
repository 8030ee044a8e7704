"""Columns in and out of the formulas: null becomes NaN on the way in and null on the way out."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Numbers = Sequence[float | None] | NDArray[np.generic] | pl.Series
Interval = tuple[float | None, float | None]


def floats(numbers: Numbers) -> Floats:
    """As floating point, with NaN for what is missing or not finite."""
    if isinstance(numbers, pl.Series):
        array = numbers.cast(pl.Float64).to_numpy()
    else:
        array = np.array(numbers, dtype=np.float64)
    return np.where(np.isfinite(array), array, np.nan)


def counts(numbers: Numbers) -> Floats:
    """As `floats`; refuses counts and denominators below zero."""
    array = floats(numbers)
    if np.any(array < 0):
        raise ValueError(f"A count cannot be below zero: {np.nanmin(array):g}.")
    return array


def series(lower: Floats, upper: Floats) -> tuple[pl.Series, pl.Series]:
    """The two ends of an interval as columns `lower` and `upper`, null for NaN."""
    return (
        pl.Series("lower", lower, pl.Float64, nan_to_null=True),
        pl.Series("upper", upper, pl.Float64, nan_to_null=True),
    )


def evaluated(ends: tuple[pl.Expr, pl.Expr], **columns: Floats) -> tuple[pl.Series, pl.Series]:
    """The two ends of an interval, given as expressions over columns, for columns of numbers."""
    frame = pl.DataFrame(
        [pl.Series(name, column, pl.Float64, nan_to_null=True) for name, column in columns.items()]
    ).select(lower=ends[0], upper=ends[1])
    return frame["lower"], frame["upper"]


def single(bounds: tuple[pl.Series, pl.Series]) -> Interval:
    """The only row of two columns."""
    return bounds[0].item(), bounds[1].item()


def tail(confidence: float) -> float:
    """What an interval of this confidence leaves out on each side: 0.025 for 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence lies between 0 and 1, such as 0.95, not {confidence:g}.")
    return (1 - confidence) / 2


def normal_deviate(confidence: float) -> float:
    """The normal distribution's z for a two-sided interval: 1.96 for 0.95."""
    return float(-ndtri(tail(confidence)))
