"""Rows that add up, added up day by day and area by area.

Of events it is what came between two days; of spells what had begun by a day less what had ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from queries.measure import Reads
from queries.periods import Numbers


@dataclass(frozen=True)
class Running:
    """`sums`: before the first of `days` and through each of them, by area and amount."""

    days: Numbers
    sums: Numbers

    def through(self, days: Numbers, areas: Numbers) -> Numbers:
        """By area, day and amount."""
        places = np.searchsorted(self.days, days, side="right")
        return self.sums[places[None, :], areas[:, None]]


@dataclass(frozen=True)
class DaySums:
    """What had begun by each day, and what had ended; events do not end."""

    begun: Running
    ended: Running | None

    def sums(
        self, reads: Reads, begins: Numbers, ends: Numbers, group_of: Numbers, groups: int
    ) -> Numbers:
        """By group, period and amount (see `queries.tally.Tally`)."""
        areas = np.flatnonzero(group_of >= 0)
        counted = self.begun.through(ends, areas)
        if self.ended is None:
            counted = counted - self.begun.through(begins - 1, areas)
        else:
            counted = counted - self.ended.through(begins if reads == "during" else ends, areas)
        found = np.zeros((groups, *counted.shape[1:]), np.int64)
        np.add.at(found, group_of[areas], counted)
        return found


def day_sums(
    rows: pl.LazyFrame, amounts: Sequence[Sequence[pl.Expr]], areas: int, *, spells: bool
) -> list[DaySums]:
    """For each list of amounts their sums; `areas`: how many there may be."""
    if spells:
        rows = rows.filter(pl.col("to").is_null() | (pl.col("to") > pl.col("on")))
    begun = _running(rows, "on", amounts, areas)
    ended = _running(rows, "to", amounts, areas) if spells else [None] * len(amounts)
    return [DaySums(*both) for both in zip(begun, ended, strict=True)]


def _running(
    rows: pl.LazyFrame, day: str, amounts: Sequence[Sequence[pl.Expr]], areas: int
) -> list[Running]:
    each = [amount for alike in amounts for amount in alike]
    cell = pl.col(day).to_physical() * areas + pl.col("area").to_physical().cast(pl.Int32)
    counted = (
        rows.select(
            cell.alias("cell"),
            *(amount.cast(pl.Int64).alias(str(index)) for index, amount in enumerate(each)),
        )
        .drop_nulls("cell")
        .group_by("cell")
        .agg(pl.all().sum())
        .collect()
    )
    cells = counted["cell"].to_numpy()
    days, places = np.unique(cells // areas, return_inverse=True)
    changes = np.zeros((len(days) + 1, areas, len(each)), np.int64)
    changes[places + 1, cells % areas] = counted.drop("cell").to_numpy()
    ends = np.cumsum([len(alike) for alike in amounts])
    return [
        Running(days, np.ascontiguousarray(part))
        for part in np.split(changes.cumsum(axis=0), ends[:-1], axis=2)
    ]
