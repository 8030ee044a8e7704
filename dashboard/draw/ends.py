"""The ends of lines: a dot and, beside it, the last value with its name, clear of everything drawn.

Places are tried from the nearest outward; lines and earlier labels are what must not be touched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from dashboard.draw.axes import Box, Points, clear
from dashboard.draw.escape import for_plotly
from dashboard.draw.lettering import width
from dashboard.draw.theme import COLOURS, END_VALUE, LINE, Mode

DOT = 11
NEAR_EDGE = 90  # an end so near the right edge may have its label flush with it
BESIDE = 12  # from the dot's centre to its label
_STEPS = sorted(range(-120, 121, 6), key=abs)  # up and down from the end, nearest first


@dataclass(frozen=True)
class End:
    """The last point of a line and what is said there: a value in large bold type, then words."""

    x: Any
    y: float
    value: str
    words: str
    colour: str
    dot: bool = True

    @property
    def length(self) -> float:
        """Pixels from the point to the end of its label."""
        value = width(self.value, END_VALUE, bold=True)
        words = width(f" {self.words}" if value else self.words) if self.words else 0
        return BESIDE + value + words

    @property
    def text(self) -> str:
        size = f"font-size:{END_VALUE}px"
        value = f'<span style="{size}"><b>{for_plotly(self.value)}</b></span>' if self.value else ""
        return f"{value} {for_plotly(self.words)}".strip()


@dataclass
class Plot:
    """One plot's geometry in pixels, and what has been drawn on it so far."""

    axis: str
    room: float
    height: float
    lines: list[Points] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)

    def free(self, box: Box, over_lines: bool = False) -> bool:
        """Whether a box lies within the plot (its head may stand out a little) and on nothing.

        `over_lines`: it may lie on lines, though not on other texts.
        """
        left, right, low, high = box
        inside = left >= 0 and right <= self.room and low >= 2 and high <= self.height + 12
        return (
            inside
            and (over_lines or clear(self.lines, *box))
            and all(right <= a or left >= b or high <= c or low >= d for a, b, c, d in self.taken)
        )

    def between(self, left: float, right: float) -> "Plot":
        """The same plot with only what is drawn between two places: enough to look there."""
        pieces = [pair for line in self.lines for pair in pairwise(line)]
        return replace(
            self,
            lines=[pair for pair in pieces if min(pair)[0] <= right and max(pair)[0] >= left],
            taken=[box for box in self.taken if box[0] <= right and box[1] >= left],
        )


def stretch(ends: Iterable[tuple[float, float]], room: float) -> float:
    """By what the x range must grow for labels to fit; `ends` are (share of the range, length)."""
    return max([1.0, *(at * room / max(room - length, 1) for at, length in ends)])


def label_ends(
    chart: go.Figure, plot: Plot, ends: Sequence[tuple[End, float, float]], mode: Mode
) -> None:
    """Dot and label of each end; each comes with its place in pixels."""
    for end, x, y in ends:
        if end.dot:
            plot.taken.append((x - DOT / 2, x + DOT / 2, y - DOT / 2, y + DOT / 2))
    # What has no dot has only its place to say which line it names, so it chooses first.
    for end, x, y in sorted(ends, key=lambda each: each[0].dot):
        long, half = end.length, LINE / 2 + (1 if end.dot else -1)
        right, left, edge = x + BESIDE, x - long, plot.room - (long - BESIDE)
        sides = [right, left] if end.dot else [left, right]
        if x > plot.room - NEAR_EDGE:
            sides.insert(1, edge)
        boxes = [
            (start, start + long - BESIDE, y + step - half, y + step + half)
            for step in _STEPS
            for start in sides
        ]
        box = _first(plot, boxes)
        plot.taken.append(box)
        start, centre = box[0], (box[2] + box[3]) / 2
        if end.dot:
            _dot(chart, end, plot.axis)
        chart.add_annotation(
            x=end.x,
            xref=f"x{plot.axis}",
            y=end.y,
            yref=f"y{plot.axis}",
            xshift=start - x,
            yshift=centre - y,
            xanchor="left",
            yanchor="middle",
            text=end.text,
            font={"color": end.colour},
            bgcolor=COLOURS[mode].page,
        )


def label_rule(chart: go.Figure, plot: Plot, text: str, level: float, mode: Mode) -> None:
    """Words on a level rule `level` pixels high: over its left end, else where there is room."""
    long, high = width(text), LINE - 2
    boxes = [
        (float(left), left + long + 8, low, low + high)
        for low in (level + 2, level - high - 2)
        for left in range(0, max(int(plot.room - long - 8), 1), 12)
    ]
    box = _first(plot, boxes)
    plot.taken.append(box)
    # Within the box a little room stays before the words, except at the plot's edge.
    left, low = box[0] + (4 if box[0] else 0), box[2]
    chart.add_annotation(
        x=0,
        xref=f"x{plot.axis} domain",
        y=0,
        yref=f"y{plot.axis} domain",
        xshift=left,
        yshift=low,
        xanchor="left",
        yanchor="bottom",
        text=for_plotly(text),
        bgcolor=COLOURS[mode].page,
    )


def _first(plot: Plot, boxes: list[Box]) -> Box:
    """The first box on nothing; else the first on no other text; else the first."""
    for over_lines in (False, True):
        for box in boxes:
            if plot.free(box, over_lines):
                return box
    return boxes[0]


def _dot(chart: go.Figure, end: End, axis: str) -> None:
    chart.add_scatter(
        x=[end.x],
        y=[end.y],
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        mode="markers",
        marker={"size": DOT, "color": end.colour},
        cliponaxis=False,
        hoverinfo="skip",
    )
