"""What a protected role may look at: released numbers, and what the service says about itself."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from dashboard.disclosure.release import Release
from queries.measure import Measure

# Facts about the service and no person: its areas, what it aims for, what happened when, and how
# many cases it has places for (`places.py`).
OWN = ("areas", "targets", "annotations", "places")


class ReleasedView:
    """A view (see `queries.view.View`) of a release; it holds no record and cannot reach one.

    `own` are the frames of `OWN`. `start` and `end` are the period looked at; `as_at` is the last
    day released.
    """

    def __init__(
        self,
        release: Release,
        own: Mapping[str, pl.DataFrame],
        start: date | None = None,
        end: date | None = None,
    ) -> None:
        self.release = release
        self.own = {name: own[name] for name in OWN}
        self.as_at = release.through
        self.end = min(end or self.as_at, self.as_at)
        first = release.counts["start"].min()
        self.start = start or (first if isinstance(first, date) else self.end)

    def over(self, start: date, end: date) -> "ReleasedView":
        """The same release over another period."""
        return ReleasedView(self.release, self.own, start, end)

    def numbers(self, facts: str) -> pl.LazyFrame:
        """The released cells ("released"), or what the service says about itself (`OWN`)."""
        if facts == "released":
            return self.release.cells.lazy()
        if facts in OWN:
            return self.own[facts].lazy()
        raise PermissionError(f"A release holds no {facts}: protected roles see numbers only.")

    def records(self, facts: str) -> pl.LazyFrame:
        """No records: raises PermissionError."""
        raise PermissionError(f"A release holds no {facts}: protected roles see numbers only.")

    def tallies(self, measures: Sequence[Measure]) -> None:
        """None: nothing is counted anew."""

    def recorded(self, facts: str) -> bool:
        """Whether there are such numbers here."""
        return facts == "released" or facts in OWN
