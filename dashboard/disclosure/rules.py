"""The thresholds that a release is made by, and what they do to one count."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Rules:
    """Counts from 1 to `hide_below` - 1 are hidden, the others rounded to `round_to`.

    A share is left out where its denominator, as shown, is below `least_denominator`; so is a
    median or a mean of fewer values. A period is released `release_days` after its last day.
    """

    hide_below: int = 5
    round_to: int = 5
    least_denominator: int = 10
    release_days: int = 14

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def hides(self, count: int) -> bool:
        """Whether the count is too small to show."""
        return 0 < count < self.hide_below

    def shown(self, count: int) -> int:
        """A count that may be shown, as it is shown: nought as it is, the others rounded."""
        if count == 0:
            return 0
        # Half rounds up; what is not nought is never shown as nought.
        return max(
            self.round_to, (2 * count + self.round_to) // (2 * self.round_to) * self.round_to
        )

    def could_be(self, shown: int) -> tuple[int, int]:
        """The least and the greatest count that is shown so: all that the number gives away."""
        if shown == 0:
            return 0, 0
        above = (2 * shown + self.round_to - 1) // 2  # the last that does not round up further
        least = 1 if shown == self.round_to else -(-(2 * shown - self.round_to) // 2)
        return max(least, self.hide_below), above
