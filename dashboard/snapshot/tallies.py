"""The tallies of a snapshot: made when a measure is first asked for, and shared by all lenses."""

from collections.abc import Callable, Container, Sequence
from threading import Lock
from weakref import WeakKeyDictionary

import polars as pl

from queries.measure import Measure
from queries.tally import Tally, tallies


class Tallies:
    """They belong to one snapshot; those of a measure that was made for a moment go with it."""

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Measure, Tally] = WeakKeyDictionary()
        self._lock = Lock()

    def take(self, others: "Tallies", facts: Container[str]) -> None:
        """Those of measures over facts whose numbers are the same in both snapshots."""
        with others._lock:
            made = list(others._made.items())
        with self._lock:
            self._made.update((each, tally) for each, tally in made if each.facts in facts)

    def of(
        self, measures: Sequence[Measure], rows: Callable[[], pl.LazyFrame], areas: int
    ) -> list[Tally]:
        """Of measures that share their `rows`, whoever asks; one pass makes all that are new."""
        with self._lock:
            new = [measure for measure in measures if measure not in self._made]
            if new:
                self._made.update(zip(new, tallies(new, rows(), areas), strict=True))
            return [self._made[measure] for measure in measures]
