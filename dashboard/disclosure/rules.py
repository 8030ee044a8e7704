"""The thresholds that a release is made by, and what they do to one count."""

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Rules:
    """Counts from 1 to `hide_below` - 1 are hidden, the others rounded to `round_to`.

    A share is left out where its denominator, as shown, is below `least_denominator`; so is a
    median or a mean of fewer values. A period is released `release_days` after its last day.
    `once_hidden_below`: the least that anything in a release was hidden below, where the
    thresholds were changed since it was released; 0 where they never were.
    """

    hide_below: int = 5
    round_to: int = 5
    least_denominator: int = 10
    release_days: int = 14
    once_hidden_below: int = 0

    def following(self, before: "Rules") -> "Rules":
        """These rules for what is new, in a release whose other numbers were made by others."""
        if not before.once_hidden_below and replace(before, release_days=self.release_days) == self:
            return self
        return replace(self, once_hidden_below=min(self.hide_below, before.never_shown))

    @property
    def never_shown(self) -> int:
        """No count from 1 to below this is shown anywhere in a release."""
        return self.once_hidden_below or self.hide_below

    @property
    def promise(self) -> str:
        """What holds for every number of a release, in words."""
        most = self.never_shown - 1
        return f"no count of {f'1 to {most}' if most > 1 else '1'} is shown"

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
