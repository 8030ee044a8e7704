"""One plot while it is being drawn: its size in pixels, and what lies on it so far."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from dashboard.draw.crossing import Box, Boxes, Places, Points, covered, crossed

_AT_ONCE = 32  # places: the first free one is mostly among the first


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
        self, boxes: Boxes, over_lines: bool = False, over_rules: bool = False, apart: float = 0.0
    ) -> Places:
        """Which boxes lie within the plot, and the room over it, and on nothing.

        `over_lines`, `over_rules`: they may lie on those, though not on other texts. `apart`: how
        far they keep from lines.
        """
        left, right, low, high = boxes.T
        inside = (left >= 0) & (right <= self.room)
        inside &= (low >= 2) & (high <= self.height + self.above)
        free: Places = inside & ~covered(self.taken, boxes)
        # What is quickly seen comes first: lines have hundreds of pieces.
        if not over_lines:
            if not over_rules:
                free[free] = ~crossed(self.rules, boxes[free])
            free[free] = ~crossed(self.lines, boxes[free] + (0.0, 0.0, -apart, apart))
        return free

    def first_free(
        self, boxes: Boxes, over_lines: bool = False, over_rules: bool = False, apart: float = 0.0
    ) -> int | None:
        """The first of the boxes that is free; they are looked at some at a time."""
        for start in range(0, len(boxes), _AT_ONCE):
            some = boxes[start : start + _AT_ONCE]
            free = self.free(some, over_lines, over_rules, apart)
            if free.any():
                return start + int(free.argmax())
        return None

    def between(self, left: float, right: float) -> "Plot":
        """The same plot with only what is drawn between two places: enough to look there."""
        pieces = [pair for line in self.lines for pair in pairwise(line)]
        return replace(
            self,
            lines=[pair for pair in pieces if min(pair)[0] <= right and max(pair)[0] >= left],
            taken=[box for box in self.taken if box[0] <= right and box[1] >= left],
        )
