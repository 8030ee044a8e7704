"""What the interval of a ratio is made of, where its rows are clustered by person.

Beside the sums of all rows these are the number of people of whom anything is known, and the
squares and products of what each person's rows come to in a period and group. Most people never
have two rows at a time: theirs add up. Of the others the rows are looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from queries.day_sums import DaySums, day_sums
from queries.measure import Measure, Reads
from queries.periods import Numbers

_EVER = 2**31  # later than any day
_N, _D, _KNOWN = pl.col("n"), pl.col("d"), pl.col("known")
_AMOUNTS = (
    pl.lit(1),
    _N,
    _D,
    _KNOWN,
    _N * _N * _KNOWN,
    _N * _D * _KNOWN,
    _D * _D * _KNOWN,
)


@dataclass(frozen=True)
class Rows:
    """By person and then by day; events have no end in `to`."""

    person: Numbers
    area: Numbers
    on: Numbers
    to: Numbers
    n: Numbers
    d: Numbers
    known: Numbers

    def sums(
        self, reads: Reads, begins: Numbers, ends: Numbers, group_of: Numbers, groups: int
    ) -> Numbers:
        """By group and period: the amounts, those of a person added up before they are squared."""
        many = len(ends)
        cells = groups * many
        first = np.searchsorted(ends, self.on)
        if reads == "events":  # in one period, if in any
            last = np.searchsorted(begins, self.on, side="right") - 1
        else:
            last = np.searchsorted(ends, self.to) - 1
        near = np.flatnonzero((first <= last) & (group_of[self.area] >= 0))
        times = last[near] - first[near] + 1
        row = np.repeat(near, times)
        period = np.arange(len(row)) - np.repeat(np.cumsum(times) - times - first[near], times)
        key = self.person[row] * cells + group_of[self.area[row]] * many + period
        order = np.argsort(key, kind="stable")
        key, row = key[order], row[order]
        run = np.flatnonzero(np.diff(key, prepend=-1))
        n, d, known = (_added(each[row], run) for each in (self.n, self.d, self.known))
        some = (known > 0).astype(np.int64)
        squares = n * n * some, n * d * some, d * d * some
        every = (np.diff(run, append=len(row)), n, d, some, *squares)
        found = [np.bincount(key[run] % cells, weights=each, minlength=cells) for each in every]
        return np.stack(found, axis=-1).astype(np.int64).reshape(groups, many, len(every))


@dataclass(frozen=True)
class Clusters:
    """The people who never have two rows at a time, and the rows of the others."""

    alone: DaySums
    several: Rows

    def sums(
        self, reads: Reads, begins: Numbers, ends: Numbers, group_of: Numbers, groups: int
    ) -> Numbers:
        """By group and period: rows, n, d and what people add (see `queries.tally.Tally`)."""
        asked = reads, begins, ends, group_of, groups
        return self.alone.sums(*asked) + self.several.sums(*asked)


def clusters(measures: Sequence[Measure], rows: pl.LazyFrame, areas: int) -> list[Clusters]:
    """Those of each measure, of the same facts."""
    return [_clusters(measure, rows, areas) for measure in measures]


def _clusters(measure: Measure, rows: pl.LazyFrame, areas: int) -> Clusters:
    out_of = measure.out_of if measure.out_of is not None else pl.lit(None, pl.Int64)
    spells = measure.reads == "state"
    columns = {
        # Rows that name nobody are somebody's.
        "person": (pl.col(measure.cluster).to_physical().cast(pl.Int64) + 1).fill_null(0),
        "area": pl.col("area").to_physical(),
        "on": pl.col("on").to_physical(),
        "to": pl.col("to").to_physical().fill_null(_EVER) if spells else pl.lit(_EVER),
        "n": measure.counts.fill_null(0),
        "d": out_of.fill_null(0),
        "known": out_of.is_not_null(),
    }
    found = (
        rows.drop_nulls("on")
        .select(expression.cast(pl.Int64).alias(name) for name, expression in columns.items())
        .filter(pl.col("to") > pl.col("on"))
        .sort(pl.col("person") * 2 * _EVER + pl.col("on"))
        .collect()
    )
    found = found.with_columns(several=_met(*found.select("person", "on", "to").get_columns()))
    several = found.filter(pl.col("several"))
    rest = found.lazy().filter(~pl.col("several"))
    (alone,) = day_sums(rest, [_AMOUNTS], areas, spells=spells)
    return Clusters(alone, Rows(*(several[name].to_numpy() for name in columns)))


def _met(persons: pl.Series, begins: pl.Series, ends: pl.Series) -> pl.Series:
    """Of each row, by person and then by day, whether any two of the person's hold at a time."""
    person, on, to = persons.to_numpy(), begins.to_numpy(), ends.to_numpy()
    reached = np.maximum.accumulate(person * 2 * _EVER + to)[:-1]
    met = np.zeros(person.max(initial=0) + 1, bool)
    met[person[1:][reached > (person * 2 * _EVER + on)[1:]]] = True
    return pl.Series(met[person])


def _added(values: Numbers, run: Numbers) -> Numbers:
    return np.add.reduceat(values, run) if len(run) else values
