"""Tallies: what a measure came to, by day and area, made once for all records.

A tally answers any periods and any choice of areas with a look at few numbers, where the rows
themselves are many. Counts and shares add up (`queries.day_sums`). People who are counted once
each, and the sums that a clustered interval is made of, do not: for these the rows are kept in
the order of the people, as short as can be (`queries.people`, `queries.clusters`). A middle value
has no tally, and neither have one worker's cases: for these the rows are read
(`queries.row_sums`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import polars as pl

from queries.clusters import clusters
from queries.day_sums import day_sums
from queries.measure import Measure, Reads
from queries.people import people
from queries.periods import EPOCH, Numbers, Periods


class Tally(Protocol):
    """What a measure came to in all areas and on all days."""

    def sums(
        self, reads: Reads, begins: Numbers, ends: Numbers, group_of: Numbers, groups: int
    ) -> Numbers:
        """By group and period: rows, n, d, and for a ratio those of its people.

        A period is the days from `begins` to `ends`; states are read on its last. `group_of`
        each area that there may be; -1 where it is not looked at.
        """
        ...


@dataclass(frozen=True)
class Seen:
    """A tally of the areas that somebody sees, places among all that there are, as at a day."""

    tally: Tally
    areas: Numbers
    of_all: int
    as_at: date

    def sums(self, reads: Reads, periods: Periods, group_of: Numbers, groups: int) -> Numbers:
        """By group and period (see `Tally`); `group_of` each of the areas seen."""
        of_all = np.full(self.of_all, -1)
        of_all[self.areas] = group_of
        as_at = (self.as_at - EPOCH).days
        ends = np.minimum(periods.ends, as_at)
        # Nothing happens after that day, but what holds on it goes on.
        begins = np.minimum(periods.starts, as_at + (reads == "events"))
        return self.tally.sums(reads, begins, ends, of_all, groups)


def has_tally(measure: Measure) -> bool:
    """Middle values have none, nor what is not of rows as they are read."""
    if measure.fold == "people":
        return measure.reads != "events"
    return measure.fold == "sum" and (measure.interval != "ratio" or measure.reads != "during")


def tallies(measures: Sequence[Measure], rows: pl.LazyFrame, areas: int) -> list[Tally]:
    """A tally for each measure, of the same facts; `areas`: how many there may be."""
    found: dict[Measure, Tally] = {}
    adding = [each for each in measures if each.fold == "sum" and each.interval != "ratio"]
    for spells in (False, True):
        alike = [each for each in adding if (each.reads != "events") == spells]
        if alike:
            made = day_sums(rows, [_amounts(each) for each in alike], areas, spells=spells)
            found |= zip(alike, made, strict=True)
    clustered = [each for each in measures if each.interval == "ratio"]
    found |= zip(clustered, clusters(clustered, rows, areas), strict=True)
    each_once = [each for each in measures if each.fold == "people"]
    found |= zip(each_once, people(each_once, rows, areas), strict=True)
    return [found[measure] for measure in measures]


def _amounts(measure: Measure) -> tuple[pl.Expr, ...]:
    return pl.lit(1), measure.counts, pl.lit(0) if measure.out_of is None else measure.out_of
