"""People who are counted once each, however many rows they have.

Of each person and area the days are kept on which any row of theirs holds, as stretches that do
not touch. Most people have one: these add up. Of the others, a stretch counts in the periods that
no earlier one of theirs has reached in the group, so that each counts once in each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from queries.day_sums import DaySums, day_sums
from queries.measure import Measure, Reads
from queries.periods import Numbers

# From the first to the last day of any calendar, so that person x days + day is unique.
_DAYS, _FIRST = 2**22, -(2**20)


@dataclass(frozen=True)
class Stretches:
    """From `on` to the day before `to`, by person and then by day."""

    person: Numbers
    area: Numbers
    on: Numbers
    to: Numbers

    def count(self, begins: Numbers, ends: Numbers, group_of: Numbers, groups: int) -> Numbers:
        """By group and period: how many people are there on any day of it."""
        many = len(ends) + 1
        first = np.searchsorted(ends, self.on)
        last = np.searchsorted(begins, self.to) - 1
        near = np.flatnonzero((first <= last) & (group_of[self.area] >= 0))
        first, last, group = first[near], last[near], group_of[self.area[near]]
        key = self.person[near] * groups + group
        order = np.argsort(key, kind="stable")
        key, first, last, group = key[order], first[order], last[order], group[order]
        # How far those before have reached; less than nought where they are somebody else's.
        reached = np.maximum.accumulate(key * many + last)
        first[1:] = np.maximum(first[1:], reached[:-1] - key[1:] * many + 1)
        new = first <= last
        size = groups * many
        begun = np.bincount(group[new] * many + first[new], minlength=size)
        ended = np.bincount(group[new] * many + last[new] + 1, minlength=size)
        return (begun - ended).reshape(groups, many).cumsum(axis=1)[:, :-1]


@dataclass(frozen=True)
class Heads:
    """Of those who are counted: the people of one stretch, and the stretches of the others."""

    alone: DaySums
    several: Stretches

    def count(
        self, reads: Reads, begins: Numbers, ends: Numbers, group_of: Numbers, groups: int
    ) -> Numbers:
        """By group and period."""
        alone = self.alone.sums(reads, begins, ends, group_of, groups)[:, :, 0]
        begins = begins if reads == "during" else ends
        return alone + self.several.count(begins, ends, group_of, groups)


@dataclass(frozen=True)
class People:
    """Anybody at all (as one), who counts, and those they are a part of."""

    anybody: Heads
    counted: Heads
    out_of: Heads | None

    def sums(
        self, reads: Reads, begins: Numbers, ends: Numbers, group_of: Numbers, groups: int
    ) -> Numbers:
        """By group and period: rows, n and d (see `queries.tally.Tally`)."""
        found = np.zeros((groups, len(ends), 3), np.int64)
        for place, each in enumerate((self.anybody, self.counted, self.out_of)):
            if each is not None:
                found[:, :, place] = each.count(reads, begins, ends, group_of, groups)
        return found


def people(measures: Sequence[Measure], rows: pl.LazyFrame, areas: int) -> list[People]:
    """Those of each measure, of the same facts."""
    made: dict[bytes, Heads] = {}

    def heads(person: pl.Expr, counts: pl.Expr) -> Heads:
        key = person.meta.serialize() + counts.meta.serialize()
        if key not in made:
            made[key] = _heads(rows.filter(counts != 0), person, areas)
        return made[key]

    found = []
    for measure in measures:
        person = pl.col(str(measure.each))
        out_of = None if measure.out_of is None else heads(person, measure.out_of)
        found.append(People(heads(pl.lit(0), pl.lit(1)), heads(person, measure.counts), out_of))
    return found


def _heads(rows: pl.LazyFrame, person: pl.Expr, areas: int) -> Heads:
    # Rows that name nobody are somebody's.
    who = (person.to_physical().cast(pl.Int64) + 1).fill_null(0)
    where = (who * areas + pl.col("area").to_physical()) * _DAYS - _FIRST
    held = (
        rows.filter(pl.col("to").is_null() | (pl.col("to") > pl.col("on")))
        .drop_nulls("on")
        .select(
            (where + pl.col("on").to_physical()).alias("from"),
            (where + pl.col("to").to_physical().fill_null(_DAYS + _FIRST - 1)).alias("to"),
        )
        .sort("from")
        .collect()
    )
    begins, ends = held["from"].to_numpy(), held["to"].to_numpy()
    # One that begins no later than those before it have reached goes on from them.
    before = np.maximum.accumulate(ends)[:-1]
    new = np.flatnonzero(np.concatenate([begins[:1] >= 0, begins[1:] > before]))
    ends = np.maximum.reduceat(ends, new) if len(new) else ends
    whose, on = np.divmod(begins[new], _DAYS)
    whom, area = np.divmod(whose, areas)
    order = np.lexsort((on, whom))
    whom, area, on, to = whom[order], area[order], on[order] + _FIRST, ends[order] % _DAYS + _FIRST
    again = np.diff(whom, prepend=-1) == 0
    several = again | np.append(again[1:], values=False)
    one = pl.LazyFrame({"area": area[~several], "on": on[~several], "to": to[~several]})
    (alone,) = day_sums(one, [[pl.lit(1)]], areas, spells=True)
    return Heads(
        alone,
        Stretches(whom[several], area[several], on[several], to[several]),
    )
