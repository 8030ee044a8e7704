"""An axis of a figure: from values and days to pixels."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


def at(value: Any) -> float:
    """A value as a number; days count from the beginning of our calendar."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        midnight = datetime(value.year, value.month, value.day, tzinfo=value.tzinfo)
        return value.toordinal() + (value - midnight).total_seconds() / 86_400
    if isinstance(value, date):
        return float(value.toordinal())
    return float(value)


@dataclass(frozen=True)
class Axis:
    """An axis over part of the plot, whose range is known. `start` and `length` are the plot's."""

    side: str
    start: float
    length: float
    given: dict[str, Any]

    def share(self, part: float) -> float:
        """The pixel at a share of the axis, 0 at the left or bottom."""
        low, high = self.given.get("domain") or (0, 1)
        along = low + (high - low) * part
        return self.start + self.length * (along if self.side == "x" else 1 - along)

    def pixel(self, value: float) -> float:
        """The pixel of a value."""
        first, last = (at(end) for end in self.given["range"])
        return self.share((value - first) / ((last - first) or 1))

    @property
    def days(self) -> bool:
        """Whether its values are days."""
        ends = self.given.get("range") or (0, 1)
        return isinstance(ends[0], date | str)
