"""One plot while it is being drawn: its size in pixels, and what lies on it so far."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from dashboard.draw.axes import Box, Points, clear


@dataclass
class Plot:
    """Its geometry, and what words must not lie on: lines, dotted rules, other words."""

    axis: str
    room: float
    height: float
    lines: list[Points] = field(default_factory=list)
    rules: list[Points] = field(default_factory=list)  # dotted, which a label may break
    taken: list[Box] = field(default_factory=list)
    above: float = 12  # pixels over the plot that words may take

    def free(
        self, box: Box, over_lines: bool = False, over_rules: bool = False, apart: float = 0.0
    ) -> bool:
        """Whether a box lies within the plot, and the room over it, and on nothing.

        `over_lines`, `over_rules`: it may lie on those, though not on other texts. `apart`: how
        far it keeps from lines.
        """
        left, right, low, high = box
        inside = left >= 0 and right <= self.room and low >= 2 and high <= self.height + self.above
        # What is quickly seen comes first: lines have hundreds of pieces.
        return (
            inside
            and all(right <= a or left >= b or high <= c or low >= d for a, b, c, d in self.taken)
            and (over_lines or over_rules or clear(self.rules, *box))
            and (over_lines or clear(self.lines, left, right, low - apart, high + apart))
        )

    def between(self, left: float, right: float) -> "Plot":
        """The same plot with only what is drawn between two places: enough to look there."""
        pieces = [pair for line in self.lines for pair in pairwise(line)]
        return replace(
            self,
            lines=[pair for pair in pieces if min(pair)[0] <= right and max(pair)[0] >= left],
            taken=[box for box in self.taken if box[0] <= right and box[1] >= left],
        )
