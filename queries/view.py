"""What a question may look at: somebody's facts, a period, and the day they are read as at."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import polars as pl

from queries.measure import Measure
from queries.tally import Seen


class View(Protocol):
    """The facts that one viewer may see. The snapshot's lens is one; so is a release.

    `start` and `end` are the first and last day of the period, both included; `as_at` is the
    day on which states are read. No row in it happened after `as_at`.
    """

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def as_at(self) -> date: ...

    def numbers(self, facts: str) -> pl.LazyFrame:
        """Rows by the area and case manager they belonged to on their day; for counting."""
        ...

    def records(self, facts: str) -> pl.LazyFrame:
        """Rows of the cases that are the viewer’s now, with their whole history; for timelines."""
        ...

    def tallies(self, measures: Sequence[Measure]) -> list[Seen] | None:
        """What measures came to in the areas of "areas", in their order (see `queries.tally`).

        They are of the same facts. None where only their rows can say it.
        """
        ...

    def recorded(self, facts: str) -> bool:
        """Whether the database holds any such row at all; if not, a count of 0 would be a guess."""
        ...
