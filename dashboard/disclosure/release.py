"""A release: protected numbers as they were made at one moment, frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import polars as pl

from dashboard.disclosure.cuts import OFFERED, Cut
from dashboard.disclosure.released import released_cells
from dashboard.disclosure.rules import Rules


class NoRelease(Exception):
    """Nothing has been released yet; the message says when the first comes."""


@dataclass(frozen=True)
class Withheld:
    """Numbers that were kept back, and why: for people with true counts, and never protected."""

    measure: str
    level: str
    area: str
    start: date
    end: date
    numbers: int
    why: str


@dataclass(frozen=True)
class Release:
    """What protected roles see.

    `release_id` is None before it is stored. `through`: the last day that any number covers.
    `counts` are protected counts (`protection.py`) and `averages` rounded medians and means; no
    true count is in either.
    """

    release_id: int | None
    made_at: datetime
    through: date
    rules: Rules
    made_up: bool
    counts: pl.DataFrame
    averages: pl.DataFrame
    withheld: tuple[Withheld, ...] = ()

    @cached_property
    def cells(self) -> pl.DataFrame:
        """The released cells; see `released.py` for the columns."""
        return released_cells(self.counts, self.averages, self.rules)

    def cuts(self) -> list[Cut]:
        """What is offered: the periods of each level, by kind and then oldest first."""
        found = [
            Cut(*row)
            for row in self.counts.select("level", "cut", "start", "end").unique().iter_rows()
        ]
        levels = list(OFFERED)
        return sorted(
            found,
            key=lambda cut: (
                levels.index(cut.level),
                OFFERED[cut.level].index(cut.kind),
                cut.start,
                cut.end,
            ),
        )


@dataclass(frozen=True)
class Made:
    """A release and the true counts it was made from, which go to the store and nowhere else."""

    release: Release
    counted: pl.DataFrame
