"""Targets: what a measure is aimed at, for the whole, a county or a district, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from queries.once import once_a_view
from queries.scope import EVERYWHERE, Scope
from queries.view import View


@dataclass(frozen=True)
class Targets:
    """The targets of a view. Its areas' own come first, then those of the whole."""

    rows: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, view: View) -> "Targets":
        return cls(_rows(view))

    def total(
        self, measure: str, scope: Scope, start: date, end: date, parts: Sequence[Scope] = ()
    ) -> float | None:
        """What adds up from `start` to `end`: of each target the share of its days in them.

        The sum over `parts`, where each of them has one; else the scope's own, or None.
        """
        totals = [self.total(measure, part, start, end) for part in parts]
        known = [total for total in totals if total is not None]
        if known and len(known) == len(totals):
            return float(sum(known))
        own = self._of(measure, scope.key)
        within = [
            row["value"]
            * _days(max(row["on"], start), min(row["to"], end + timedelta(days=1)))
            / _days(row["on"], row["to"])
            for row in own
            if row["to"] and row["on"] <= end and row["to"] > max(start, row["on"])
        ]
        return float(sum(within)) if within else None

    def level(self, measure: str, scope: Scope, day: date) -> float | None:
        """The level or rate aimed at on a day: the scope's own, or the whole's."""
        for key in (scope.key, EVERYWHERE):
            for row in self._of(measure, key):
                if row["on"] <= day and (row["to"] is None or row["to"] > day):
                    return float(row["value"])
        return None

    def until(self, measure: str, day: date) -> date | None:
        """The last day of the targets that hold on a day."""
        ends = [
            row["to"]
            for row in self.rows
            if row["measure"] == measure and row["to"] and row["on"] <= day < row["to"]
        ]
        return max(ends) - timedelta(days=1) if ends else None

    def _of(self, measure: str, key: str | None) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["measure"] == measure and row["for_area"] == key]


@once_a_view
def _rows(view: View) -> tuple[dict[str, Any], ...]:
    return tuple(view.numbers("targets").sort("on").collect().to_dicts())


def _days(first: date, after: date) -> int:
    return (after - first).days
