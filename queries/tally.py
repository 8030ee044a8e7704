"""Tallies: what the rows of a measure came to in each area, added up day by day.

Counts and their shares add up over days and areas. Added up once for all records, they answer any
period and any choice of areas without a look at the rows: of events it is what came between two
days, and of states what had begun by a day less what had ended. People who are counted once each,
middle values and clustered ratios do not add up, and are made of their rows (`queries.evaluate`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from queries.measure import Measure, Reads
from queries.periods import EPOCH, Numbers, Periods

_STEPS = ("rows", "n", "d")


@dataclass(frozen=True)
class Tally:
    """`sums`: before the first of `days` and after each of them, by area; rows, n and d.

    It is read for `areas`, places among all that there are, and up to the day `as_at`.
    """

    days: Numbers
    sums: Numbers
    areas: Numbers
    as_at: int

    def cut(self, areas: Numbers, as_at: date) -> "Tally":
        """Of these areas, in their order, up to a day."""
        return Tally(self.days, self.sums, areas, (as_at - EPOCH).days)

    def read(self, periods: Periods, reads: Reads) -> Numbers:
        """By area and period: what came in each period, or what there is on its last day."""
        last = self._through(periods.ends)
        return last - self._through(periods.starts - 1) if reads == "events" else last

    def _through(self, days: Numbers) -> Numbers:
        places = np.searchsorted(self.days, np.minimum(days, self.as_at), side="right")
        return self.sums[places[None, :], self.areas[:, None]]


def adds_up(measure: Measure) -> bool:
    """Whether a tally answers it."""
    return measure.fold == "sum" and measure.interval != "ratio" and measure.reads != "during"


def tallies(measures: Sequence[Measure], rows: pl.LazyFrame, areas: int) -> list[Tally]:
    """A tally for each measure, of the same facts read alike; `areas`: how many there may be."""
    state = measures[0].reads == "state"
    if state:
        rows = rows.filter(pl.col("to").is_null() | (pl.col("to") > pl.col("on")))
    day, area = pl.col("on").to_physical(), pl.col("area").to_physical().cast(pl.Int32)
    amounts = [
        (expression if expression is not None else pl.lit(0)).alias(f"{index} {name}")
        for index, measure in enumerate(measures)
        for name, expression in (("n", measure.counts), ("d", measure.out_of))
    ]
    begun = rows.select((day * areas + area).alias("cell"), *amounts)
    changes = [begun.drop_nulls("cell")]
    if state:
        ended = rows.select(
            (pl.col("to").to_physical() * areas + area).alias("cell"), *(-each for each in amounts)
        )
        changes.append(ended.drop_nulls("cell"))
    counted = pl.concat(
        _summed(each, rows_are) for each, rows_are in zip(changes, (1, -1), strict=False)
    ).collect()
    cells = counted["cell"].to_numpy()
    days, places = np.unique(cells // areas, return_inverse=True)
    found = []
    for index in range(len(measures)):
        sums = np.zeros((len(days) + 1, areas, len(_STEPS)), np.int64)
        columns = ("rows", f"{index} n", f"{index} d")
        np.add.at(sums, (places + 1, cells % areas), counted.select(columns).to_numpy())
        found.append(Tally(days, sums.cumsum(axis=0), np.arange(areas), int(days.max(initial=0))))
    return found


def _summed(changes: pl.LazyFrame, rows_are: int) -> pl.LazyFrame:
    return changes.group_by("cell").agg(
        (pl.len().cast(pl.Int64) * rows_are).alias("rows"),
        pl.exclude("cell").sum().cast(pl.Int64),
    )
